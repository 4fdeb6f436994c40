"""How far the record can be trusted: fresh, complete, readable, in time; and as of when it speaks."""

from __future__ import annotations

from worklens.render.columns import column
from worklens.render.model import Columns, Report
from worklens.render.safe import clean
from worklens.render.section import DataTable, Section
from worklens.render.words import Words

MEASURES = ("seen", "records", "held", "timed", "undated", "late")


def quality(rows: Columns, zone: str, words: Words) -> Section:
    """One column an account, a phone being narrow. What stays unknown says so."""
    accounts = column(rows, "account")
    if not accounts:
        return Section(key="quality", title=words("quality.name"), lacking=words("quality.lacking"))
    held = sum(column(rows, "quarantined"))
    title = words("quality.held", records=words.count("records", held)) if held else words("quality.clean")
    names = tuple(clean(account) for account in accounts)
    values = [_values(rows, number, zone, words) for number in range(len(accounts))]
    measures = zip(
        (words(f"quality.column_{name}") for name in MEASURES), zip(*values, strict=True), strict=True
    )
    table = DataTable(("", *names), tuple((measure, *row) for measure, row in measures))
    return Section(key="quality", title=title, subtitle=words("quality.subtitle"), table=table)


def _values(rows: Columns, number: int, zone: str, words: Words) -> tuple[str, ...]:
    """What there is to say of one account, in the order of MEASURES."""
    seen = rows["last_seen_at"][number]
    events = rows["events"][number]
    return (
        words("quality.unknown") if seen is None else words.instant(seen, zone),
        words.number(rows["records"][number]),
        words.number(rows["quarantined"][number]),
        _share(rows["instant_share"][number], words),
        _share(rows["undated_share"][number], words),
        _share(rows["late_events"][number] / events if events else None, words),
    )


def _share(value: float | None, words: Words) -> str:
    return words("quality.unknown") if value is None else words.percent(value)


def as_of(report: Report, words: Words) -> Section:
    """Which days and which knowledge the page speaks of."""
    later = []
    if report.newest_fact is not None:
        later.append(words("as_of.seen", when=words.instant(report.newest_fact, report.zone)))
    if report.known_at is not None:
        later.append(words("as_of.known_at", when=words.instant(report.known_at, report.zone)))
    return Section(
        key="as_of",
        title=words("as_of.title", day=words.day(report.as_of)),
        subtitle=words("as_of.zone", zone=report.zone),
        note=words.join(later),
    )
