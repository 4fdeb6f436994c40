"""Time: where the work went by list and label, and on which days and hours it gets done, over the weeks chosen."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import numpy as np

from worklens.analysis.days import date_of, day_number, day_numbers
from worklens.ports import Ports
from worklens.render.columns import WEEK, column
from worklens.render.model import Columns
from worklens.render.parts import chosen
from worklens.render.sections.coming import coming as coming_section
from worklens.render.told import Coming, Hourly, Labelled, Listed, Rhythm, Times
from worklens.render.words import Words
from worklens.stages.columns import rows_of
from worklens.stages.fitting import coming, free_days
from worklens.stages.pages.facts import Facts
from worklens.stages.pages.rows import in_order, records

SHOWN = ("where", "labels", "when", "estimates")


def data(facts: Facts, query: Mapping[str, str], ports: Ports) -> Times:
    """The numbers of the page."""
    last = facts.days[0]
    since = first_week(last, facts.asked.weeks)
    return Times(
        as_of=last,
        weeks=facts.asked.weeks,
        since=since,
        lists=in_order(within_weeks(facts.table("work_by_collection"), since, last), Listed),
        labels=in_order(within_weeks(facts.table("work_by_label"), since, last), Labelled),
        hours=in_order(facts.table("work_by_weekday_hour"), Hourly),
        rhythms=records(facts.report.tables["rhythms"], Rhythm),
        coming=_coming(facts, ports),
    )


def _coming(facts: Facts, ports: Ports) -> tuple[Coming, ...]:
    """What fits the blocks that are for one list; nothing is asked where none is."""
    blocks = [row for row in rows_of(facts.report.tables["rhythms"]) if row["list_share"] is not None]
    if not blocks:
        return ()
    feeds = [feed for feed in ports.state.feeds() if feed.name in facts.feeds]
    tasks = rows_of(facts.ours(facts.ask("open_in_lists")))
    return coming(blocks, tasks, facts.now, facts.zone, free_days(feeds, facts.today))


def first_week(last: date, weeks: int) -> date:
    """The Monday from which so many weeks are shown, that of the last day being one."""
    day = day_number(last)
    return date_of(day - (day + 3) % WEEK - WEEK * (weeks - 1))


def within_weeks(table: Columns, since: date, last: date) -> Columns:
    """The rows of the weeks that begin from one day to another."""
    weeks = day_numbers(column(table, "week"))
    kept = np.flatnonzero((weeks >= day_number(since)) & (weeks <= day_number(last))).tolist()
    return {name: [values[row] for row in kept] for name, values in table.items()}


def shown(found: Times, facts: Facts, words: Words) -> dict[str, Any]:
    """What the page's template needs besides."""
    sections = chosen(facts.report, words, SHOWN)
    after = next((place for place, one in enumerate(sections, 1) if one.key == "when"), len(sections))
    fits = coming_section(found.coming, words, lambda name: facts.asked.address("/tasks", list=name))
    return {"sections": [*sections[:after], *([fits] if fits else []), *sections[after:]]}
