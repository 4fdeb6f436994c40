"""Metrics: which there are, and the rows of one, as the command line has them."""

from __future__ import annotations

from collections.abc import Mapping

from worklens.ports import Ports
from worklens.render.model import Columns
from worklens.render.told import Measured, MetricAbout, Metrics
from worklens.stages.measures import measured
from worklens.stages.pages.asked import number
from worklens.stages.pages.facts import EMPTY, Facts
from worklens.stages.pages.visit import NotSo
from worklens.tasks import Moment, iso
from worklens.warehouse.metrics import UnknownMetric, metric, metrics

SHOWN = 200
MOST = 1_000  # rows in one answer
FAR = 100_000_000


def listed(facts: Facts, query: Mapping[str, str], ports: Ports) -> Metrics:
    """Every metric with its question, in the language asked for."""
    language = facts.asked.language
    return Metrics(
        metrics=tuple(
            MetricAbout(
                name=name,
                title=one.title[language],
                unit=one.unit[language],
                question=one.question[language],
                value=one.value,
            )
            for name, one in metrics().items()
        )
    )


def rows(facts: Facts, query: Mapping[str, str], ports: Ports) -> Measured:
    """A page of a metric's rows, in the order of its columns. Raises NotSo."""
    name = query.get("name", "")
    try:
        one = metric(name)
    except UnknownMetric:
        raise NotSo(404, f"There is no such metric; there are: {', '.join(metrics())}.") from None
    first, count = number(query, "first", 0, 0, FAR), number(query, "count", SHOWN, 1, MOST)
    table = facts.ours(facts.ask(one.view)) if one.view else _reckoned(name, facts, ports)
    columns = [column for column in one.columns if column in table]
    whole = sorted(zip(*(table[column] for column in columns), strict=True), key=_order)
    picked = whole[first : first + count]
    return Measured(
        name=name,
        columns=tuple(columns),
        total=len(whole),
        first=first,
        next=first + count if first + count < len(whole) else None,
        rows=tuple(
            tuple(_plain(column, dict(zip(columns, row, strict=True))) for column in columns)
            for row in picked
        ),
    )


def _reckoned(name: str, facts: Facts, ports: Ports) -> Columns:
    """The rows of a metric that no view holds; only of now, since it asks for its own history."""
    if any(facts.when.values()):
        raise NotSo(400, "This metric is known of now alone: leave out as_of and known_at.")
    feeds = [feed for feed in ports.state.feeds() if feed.name in facts.feeds]
    found = measured(name, facts.session, feeds, None)
    return facts.ours(found) if found else EMPTY


def _order(row: tuple[object, ...]) -> list[tuple[bool, str]]:
    """By the columns from the left, unknown values last."""
    return [(value is None, str(value)) for value in row]


def _plain(column: str, row: Mapping[str, object]) -> object:
    """An instant as ISO 8601, or as its date where no more is known; the rest as it is."""
    value = row[column]
    if not column.endswith("_at") or not isinstance(value, int):
        return value
    only_day = row.get(f"{column.removesuffix('_at')}_precision") == "day"
    return str(Moment(value, "day")) if only_day else iso(value)
