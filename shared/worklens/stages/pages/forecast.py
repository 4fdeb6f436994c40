"""Forecast: how much by when and how sure that is, what such promises came to, and the flow they are made from."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from worklens.analysis.days import date_of
from worklens.ports import Ports
from worklens.render.model import Columns
from worklens.render.parts import chosen
from worklens.render.sections.what_if import what_if
from worklens.render.told import Forecast, Kept, Lists, Possible, Promise, Wish
from worklens.render.words import Words
from worklens.stages.paces import by_calendar, read
from worklens.stages.pages.asked import day
from worklens.stages.pages.facts import Facts
from worklens.stages.pages.rows import in_order
from worklens.stages.pages.visit import NotSo
from worklens.stages.report import within
from worklens.stages.what_if import outcomes, ways

MOST = 100  # lists to choose from
SHOWN = (
    "forecast",
    "promises",
    "throughput",
    "flow",
    "time",
    "ageing",
    "changes",
    "pace",
    "behaviour",
    "hours",
)


def data(facts: Facts, query: Mapping[str, str], ports: Ports) -> Forecast:
    """The numbers of the page. Raises NotSo."""
    wish = _wish(query)
    return Forecast(
        as_of=facts.days[0],
        promises=in_order(facts.table("standing_forecasts"), Promise),
        came_to=in_order(facts.table("forecast_coverage"), Kept),
        what_if=tuple(_possible(facts, wish, ports)) if wish != Wish() else (),
        wish=wish,
        lists=_lists(facts.table("age_of_open_work")),
    )


def _wish(query: Mapping[str, str]) -> Wish:
    """What is wished. Raises NotSo."""
    first, last = day("off_from", query.get("off_from", "")), day("off_until", query.get("off_until", ""))
    first, last = first or last, last or first
    if first and last and first > last:
        raise NotSo(400, "off_from lies after off_until.")
    return Wish(without=query.get("without", ""), off_from=first, off_until=last)


def _lists(work: Columns) -> tuple[Lists, ...]:
    """The lists with open work, the largest first."""
    held = Counter(one for one in work["collection"] if one)
    titles = dict(zip(work["collection"], work["collection_title"], strict=True))
    return tuple(Lists(name, titles[name] or name) for name, _ in held.most_common(MOST))


def _possible(facts: Facts, wish: Wish, ports: Ports) -> Iterator[Possible]:
    """What would come, of the account asked for or the only one there is. Raises NotSo where there are several."""
    feeds = [feed for feed in ports.state.feeds() if feed.name in facts.feeds]
    found = [(feed, pace) for feed in feeds if (pace := read(facts.session, feed.name, **facts.when))]
    paces = tuple(one for feed, pace in found for one in by_calendar(pace, feed).paces)
    accounts = sorted(
        {pace.account for pace in paces if not facts.account or within(pace.account, facts.account)}
    )
    if len(accounts) != 1:
        raise NotSo(400, f"Name one account: {', '.join(accounts)}.")
    off = (wish.off_from, wish.off_until) if wish.off_from and wish.off_until else None
    told = ways(paces, accounts[0], wish.without, off)
    for one in outcomes(told):
        for level, value in one.values.items():
            yield Possible(
                way=one.way,
                kind=one.kind,
                amount=one.amount,
                level=level,
                value=value,
                origin_day=date_of(told[0].pace.origin),
            )


def shown(found: Forecast, facts: Facts, words: Words) -> dict[str, Any]:
    """What the page's template needs besides; what was wished comes first."""
    wished = [what_if(found.what_if, words)] if found.wish != Wish() else []
    return {"sections": [*wished, *chosen(facts.report, words, SHOWN)]}
