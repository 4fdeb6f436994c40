"""The day an undated open task is meant for, as its title names it: ours, never the source's, and never counted as late.

Off until an account's person asks for it. It is read when it is shown and kept nowhere, so that nothing takes it for a fact.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, datetime
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo

import msgspec

from worklens.analysis.days import day_number
from worklens.ports import Feed
from worklens.render.understood import Understood
from worklens.stages.calendar import EVERY, calendar_for, mask_of
from worklens.tasks import Moment

SETTING = "understood"  # of a feed
WORKING_WEEK = (0, 1, 2, 3, 4)  # of who has said no other: what `in 3 working days` counts
KNOWN = frozenset({"instant", "day", "seen"})  # precisions of a creation from which "tomorrow" can be counted
COLUMNS = "feed, account, task, occurrence, status, title, created_at, created_precision, due_day"
"""What is read of ``current_tasks``."""


def wanted(feed: Feed) -> bool:
    """Whether its person wants to see them."""
    return feed.settings.get(SETTING) is True


def with_wanted(feed: Feed, on: bool) -> Feed:
    """The feed with that wish, kept only where it is one."""
    others = {key: one for key, one in feed.settings.items() if key != SETTING}
    return msgspec.structs.replace(feed, settings=others | ({SETTING: True} if on else {}))


def worked_by(feed: Feed) -> Callable[[date], bool]:
    """Whether the feed's person works on a day; with no week given, Monday to Friday."""
    calendar = calendar_for(feed)
    if calendar.week == EVERY:
        calendar = msgspec.structs.replace(calendar, week=WORKING_WEEK)

    @cache
    def worked(day: date) -> bool:
        return bool(mask_of(calendar, day_number(day), 1)[0])

    return worked


def said_at(row: Mapping[str, Any], feed: Feed) -> datetime:
    """The wall clock when the task was written down; of a bare day its beginning."""
    zone = ZoneInfo(feed.zone_at(row["created_at"]))
    at = Moment(row["created_at"]).datetime
    return at.replace(tzinfo=zone) if row["created_precision"] == "day" else at.astimezone(zone)


def understood(rows: Sequence[Mapping[str, Any]], feeds: Mapping[str, Feed]) -> list[Understood | None]:
    """What the titles of undated open tasks say of time, counted from when each was written down; None where nothing.

    A recurring phrase says when it is due first. `feeds` are the ones to read, by name.
    """
    found: list[Understood | None] = [None] * len(rows)
    for feed in feeds.values():
        places = [place for place, row in enumerate(rows) if row["feed"] == feed.name and _may_be_read(row)]
        for place, told in zip(places, _read([rows[place] for place in places], feed), strict=True):
            found[place] = told
    return found


def _may_be_read(row: Mapping[str, Any]) -> bool:
    """Open, undated, with a title, and written down at a known time."""
    open_and_undated = row["status"] == "open" and row["due_day"] is None
    known = row["created_at"] is not None and (row["created_precision"] or "instant") in KNOWN
    return open_and_undated and known and bool(row["title"])


def _read(rows: Sequence[Mapping[str, Any]], feed: Feed) -> Iterator[Understood | None]:
    if not rows:
        return
    from worklens.reading.language import render
    from worklens.reading.reader import read

    said = [said_at(row, feed) for row in rows]
    for reading in read([row["title"] for row in rows], said, worked_by(feed)):
        when = reading.when
        if when is None:
            yield None
            continue
        count, unit = when.every or (None, None)
        yield Understood(
            day=when.day,
            time=f"{when.time:%H:%M}" if when.time else None,
            every=count,
            unit=unit,
            phrase=reading.title[slice(*reading.span)],
            program=render(reading.meanings[0].program),
            confidence=round(reading.confidence, 4),
        )
