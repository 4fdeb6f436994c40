"""Whose turn it is at a file that one process may write or many may read: a lock on a file beside it.

The engine has locks of its own, but a process that only tries whether it may open the store can already get in the way
of another's commit. So nobody touches the store who doesn't have the turn.

Whoever waits stands in a gate, a second lock: readers pass it one after another, and none passes a writer that stands in it.
Otherwise pages that are read all the time, each for a moment, would never let an import in.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

GLANCE = 0.01  # seconds between two tries; the shortest unit of work takes twice that


@contextmanager
def turn(path: Path, *, shared: bool, patience: float) -> Iterator[None]:
    """Hold the lock file, with others who share it or alone. Raises TimeoutError when it didn't come free in time.

    It is bound to the open file, so that it ends with the process, however that ends. Not to be nested.
    """
    try:
        import fcntl
    except ImportError:  # no POSIX system: the engine's own locks have to do
        yield
        return
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    kind = fcntl.LOCK_SH if shared else fcntl.LOCK_EX
    deadline = time.monotonic() + patience
    with ExitStack() as held:
        with _locked(gate_of(path), kind, deadline):
            held.enter_context(_locked(path, kind, deadline))
        yield


def gate_of(path: Path) -> Path:
    """The lock in which one waits for the other."""
    return path.with_suffix(".gate")


@contextmanager
def _locked(path: Path, kind: int, deadline: float) -> Iterator[None]:
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        while not _taken(descriptor, kind):
            if time.monotonic() > deadline:
                raise TimeoutError(str(path))
            time.sleep(GLANCE)
        yield
    finally:
        os.close(descriptor)


def _taken(descriptor: int, kind: int) -> bool:
    import fcntl

    try:
        fcntl.flock(descriptor, kind | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
