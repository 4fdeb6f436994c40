"""Which open tasks fit a coming block of the week: those of the list that it is for, as far as they can wait until then."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from worklens.analysis.days import day_number
from worklens.ports import Feed
from worklens.render.blocks import LONGEST, goes_on, next_day
from worklens.render.told import Coming, Fitting
from worklens.stages.calendar import calendar_of
from worklens.tasks import is_anothers

MOST = 3  # tasks: as many as a block holds
LIKELY = 0.5  # more likely than not
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)

Row = Mapping[str, Any]


def free_days(feeds: Sequence[Feed], today: date) -> frozenset[date]:
    """The days ahead that are off in the working calendars of all of these feeds."""
    masks = [calendar_of(feed, day_number(today), LONGEST) for feed in feeds]
    return frozenset(
        today + timedelta(ahead)
        for ahead in range(LONGEST)
        if masks and all(mask is not None and not mask[ahead] for mask in masks)
    )


def coming(
    blocks: Iterable[Row], tasks: Sequence[Row], now: int, zone: str, free: Collection[date] = ()
) -> tuple[Coming, ...]:
    """The next days of those blocks that go on and are for one list, the soonest first.

    `blocks` are rows of the metric rhythms with their lists' titles, `tasks` of the query open_in_lists of the same people,
    `now` is the last look (microseconds since 1970).
    """
    local = (EPOCH + timedelta(microseconds=now)).astimezone(ZoneInfo(zone))
    return tuple(sorted(_coming(blocks, tasks, local, free), key=lambda one: (one.day, one.from_hour)))


def _coming(
    blocks: Iterable[Row], tasks: Sequence[Row], local: datetime, free: Collection[date]
) -> Iterator[Coming]:
    for block in blocks:
        day = next_day(block, local.date(), local.hour, free)
        if block["list_share"] is None or day is None or not goes_on(block, local.date()):
            continue
        ours = [task for task in tasks if task["collection"] == block["collection"]]
        yield Coming(
            day=day,
            collection_title=block["collection_title"] or block["collection"],
            open=len(ours),
            fitting=fitting(ours, local.date(), day),
            **{name: block[name] for name in SAME},
        )


SAME = ("weekday", "last_weekday", "from_hour", "to_hour", "since", "collection", "list_share", "other_share")


def fitting(tasks: Iterable[Row], today: date, day: date) -> tuple[Fitting, ...]:
    """The first of these: likely late, then due, then the oldest; those that are likely never done come last.

    What is due between today and that day can't wait for it, and what is somebody else's isn't one's to do: both are left out.
    """
    ours = (task for task in tasks if not is_anothers(task["account"], task["title"] or ""))
    waiting = (task for task in ours if not (task["due_day"] and today <= task["due_day"] < day))
    first = sorted(waiting, key=_order)[:MOST]
    names = ("account", "task", "occurrence", "title", "age_days", "late", "link")
    return tuple(Fitting(due=task["due_day"], **{name: task[name] for name in names}) for task in first)


def _order(task: Row) -> tuple[Any, ...]:
    late, never, due = task["late"] or 0.0, task["never"] or 0.0, task["due_day"]
    named = (task["account"], task["task"], task["occurrence"])
    if due and LIKELY <= late < 1:
        return (0, -late, *named)
    if never >= LIKELY:
        return (3, never, *named)
    return (1, due.toordinal(), *named) if due else (2, -(task["age_days"] or 0.0), *named)
