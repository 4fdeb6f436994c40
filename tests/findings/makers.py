"""Histories made up for these tests: people whose truth is known, and what becomes of them when times are dealt anew."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np

from worklens.analysis.arrays import NEVER, Bools, Floats
from worklens.findings.history import History
from worklens.sample.truth import TaskTruth, Truth

BERLIN = ZoneInfo("Europe/Berlin")
EPOCH = date(1970, 1, 1)
START = 20_000  # 2024-10-04
KINDS = (0.5, 0.1, 0.02)  # the chance a day of quick, usual and slow work


def history(
    created: Any, done: Any, today: int, *, lists: tuple[str, ...] = ("Work", "Home"), **given: Any
) -> History:
    """A history of one account from its days; whatever isn't given is unknown, or not so."""
    born, ended = np.asarray(created, dtype=np.int64), np.asarray(done, dtype=np.int64)
    n = born.size
    plain: dict[str, Any] = {
        "account": np.zeros(n, dtype=np.int64),
        "task": np.array([f"t{row}" for row in range(n)], dtype=object),
        "occurrence": np.array([""] * n, dtype=object),
        "collection": np.arange(n) % len(lists),
        "series": np.full(n, -1),
        "hour": np.full(n, -1),
        "timed": ended < NEVER,
        "moved": np.zeros(n, dtype=np.int64),
        "accounts": ("test:me",),
        "collections": lists,
        "titles": lists,
    }
    plain |= {name: np.zeros(n, dtype=bool) for name in ("subtask", "recurring", "closed")}
    plain |= {name: np.full(n, NEVER) for name in ("started", "gone", "due")}
    plain |= {name: np.full(n, np.nan) for name in ("estimate", "spent")}
    return History(created=born, done=ended, today=today, **(plain | given))


def person(
    rng: np.random.Generator,
    *,
    days: int = 728,
    a_day: float = 3.0,
    pace: Floats | None = None,
    bursts: float = 1.0,
    speed: dict[int, float] | None = None,
    **given: Any,
) -> History:
    """Someone with quick, usual and slow tasks in four lists, and nothing else to find unless it is asked for.

    Days are as good as one another but for `bursts` (the shape of their gamma distribution: small is bursty), `pace`
    (days,) multiplies the chance to get things done, `speed` multiplies it by list. Due days, moves and estimates know
    nothing of when a task is done.
    """
    mood = rng.gamma(bursts, 1 / bursts, days) * (1.0 if pace is None else pace)
    born = np.repeat(np.arange(days), rng.poisson(a_day, days))
    n = born.size
    lists = rng.integers(0, 4, n)
    rate = np.array(KINDS)[rng.integers(0, 3, n)] * np.vectorize((speed or {}).get)(lists, 1.0)
    spent = np.concatenate([[0.0], np.cumsum(mood)])
    done = np.searchsorted(spent, spent[born] + rng.exponential(size=n) / rate, side="right") - 1
    done = np.where(done < days, done + START, NEVER)
    plain = {
        "collection": lists,
        "due": np.where(rng.random(n) < 0.5, born + START + rng.integers(1, 20, n), NEVER),
        "moved": (rng.random(n) < 0.2).astype(np.int64),
        "hour": rng.integers(6, 24, n),
        "estimate": rng.choice([900.0, 1800.0, 3600.0], n),
        "spent": rng.choice([900.0, 1800.0, 3600.0], n),
    }
    names = ("Work", "Home", "Garden", "Books")
    return history(born + START, done, START + days, lists=names, **(plain | given))


def dealt(made: History, rng: np.random.Generator) -> History:
    """The same history, its completion times dealt anew: each to a task drawn from those done tasks then open.

    That is the uniform distribution over all ways to give the times to the tasks with none before its task's creation.
    """
    rows = np.flatnonzero(made.done < NEVER)
    times = rows[np.argsort(made.done[rows], kind="stable")]
    waiting = rows[np.argsort(made.created[rows], kind="stable")].tolist()
    done, hour, pool = made.done.copy(), made.hour.copy(), []
    for source in times:
        while waiting and made.created[waiting[0]] <= made.done[source]:
            pool.append(waiting.pop(0))
        row = pool.pop(int(rng.integers(len(pool))))
        done[row], hour[row] = made.done[source], made.hour[source]
    return replace(made, done=done, hour=hour)


def shuffled(made: History, rng: np.random.Generator, rows: Bools) -> History:
    """The same history, the times of some rows (no time being one too) shuffled among them whatever comes of it."""
    old = np.flatnonzero(rows)
    new = rng.permutation(old)
    done, hour, timed = made.done.copy(), made.hour.copy(), made.timed.copy()
    done[old], hour[old], timed[old] = made.done[new], made.hour[new], made.timed[new]
    return replace(made, done=done, hour=hour, timed=timed)


# ----- The sample's person, as nobody but its maker knows her -----


def of_truth(truth: Truth) -> History:
    """The sample's whole truth as a history."""
    lists = tuple(row.title for row in truth.lists)
    rows = [_row(task, lists) for task in truth.tasks]
    ints = {name: np.array([row[name] for row in rows]) for name in rows[0] if name != "task"}
    arrays: dict[str, Any] = {**ints, "task": np.array([row["task"] for row in rows], dtype=object)}
    arrays["recurring"] = arrays["series"] >= 0
    return history(today=_day(truth.end), lists=lists, **arrays)


def _row(task: TaskTruth, lists: tuple[str, ...]) -> dict[str, Any]:
    row: dict[str, Any] = {"task": str(task.id), "created": _day(task.created), "moved": 0}
    row |= {"done": NEVER, "gone": NEVER, "hour": -1, "series": -1 if task.chore is None else task.chore}
    place, due = task.collection, task.planned_due
    for event in task.events:
        match event.kind:
            case "completed":
                row |= {"done": _day(event.at), "hour": event.at.astimezone(BERLIN).hour}
            case "reopened":
                row |= {"done": NEVER, "hour": -1}
            case "deleted":
                row["gone"] = _day(event.at)
            case "rescheduled":
                due, row["moved"] = date.fromisoformat(str(event.after)), row["moved"] + 1
            case "moved":
                place = str(event.after)
    return row | {"collection": lists.index(place), "due": NEVER if due is None else (due - EPOCH).days}


def _day(when: datetime) -> int:
    return (when.astimezone(BERLIN).date() - EPOCH).days


def weeks(*parts: tuple[int, float]) -> Floats:
    """A pace for each day from (weeks, pace) pairs."""
    return np.repeat([pace for _, pace in parts], [7 * count for count, _ in parts])


def days_of(weekdays: Floats, days: int) -> Floats:
    """A pace for each day from START by its weekday, Monday first."""
    return weekdays[(START + 3 + np.arange(days)) % 7]
