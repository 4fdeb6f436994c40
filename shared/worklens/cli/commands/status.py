"""``worklens status``: what is here, how fresh it is, and what was taken in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from worklens.cli.options import Account, DataDir, Json, Language
from worklens.cli.shell import Shell

if TYPE_CHECKING:
    from worklens.cli.overview import AccountView, Overview

RUNS = 8  # the newest; a person looks for the one just made


def command(
    account: Account = "", json: Json = False, data_dir: DataDir = None, language: Language = None
) -> None:
    """What is here, how fresh it is, and what was taken in."""
    from worklens.cli.overview import overview

    shell = Shell(data_dir, language, json=json)
    with shell.existing() as platform:
        seen = overview(platform, account)
    if json:
        shell.document(seen)
    else:
        show(seen, shell)


def show(seen: Overview, shell: Shell) -> None:
    """The accounts, then the runs, then what needs a hand."""
    for one in seen.accounts:
        _account(one, shell)
    _runs(seen, shell)
    if seen.waiting:
        shell.line("queue-waiting", n=seen.waiting)
    if seen.dead:
        shell.line("dead-letters", n=seen.dead, problems=shell.command("problems"))
    if not seen.accounts:
        shell.line("nothing-settled")


def _account(one: AccountView, shell: Shell) -> None:
    from worklens.cli.tables import number, others, spark, styled
    from worklens.render.safe import clean

    notes = [shell.say("people", n=one.people)] if one.people > 1 else []
    notes += [one.zone, *([shell.say("connected-note")] if one.connected else [])]
    notes += [shell.say("asked-paused")] if one.paused else []
    shell.out.print(styled(clean(one.account), "bold"), others(" · ".join(notes)), soft_wrap=True)
    counts = [
        f"{number(n)} {shell.say(f'status-{name}')}" for name, n in one.tasks.items() if n or name == "open"
    ]
    looked = shell.say("looked", when=one.last_look or "-")
    shell.out.print(f"  {' · '.join(counts)} · {looked}", soft_wrap=True)
    if one.weeks:
        until, values = one.weeks[-1].week, [week.done for week in one.weeks]
        bars = styled(spark(values), "green")
        shell.out.print(
            f"  {shell.say('done-a-week')} ",
            bars,
            f" {shell.say('to-week', day=until, n=values[-1])}",
            sep="",
        )
    if one.quarantined:
        shell.out.print(styled(f"  {shell.say('quarantined-note', n=one.quarantined)}", "yellow"))
    shell.out.print()


def _runs(seen: Overview, shell: Shell) -> None:
    from worklens.cli.tables import Table, number, others, styled

    if not seen.runs:
        return
    names = ("run", "looked-at", "file", "records", "events-n", "state")
    headings = [shell.say(f"column-{name}") for name in names]
    made = Table(*headings, right=headings[3:5], flexible=headings[2], whole=headings[0])
    for run in seen.runs[:RUNS]:
        style = "dim" if run.status == "withdrawn" else "green" if run.status == "settled" else "yellow"
        state = styled(shell.say(f"run-{run.status}"), style)
        made.add(
            run.run,
            run.seen_at[:16].replace("T", " "),
            others(run.file),
            number(run.records),
            number(run.events),
            state,
        )
    made.print(shell.out)
    if len(seen.runs) > RUNS:
        shell.line("more-runs", n=len(seen.runs) - RUNS, json=shell.command("status --json"))
