"""How much gets done a week, and whether that has changed."""

from __future__ import annotations

import numpy as np

from worklens.analysis.arrays import Floats, Ints
from worklens.analysis.days import date_of
from worklens.analysis.pace import BEFORE_WEEKS, RECENT_WEEKS, pace_change
from worklens.analysis.smoothing import beta_of_half_life, ewma
from worklens.render.charts import throughput as chart
from worklens.render.columns import WEEK, Flow, whole_weeks
from worklens.render.section import Chart, DataTable, Section, Swatch
from worklens.render.words import Words

HALF_LIFE = 21  # days: a holiday shows, a single week hardly does
LEAST_BEFORE = 8  # weeks to compare with; fewer tell a change from luck only where anyone would see it
SLIGHT = 0.15  # of the pace before: a smaller difference changes nobody's plans
UNLIKELY = 0.05  # a change is called one where luck would do as much less often than this


def throughput(flow: Flow | None, words: Words) -> Section:
    """Weeks are counted back from the last day, so that none is cut short and the title's mean is that of the bars."""
    done = flow.done if flow else np.zeros(0, dtype=np.int64)
    weekly = whole_weeks(done, RECENT_WEEKS + BEFORE_WEEKS)
    if flow is None or weekly.size < RECENT_WEEKS:
        return Section(
            key="throughput",
            title=words("throughput.name"),
            lacking=words(
                "throughput.lacking",
                weeks=words.count("weeks", RECENT_WEEKS),
                so_far=words.count("weeks", weekly.size),
            ),
        )
    last = flow.first + done.size - 1
    starts = last + 1 - WEEK * np.arange(weekly.size, 0, -1)
    compared = weekly.size >= RECENT_WEEKS + LEAST_BEFORE
    return Section(
        key="throughput",
        title=_title(done, weekly, words),
        subtitle=words("throughput.subtitle", weeks=words.count("weeks", weekly.size)),
        chart=_chart(starts, weekly, _trend(done, weekly.size), compared, words),
        note=""
        if compared
        else words("throughput.short", weeks=words.count("weeks", RECENT_WEEKS + LEAST_BEFORE)),
    )


def _title(done: Ints, weekly: Ints, words: Words) -> str:
    recent = float(weekly[-RECENT_WEEKS:].mean())
    before = weekly[:-RECENT_WEEKS]
    if before.size < LEAST_BEFORE:
        return words("throughput.only", recent=words.number(float(weekly.mean())))
    change = pace_change(done, np.random.default_rng(0), before_weeks=before.size)
    earlier = float(before.mean())
    return words(
        f"throughput.{_way(change.p, recent, earlier)}",
        recent=words.number(recent),
        before=words.number(earlier),
    )


def _way(p: float, recent: float, earlier: float) -> str:
    """Up or down where luck is unlikely; else whether the two look alike or merely can't be told apart."""
    if p < UNLIKELY:
        return "up" if recent > earlier else "down"
    return "same" if abs(recent - earlier) <= SLIGHT * earlier else "unsure"


def _trend(done: Ints, weeks: int) -> Floats:
    """The smoothed tasks a week at the end of each of the last weeks: (weeks,)."""
    smooth = ewma(done, beta_of_half_life(HALF_LIFE)) * WEEK
    return smooth[::-1][: weeks * WEEK : WEEK][::-1]


def _chart(starts: Ints, weekly: Ints, trend: Floats, compared: bool, words: Words) -> Chart:
    recent = (
        np.arange(weekly.size) >= weekly.size - RECENT_WEEKS if compared else np.ones(weekly.size, dtype=bool)
    )
    when = [
        words("throughput.week", first=words.short_day(date_of(day)), last=words.short_day(date_of(day + 6)))
        for day in starts
    ]
    labels = (
        words("throughput.column_week"),
        words("throughput.column_done"),
        words("throughput.column_trend", days=words.count("days", HALF_LIFE)),
    )
    columns = {
        "start": starts,
        "done": weekly.tolist(),
        "recent": recent.tolist(),
        "trend": trend.tolist(),
        "when": when,
    }
    rows = zip(when, weekly, trend, strict=True)
    return Chart(
        spec=chart(columns, labels, words.language),
        alt=words(
            "throughput.alt",
            weeks=words.count("weeks", weekly.size),
            least=words.number(weekly.min()),
            most=words.number(weekly.max()),
            trend=words.number(trend[-1]),
        ),
        table=DataTable(
            labels, tuple((week, words.number(n), words.number(level)) for week, n, level in rows)
        ),
        legend=_legend(weekly.size, compared, words),
    )


def _legend(weeks: int, compared: bool, words: Words) -> tuple[Swatch, ...]:
    trend = Swatch("var(--blue)", words("throughput.trend"), "line")
    if not compared:
        return (trend,)
    return (
        Swatch("var(--blue-mid)", words("throughput.recent", weeks=words.count("weeks", RECENT_WEEKS))),
        Swatch("var(--blue-faint)", words("throughput.before", n=words.number(weeks - RECENT_WEEKS))),
        Swatch("var(--ink)", words("throughput.mean_before"), "dash"),
        trend,
    )
