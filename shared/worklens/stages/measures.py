"""The metrics that take more than a query: each a function from what the warehouse knows to the rows of one account.

Their columns stand in ``warehouse/metrics.toml`` as those of the views do.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import cached_property
from typing import Any

import numpy as np

from worklens.analysis.arrays import NEVER, Bools, Floats, Ints
from worklens.analysis.behaviour import LONG_RUN, NEAR_LIMIT, OUTSIDE, behaviour
from worklens.analysis.calendar import days_worked, hours_worked
from worklens.analysis.changes import change_points, paces
from worklens.analysis.competing import DELETED, DONE, Incidence, aalen_johansen
from worklens.analysis.flow import daily_counts, standing
from worklens.analysis.little import ROUGHLY, littles_law
from worklens.analysis.plans import kind_ratios
from worklens.analysis.survival import SurvivalCurve, kaplan_meier
from worklens.findings.history import History
from worklens.ports import Feed, Session
from worklens.render.columns import Lifetimes, date_of, lifetimes, tally
from worklens.stages.calendar import calendar_for, calendar_of
from worklens.stages.history import DAY, INSTANT, Columns, coded, load, read
from worklens.stages.zones import offsets

Rows = dict[str, list[Any]]
"""Rows by column; dates are dates, and None is unknown."""

SHARES = (0.5, 0.7, 0.85, 0.95)  # of the tasks: the levels of the forecasts
HALF, MOST = 0.5, 0.85
LEAST_AT_RISK = 20  # tasks that got so old; the reason is that of stages.score
CHART_WEEKS = 52  # of the process behaviour chart: a year; what was before was another process
LAW_WEEKS = 13  # a quarter: long enough for averages, short enough to be one way of working
MICROS = 1_000_000
SEED = 12  # of the shuffles, so that two looks at one history tell the same
SIGNALS = {OUTSIDE: "outside", NEAR_LIMIT: "near-limit", LONG_RUN: "run"}


class Past:
    """A feed as of some past, each view asked once."""

    def __init__(self, session: Session, feed: Feed, history: History, when: Mapping[str, Any]):
        """``feed`` has at least its name, for measures that heed a calendar its settings too; ``when`` is the past."""
        self.session, self.feed, self.history, self.when = session, feed, history, when
        self.known: dict[str, Rows] = {}

    def query(self, view: str) -> Rows:
        """All rows of a view."""
        if view not in self.known:
            self.known[view] = self.session.query(view, **self.when)
        return self.known[view]

    @cached_property
    def columns(self) -> Columns | None:
        """The feed's tasks as numbers."""
        return read(self.session, self.feed.name, **self.when)


class Ground:
    """What a measure may look at: a history, of one account or of several, and the past it was taken from.

    Without a past, as the report has it, tasks have no titles, and measures that ask a view have no rows.
    """

    def __init__(self, history: History, account: str = "", past: Past | None = None):
        """``account`` is whose rows of the views are meant."""
        self.history, self.account, self.past = history, account, past

    @cached_property
    def lives(self) -> Lifetimes:
        """How old single tasks were when they ended, as the report has it."""
        return lifetimes(tally(self.history))

    @cached_property
    def curve(self) -> SurvivalCurve:
        """The share still open at each age, as the report has it."""
        return kaplan_meier(self.lives.age, self.lives.done)

    @cached_property
    def ends(self) -> Incidence:
        """The same with deletion as an end of its own."""
        cause = np.where(self.lives.done, DONE, np.where(self.lives.deleted, DELETED, 0))
        return aalen_johansen(self.lives.age, cause)

    def rows_of(self, view: str) -> Rows:
        """The account's rows of a view. Raises LookupError without a past."""
        if self.past is None:
            raise LookupError(view)
        table = self.past.query(view)
        mine = [place for place, name in enumerate(table["account"]) if name == self.account]
        return {name: [values[place] for place in mine] for name, values in table.items()}


Measure = Callable[[Ground], Rows]


def measured(
    name: str, session: Session, feeds: Sequence[Feed], accounts: Sequence[str] | None = None, **when: Any
) -> Rows:
    """The rows of a metric of MEASURES for these accounts (None: all of the feeds), in their order.

    Empty where nothing was settled. Of a feed its name is needed, and its settings where a calendar counts.
    """
    found: list[Rows] = []
    for feed in sorted(feeds, key=lambda feed: feed.name):
        history = load(session, [feed.name], **when)
        if history is None:
            continue
        past = Past(session, feed, history, when)
        for account in sorted(history.accounts):
            if accounts is None or account in accounts:
                rows = MEASURES[name](Ground(history.of([account]), account, past))
                found.append({"account": [account] * len(next(iter(rows.values()))), **rows})
    return {key: [value for rows in found for value in rows[key]] for key in found[0]} if found else {}


