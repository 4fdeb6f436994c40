"""Compares what is recorded as open with the service's own count, and says what explains a difference."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

import msgspec

from worklens.ports import Feed, Ports
from worklens.sources.base import Answer, Context, Refused, Request
from worklens.sources.options import Totals, totals_of
from worklens.sources.registry import source as source_named
from worklens.stages.budget import budget_of
from worklens.stages.credentials import KeptKey
from worklens.stages.driver import Driver, Unavailable

Ours = Mapping[str, str]
"""Our open tasks: the collection by id."""


class Compared(msgspec.Struct, frozen=True, kw_only=True):
    """How many are open there and here, and of those that are open on one side only how many are explained, by reason.

    ``new``: made there since the last look. ``held``: put aside here. ``elsewhere``: in a list that the service doesn't
    count, as it was archived or left, and recorded as last seen. The rest may have changed since the last look too.
    """

    theirs: int
    ours: int
    explained: dict[str, int]
    unexplained: int


def count(feed: Feed, ports: Ports) -> Totals | None:
    """The service's own count; None where it has none. Raises Refused, Unavailable."""
    source = source_named(feed.source)
    ask = totals_of(source)
    if ask is None:
        return None
    key = KeptKey(source, feed, ports.secrets, ports.clock)
    budget = budget_of(source, feed, ports.state, ports.clock)
    counting = ask(Context(feed=feed.name, now=ports.clock.now(), settings=feed.settings))
    with Driver(source, key, settings=feed.settings, budget=budget) as driver:
        step: Callable[[], Request] = partial(next, counting)
        while True:
            try:
                answer: Answer = driver.answer(step())
            except StopIteration as stop:
                return msgspec.convert(stop.value, Totals)
            except msgspec.ValidationError as error:
                raise Refused("answer-not-understood", source=source.name, detail=str(error)) from None
            except msgspec.DecodeError:
                raise Unavailable("answer-garbled") from None
            step = partial(counting.send, answer)


def compare(totals: Totals, ours: Ours, looked: int, held: int) -> Compared:
    """Set the two beside each other. ``looked`` is when we looked last (microseconds), ``held`` how many are put aside."""
    there, here = totals.open.keys() - ours.keys(), ours.keys() - totals.open.keys()
    new = sum((made := totals.open[key]) is not None and made > looked for key in there)
    elsewhere = sum(ours[key] not in totals.collections for key in here)
    aside = min(held, len(there) - new)
    explained = {"new": new, "held": aside, "elsewhere": elsewhere}
    return Compared(
        theirs=len(totals.open),
        ours=len(ours),
        explained={reason: n for reason, n in explained.items() if n},
        unexplained=len(there) + len(here) - sum(explained.values()),
    )
