"""What is to be run each day, and how a system is told: the parts that systemd, launchd and cron have in common."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple, Protocol

from worklens.tasks import digest

KEPT = (
    "PATH",
    "PYTHONPATH",
    "WORKLENS_SECRETS",
    "WORKLENS_RAW_DAYS",
    "WORKLENS_BORROW",
    "HTTPS_PROXY",
    "https_proxy",
    "NO_PROXY",
)
"""What a job needs of the environment it was asked for in; nothing that may hold a secret."""
SECONDS = 60.0  # the longest a system may take to be told


class Time(NamedTuple):
    """A time of day, by the system's clock."""

    hour: int
    minute: int

    def __str__(self) -> str:
        """As it is typed."""
        return f"{self.hour:02}:{self.minute:02}"


class Job(NamedTuple):
    """A command by its arguments, with its environment, once a day; ``log`` is where its last words go."""

    name: str
    at: Time
    args: tuple[str, ...]
    environment: Mapping[str, str]
    log: Path


class Said(NamedTuple):
    """How a program ended."""

    code: int
    stdout: str = ""
    stderr: str = ""


Run = Callable[[Sequence[str], str], Said]
"""Runs a program by its arguments, with this text for its input."""


class Scheduler(Protocol):
    """One of the systems that run things at a time of day."""

    name: str

    def is_here(self) -> bool:
        """Whether it works for this person."""
        ...

    def install(self, job: Job) -> None:
        """Run the job each day, in place of what the name stood for. Raises Problem."""
        ...

    def remove(self, name: str) -> None:
        """Run it no more; harmless where there is none."""
        ...

    def installed(self, name: str) -> Time | None:
        """When the job of this name runs; None where there is none."""
        ...

    def place(self, name: str) -> str:
        """Where it is written down."""
        ...


def time_of(text: str) -> Time | None:
    """The time that a text like ``07:00`` is, or None."""
    found = re.fullmatch(r"([01]?\d|2[0-3]):([0-5]\d)", text.strip())
    return Time(int(found[1]), int(found[2])) if found else None


def name_of(root: Path, usual: Path) -> str:
    """The job's name: a data directory of one's own has a job of its own."""
    return "worklens" if root == usual else f"worklens-{digest(str(root))[:8]}"


def job_of(root: Path, usual: Path, at: Time, language: str) -> Job:
    """The job that keeps a data directory current."""
    args = (
        sys.executable,
        "-m",
        "worklens",
        "schedule",
        "--now",
        "--data-dir",
        str(root),
        "--language",
        language,
    )
    environment = {name: os.environ[name] for name in KEPT if _is_kept(name)}
    return Job(name_of(root, usual), at, args, environment, root / "schedule.log")


def _is_kept(name: str) -> bool:
    """A proxy's address may hold a password."""
    value = os.environ.get(name, "")
    return bool(value) and not ("proxy" in name.lower() and "@" in value)


def run(args: Sequence[str], text: str = "") -> Said:
    """Run a program; one that is not there, or takes too long, ends with 127."""
    environment = {**os.environ, "LC_ALL": "C"}
    try:
        done = subprocess.run(  # noqa: S603 - the systems' own programs, without a shell
            list(args),
            input=text,
            env=environment,
            capture_output=True,
            text=True,
            timeout=SECONDS,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        return Said(127, stderr=type(error).__name__)
    return Said(done.returncode, done.stdout, done.stderr)


def checked(said: Said, what: str) -> Said:
    """What was said, if it went well. Raises Problem."""
    from worklens.cli.failures import Problem

    if said.code:
        raise Problem("schedule-refused", what=what, said=said.stderr.strip()[:500] or f"code {said.code}")
    return said