# ----- Flow -----


def wip(ground: Ground) -> Rows:
    """Work in progress: started and not yet left, at each day's end."""
    history = ground.history
    sound = (history.started <= np.minimum(history.end, history.left)) & (history.started < NEVER)
    started, left = history.started[sound], history.left[sound]
    first, last = int(started.min(initial=history.end + 1)), history.end
    days = range(first, last + 1)
    return {
        "day": [date_of(day) for day in days],
        "started": daily_counts(started, first, last)[0].tolist() if days else [],
        "left": daily_counts(left, first, last)[0].tolist() if days else [],
        "value": standing(started, left, first, last)[0].tolist() if days else [],
    }


def flow_efficiency(ground: Ground) -> Rows:
    """Of the time that done tasks were there, the share in which they had been started, month by month."""
    table = ground.rows_of("cycle_time")
    lead, cycle = (_floats(table[name]) for name in ("lead_days", "cycle_days"))
    known = ~np.isnan(lead) & ~np.isnan(cycle)
    known &= np.where(known, cycle <= lead, False)  # a start before the creation is a slip of one of them
    months, month = np.unique(
        [day.replace(day=1).isoformat() for day in _picked(table["done_day"], known)], return_inverse=True
    )
    worked, there = (
        np.bincount(month, weights=values[known], minlength=months.size) for values in (cycle, lead)
    )
    n = np.bincount(month, minlength=months.size)
    share = np.divide(worked, there, out=np.full(months.size, np.nan), where=there > 0)
    return {
        "month": [date.fromisoformat(text) for text in months],
        "value": _nulls(share),
        "tasks": n.tolist(),
        "cycle_days": _nulls(worked / np.maximum(n, 1)),
        "lead_days": _nulls(there / np.maximum(n, 1)),
    }


def law(ground: Ground) -> Rows:
    """Little's law over the last quarter, and its five assumptions one by one."""
    history = ground.history
    first, last = history.end - 7 * LAW_WEEKS + 1, history.end
    rows = (history.created < NEVER) & ~history.impossible
    if history.first > first or not rows.any():
        return {name: [] for name in ("assumption", "holds", "value", "expected", "p", "since", "until")}
    dated = history.timed | (history.done == NEVER)
    found = littles_law(
        history.created[rows],
        history.left[rows],
        history.is_done[rows],
        dated[rows],
        first,
        last,
        np.random.default_rng(SEED),
    )
    each = found.assumptions
    holds = [abs(found.ratio - 1) <= ROUGHLY, *(one.holds for one in each)]
    known = [not np.isnan(found.ratio), *(not np.isnan(one.first + one.second) for one in each)]
    return {
        "assumption": ["law", *(one.name for one in each)],
        "holds": [said if sure else None for said, sure in zip(holds, known, strict=True)],
        "value": _nulls([found.open, *(one.first for one in each)]),
        "expected": _nulls([found.a_day * found.days, *(one.second for one in each)]),
        "p": _nulls([np.nan, *(one.p for one in each)]),
        "since": [date_of(first)] * (len(each) + 1),
        "until": [date_of(last)] * (len(each) + 1),
    }


# ----- How long -----


def time_to_done(ground: Ground) -> Rows:
    """The age by which each share of the tasks is done, and what had become of all of them by then."""
    curve, shares = ground.curve, np.array(SHARES)
    days, (low, high) = curve.quantile(shares), curve.quantile_band(shares)
    reached = np.where(np.isnan(days), 0.0, days)
    by = [np.where(np.isnan(days), np.nan, ground.ends.by(reached, cause)) for cause in (DONE, DELETED)]
    return {
        "share": list(SHARES),
        "days": _nulls(days),
        "low": _nulls(low),
        "high": _nulls(high),
        "done_by": _nulls(by[0]),
        "deleted_by": _nulls(by[1]),
        "tasks": [ground.lives.age.size] * len(SHARES),
        "open": [ground.lives.still_open] * len(SHARES),
    }


