"""Staying current on this machine: the timer that syncs, scores and writes the report once a day."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from worklens.cli.scheduling.job import Scheduler, Time
    from worklens.cli.shell import Shell


def turn(shell: Shell, at: str, by: str, *, off: bool, now: bool) -> None:
    """Install the timer, take it out, or do at once what it does. Raises Problem; with ``now`` Exit."""
    import typer

    from worklens.cli.failures import Problem, Usage

    if bool(at) + off + now > 1:
        raise Usage("schedule-one-thing")
    if shell.chosen != "local":
        raise Problem("schedule-elsewhere")
    if now:
        raise typer.Exit(bring_up_to_date(shell))
    if at:
        install(shell, at, by)
    else:
        remove(shell, by)


def install(shell: Shell, at: str, by: str) -> None:
    """Run the job each day at this time, by one system and no other. Raises Problem."""
    from worklens.cli.failures import Usage
    from worklens.cli.scheduling.choose import here
    from worklens.cli.scheduling.job import job_of, time_of
    from worklens.local.paths import data_directory, prepare, usual_directory

    time = time_of(at)
    if time is None:
        raise Usage("schedule-no-time", given=at)
    one = here(by)[0]
    root = prepare(data_directory(shell.given)).root
    job = job_of(root, usual_directory(), time, shell.language)
    for other in here():
        if other.name != one.name:
            other.remove(job.name)
    one.install(job)


def remove(shell: Shell, by: str) -> None:
    """Take the job out of every system that has it."""
    from worklens.cli.scheduling.choose import here

    for one in here(by):
        one.remove(_name(shell))


def installed(shell: Shell, by: str) -> list[tuple[Scheduler, Time]]:
    """Which systems run the job, and when; none where no system is here."""
    from worklens.cli.scheduling.choose import schedulers

    some = [one for one in schedulers() if by in {"", one.name} and one.is_here()]
    return [(one, time) for one in some if (time := one.installed(_name(shell)))]


def show(shell: Shell, by: str = "") -> None:
    """The timer: by which system, when, and where that is written."""
    found = installed(shell, by)
    if shell.json:
        shell.document(
            [{"by": one.name, "at": str(time), "place": _place(shell, one)} for one, time in found]
        )
        return
    for one, time in found:
        shell.line("schedule-installed", at=time, by=one.name, place=_place(shell, one))
        shell.line(f"schedule-by-{one.name}")
    if not found:
        shell.line("schedule-none", at=shell.command("schedule --at 07:00"))


def remark(shell: Shell) -> None:
    """The same in one sentence, beside something else."""
    found = installed(shell, "")
    for one, time in found:
        shell.note("schedule-installed", at=time, by=one.name, place=_place(shell, one))
    if not found:
        shell.note("schedule-none", at=shell.command("schedule --at 07:00"))


def _name(shell: Shell) -> str:
    from worklens.cli.scheduling.job import name_of
    from worklens.local.paths import data_directory, usual_directory

    return name_of(data_directory(shell.given), usual_directory())


def _place(shell: Shell, one: Scheduler) -> str:
    return one.place(_name(shell))


def bring_up_to_date(shell: Shell) -> int:
    """Sync what is connected, which scores too, and write the report; the exit code is the sync's."""
    from worklens.cli.commands.report import asked, write
    from worklens.cli.commands.sync import synced

    with shell.existing() as platform:
        connected = [feed for feed in platform.state.feeds() if platform.ports.secrets.get(feed.name)]
    code = synced(shell, "", full=False) if connected else 0
    with shell.existing() as platform:
        path = write(platform, shell, asked(platform, shell, "", "", ""), None)
    shell.line("report-written", path=path)
    return code
