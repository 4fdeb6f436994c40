"""How an import or a sync ended, in a table, with what to do next."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from worklens.cli.failures import paragraph
from worklens.cli.tables import number, others, styled
from worklens.render.safe import clean

if TYPE_CHECKING:
    from worklens.cli.runs import Outcome
    from worklens.cli.shell import Shell
    from worklens.cli.watch import Failure


def show_import(brought: Sequence[Outcome], failures: Sequence[Failure], shell: Shell) -> None:
    """What the runs brought: JSON, or a table with a next step."""
    if shell.json:
        shell.document(
            {"runs": [_plain(one) for one in brought], "failed": [_failed(one, shell) for one in failures]}
        )
        return
    for one in brought:
        _tell(one, shell)
    if any(one.changed for one in brought):
        last = [one for one in brought if one.changed][-1]
        shell.line(
            "next-after-import", report=shell.command("report"), undo=shell.command(f"undo {last.run}")
        )


def _tell(one: Outcome, shell: Shell) -> None:
    """A run in two lines, and one for each reason for which records were put aside."""
    if not one.changed and not one.quarantined:
        shell.line("nothing-changed", what=clean(one.file or one.account), run=one.run)
        return
    shell.out.print(styled(clean(one.file or one.account), "bold"), styled(one.run, "cyan"), soft_wrap=True)
    counts = shell.say("counts", records=one.records, tasks=one.tasks)
    parts = [f"{number(n)} {shell.say(f'kind-{kind}')}" for kind, n in one.events.items()]
    shell.out.print(f"  {counts}: {', '.join(parts) or shell.say('no-events')}", soft_wrap=True)
    for reason in one.quarantined:
        words = shell.say("held", count=reason.count, place=clean(reason.place))
        shell.out.print(styled(f"  {words}", "yellow"), others(reason.text, 400), soft_wrap=True)
    if one.quarantined:
        shell.line("held-next", problems=shell.command("problems"))


def show_failures(failures: Sequence[Failure], shell: Shell) -> None:
    """What could not be pulled, and why, on stderr."""
    for failure in failures:
        shell.problem(failure.error)


def _plain(one: Outcome) -> dict[str, object]:
    from worklens.tasks import iso

    return {
        "run": one.run,
        "account": one.account,
        "file": one.file,
        "seen_at": iso(one.seen_at),
        "changed": one.changed,
        "records": one.records,
        "tasks": one.tasks,
        "events": one.events,
        "quarantined": one.quarantined,
    }


def _failed(failure: Failure, shell: Shell) -> dict[str, str]:
    reason = getattr(failure.error, "reason", "")
    text = shell.typed(paragraph(failure.error, shell.language))
    return {"account": failure.feed, "reason": reason, "text": text}
