"""At which of the person's hours each thing is done for a feed, and whether it is paused: what its settings say."""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from typing import Annotated, Any

import msgspec

from worklens.messages import Ask
from worklens.ports import Feed

log = logging.getLogger(__name__)

_Hour = Annotated[int, msgspec.Meta(ge=0, le=23)]


class Hours(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A feed's setting ``hours``: at which of the person's hours each thing is done. None at all: never."""

    sync: tuple[_Hour, ...] = tuple(range(24))  # asking a service for its changes costs it nearly nothing
    reconcile: tuple[_Hour, ...] = (3,)  # a whole listing, while nobody works
    learn: tuple[_Hour, ...] = (4,)  # after it
    digest: tuple[_Hour, ...] = (7,)  # of Monday, before the week begins


def hours_of(feed: Feed) -> Hours:
    """The feed's hours; where the setting can't be read, what everyone has."""
    try:
        return msgspec.convert(feed.settings.get("hours", {}), Hours)
    except msgspec.ValidationError as error:
        log.warning("hours-unreadable", extra={"fields": {"feed": feed.name, "problem": str(error)}})
        return Hours()


def is_paused(feed: Feed) -> bool:
    """Whether nothing is asked for."""
    return bool(feed.settings.get("paused"))


def with_hours(feed: Feed, changes: Mapping[Ask, Sequence[int] | None]) -> Feed:
    """The feed with these hours; None for the usual ones. Raises msgspec.ValidationError for what is no hour."""
    usual, known = Hours(), hours_of(feed)
    hours = {ask: getattr(known, ask) for ask in Hours.__struct_fields__}
    hours |= {ask: getattr(usual, ask) if given is None else tuple(given) for ask, given in changes.items()}
    msgspec.convert(hours, Hours)
    return _with(feed, "hours", {ask: list(one) for ask, one in hours.items() if one != getattr(usual, ask)})


def with_pause(feed: Feed, *, paused: bool) -> Feed:
    """The feed, from which nothing is asked for (or is again)."""
    return _with(feed, "paused", paused)


def _with(feed: Feed, name: str, value: Any) -> Feed:
    """The feed with a setting, which stands only where it says something."""
    others = {key: one for key, one in feed.settings.items() if key != name}
    return msgspec.structs.replace(feed, settings=others | ({name: value} if value else {}))
