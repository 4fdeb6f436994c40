"""``worklens undo RUN``: withdraw what an import or a sync told; nothing is erased, it only counts no more."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from worklens.cli.options import DataDir, Json, Language
from worklens.cli.shell import Shell

if TYPE_CHECKING:
    from worklens.cli.desk import Desk
    from worklens.ports import Run
    from worklens.stages.care import Asked

Name = Annotated[
    str,
    typer.Argument(metavar="RUN", show_default=False, help="As import and status show it: ACCOUNT#NUMBER."),
]


def command(run: Name, json: Json = False, data_dir: DataDir = None, language: Language = None) -> None:
    """Withdraw an import or a sync.

    Tasks are again as they were before it. Only the newest run of an account can be withdrawn; `worklens forget` is
    what removes data.
    """
    from worklens.cli.runs import name_of
    from worklens.cli.watch import QUIET
    from worklens.stages.alerts import take_back

    shell = Shell(data_dir, language, json=json)
    with shell.existing() as platform:
        chosen = find(platform, run)
        check_newest(platform, chosen)
        take_back(chosen.feed, chosen.number, platform.state)
        with platform.warehouse.write() as session:
            gone = tombstone(session, chosen)
        platform.state.withdraw(chosen)
        score_anew(platform, chosen)
        platform.take_up(shell, QUIET)
    if shell.json:
        shell.document({"run": name_of(chosen.feed, chosen.number), "events_withdrawn": gone})
    shell.line(
        "undone", run=name_of(chosen.feed, chosen.number), events=f"{gone:,}", what=chosen.name or chosen.feed
    )


def find(platform: Desk, name: str) -> Run:
    """The run of that name; a number alone is enough where there is one account. Raises Problem."""
    from worklens.cli.failures import Problem

    feed, _, number = name.rpartition("#")
    feeds = [one.name for one in platform.state.feeds()]
    feed = feed or (feeds[0] if len(feeds) == 1 else "")
    found = [run for run in platform.state.runs(feed) if str(run.number) == number]
    if not feed or not found:
        raise Problem("run-unknown", run=name)
    return found[0]


def check_newest(platform: Desk, run: Run) -> None:
    """Raises Problem where it was withdrawn before, isn't through, or a newer run stands on it."""
    from worklens.cli.failures import Problem
    from worklens.cli.runs import name_of

    name = name_of(run.feed, run.number)
    if run.status == "withdrawn":
        raise Problem("undone-before", run=name)
    if run.status != "settled":
        raise Problem("run-unfinished", run=name)
    newer = [
        one for one in platform.state.runs(run.feed) if one.number > run.number and one.status == "settled"
    ]
    told = [
        one for one in newer if one.records or one.rejected
    ]  # one that found nothing new stands on nothing
    if told:
        raise Problem("run-not-newest", run=name, first=name_of(run.feed, max(one.number for one in told)))


def tombstone(session: Asked, run: Run) -> int:
    """Say in the warehouse that the run counts no more; how many events go with it."""
    from worklens.stages.asking import ask

    about: dict[str, Any] = {"feed": run.feed, "run": run.number}
    row = ask(
        session, "sync_runs", "WHERE feed = $feed AND run = $run AND status = 'settled' LIMIT 1", **about
    )
    if row["feed"]:
        session.append("sync_runs", {**row, "status": ["withdrawn"]})
    return int(row["events"][0]) if row["feed"] else 0


def score_anew(platform: Desk, run: Run) -> None:
    """Ask for the scores as they are without the run."""
    from worklens.messages import TasksChanged

    now, window = platform.ports.clock.now(), f"undo-{run.number}"
    changed = TasksChanged(feed=run.feed, run=run.run, window=window, number=run.number, seen_at=now)
    platform.ports.bus.publish([changed])
