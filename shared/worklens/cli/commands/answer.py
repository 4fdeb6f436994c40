"""``worklens answer FINDING VERDICT``: say that a finding is wrong, of no use, or for later; it is remembered."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from worklens.cli.options import Account, DataDir, Json, Language
from worklens.cli.shell import Shell

if TYPE_CHECKING:
    from datetime import date

    from worklens.cli.desk import Desk
    from worklens.stages.answers import Answer
    from worklens.stages.insights import Said

AGAIN = "again"

Name = Annotated[
    str,
    typer.Argument(
        metavar="[FINDING]",
        show_default=False,
        help="The five letters that stand after a finding; without it, what was answered is listed.",
    ),
]
Verdict = Annotated[
    str,
    typer.Argument(
        metavar="[wrong|not-useful|snooze|again]",
        show_default=False,
        help="wrong: it isn't so; not-useful: don't tell me; snooze: not now; again: tell it again after all.",
    ),
]
SnoozedUntil = Annotated[
    str,
    typer.Option(
        "--until", metavar="DAY", show_default=False, help="Snooze until this day; a week unless given."
    ),
]


def command(
    finding: Name = "",
    verdict: Verdict = "",
    until: SnoozedUntil = "",
    account: Account = "",
    json: Json = False,
    data_dir: DataDir = None,
    language: Language = None,
) -> None:
    """Answer a finding, so that it is not told again.

    What was answered holds for the page and the digest too, until it is taken back (again), a snooze is over, or the
    account is forgotten. A finding about another list, or another stretch of time, is another finding.
    """
    from worklens.cli.days import day_of
    from worklens.cli.failures import Usage

    shell = Shell(data_dir, language, json=json)
    if finding and not verdict:
        raise Usage("answer-missing", command=shell.command(f"answer {finding} wrong"))
    with shell.existing() as platform:
        if finding:
            told = keep(platform, account, finding.lower(), verdict, day_of("--until", until))
            show_kept(told, finding.lower(), shell)
        else:
            show_all(platform, shell)


def keep(platform: Desk, account: str, name: str, verdict: str, until: date | None) -> Answer | None:
    """Keep the answer, or take one back; what was kept. Raises Problem."""
    from worklens.cli.failures import Problem, Usage
    from worklens.stages.answers import VERDICTS, NoAnswer, answer, take_back

    if verdict == AGAIN:
        if not take_back(platform.ports, [feed.name for feed in platform.state.feeds()], name):
            raise Problem("answer-none", finding=name)
        return None
    if verdict not in VERDICTS:
        raise Usage("answer-verdict", verdict=verdict)
    said = _said(platform, account, name)
    try:
        return answer(platform.ports, said.feeds, name, verdict, until, said.finding)
    except NoAnswer:
        raise Usage("answer-until") from None


def _said(platform: Desk, account: str, name: str) -> Said:
    """The finding of that name. Raises Problem."""
    from worklens.cli.failures import Problem
    from worklens.cli.known import scope
    from worklens.stages.insights import named

    with platform.warehouse.read() as session:
        of = scope(session, account)
        said = named(session, of.feeds, of.accounts, name)
    if said is None:
        raise Problem("answer-unknown", finding=name)
    return said


def show_kept(told: Answer | None, name: str, shell: Shell) -> None:
    """What was kept, and how to take it back."""
    if shell.json:
        shell.document(_plain(told, shell) if told else {"finding": name, "verdict": AGAIN})
    elif told is None:
        shell.line("answer-again", finding=name)
    else:
        back = shell.command(f"answer {name} {AGAIN}")
        shell.line("answer-snoozed" if told.until else "answer-kept", until=told.until, back=back)


def show_all(platform: Desk, shell: Shell) -> None:
    """What was answered and holds, the newest first."""
    from worklens.cli.tables import Table, others
    from worklens.stages.answers import standing

    answers = standing(platform.state, platform.ports.clock.now()).answers()
    if shell.json:
        shell.document({"answers": [_plain(one, shell) for one in answers]})
        return
    if not answers:
        shell.line("answers-none")
        return
    names = [shell.say(f"column-{name}") for name in ("finding", "answer", "what")]
    made = Table(*names, flexible=names[-1])
    for one in answers:
        said = shell.say(f"verdict-{one.verdict}", until=one.until)
        made.add(one.finding, said, others(_text(one, shell), 200))
    made.print(shell.out)


def _plain(one: Answer, shell: Shell) -> dict[str, Any]:
    return {
        "finding": one.finding,
        "verdict": one.verdict,
        "until": one.until or None,
        "account": one.account,
        "key": one.key,
        "text": _text(one, shell),
    }


def _text(one: Answer, shell: Shell) -> str:
    """What the finding said then; empty where it isn't known, or by a version that said other things."""
    from worklens.findings import Finding, text

    kind = one.key.partition("_")[0]
    if kind in {"task", "alert"}:
        return shell.say(f"answered-{kind}")
    try:
        return text(Finding(key=one.key, family="", params=one.params), shell.language)
    except KeyError:
        return ""
