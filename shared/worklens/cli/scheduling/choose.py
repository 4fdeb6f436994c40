"""Which system runs the job: the first that is here."""

from __future__ import annotations

from collections.abc import Sequence

from worklens.cli.failures import Problem
from worklens.cli.scheduling.cron import Cron
from worklens.cli.scheduling.job import Scheduler
from worklens.cli.scheduling.launchd import Launchd
from worklens.cli.scheduling.systemd import Systemd


def schedulers() -> Sequence[Scheduler]:
    """All, the better before the worse: only cron doesn't make up for what it missed."""
    return (Launchd(), Systemd(), Cron())


def here(given: str = "") -> list[Scheduler]:
    """Those that work here; with a name, that one. Raises Problem where there is none."""
    found = [one for one in schedulers() if (not given or one.name == given) and one.is_here()]
    if not found:
        raise Problem("schedule-nothing", known=given or ", ".join(one.name for one in schedulers()))
    return found
