"""A timer of systemd's for one user: what was missed while the machine slept is made up for when it wakes."""

from __future__ import annotations

import os
import re
import shutil
from pathlib import Path

from worklens.cli.scheduling.job import Job, Run, Time, checked, run

SERVICE = """[Unit]
Description=Worklens: fetch what changed, score, write the report

[Service]
Type=oneshot
{environment}ExecStart={command}
"""
TIMER = """[Unit]
Description=Worklens, each day

[Timer]
OnCalendar=*-*-* {at}:00
Persistent=true

[Install]
WantedBy=timers.target
"""
_AT = re.compile(r"^OnCalendar=\*-\*-\* (\d\d):(\d\d):00$", re.MULTILINE)


class Systemd:
    """The user's own systemd."""

    name = "systemd"

    def __init__(self, run: Run = run) -> None:
        """``run`` runs programs."""
        self.run = run

    def is_here(self) -> bool:
        """Whether there is one for this user, and it answers."""
        return bool(shutil.which("systemctl")) and self._systemctl("show-environment") == 0

    def install(self, job: Job) -> None:
        """Write both units, and let the timer run from now on. Raises Problem."""
        folder().mkdir(parents=True, exist_ok=True)
        (folder() / f"{job.name}.service").write_text(service_text(job), encoding="utf-8")
        self._timer(job.name).write_text(TIMER.format(at=job.at), encoding="utf-8")
        for args in (("daemon-reload",), ("enable", f"{job.name}.timer"), ("restart", f"{job.name}.timer")):
            checked(self.run(("systemctl", "--user", *args), ""), f"systemctl --user {args[0]}")

    def remove(self, name: str) -> None:
        """Stop the timer, and remove both units."""
        if not self._timer(name).exists():
            return
        self._systemctl("disable", "--now", f"{name}.timer")
        for kind in ("timer", "service"):
            (folder() / f"{name}.{kind}").unlink(missing_ok=True)
        self._systemctl("daemon-reload")

    def installed(self, name: str) -> Time | None:
        """When its timer fires."""
        timer = self._timer(name)
        found = _AT.search(timer.read_text(encoding="utf-8")) if timer.exists() else None
        return Time(int(found[1]), int(found[2])) if found else None

    def place(self, name: str) -> str:
        """The timer's file."""
        return str(self._timer(name))

    def _timer(self, name: str) -> Path:
        return folder() / f"{name}.timer"

    def _systemctl(self, *args: str) -> int:
        return self.run(("systemctl", "--user", *args), "").code


def folder() -> Path:
    """Where a user's units lie."""
    return Path(os.environ.get("XDG_CONFIG_HOME") or Path.home() / ".config") / "systemd" / "user"


def service_text(job: Job) -> str:
    """The service's unit."""
    environment = "".join(
        f"Environment={quoted(f'{name}={value}', command=False)}\n" for name, value in job.environment.items()
    )
    return SERVICE.format(environment=environment, command=" ".join(map(quoted, job.args)))


def quoted(text: str, *, command: bool = True) -> str:
    """A word as systemd reads it back; ``$`` has a meaning in commands only, ``%`` everywhere."""
    text = text.replace("\\", "\\\\").replace('"', '\\"').replace("%", "%%")
    return f'"{text.replace("$", "$$") if command else text}"'
