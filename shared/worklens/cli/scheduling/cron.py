"""A line in the user's crontab, told from all others by the comment at its end. What is missed is not made up for."""

from __future__ import annotations

import os
import re
import shlex
import shutil

from worklens.cli.failures import Problem
from worklens.cli.scheduling.job import Job, Run, Time, checked, run

FOR_KEYRING = "DBUS_SESSION_BUS_ADDRESS"  # by which the system's keyring is reached; cron knows nothing of it


class Cron:
    """The user's crontab."""

    name = "cron"

    def __init__(self, run: Run = run) -> None:
        """``run`` runs programs."""
        self.run = run

    def is_here(self) -> bool:
        """Whether there is a ``crontab`` to ask."""
        return bool(shutil.which("crontab"))

    def install(self, job: Job) -> None:
        """Write the line, in place of an earlier one. Raises Problem."""
        self._write([*self._others(job.name), line(job)])

    def remove(self, name: str) -> None:
        """Take the line out; the others stay as they are."""
        lines = self._lines()
        others = [one for one in lines if not _is_ours(one, name)]
        if others != lines:
            self._write(others)

    def installed(self, name: str) -> Time | None:
        """When the line runs."""
        for one in self._lines():
            found = re.match(r"(\d+) (\d+) \* \* \* ", one) if _is_ours(one, name) else None
            if found:
                return Time(int(found[2]), int(found[1]))
        return None

    def place(self, name: str) -> str:
        """The user's crontab."""
        return "crontab -l"

    def _others(self, name: str) -> list[str]:
        return [one for one in self._lines() if not _is_ours(one, name)]

    def _lines(self) -> list[str]:
        """The crontab's lines. Raises Problem where it can't be read, lest somebody's lines are lost."""
        said = self.run(("crontab", "-l"), "")
        if said.code and "no crontab for" in said.stderr:
            return []
        return checked(said, "crontab -l").stdout.splitlines()

    def _write(self, lines: list[str]) -> None:
        checked(self.run(("crontab", "-"), "".join(f"{one}\n" for one in lines)), "crontab")


def _is_ours(one: str, name: str) -> bool:
    return one.endswith(f"# {name}: made by `worklens schedule`")


def line(job: Job) -> str:
    """The job as a line of a crontab. Raises Problem where that can't be, as a line is all there is."""
    bus = os.environ.get(FOR_KEYRING)
    environment = {**job.environment, **({FOR_KEYRING: bus} if bus else {})}
    words = ["env", *(f"{name}={value}" for name, value in environment.items()), *job.args]
    command = f"{shlex.join(words)} > {shlex.quote(str(job.log))} 2>&1"
    if "\n" in command:
        raise Problem("schedule-newline")
    escaped = command.replace("%", r"\%")  # else cron takes what follows for the command's input
    return f"{job.at.minute} {job.at.hour} * * * {escaped} # {job.name}: made by `worklens schedule`"
