"""``worklens status``: what is here, how fresh it is, and what was taken in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from worklens.cli.options import Account, DataDir, Json, Language
from worklens.cli.shell import Shell

if TYPE_CHECKING:
    from worklens.cli.overview import AccountView, Overview
    from worklens.cli.reconciling import Check

RUNS = 8  # the newest; a person looks for the one just made


Ask = Annotated[bool, typer.Option("--check", help="Ask the services for their own count, and compare.")]


def command(
    account: Account = "",
    check: Ask = False,
    json: Json = False,
    data_dir: DataDir = None,
    language: Language = None,
) -> None:
    """What is here, how fresh it is, and what was taken in."""
    from worklens.cli.overview import overview

    shell = Shell(data_dir, language, json=json)
    with shell.existing() as platform:
        seen = overview(platform, account, check=check)
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
    if one.age_seconds is not None:
        looked += f" ({ago(one.age_seconds, shell)})"
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
    _service(one, shell)
    shell.out.print()


def _service(one: AccountView, shell: Shell) -> None:
    """What the service allows, what it says itself, and what stands in the way."""
    from worklens.cli.tables import styled

    if one.limits:
        shell.out.print(f"  {_limits(one, shell)}", soft_wrap=True)
    if one.check:
        shell.out.print(f"  {told(one.check, one.source, shell)}", soft_wrap=True)
    if one.trouble:
        about = {"feed": one.account, "source": one.source}
        shell.out.print(styled(f"  {shell.reason(one.trouble, about)}", "yellow"), soft_wrap=True)


def _limits(one: AccountView, shell: Shell) -> str:
    """What the service publishes, or what we keep within all the same."""
    from worklens.sources.capabilities_page import several
    from worklens.sources.options import Window

    windows = [Window(limit["requests"], limit["seconds"], limit["of"]) for limit in one.limits]  # type: ignore[arg-type]
    key = "allows-requests" if one.limits[0]["published"] else "keeps-within"
    return shell.say(key, source=one.source, limits=several(windows, shell.language))


def ago(seconds: int, shell: Shell) -> str:
    """How long ago, in the largest unit that fits."""
    for unit, length in (("days", 86_400), ("hours", 3_600), ("minutes", 60)):
        if seconds >= length:
            return shell.say(f"ago-{unit}", n=seconds // length)
    return shell.say("ago-now")


def told(check: Check, source: str, shell: Shell) -> str:
    """The service's own count beside ours, and what explains a difference."""
    if check.reason:
        return shell.reason(check.reason, check.params)
    if check.compared is None:
        return shell.say("no-count", source=source)
    found = check.compared
    parts = [shell.say("counted", source=source, theirs=found.theirs, ours=found.ours)]
    parts += [shell.say(f"because-{reason}", n=n) for reason, n in found.explained.items()]
    if found.unexplained:
        parts.append(shell.say("unexplained", n=found.unexplained, sync=shell.command("sync --full")))
    return "; ".join(parts)


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
