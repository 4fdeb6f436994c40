"""An environment with nothing but what one function's lock names, as the cloud's build makes it."""

from __future__ import annotations

import subprocess
import sys
import venv
from hashlib import sha256
from pathlib import Path

from deploy.bytecode import compile_folder
from deploy.functions import ROOT

ENVIRONMENTS = ROOT / "build" / "environments"


def python_of(name: str) -> Path:
    """The Python of the function's environment, which is made on first use and when the lock has changed.

    Raises CalledProcessError where something can't be had.
    """
    lock = ROOT / "functions" / name / "requirements.txt"
    folder = ENVIRONMENTS / f"{name}-{sha256(lock.read_bytes()).hexdigest()[:12]}"
    ready, python = folder / "ready", folder / "bin" / "python"
    if not ready.exists():
        print(f"Installing what {name} needs into {folder}", file=sys.stderr)
        venv.create(folder, clear=True, symlinks=True)
        install = [sys.executable, "-m", "pip", "--python", str(python), "install", "-qq", "--no-compile"]
        install += ["--disable-pip-version-check", "--require-hashes", "-r", str(lock)]
        subprocess.run(install, check=True)  # noqa: S603
        compile_folder(folder / "lib")
        ready.touch()
    return python
