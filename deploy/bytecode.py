"""Compiles a folder of Python files ahead of its first start, to the same bytes each time.

The byte-code is of the form that is never held against its source (PEP 552, unchecked): an archive keeps no times that
could be trusted, and what is deployed doesn't change.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path


def compile_folder(folder: Path) -> None:
    """Put byte-code beside every source below ``folder``. Raises CalledProcessError for a file that is no Python.

    A fresh process does it, file by file in order: what is written depends on the strings that a process holds already,
    and on its seed for hashes.
    """
    command = [sys.executable, "-m", "compileall", "-q", "-f", "--invalidation-mode", "unchecked-hash"]
    command += ["-s", str(folder), str(folder)]  # errors name the place in the bundle, not where it was made
    subprocess.run(command, check=True, env={**os.environ, "PYTHONHASHSEED": "0"})  # noqa: S603
