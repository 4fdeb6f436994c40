"""Runs a program of this machine for a pull: one the source declares, without a shell, with bounds on time and size."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
from concurrent.futures import ThreadPoolExecutor
from threading import Event, Timer
from typing import IO, NamedTuple

from worklens.sources.base import Command, Output, Refused

OURS = "WORKLENS_"  # variables of this prefix may hold a token, which is none of the program's business


class Bounds(NamedTuple):
    """How long a program may run (seconds), and how much it may say on each stream (bytes)."""

    seconds: float = 120.0  # an export of 100,000 tasks takes a few
    size: int = 256 << 20


def run(command: Command, programs: frozenset[str], bounds: Bounds | None = None) -> Output:
    """What the program said. Raises Refused where it may not run, isn't there, fails, or goes past its bounds.

    An error quotes nothing of what it said, as that may hold a title.
    """
    name = command.args[0] if command.args else ""
    path = shutil.which(name) if name in programs else None
    if path is None:
        raise Refused("program-missing" if name in programs else "program-unknown", program=name)
    output = _run((path, *command.args[1:]), name, bounds or Bounds())
    if output.code not in command.accept:
        raise Refused("program-failed", program=name, code=str(output.code))
    return output


def _run(args: tuple[str, ...], name: str, bounds: Bounds) -> Output:
    process = subprocess.Popen(  # noqa: S603 - the source declares the program, and there is no shell
        args,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={key: value for key, value in os.environ.items() if not key.startswith(OURS)},
        start_new_session=True,
    )
    late = Event()
    timer = Timer(bounds.seconds, _stop, (process, late))
    timer.start()
    try:
        stdout, stderr = _said(process, bounds.size)
    finally:
        timer.cancel()
    if late.is_set():
        raise Refused("program-too-slow", program=name, seconds=f"{bounds.seconds:g}")
    if max(len(stdout), len(stderr)) > bounds.size:
        raise Refused("program-too-wordy", program=name, limit=str(bounds.size))
    return Output(code=process.returncode, stdout=stdout, stderr=stderr)


def _said(process: subprocess.Popen[bytes], size: int) -> list[bytes]:
    """Both streams to their end; or, once one has passed the size, up to there."""

    def read(stream: IO[bytes] | None) -> bytes:
        said = stream.read(size + 1) if stream else b""
        if len(said) > size:
            _stop(process)
        return said

    with process, ThreadPoolExecutor(2) as readers:
        return list(readers.map(read, (process.stdout, process.stderr)))


def _stop(process: subprocess.Popen[bytes], late: Event | None = None) -> None:
    """End it, and what it began: a hook of its own would else keep our end of the pipe open."""
    if late:
        late.set()
    try:
        os.killpg(process.pid, signal.SIGKILL)
    except (AttributeError, ProcessLookupError):  # no process groups here, or it is gone
        process.kill()
