"""The functions as they are deployed: each from its bundle, with nothing installed but its locked requirements."""

from __future__ import annotations

from pathlib import Path

from cloud_local.functions import Functions
from cloud_local.processes import Process
from deploy.bundle import make_folder
from deploy.environment import python_of


class Bundled(Functions):
    """In place of ``Functions``: slower to begin with, and nothing of a developer's environment helps them."""

    def _start(self, name: str) -> tuple[int, Process]:
        source, port = self._plan.functions[name].source, self._ports.take()
        folder = self._processes.folder.parent / "bundles" / source
        if not folder.exists():
            folder.mkdir(parents=True)
            make_folder(source, folder)
        command: list[str | Path] = [python_of(source), "-m", "functions_framework"]
        command += ["--target", self._plan.functions[name].entry_point, "--source", folder / "main.py"]
        command += ["--host", "127.0.0.1", "--port", str(port)]
        alone = {**self.environment(name), "PYTHONPATH": ""}
        process = self._processes.start(name, command, alone, shown=True)
        self.running[name].append((port, process))
        return port, process
