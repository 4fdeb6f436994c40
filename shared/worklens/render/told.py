"""What the pages and the API tell, as plain structs: one question each, its numbers with nothing left to ask for.

Instants are microseconds since 1970, days the person's; null is unknown.
"""

from __future__ import annotations

from datetime import date
from typing import Any

import msgspec

from worklens.render.digest import Trouble
from worklens.render.model import FindingView
from worklens.render.understood import Understood
from worklens.render.week import Week


class AlertView(msgspec.Struct, frozen=True, kw_only=True):
    """Something that changed lately, told once; ``key`` and ``params`` are those of docs/digest.md."""

    alert: str
    key: str
    account: str
    collection: str | None
    began: date | None
    params: dict[str, Any]
    text: str
    name: str = ""  # short: by it a person answers


class Today(msgspec.Struct, frozen=True, kw_only=True):
    """What there is to say this morning."""

    as_of: date
    last: date  # of the week: the last day that was over
    week: Week
    findings: tuple[FindingView, ...]
    troubles: tuple[Trouble, ...]
    alerts: tuple[AlertView, ...] = ()
    answered: str = ""  # the finding that was answered just now


class Promise(msgspec.Struct, frozen=True, kw_only=True):
    """One level of a standing forecast; ``value`` is tasks, or days (null: not within a year)."""

    account: str
    kind: str
    amount: int
    level: float
    value: float | None
    origin_day: date


class Kept(msgspec.Struct, frozen=True, kw_only=True):
    """What the promises of a level came to."""

    account: str
    asks: str
    level: float
    n: int
    kept: int


class Possible(msgspec.Struct, frozen=True, kw_only=True):
    """What would be promised at a level if: ``way`` is as_is, rest_alone, rest_gets_all or days_off, ``kind`` how_many, when or as_many_as_open."""

    way: str
    kind: str
    amount: int
    level: float
    value: float | None
    origin_day: date


class Lists(msgspec.Struct, frozen=True):
    """A list one may choose."""

    list: str
    title: str


class Wish(msgspec.Struct, frozen=True, kw_only=True):
    """What if: without the list of this id, and with the days off from one to another."""

    without: str = ""
    off_from: date | None = None
    off_until: date | None = None


class Forecast(msgspec.Struct, frozen=True, kw_only=True):
    """What stands in the ledger."""

    as_of: date
    promises: tuple[Promise, ...]
    came_to: tuple[Kept, ...]
    what_if: tuple[Possible, ...] = ()
    wish: Wish = Wish()
    lists: tuple[Lists, ...] = ()  # one may drop


class Listed(msgspec.Struct, frozen=True, kw_only=True):
    """Tasks of a list done in a week, which begins on its Monday."""

    account: str
    week: date
    collection: str | None
    collection_title: str | None
    done: int


class Labelled(msgspec.Struct, frozen=True, kw_only=True):
    """Tasks with a label done in a week; one with two labels counts under both."""

    account: str
    week: date
    label: str
    done: int


class Hourly(msgspec.Struct, frozen=True, kw_only=True):
    """Tasks done on a weekday (1 is Monday) in an hour of the person's day, all history taken together."""

    account: str
    weekday: int
    hour: int
    done: int


class Rhythm(msgspec.Struct, frozen=True, kw_only=True):
    """A block of the week in which more is done than usual; docs/metrics.md has its fields under rhythms."""

    since: date
    until: date
    weekday: int
    last_weekday: int
    from_hour: int
    to_hour: int
    worked: int
    possible: int
    share: float
    usual: float
    score: float
    collection: str | None
    collection_title: str | None
    list_share: float | None
    other_share: float | None
    gone: bool
    worked_since: int | None
    possible_since: int | None


class Fitting(msgspec.Struct, frozen=True, kw_only=True):
    """An open task that fits a block; ``late`` is its chance to miss its due date, where that is known."""

    account: str
    task: str
    occurrence: str
    title: str | None
    due: date | None
    age_days: float | None
    late: float | None
    link: str | None


class Coming(msgspec.Struct, frozen=True, kw_only=True):
    """The next day of a block that goes on and is for one list: how much of the list's work is done in its hours, and of
    other work, in the weeks since; how many tasks of the list are open, and at most three that could wait until then,
    what helps most first."""

    day: date
    weekday: int
    last_weekday: int
    from_hour: int
    to_hour: int
    since: date
    collection: str
    collection_title: str
    list_share: float
    other_share: float
    open: int
    fitting: tuple[Fitting, ...]


class Times(msgspec.Struct, frozen=True, kw_only=True):
    """Where the time went. ``since`` is the Monday of the first week; ``rhythms`` are the last 52 weeks' blocks, the surest
    first, of the accounts taken together, ``coming`` the next days of those that are for one list, the soonest first."""

    as_of: date
    weeks: int
    since: date
    lists: tuple[Listed, ...]
    labels: tuple[Labelled, ...]
    hours: tuple[Hourly, ...]
    rhythms: tuple[Rhythm, ...]
    coming: tuple[Coming, ...]


