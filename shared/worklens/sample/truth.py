"""What is hidden in the sample, written down: every planted rate, rhythm and pair, and what chance made of them."""

from __future__ import annotations

from datetime import date, datetime

import msgspec

from worklens.sample.stories import Change


class Window(msgspec.Struct, frozen=True):
    """A stretch of days, both ends included, and the pace planted in it."""

    first: date
    last: date
    pace: float


class Week(msgspec.Struct, frozen=True):
    """A week from its Monday. ``expected`` is the sum of all daily chances, ``done`` the completions that came."""

    monday: date
    pace: float
    written: int
    expected: float
    done: int


class TaskTruth(msgspec.Struct, frozen=True, omit_defaults=True):
    """One task's hidden side; ``hazard`` is the planted chance a day (docs/sample.md says what else multiplies it)."""

    id: int
    kind: str  # quick, normal, slow, zombie or chore
    hazard: float
    rhythm: str
    collection: str  # the one it was written down in
    topic: str
    language: str  # en, zh or mixed
    created: datetime
    planned_due: date | None = None  # the first due date
    mood: str | None = None  # of its note
    chore: int | None = None  # index into ``chores``
    original: int | None = None  # id of the task it duplicates
    outcome: str = "open"  # or completed or deleted
    events: list[Change] = []


class Duplicate(msgspec.Struct, frozen=True):
    """A task written down twice while the first was still open."""

    original: int
    copy: int
    style: str  # exact, case, wording, typo or translation


class ListTruth(msgspec.Struct, frozen=True):
    """One-off tasks of a list, each counted where it ended up. Late: done after the due date it had last.

    ``late_share`` is of those done with a due date, None where there is none; ``overdue`` is open at the end.
    """

    title: str
    tasks: int
    done: int
    deleted: int
    open: int
    done_share: float
    dated_done: int
    late: int
    late_share: float | None
    overdue: int


class ChoreTruth(msgspec.Struct, frozen=True):
    """A recurring task: planted chance a day once due, and the regularity that came of it."""

    title: str
    collection: str
    every: int
    unit: str
    period_days: float
    chance: float
    tasks: list[int]
    done: int
    on_time_share: float | None  # done on its due date or before
    mean_delay_days: float | None  # from due to done
    interval_days: float | None  # mean from one completion to the next
    interval_deviation_days: float | None


class MovedTruth(msgspec.Struct, frozen=True):
    """Completed dated one-offs by whether their due date was ever moved, and how many were late in the end."""

    moved: int
    moved_late: int
    kept: int
    kept_late: int
    moved_late_share: float
    kept_late_share: float
    moves: int  # of all tasks, in all
    moves_seen: int  # that a comparison of consecutive exports shows


class Seen(msgspec.Struct, frozen=True, omit_defaults=True):
    """A difference between an export (by its index) and the one before it: all that the files can tell."""

    export: int
    task: int
    kind: str
    before: str | None = None
    after: str | None = None


class ExportTruth(msgspec.Struct, frozen=True):
    """One file of the series."""

    name: str
    at: datetime
    tasks: int
    bytes: int


class Truth(msgspec.Struct, frozen=True):
    """All of it. Dates and days are the person's (``zone``); instants are UTC."""

    notice: str
    seed: int
    zone: str
    first: date
    end: datetime
    burn_out: Window
    holiday: Window
    faster: Window
    hazards: dict[str, float]
    fatigue: float
    cap: float
    early: float
    pulls: dict[str, float]  # by list
    weekday: dict[str, list[float]]  # by rhythm: 7 factors, Monday first
    hours: dict[str, list[list[float]]]  # by rhythm: 7 x 24 shares
    best_weekday: int
    best_hours: tuple[int, int]
    burst_factor: float
    burst_days: list[date]
    weeks: list[Week]
    lists: list[ListTruth]
    never_done_list: str
    moved: MovedTruth
    chores: list[ChoreTruth]
    zombies: list[int]  # ids of open tasks of the kind zombie
    open_over_a_year: list[int]  # ids of open tasks, of any kind, written down over 365 days before the end
    duplicates: list[Duplicate]
    tasks: list[TaskTruth]
    exports: list[ExportTruth]
    seen: list[Seen]
