"""Who holds a lease or a message: a process, by its id and start, so that a dead one's can be taken at once."""

from __future__ import annotations

import os
from functools import lru_cache
from pathlib import Path


def me() -> str:
    """This process."""
    return _name(os.getpid())


@lru_cache(maxsize=8)
def _name(pid: int) -> str:
    return f"{pid}@{_started(pid) or 'unknown'}"


def alive(holder: str) -> bool:
    """Whether the process still runs; where that can't be told, it is taken to run until its lease is over."""
    pid, _, started = holder.partition("@")
    if not pid.isdigit():
        return False
    try:
        os.kill(int(pid), 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    now_started = _started(int(pid))
    return now_started is None or started in {now_started, "unknown"}


def _started(pid: int) -> str | None:
    """The process's start in clock ticks since boot (Linux); None where the system does not say."""
    try:
        stat = Path(f"/proc/{pid}/stat").read_text()
    except OSError:
        return None
    return stat.rpartition(")")[2].split()[19]