def residual_time(ground: Ground) -> Rows:
    """For each open task, the oldest last: how many were done sooner, and within how many more days such tasks are done."""
    history = ground.history
    rows = np.flatnonzero(history.open)
    last = history.today if history.end == history.today - 1 else history.end
    age = np.maximum(last - history.created[rows], 0)
    order = np.argsort(age, kind="stable")
    rows, age = rows[order], age[order]
    enough = ground.ends.at_risk_after(age) >= LEAST_AT_RISK
    more = [
        np.where(enough, ground.ends.residual_quantile(age, share), np.nan) if age.size else age * np.nan
        for share in (HALF, MOST)
    ]
    sooner = 1 - ground.curve.at(np.minimum(age, ground.curve.time[-1])) if age.size else age * np.nan
    tasks, occurrences = (names[rows].tolist() for names in (history.task, history.occurrence))
    return {
        "task": tasks,
        "age_days": age.tolist(),
        "half_within": _nulls(more[0]),
        "most_within": _nulls(more[1]),
        "older_than": _nulls(sooner),
        "at_risk": ground.ends.at_risk_after(age).tolist(),
        "title": _titles(ground, tasks, occurrences),
        "occurrence": occurrences,
        "collection": [history.collections[code] if code >= 0 else None for code in history.collection[rows]],
    }


def _titles(ground: Ground, tasks: Sequence[str], occurrences: Sequence[str]) -> list[str | None]:
    past = ground.past
    if not tasks or past is None:
        return [None] * len(tasks)
    rows = past.session.query("titles", feed=past.feed.name, tasks=sorted(set(tasks)), **past.when)
    keys = zip(rows["account"], rows["task"], rows["occurrence"], strict=True)
    titles = dict(zip(keys, rows["title"], strict=True))
    return [titles.get((ground.account, *name)) for name in zip(tasks, occurrences, strict=True)]


def working_time(ground: Ground) -> Rows:
    """How long each done task took in the days and hours that its account's calendar calls working time."""
    past, columns = ground.past, ground.past.columns if ground.past else None
    if past is None or columns is None:
        return {}
    rows = np.flatnonzero(
        (columns.text("account") == ground.account) & np.isin(columns.precision("completed"), (INSTANT, DAY))
    )
    rows = rows[np.argsort(columns.day("completed_day")[rows], kind="stable")]
    done = columns.day("completed_day")[rows]
    spans = [_worked(past.feed, columns, rows, name, ground.history) for name in ("created", "started")]
    return {
        "task": columns.text("task")[rows].tolist(),
        "occurrence": columns.text("occurrence")[rows].tolist(),
        "done_day": [date_of(day) for day in done],
        "lead_days": _nulls(spans[0][0]),
        "lead_hours": _nulls(spans[0][1]),
        "cycle_days": _nulls(spans[1][0]),
        "cycle_hours": _nulls(spans[1][1]),
    }


def _worked(
    feed: Feed, columns: Columns, rows: Ints, beginning: str, history: History
) -> tuple[Floats, Floats]:
    """Working days and hours from a beginning to the completion: (rows,) each, NaN where either isn't known so well."""
    first = min(history.first, int(columns.day(f"{beginning}_day")[rows].min(initial=history.first)))
    days = columns.today - first + 1
    done = daily_counts(history.completed, first, history.end)[0]
    working = calendar_of(feed, first, days, done)
    mask = np.ones(days, dtype=np.bool_) if working is None else working
    since, until = columns.day(f"{beginning}_day")[rows], columns.day("completed_day")[rows]
    known = np.isin(columns.precision(beginning)[rows], (INSTANT, DAY)) & (since <= until)
    exact = known & (columns.precision(beginning)[rows] == INSTANT)
    exact &= columns.precision("completed")[rows] == INSTANT
    began, ended = (_wall_clock(feed, columns.seconds(name)[rows]) for name in (beginning, "completed"))
    hours = hours_worked(began, ended, first, mask, calendar_for(feed).hours)
    days_between = days_worked(np.where(known, since, until), until, first, mask)
    return np.where(known, days_between, np.nan), np.where(exact & (began <= ended), hours, np.nan)


