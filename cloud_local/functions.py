"""The functions as processes of their own under functions-framework, each with the environment Terraform gives it."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from cloud_local.emulators import PROJECT, REPOSITORY, Emulators, answers
from cloud_local.forwarder import Forwarder
from cloud_local.processes import Ports, Process, Processes
from cloud_local.tokens import Signer
from cloud_local.topology import Topology

LOCATION, DATASET, BUCKET = "europe-west1", "worklens", f"{PROJECT}-worklens"


def settings(plan: Topology, emulators: Emulators) -> dict[str, str]:
    """What the functions have in common with whoever works with them: where the data lies."""
    return {
        **emulators.env,
        "WORKLENS_PLATFORM": "google",
        "WORKLENS_PROJECT": PROJECT,
        "WORKLENS_LOCATION": LOCATION,
        "WORKLENS_DATASET": DATASET,
        "WORKLENS_BUCKET": BUCKET,
        "WORKLENS_PREFIX": plan.prefix,
    }


class Functions:
    """All functions of a topology: each with one instance to begin with."""

    def __init__(
        self,
        plan: Topology,
        processes: Processes,
        ports: Ports,
        environment: Mapping[str, str],
        signer: Signer,
    ) -> None:
        """Starts nothing yet."""
        self._plan, self._processes, self._ports = plan, processes, ports
        self._environment, self._signer = environment, signer
        self.running: dict[str, list[tuple[int, Process]]] = {name: [] for name in plan.functions}

    def start(self) -> None:
        """Start one instance of each at once, and return when all answer."""
        started = [self._start(name) for name in self._plan.functions]
        for port, process in started:
            wait_for(port, process)

    def add(self, name: str) -> None:
        """Start one more instance of a function."""
        wait_for(*self._start(name))

    def crash(self, name: str) -> None:
        """Kill an instance without a word, and start it again."""
        port, process = self.running[name][0]
        process.kill()
        process.start()
        wait_for(port, process)

    @contextmanager
    def out_of_order(self, name: str) -> Iterator[None]:
        """Let no instance of a function run, for a while."""
        for _, process in self.running[name]:
            process.kill()
        try:
            yield
        finally:
            for _, process in self.running[name]:
                process.start()
            for port, process in self.running[name]:
                wait_for(port, process)

    @contextmanager
    def changed(self, name: str, **more: str) -> Iterator[None]:
        """Let the function run with another environment, for a while."""
        processes = [process for _, process in self.running[name]]
        before = [dict(process.environment) for process in processes]
        for process in processes:
            process.environment.update(more)
        self._again(name)
        try:
            yield
        finally:
            for process, environment in zip(processes, before, strict=True):
                process.environment = environment
            self._again(name)

    def _again(self, name: str) -> None:
        for port, process in self.running[name]:
            process.stop()
            process.start()
            wait_for(port, process)

    def _start(self, name: str) -> tuple[int, Process]:
        function, port = self._plan.functions[name], self._ports.take()
        source = REPOSITORY / "functions" / function.source / "main.py"
        where = ["--host", "127.0.0.1", "--port", str(port)]
        command = [sys.executable, "-m", "functions_framework", "--target", function.entry_point]
        instance = f"{name}-{len(self.running[name]) + 1}" if self.running[name] else name
        process = self._processes.start(
            instance, [*command, "--source", str(source), *where], self.environment(name), shown=True
        )
        self.running[name].append((port, process))
        return port, process

    def environment(self, name: str) -> dict[str, str]:
        """The environment of a function: as in the cloud, one message at a time, and readable logs."""
        own = {
            "K_SERVICE": self._plan.named(name),
            "THREADS": "1",
            "WORKLENS_LOGS": "text",
            "PYTHONPATH": str(REPOSITORY / "shared"),
        }
        if name in self._plan.private:
            own["WORKLENS_AUDIENCE"] = Forwarder.audience(name)
            own["WORKLENS_DELIVERY_ACCOUNT"] = self._signer.account
            own["WORKLENS_OIDC_KEYS"] = self._signer.keys
        return {**self._environment, **own}

    def instances(self) -> dict[str, tuple[int, ...]]:
        """The ports of each function's instances."""
        return {name: tuple(port for port, _ in some) for name, some in self.running.items()}

    def address(self, name: str) -> str:
        """Where a function's first instance is."""
        return f"http://127.0.0.1:{self.running[name][0][0]}"


def wait_for(port: int, process: Process) -> None:
    """Return when the instance answers; what it answers to a look is of no matter."""
    process.wait_until(lambda: answers(f"http://127.0.0.1:{port}/robots.txt"))


def sources(plan: Topology) -> list[Path]:
    """The files of the functions that are not there."""
    files = {REPOSITORY / "functions" / one.source / "main.py" for one in plan.functions.values()}
    return sorted(file for file in files if not file.exists())
