"""Whose turn it is at a file that one process may write or many may read: a lock on a file beside it.

The engine has locks of its own, but a process that only tries whether it may open the store can already get in the way
of another's commit. So nobody touches the store who doesn't have the turn.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
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
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        deadline = time.monotonic() + patience
        while not _taken(descriptor, fcntl.LOCK_SH if shared else fcntl.LOCK_EX):
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