def _wall_clock(feed: Feed, instants: Ints) -> Ints:
    """Instants as the person's clock showed them then, both in seconds since 1970."""
    changes = offsets(feed.zones)
    starts = np.array([start // MICROS for _, start, _, _ in changes])
    ahead = np.array([seconds for _, _, _, seconds in changes])
    shown: Ints = instants + ahead[np.maximum(np.searchsorted(starts, instants, side="right") - 1, 0)]
    return shown


# ----- The pace -----


def changes_of_pace(ground: Ground) -> Rows:
    """The stretches of whole weeks at one pace, with what speaks for the change that each begins with."""
    first, weekly = ground.history.whole_weeks
    names = ("since", "until", "weeks", "a_week", "ratio", "p")
    if not weekly.size:
        return {name: [] for name in names}
    found = change_points(weekly, np.random.default_rng(SEED))
    starts, means = paces(weekly, found.start)
    stops = [*starts[1:].tolist(), weekly.size]
    before = np.concatenate([[np.nan], means[:-1]])
    ratio = np.divide(means, before, out=np.full(means.size, np.nan), where=before > 0)
    spans = list(zip(starts.tolist(), stops, strict=True))
    return {
        "since": [date_of(first + 7 * start) for start, _ in spans],
        "until": [date_of(first + 7 * stop - 1) for _, stop in spans],
        "weeks": [stop - start for start, stop in spans],
        "a_week": _nulls(means),
        "ratio": _nulls(ratio),
        "p": _nulls([np.nan, *found.p]),
    }


def process_behaviour(ground: Ground) -> Rows:
    """The process behaviour chart of the last year's whole weeks."""
    first, weekly = ground.history.whole_weeks
    skipped = max(weekly.size - CHART_WEEKS, 0)
    shown = weekly[skipped:]
    chart = behaviour(shown)
    lines = {"average": chart.average, "lower": chart.lower, "upper": chart.upper, "skewness": chart.skewness}
    return {
        "week": [date_of(first + 7 * (skipped + place)) for place in range(shown.size)],
        "value": shown.tolist(),
        **{name: _nulls([value] * shown.size) for name, value in lines.items()},
        "scale": ["roots" if chart.on_roots else "counts"] * shown.size,
        "signal": [SIGNALS.get(rule) for rule in chart.signal.tolist()],
    }


# ----- Estimates -----


def estimates_by_kind(ground: Ground) -> Rows:
    """Spent by estimated for each list and each label, the small ones drawn towards all."""
    table = ground.rows_of("completions")
    estimate, spent = (_floats(table[name]) for name in ("estimate_seconds", "spent_seconds"))
    known = (estimate > 0) & (spent > 0)
    lists = [(row, name) for row, name in enumerate(table["collection"]) if known[row] and name]
    labels = [
        (row, name) for row, names in enumerate(table["labels"]) if known[row] for name in sorted(set(names))
    ]
    parts = [_kinds(by, pairs, estimate, spent) for by, pairs in (("list", lists), ("label", labels))]
    rows = {name: [value for part in parts for value in part[name]] for name in parts[0]}
    titles = ground.past.query("latest_collections") if ground.past else {"collection": [], "title": []}
    names = dict(zip(titles["collection"], titles["title"], strict=True))
    title = [
        names.get(kind) if by == "list" else kind for by, kind in zip(rows["by"], rows["kind"], strict=True)
    ]
    return {
        "by": rows["by"],
        "kind": rows["kind"],
        "title": title,
        **{key: rows[key] for key in list(rows)[2:]},
    }


def _kinds(by: str, pairs: Sequence[tuple[int, str]], estimate: Floats, spent: Floats) -> Rows:
    """The kinds of one sort, those with most tasks last; ``pairs`` are the rows in each."""
    rows = np.array([row for row, _ in pairs], dtype=np.int64)
    names, code = coded(name for _, name in pairs)
    found = kind_ratios(estimate[rows], spent[rows], code, len(names))
    order = np.argsort(found.n, kind="stable")
    return {
        "by": [by] * len(names),
        "kind": [names[place] for place in order],
        "tasks": found.n[order].tolist(),
        "ratio": _nulls(found.ratio[order]),
        "value": _nulls(found.shrunk[order]),
        "weight": _nulls(found.weight[order]),
    }


# ----- Values -----


def _floats(values: Sequence[Any]) -> Floats:
    return np.array([np.nan if value is None else value for value in values], dtype=np.float64)


def _picked(values: Sequence[Any], which: Bools) -> list[Any]:
    return [value for value, keep in zip(values, which.tolist(), strict=True) if keep]


def _nulls(values: Any) -> list[float | None]:
    numbers = np.asarray(values, dtype=np.float64).tolist()
    return [None if value != value else value for value in numbers]


MEASURES: Mapping[str, Measure] = {
    "wip": wip,
    "time-to-done": time_to_done,
    "working-time": working_time,
    "residual-time": residual_time,
    "changes-of-pace": changes_of_pace,
    "process-behaviour": process_behaviour,
    "littles-law": law,
    "flow-efficiency": flow_efficiency,
    "estimates-by-kind": estimates_by_kind,
}