class Row(msgspec.Struct, frozen=True, kw_only=True):
    """A task in a line."""

    account: str
    task: str
    occurrence: str
    status: str
    title: str | None
    list: str | None
    list_title: str | None
    created: date | None
    due: date | None
    ended: date | None
    age_days: float | None
    link: str | None


class Tasks(msgspec.Struct, frozen=True, kw_only=True):
    """A page of the tasks found. ``next`` is the number of the first task after it; null on the last."""

    as_of: date
    words: str
    status: str
    list: str
    order: str
    total: int
    first: int
    count: int
    next: int | None
    tasks: tuple[Row, ...]
    lists: tuple[Lists, ...]


class Occurrence(msgspec.Struct, frozen=True, kw_only=True):
    """The task, or one occurrence of it, as last seen."""

    account: str
    task: str
    occurrence: str
    status: str
    title: str | None
    collection: str | None
    collection_title: str | None
    labels: tuple[str, ...]
    created_day: date | None
    due_day: date | None
    completed_day: date | None
    age_days: float | None
    estimate_seconds: int | None
    spent_seconds: int | None
    recurrence: str | None
    link: str | None
    understood: Understood | None = None  # ours, from its title; only where the account's person asked for it


class Event(msgspec.Struct, frozen=True, kw_only=True):
    """Something that happened to it, on which day of the person's; ``precision`` says how well that is known."""

    occurrence: str
    kind: str
    day: date
    precision: str
    seen_at: int
    before: str
    after: str


class Chance(msgspec.Struct, frozen=True, kw_only=True):
    """The chance to be done within so many days, as it was scored first and last."""

    occurrence: str
    horizon_days: int
    probability: float
    model: str
    seen_at: int
    newest: bool


class Near(msgspec.Struct, frozen=True, kw_only=True):
    """A task done before whose title is like it: in how many days, and how like, from 0 to 1."""

    task: str
    occurrence: str
    title: str
    days: float
    likeness: float


class Similar(msgspec.Struct, frozen=True, kw_only=True):
    """How long the account's tasks like an open occurrence took: eight of ten from `low_days` to `high_days`."""

    occurrence: str
    tasks: int
    low_days: float
    days: float
    high_days: float
    nearest: tuple[Near, ...]


class Story(msgspec.Struct, frozen=True, kw_only=True):
    """All that is known of one task; ``similar`` is empty where too few tasks are like it."""

    as_of: date
    zone: str
    occurrences: tuple[Occurrence, ...]
    events: tuple[Event, ...]
    chances: tuple[Chance, ...]
    similar: tuple[Similar, ...]


class Quality(msgspec.Struct, frozen=True, kw_only=True):
    """How far a feed's record can be trusted; instants in microseconds since 1970."""

    account: str
    last_seen_at: int | None
    runs: int
    records: int
    quarantined: int
    instant_share: float | None
    undated_share: float | None
    events: int
    late_events: int


class Problem(msgspec.Struct, frozen=True, kw_only=True):
    """Records of a feed that are held aside for one reason."""

    account: str
    reason: str
    params: str | None
    records: int


class Standing(msgspec.Struct, frozen=True, kw_only=True):
    """Where an account stands: what became of its newest run."""

    account: str
    service: str
    status: str
    paused: bool
    number: int
    records: int
    complete: bool


class Record(msgspec.Struct, frozen=True, kw_only=True):
    """How the record stands."""

    as_of: date
    zone: str
    quality: tuple[Quality, ...]
    accounts: tuple[Standing, ...]
    problems: tuple[Problem, ...]
    troubles: tuple[Trouble, ...]


class Letter(msgspec.Struct, frozen=True, kw_only=True):
    """A message that no step could work off; ``account`` is empty where it can't be told whose it is."""

    letter: str
    account: str
    kind: str
    attempts: int
    reason: str


class Stays(msgspec.Struct, frozen=True, kw_only=True):
    """Records that must stay held aside for one reason; ``text`` says it, and what to do."""

    account: str
    reason: str
    records: int
    text: str


class Replayed(msgspec.Struct, frozen=True, kw_only=True):
    """What came of trying again, in records but for ``letters``, the messages that were; ``left`` are those there are now."""

    taken_in: int
    known_since: int  # a later run had told the same
    still_held: int
    because: tuple[Stays, ...]
    letters: int
    left: tuple[Letter, ...]


class Forgotten(msgspec.Struct, frozen=True, kw_only=True):
    """Who is forgotten, how many rows went from each table, and what became of the token.

    ``token`` is given-back, here (the service may still know it), local (there was none to speak of) or not-connected;
    empty for one person of several.
    """

    account: str
    rows: dict[str, int]
    token: str
    service: str


class MetricAbout(msgspec.Struct, frozen=True, kw_only=True):
    """A metric: what it is called, and which question it answers; ``value`` is the column with its number."""

    name: str
    title: str
    unit: str
    question: str
    value: str


class Metrics(msgspec.Struct, frozen=True):
    """Every metric there is."""

    metrics: tuple[MetricAbout, ...]


class Measured(msgspec.Struct, frozen=True, kw_only=True):
    """A page of a metric's rows, each in the order of ``columns``."""

    name: str
    columns: tuple[str, ...]
    total: int
    first: int
    next: int | None
    rows: tuple[tuple[Any, ...], ...]
