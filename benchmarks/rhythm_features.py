"""Blocks of the week as features of the hazard model: its log loss with and without them, on two real logs and the sample.

Blocks are looked for anew every seven weeks in what was known by then. The logs know days only, so there a block is one of
weekdays; the sample's have hours.
"""

from __future__ import annotations

import tempfile
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

import numpy as np

from _evidence import publish, table
from chances import ASKED, histories
from worklens.analysis import weeks
from worklens.analysis.arrays import Bools, Floats, Ints
from worklens.analysis.calendar import learnt_off
from worklens.analysis.detection.kinds import mostly
from worklens.analysis.detection.rhythms import rhythms
from worklens.analysis.detection.week_hours import DAYS, week_hours
from worklens.analysis.hazard import grading
from worklens.analysis.hazard.features import Features, Past
from worklens.analysis.hazard.grading import OURS, Graded, grade, log_losses
from worklens.analysis.hazard.landmarks import Landmarks
from worklens.analysis.hazard.prospects import HORIZONS
from worklens.analysis.hazard.records import DONE, Records
from worklens.stages.records import Told

APART = 7  # weeks between two looks
LATEST = 52  # weeks looked at
LASTS = 4  # weeks ago at most that a block ends which still goes on
HEADS = (
    "log",
    "within",
    "rows",
    "looks with a block for a list",
    "without",
    "with blocks",
    "the difference",
    "z",
)


class Looked(NamedTuple):
    """What was known of blocks at some days, by person and list: (days,), and (days, people, lists) twice."""

    day: Ints
    hours: Floats  # a week, of the blocks that are mostly for the list
    weekdays: Ints  # seven bits: on which they lie


class Within(Past):
    """The past with what was known of blocks, which `looked` says."""

    looked: Looked

    def features(self, rows: Landmarks) -> Features:
        """Three columns more: has the list a block, of how many hours, and how soon is its next day."""
        found, looked, records = super().features(rows), self.looked, self.records
        at = np.searchsorted(looked.day, rows.day, side="right") - 1
        place = (np.maximum(at, 0), records.person[rows.task], records.collection[rows.task])
        hours = np.where((at >= 0) & (place[2] >= 0), looked.hours[place], 0.0)
        soon = _soon(looked.weekdays[place], weeks.weekday(rows.day))
        more = np.column_stack([hours > 0, np.log1p(hours), np.where(hours > 0, np.log1p(soon), 0)])
        columns = np.concatenate([found.frozen, more.astype(found.frozen.dtype)], axis=1)
        return replace(found, frozen=columns, names=(*found.names, "list", "list", "list"))


def _soon(weekdays: Ints, today: Ints) -> Ints:
    """In how many days the next one comes, from tomorrow on; 7 where there is none."""
    found = np.full(today.size, DAYS)
    for days in range(DAYS - 1, 0, -1):
        found[(weekdays >> ((today + days) % DAYS)) & 1 == 1] = days
    return found


def looked(told: Told) -> Looked:
    """The blocks of each person that went on at each look, by the list that they were mostly for."""
    records = told.records
    done = records.cause == DONE
    hour = np.ma.filled(told.history.values["completed_hour"].astype(np.int64), -1)
    if (hour[done] < 0).mean() > 0.5:
        hour = np.full(hour.size, 12)
    last, first = (
        int(weeks.week(np.array(day))) for day in (told.end, int(records.ended[done].min(initial=told.end)))
    )
    looks = np.arange(first + 12, last + 1, APART)
    size = (looks.size, int(records.person.max()) + 1, int(records.collection.max(initial=0)) + 1)
    hours, weekdays = np.zeros(size), np.zeros(size, dtype=np.int64)
    for at, week in enumerate(looks.tolist()):
        for person in range(size[1]):
            for box, kind in _blocks(records, done & (records.person == person) & (hour >= 0), hour, week):
                hours[at, person, kind] += (box[4] - box[1]) * (box[5] - box[2])
                weekdays[at, person, kind] |= sum(1 << int(day) for day in range(box[1], box[4]))
    return Looked(weeks.monday(looks), hours, weekdays)


def _blocks(records: Records, mine: Bools, hour: Ints, week: int) -> list[tuple[Ints, int]]:
    """The blocks of a year's whole weeks before this one that went on, with the list each is mostly for."""
    day, kind = records.ended[mine], records.collection[mine]
    first = max(week - LATEST, int(weeks.week(day).min(initial=week)))
    if week - first < 12:
        return []
    counts = week_hours(day, hour[mine], first, week - first)
    open_ = ~learnt_off(counts.sum(axis=2).ravel(), np.ones(len(counts) * DAYS, dtype=np.bool_))
    used = counts.any(axis=(0, 1))
    narrow = counts[:, :, used] if used.sum() == 1 else counts
    found = rhythms(narrow, open_.reshape(-1, DAYS), np.random.default_rng(0))
    if found is None:
        return []
    lasting = [box for box in found.boxes if box[3] > len(counts) - LASTS]
    names = np.unique(kind)
    each = np.stack(
        [week_hours(day[kind == one], hour[mine][kind == one], first, week - first) for one in names]
    )
    each = each[..., used] if used.sum() == 1 else each
    pairs = [(box, mostly(each, box)) for box in lasting]
    return [(box, int(names[one.row])) for box, one in pairs if one and names[one.row] >= 0]


def graded(told: Told, known: Looked | None) -> Graded | None:
    """With the features of blocks, or without."""
    usual = grading.Past
    if known is not None:
        Within.looked = known
        grading.Past = Within  # type: ignore[misc]
    try:
        return grade(told.records, told.end)
    finally:
        grading.Past = usual  # type: ignore[misc]


def lines(name: str, told: Told) -> list[tuple[object, ...]]:
    """A line a horizon; z counts blocks of 28 days as one each."""
    known = looked(told)
    share = float((known.hours > 0).any(axis=2).mean())
    plain, more = graded(told, None), graded(told, known)
    if plain is None or more is None:
        return []
    rows = []
    for horizon in ASKED:
        at = HORIZONS.index(horizon)
        truth = plain.truth[:, at]
        ours, others = (log_losses(each.told[OURS][:, at], truth) for each in (plain, more))
        off = others - ours
        asked = ~np.isnan(off)
        months = np.unique(plain.block[asked], return_inverse=True)[1]
        sums = np.bincount(months, off[asked])
        spread = float(np.sqrt((sums**2).sum()))
        z = float(sums.sum()) / spread if spread else 0.0
        before, after = float(np.mean(ours[asked])), float(np.mean(others[asked]))
        rows.append(
            (
                name, f"{horizon} d", int(asked.sum()), f"{share:.0%}", f"{before:.4f}", f"{after:.4f}",
                f"{100 * (after / before - 1):+.2f} %", f"{z:+.1f}",
            )
        )  # fmt: skip
    return rows


def main() -> None:
    """The table."""
    with tempfile.TemporaryDirectory() as folder:
        found = [line for name, told in histories(Path(folder)) for line in lines(name, told)]
    publish("rhythm_features", table(HEADS, found))


if __name__ == "__main__":
    main()
