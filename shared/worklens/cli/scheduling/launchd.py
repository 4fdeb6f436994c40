"""An agent of launchd's, on macOS: what was missed while the machine slept is made up for when it wakes."""

from __future__ import annotations

import os
import plistlib
import sys
from pathlib import Path

from worklens.cli.scheduling.job import Job, Run, Time, checked, run


class Launchd:
    """The agents of the user who is logged in."""

    name = "launchd"

    def __init__(self, run: Run = run) -> None:
        """``run`` runs programs."""
        self.run = run

    def is_here(self) -> bool:
        """On macOS."""
        return sys.platform == "darwin"

    def install(self, job: Job) -> None:
        """Write the agent and load it, in place of an earlier one. Raises Problem."""
        self._unload(job.name)
        self._file(job.name).parent.mkdir(parents=True, exist_ok=True)
        self._file(job.name).write_bytes(plist(job))
        checked(
            self.run(("launchctl", "bootstrap", domain(), self.place(job.name)), ""), "launchctl bootstrap"
        )

    def remove(self, name: str) -> None:
        """Unload it and remove its file."""
        if self._file(name).exists():
            self._unload(name)
            self._file(name).unlink()

    def installed(self, name: str) -> Time | None:
        """When it runs."""
        if not self._file(name).exists():
            return None
        when = plistlib.loads(self._file(name).read_bytes())["StartCalendarInterval"]
        return Time(when["Hour"], when["Minute"])

    def place(self, name: str) -> str:
        """The agent's file."""
        return str(self._file(name))

    def _file(self, name: str) -> Path:
        return Path.home() / "Library" / "LaunchAgents" / f"{label(name)}.plist"

    def _unload(self, name: str) -> None:
        self.run(("launchctl", "bootout", f"{domain()}/{label(name)}"), "")


def domain() -> str:
    """The user's own."""
    return f"gui/{os.getuid()}"


def label(name: str) -> str:
    """What launchd calls the job."""
    return f"worklens.{name}"


def plist(job: Job) -> bytes:
    """The agent's file."""
    return plistlib.dumps(
        {
            "Label": label(job.name),
            "ProgramArguments": list(job.args),
            "EnvironmentVariables": dict(job.environment),
            "StartCalendarInterval": {"Hour": job.at.hour, "Minute": job.at.minute},
            "StandardOutPath": str(job.log),
            "StandardErrorPath": str(job.log),
        }
    )
