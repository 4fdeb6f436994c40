"""How long tasks take: the share done by each age, open tasks counted for as long as they have been open."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from worklens.analysis.arrays import Floats
from worklens.analysis.competing import DELETED, DONE, Incidence, aalen_johansen
from worklens.analysis.survival import SurvivalCurve, kaplan_meier
from worklens.render.charts import time_to_done as chart
from worklens.render.charts.time_to_done import TICKS
from worklens.render.columns import Lifetimes, column
from worklens.render.model import Columns
from worklens.render.section import Chart, DataTable, Section, Swatch
from worklens.render.words import Words

LEAST_DONE = 20  # completions; with fewer the band is wider than anything worth saying
LEAST_AT_RISK = 10  # the curve is drawn as far as this many tasks were watched
QUANTILES = (0.5, 0.85)
HORIZON = 90  # days: where deleted and still open are told apart
_LATER = 1.1  # each age drawn beyond two months is at least this many times the last


@dataclass(frozen=True, eq=False)
class Typical:
    """How tasks have gone so far: the curve that other sections read ages against."""

    curve: SurvivalCurve
    ends: Incidence
    tasks: int
    still_open: int
    half: float  # days; NaN where the curve doesn't come so far
    most: float  # days until 85 % are done
    longest: int  # days up to which there is evidence


def typical(lives: Lifetimes) -> Typical | None:
    """The curves over all tasks; None where too few were done to draw one."""
    if lives.done.sum() < LEAST_DONE:
        return None
    curve = kaplan_meier(lives.age, lives.done)
    cause = np.where(lives.done, DONE, np.where(lives.deleted, DELETED, 0))
    half, most = (float(age) for age in curve.quantile(QUANTILES))
    watched = curve.time[curve.at_risk >= LEAST_AT_RISK]
    longest = max(int(watched[-1]) if watched.size else 0, 1)
    ends = aalen_johansen(lives.age, cause)
    return Typical(curve, ends, lives.age.size, lives.still_open, half, most, longest)


def time_to_done(
    known: Typical | None, lives: Lifetimes, words: Words, lately: Columns | None = None
) -> Section:
    """Kaplan and Meier's curve of all tasks, and what became of them after three months, deletion as an end of its own.

    `known` is what `typical` makes of the lives; `lately` has the cycle time of what was begun lately, where it is known.
    """
    if known is None:
        least, so_far = words.count("tasks", LEAST_DONE), words.number(lives.done.sum())
        return Section(
            key="time", title=words("time.name"), lacking=words("time.lacking", least=least, so_far=so_far)
        )
    return Section(
        key="time",
        title=_title(known, words),
        subtitle=words(
            "time.subtitle", tasks=words.count("tasks", known.tasks), open=words.number(known.still_open)
        ),
        chart=_chart(known, words),
        note=words.join((_note(known, words), *_lately(lately or {}, words))),
    )


def _title(known: Typical, words: Words) -> str:
    if np.isnan(known.half):
        share = float(1 - known.curve.survival[-1])
        return words("time.never_half", share=words.percent(share), age=words.age(known.longest))
    if np.isnan(known.most):
        return words("time.never_most", half=words.within(known.half))
    return words("time.title", half=words.within(known.half), most=words.within(known.most))


def _lately(lately: Columns, words: Words) -> Iterator[str]:
    """Within how many days what was begun lately will be done, and how sure that is."""
    names = ("share", "days", "low", "high", "level", "tasks")
    for share, days, low, high, level, tasks in zip(*(column(lately, name) for name in names), strict=True):
        least = {
            "share": words.percent(share),
            "tasks": words.count("tasks", tasks),
            "level": words.percent(level),
        }
        if days is None or low is None:
            yield words("time.lately_never", **least)
        elif high is None:
            yield words("time.lately_open", days=words.age(days), low=words.age(low), **least)
        elif words.age(low) == words.age(high):
            yield words("time.lately_sure", days=words.age(days), **least)
        else:
            yield words(
                "time.lately", days=words.age(days), low=words.age(low), high=words.age(high), **least
            )


def _note(known: Typical, words: Words) -> str:
    age = min(HORIZON, known.longest)
    done, deleted = (float(known.ends.by(age, cause)) for cause in (DONE, DELETED))
    return words(
        "time.note",
        age=words.age(age),
        done=words.percent(done),
        deleted=words.percent(deleted),
        open=words.percent(float(known.ends.still_open(age))),
    )


def _ages(longest: int) -> Floats:
    """Every day at first, then ever wider steps: enough for the eye, and few however long the history is."""
    ages = [0]
    while ages[-1] < longest:
        ages.append(min(longest, max(ages[-1] + 1, int(ages[-1] * _LATER) if ages[-1] > 60 else 0)))
    return np.array(ages, dtype=np.float64)


def _read(known: Typical, ages: Floats) -> tuple[Floats, Floats, Floats]:
    """The share done and its limits at each age."""
    lower, upper = known.curve.band()
    place = np.searchsorted(known.curve.time, ages, side="right")
    done = 1 - np.concatenate([[1.0], known.curve.survival])[place]
    low = 1 - np.concatenate([[1.0], upper])[place]
    high = 1 - np.concatenate([[1.0], lower])[place]
    return done, np.where(np.isnan(low), done, low), np.where(np.isnan(high), done, high)


def _chart(known: Typical, words: Words) -> Chart:
    ages = _ages(known.longest)
    done, low, high = _read(known, ages)
    bands = [
        words("time.band", low=words.percent(a), high=words.percent(b))
        for a, b in zip(low, high, strict=True)
    ]
    labels = (words("time.column_age"), words("time.column_done"), words("time.column_band"))
    columns = {
        "age": ages.tolist(),
        "done": done.round(4).tolist(),
        "low": low.round(4).tolist(),
        "high": high.round(4).tolist(),
        "when": [words.age(age) for age in ages],
        "share": [words.percent(share) for share in done],
        "band": bands,
    }
    return Chart(
        spec=chart(columns, _marks(known, words), labels, tick_labels(words), words("percent", n="")),
        alt=words("time.alt", longest=words.age(known.longest), share=words.percent(float(done[-1]))),
        table=_table(known, labels, words),
        legend=(Swatch("var(--blue)", labels[1], "line"), Swatch("var(--band)", words("time.band_legend"))),
    )


class Mark(NamedTuple):
    """A quantile of the curve and what is written beside it."""

    age: float
    share: float
    label: str


def quantile_marks(known: Typical, words: Words) -> list[Mark]:
    """The quantiles that the curve reaches where there is evidence; on the first day there is nothing to point at."""
    ages = zip((known.half, known.most), QUANTILES, strict=True)
    return [
        Mark(age, share, words("time.mark", share=words.percent(share), age=words.age(age)))
        for age, share in ages
        if 1 <= age <= known.longest
    ]


def _marks(known: Typical, words: Words) -> dict[str, tuple[float | str, ...]]:
    marks = quantile_marks(known, words)
    return {name: tuple(getattr(mark, name) for mark in marks) for name in Mark._fields}


def tick_labels(words: Words) -> dict[int, str]:
    """The labels of an axis of ages: days by number, then weeks and months in short."""
    return {tick: words(f"age.tick_{tick}") for tick in TICKS}


def _table(known: Typical, labels: tuple[str, str, str], words: Words) -> DataTable:
    ages = np.array([age for age in TICKS if 1 <= age <= known.longest], dtype=np.float64)
    rows = zip(ages, *_read(known, ages), known.curve.at_risk_after(ages), strict=True)
    return DataTable(
        (*labels, words("time.column_watched")),
        tuple(
            (
                words.age(age),
                words.percent(done),
                words("time.band", low=words.percent(low), high=words.percent(high)),
                words.number(watched),
            )
            for age, done, low, high, watched in rows
        ),
    )
