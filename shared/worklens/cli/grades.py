"""What became of earlier forecasts, and what each question and level was worth."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from worklens.cli.days import end_of
from worklens.cli.known import scope
from worklens.cli.plain import moments
from worklens.findings.promises import kept, worth
from worklens.stages.asking import records

if TYPE_CHECKING:
    from worklens.cli.desk import Desk
    from worklens.cli.shell import Shell

SHOWN = 20  # forecasts that a person reads; the rest is a matter of --json
COLUMNS = (
    "forecast_id", "account", "collection", "asks", "kind", "amount", "origin_day", "due_day", "level", "value",
    "truth", "came_true", "counts", "hindsight",
)  # fmt: skip


def grades(platform: Desk, language: str, account: str, as_of: str, known_at: str) -> dict[str, Any]:
    """All graded answers, the summary a question and level, and the sentence that sums it up."""
    feeds = platform.state.feeds()
    with platform.warehouse.read() as session:
        of = scope(session, account)
        zone = next((feed.zone for feed in feeds if feed.name in of.feeds), "UTC")
        when = {
            "as_of": end_of("--as-of", as_of, zone),
            "known_at": end_of("--known-at", known_at, zone),
        }
        session.hold()
        told = [row for row in records(session.query("forecast_grades", **when)) if _ours(row, of.accounts)]
        sums = [row for row in records(session.query("forecast_coverage", **when)) if _ours(row, of.accounts)]
    graded = [row for row in told if row["came_true"] is not None]
    order = ("origin_day", "account", "asks", "level")
    finding = kept(sums)
    return {
        "grades": [
            moments({name: row[name] for name in COLUMNS})
            for row in sorted(graded, key=lambda row: tuple(row[name] for name in order))
        ],
        "coverage": pooled(sums),
        "open": len({row["forecast_id"] for row in told}) - len({row["forecast_id"] for row in graded}),
        "summary": {"key": finding.key, "params": finding.params, "text": worth(finding, language)},
    }


def _ours(row: dict[str, Any], accounts: list[str] | None) -> bool:
    return accounts is None or row["account"] in accounts


def pooled(rows: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """A row a question and level, over the accounts."""
    counts: dict[tuple[str, float], list[int]] = defaultdict(lambda: [0, 0])
    for row in rows:
        for place, name in enumerate(("n", "kept")):
            counts[row["asks"], row["level"]][place] += row[name]
    return [
        {"question": question, "level": level, "n": n, "kept": good, "coverage": good / n}
        for (question, level), (n, good) in sorted(counts.items())
    ]


def show(found: dict[str, Any], shell: Shell) -> None:
    """The sentence first, then question by question, then the newest grades."""
    shell.line("forecast-worth", text=found["summary"]["text"])
    if not found["grades"]:
        shell.line("nothing-graded", open=found["open"])
        return
    if found["coverage"]:
        _coverage(found["coverage"], shell)
    _newest(found["grades"], shell)


def _coverage(rows: list[dict[str, Any]], shell: Shell) -> None:
    from worklens.cli.tables import Table, number

    headings = [shell.say(f"column-{name}") for name in ("question", "level", "came-true", "promises")]
    made = Table(*headings, right=headings[1:], flexible=headings[0])
    for row in rows:
        made.add(row["question"], percent(row["level"]), percent(row["coverage"]), number(row["n"]))
    made.print(shell.out)


def _newest(rows: list[dict[str, Any]], shell: Shell) -> None:
    from worklens.cli.tables import Table, number, others

    headings = [
        shell.say(f"column-{name}")
        for name in ("account", "question", "said-on", "level", "promised", "truth", "came-true")
    ]
    right = [headings[3], headings[4], headings[5]]
    made = Table(*headings, right=right, flexible=headings[0])
    for row in rows[-SHOWN:]:
        made.add(
            others(row["account"], 24),
            row["asks"],
            str(row["origin_day"]),
            percent(row["level"]),
            number(row["value"]),
            number(row["truth"]),
            shell.say("kept-yes" if row["came_true"] else "kept-no"),
        )
    made.print(shell.out)
    if len(rows) > SHOWN:
        all_ = shell.command("forecast --grade --json")
        shell.line("more-rows", shown=SHOWN, all=f"{len(rows):,}", json=all_)


def percent(share: float) -> str:
    """A share in whole percent."""
    return f"{100 * share:.0f} %"
