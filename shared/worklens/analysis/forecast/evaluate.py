"""Many people's forecasts graded together, beside the plain windows: the past alone at every origin."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from worklens.analysis.arrays import Bools, Floats, Ints
from worklens.analysis.forecast.bootstrap import bootstrap
from worklens.analysis.forecast.competition import compete
from worklens.analysis.forecast.conformal import correct
from worklens.analysis.forecast.forecast import EVERY, past_origins
from worklens.analysis.forecast.grades import GradeSummary, summary
from worklens.analysis.forecast.mixture import Past, candidates
from worklens.analysis.forecast.questions import LEVELS, Question, check, promised, truth
from worklens.analysis.forecast.worked import Part, by_calendar

WINDOWS = (30, 90, 180)  # days: the plain bootstraps that the field uses
USUAL = 90  # days: the one that is given our correction, to compare how much is promised


@dataclass(frozen=True, eq=False)
class Evaluation:
    """Ours and the plain windows' grades, over the same origins of everybody."""

    question: Question
    n: int
    levels: tuple[float, ...]
    coverage: Floats  # (levels,)
    promise: Floats  # (levels,): "not within a year" counts as LONGEST + 1
    pinball: Floats  # (levels,)
    baselines: dict[str, Floats]  # "bootstrap-90" and so on to its pinball (levels,)
    corrected: GradeSummary  # the plain bootstrap under the same correction

    @property
    def mean_pinball(self) -> float:
        """Over the levels."""
        return float(self.pinball.mean())

    @property
    def best_baseline(self) -> float:
        """The mean pinball over the levels of the best plain window; NaN without any origin."""
        return min(float(losses.mean()) for losses in self.baselines.values())


def evaluate(
    series: Sequence[Ints],
    question: Question,
    every: int = EVERY,
    *,
    arrived: Sequence[Ints] | None = None,
    calendars: Sequence[Bools | None] | None = None,
    levels: tuple[float, ...] = LEVELS,
) -> Evaluation:
    """Grade the question at every `every` days of each person's days, (days,) each, with enough evidence.

    Answers that a history's end leaves open are left out. `arrived` is for `Emptied`, which asks at each origin what was open then, one a person; so are `calendars`, as
    `forecast` takes them, where None is one in which every day is worked. The plain windows are asked in working days, too.
    """
    came = list(arrived) if arrived is not None else [None] * len(series)
    masks = list(calendars) if calendars is not None else [None] * len(series)
    parts = [
        _one(done, question, every, new, levels, mask)
        for done, new, mask in zip(series, came, masks, strict=True)
    ]
    value = np.concatenate([np.empty(0), *(part.value for part in parts)])
    shape = np.empty((0, len(levels)))
    pooled = {
        name: summary(
            question, levels, np.concatenate([shape, *(part.promises[name] for part in parts)]), value
        )
        for name in ("ours", "corrected", *(f"bootstrap-{window}" for window in WINDOWS))
    }
    ours = pooled["ours"]
    return Evaluation(
        question=question,
        n=ours.n,
        levels=levels,
        coverage=ours.coverage,
        promise=ours.promise,
        pinball=ours.pinball,
        baselines={name: grades.pinball for name, grades in pooled.items() if name.startswith("bootstrap")},
        corrected=pooled["corrected"],
    )


def _one(
    done: Ints,
    question: Question,
    every: int,
    arrived: Ints | None,
    levels: tuple[float, ...],
    working: Bools | None,
) -> Part:
    """One person's origins, by the calendar where there is one that says something."""

    def grade(days: Ints, asked: Question, new: Ints | None) -> Part:
        return _graded(days, asked, every, new, levels)

    if working is None or working.all():
        return grade(done, question, arrived)
    return by_calendar(grade, done, question, working, arrived)


def _graded(
    done: Ints, question: Question, every: int, arrived: Ints | None, levels: tuple[float, ...]
) -> Part:
    check(question, arrived, done.size)
    past = Past(done, past_origins(done, every), arrived).asked(question)
    origins, items, asked = past.origins, past.items(question), np.array(levels)
    came = truth(done, question, origins, arrived, items)
    plain = {
        f"bootstrap-{window}": bootstrap(done, question, origins, window, arrived, items=items)
        for window in WINDOWS
    }
    promises = {name: promised(table, question, asked) for name, table in plain.items()}
    ours = compete(candidates(past, question), question, origins, came, every).table
    tables = {"ours": ours, "corrected": plain[f"bootstrap-{USUAL}"]}
    for name, table in tables.items():
        promises[name] = correct(table, question, asked, origins, came.value, every).promises
    return Part(origins, came.value, promises)
