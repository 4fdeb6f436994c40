"""Processes of our own: each leads a group, is read line by line, and is ended with its whole group."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from itertools import count
from pathlib import Path
from threading import Thread
from types import TracebackType
from typing import IO, Self

LEASH = Path(__file__).with_name("leash.py")
GRACE = 5.0  # seconds between asking a process to end and ending it
PATIENCE = 240.0  # seconds until a process must be ready; one that has ended is told of at once
POLL = 0.05  # seconds between two looks
SOMEWHERE = 12_000  # a port; from there on each process of Python begins its search at another
LAST_LINES = 20  # shown when a process didn't come up

Show = Callable[[str, str], None]  # a process's name and a line that it wrote


class DidNotStart(RuntimeError):
    """A process ended, or did not answer in time; its last lines say why."""


def silent(name: str, line: str) -> None:
    """Show nothing."""


class Process:
    """A command that runs until ``stop`` (or until we are gone), with its output in a file."""

    def __init__(
        self,
        name: str,
        command: Sequence[str | Path],
        *,
        log: Path,
        env: Mapping[str, str] | None = None,
        show: Show = silent,
    ) -> None:
        """``env`` is added to ours. Start it from a thread that lives on: the leash is tied to the thread."""
        self.name, self.log = name, log
        self._command = [sys.executable, str(LEASH), str(os.getpid()), *map(str, command)]
        self.environment = {**os.environ, **(env or {}), "PYTHONUNBUFFERED": "1"}
        self._show = show
        self.start()

    def start(self) -> None:
        """Start the command; also again, after it was stopped or killed."""
        self._last: deque[str] = deque(maxlen=LAST_LINES)
        self._popen = subprocess.Popen(
            self._command,
            env=self.environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        self._reader = Thread(target=self._read, args=(self._popen.stdout,), daemon=True)
        self._reader.start()

    def _read(self, output: IO[bytes]) -> None:
        with self.log.open("a", encoding="utf-8") as file, output:
            for line in output:
                text = line.decode("utf-8", "replace").rstrip("\n")
                file.write(text + "\n")
                file.flush()
                self._last.append(text)
                self._show(self.name, text)

    @property
    def pid(self) -> int:
        """Its id, which is its group's too."""
        return self._popen.pid

    @property
    def running(self) -> bool:
        """Whether it lives."""
        return self._popen.poll() is None

    def wait_until(self, ready: Callable[[], bool], seconds: float = PATIENCE) -> None:
        """Return once it is ready. Raises DidNotStart."""
        end = time.monotonic() + seconds
        while not ready():
            if not self.running:
                self._reader.join(GRACE)  # what it said last may not be read yet
                raise DidNotStart(f"{self.name} ended with {self._popen.returncode}:{self._told()}")
            if time.monotonic() > end:
                raise DidNotStart(f"{self.name} was not ready within {seconds:.0f} seconds:{self._told()}")
            time.sleep(POLL)

    def _told(self) -> str:
        return "".join(f"\n    {line}" for line in self._last)

    def kill(self) -> None:
        """SIGKILL to the whole group, as a machine that goes down would."""
        self._signal(signal.SIGKILL)
        self._popen.wait()
        self._reader.join(GRACE)

    def ask_to_end(self) -> None:
        """SIGTERM, without waiting."""
        self._signal(signal.SIGTERM)

    def stop(self) -> None:
        """Ask it to end; end it where it doesn't."""
        self.ask_to_end()
        with suppress(subprocess.TimeoutExpired):
            self._popen.wait(GRACE)
        self.kill()  # what is left of the group, even where its leader is gone

    def _signal(self, number: signal.Signals) -> None:
        with suppress(ProcessLookupError):
            os.killpg(self.pid, number)


class Processes:
    """Several that end together, the last first. Use it in a ``with``."""

    def __init__(self, folder: Path, show: Show = silent) -> None:
        """``folder`` takes the logs."""
        self.folder, self._show = folder, show
        self.all: list[Process] = []
        folder.mkdir(parents=True, exist_ok=True)

    def start(
        self,
        name: str,
        command: Sequence[str | Path],
        env: Mapping[str, str] | None = None,
        *,
        shown: bool = False,
    ) -> Process:
        """Start a command; ``shown`` are its lines, too."""
        show = self._show if shown else silent
        process = Process(name, command, log=self.folder / f"{name}.log", env=env, show=show)
        self.all.append(process)
        return process

    def stop(self) -> None:
        """End them all."""
        for process in self.all:
            process.ask_to_end()
        while self.all:
            self.all.pop().stop()

    def __enter__(self) -> Self:
        """Themselves."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End them all."""
        self.stop()


class Ports:
    """Ports that nobody listens on, never the same twice: from ``first`` upwards, or from somewhere.

    None of those that the system gives to connections (32768 upwards on Linux, 49152 elsewhere): one of them might have
    taken the port of a process that is killed, before it is started again.
    """

    def __init__(self, first: int | None = None) -> None:
        """``first`` is for addresses that stay the same."""
        self._next = count(first or SOMEWHERE + 100 * (os.getpid() % 180))

    def take(self) -> int:
        """Another free port."""
        return next(port for port in self._next if _is_free(port))


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
        return True
