"""What a person was told of an account that only they can mend: once, until it is mended."""

from __future__ import annotations

from worklens.ports import StateStore
from worklens.stages.timers import HANDS

TOLD = "told-refused"  # a feed's pointer: the reason that was told last; empty once it is mended


def is_known(feed: str, reason: str, state: StateStore) -> bool:
    """Whether the person was told of this, and has not mended it since."""
    known = state.pointer(feed, TOLD)
    return reason in HANDS and known is not None and known.version == reason


def told(feed: str, reason: str, state: StateStore) -> None:
    """Remember that it was told; what mends itself is told each time."""
    if reason in HANDS:
        state.point(feed, TOLD, reason)


def mended(feed: str, state: StateStore) -> None:
    """The account can be read again: should it be refused anew, that is told anew."""
    known = state.pointer(feed, TOLD)
    if known and known.version:
        state.point(feed, TOLD, "")
