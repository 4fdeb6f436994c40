"""What a list's weekdays in one half-year say of the next, and what becomes of the Tuesday mornings planted in the sample."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from datetime import date, datetime
from itertools import combinations
from typing import NamedTuple

import numpy as np

from _evidence import log
from worklens.analysis import weeks
from worklens.analysis.arrays import Ints
from worklens.analysis.calendar import learnt_off
from worklens.analysis.detection.kinds import LEAST, LIFT
from worklens.analysis.detection.later import at_most
from worklens.analysis.detection.rhythms import rhythms
from worklens.analysis.detection.week_hours import box_iou, week_hours
from worklens.sample import generate
from worklens.sample.timeline import ZONE

HALF = 26  # weeks
LEAST_DONE = 30  # of the list in a half-year, and of all else
LEAST_LATER = 5  # in the next, to say anything
LEVEL = 0.05  # of each list's spans of weekdays, all of them together
SPANS = [span for span in combinations(range(8), 2) if span != (0, 7)]
EPOCH = date(1970, 1, 1).toordinal()
TUESDAY = np.array([[0, 1, 5, 1, 2, 8]])  # from 9:00 to 12:00, in whatever weeks


class Worker(NamedTuple):
    """A person's completions: day and list of each."""

    log: str
    day: Ints
    kind: Ints


def workers() -> Iterator[Worker]:
    """Who keeps the pomodoro log, with its tags, and SiP's developers with their projects."""
    with log("pomodoro-log.csv").open(encoding="utf-8") as file:
        rows = [
            (date.fromisoformat(row["date"]), row["words"])
            for row in csv.DictReader(file)
            if row["done"] == "1"
        ]
    yield _worker("pomodoros, by tags", rows)
    by_person: dict[str, list[tuple[date, str]]] = {}
    with log("sip-tasks.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            if row["completed_on"]:
                day = datetime.strptime(row["completed_on"], "%d-%b-%y").date()  # noqa: DTZ007
                by_person.setdefault(row["developer"], []).append((day, row["project"]))
    for person in sorted(by_person):
        yield _worker("SiP, by projects", by_person[person])


def _worker(name: str, rows: list[tuple[date, str]]) -> Worker:
    days = np.array([day.toordinal() - EPOCH for day, _ in rows])
    return Worker(name, days, np.unique([kind for _, kind in rows], return_inverse=True)[1])


def kept(worker: Worker) -> Iterator[tuple[float, float, float, float, int]]:
    """For each list with weekdays of its own in a half-year: its share on them and other work's, then and in the next."""
    week, weekday = weeks.week(worker.day), weeks.weekday(worker.day)
    for first in range(int(week.min()), int(week.max()) - 2 * HALF + 2, HALF):
        halves = [(week >= start) & (week < start + HALF) for start in (first, first + HALF)]
        for kind in np.unique(worker.kind[halves[0]]):
            mine = worker.kind == kind
            before, others, after, others_after = (
                np.bincount(weekday[half & which], minlength=7) for half in halves for which in (mine, ~mine)
            )
            if (
                min(before.sum(), others.sum()) < LEAST_DONE
                or min(after.sum(), others_after.sum()) < LEAST_LATER
            ):
                continue
            if span := _own(before, others):
                tables = (before, others, after, others_after)
                shares = [float(table[slice(*span)].sum() / table.sum()) for table in tables]
                yield shares[0], shares[1], shares[2], shares[3], int(after.sum())


def _own(mine: Ints, others: Ints) -> tuple[int, int] | None:
    """The span of weekdays that a list's work prefers most surely, if that is no luck."""
    best, surest = None, LEVEL / len(SPANS)
    for span in SPANS:
        done, usual = int(mine[slice(*span)].sum()), (others[slice(*span)].sum() + 1) / (others.sum() + 2)
        if done >= LEAST and done >= LIFT * usual * mine.sum():
            p = at_most(int(mine.sum()) - done, int(mine.sum()), 1 - usual)
            if p <= surest:
                best, surest = span, p
    return best


def habit_lines() -> list[tuple[object, ...]]:
    """A line a log: means over the lists, by what was done of each in the later half-year."""
    found: dict[str, list[tuple[float, float, float, float, int]]] = {}
    for worker in workers():
        found.setdefault(worker.log, []).extend(kept(worker))
    lines: list[tuple[object, ...]] = []
    for name, rows in found.items():
        table = np.array(rows).reshape(-1, 5)
        means = np.average(table[:, :4], axis=0, weights=table[:, 4]) if len(table) else np.full(4, np.nan)
        lines.append((name, len(table), int(table[:, 4].sum()), *(f"{share:.0%}" for share in means)))
    return lines


def tuesdays(lives: int) -> tuple[int, int]:
    """In how many lives of the sample its planted Tuesday mornings are a block, and in how many others within one."""
    found = [_tuesday(seed) for seed in range(1, lives + 1)]
    return sum(own for own, _ in found), sum(within and not own for own, within in found)


def _tuesday(seed: int) -> tuple[bool, bool]:
    """The last whole year of a life: a block that is theirs (IoU of a half over weekdays and hours), and one that holds them."""
    tasks = json.loads(generate(seed, count=1).backup)["data"]["tasks"]
    done = [
        datetime.fromisoformat(task["completed_at"]).astimezone(ZONE)
        for task in tasks
        if task.get("completed_at")
    ]
    day = np.array([at.date().toordinal() - EPOCH for at in done])
    first = int(weeks.week(day).max()) - 52
    counts = week_hours(day, np.array([at.hour for at in done]), first, 52)
    open_ = ~learnt_off(counts.sum(axis=2).ravel(), np.ones(counts.shape[0] * 7, dtype=np.bool_))
    found = rhythms(counts, open_.reshape(-1, 7), np.random.default_rng(10))
    boxes = found.boxes.copy() if found else np.empty((0, 6), dtype=np.int64)
    boxes[:, 0], boxes[:, 3] = 0, 1
    holds = (boxes[:, 1] <= 1) & (boxes[:, 4] >= 2) & (boxes[:, 2] <= 6) & (boxes[:, 5] >= 7)
    return bool((box_iou(TUESDAY, boxes) >= 0.5).any()), bool(holds.any())
