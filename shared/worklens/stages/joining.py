"""Joins an account to what is followed: its token is tried with one request, and kept only where it is taken."""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping

from worklens.ports import Feed, Ports
from worklens.sources.base import Context, Json, Page, Refused, Source
from worklens.sources.oauth import read_grant
from worklens.sources.options import is_local, settings_of, trial_of
from worklens.sources.registry import source as source_named
from worklens.stages.driver import Driver, Unavailable, performed
from worklens.stages.telling import mended
from worklens.stages.zones import zones_after

HERE = "this machine"  # kept in place of a token for a source that needs none: it is connected all the same


def join(
    ports: Ports,
    feed: str,
    source: str,
    kept: str,
    zone: str,
    settings: Mapping[str, Json],
    *,
    compare: bool = True,
) -> None:
    """Try what is to be kept (a token, or a grant as text), then keep it with the feed. Raises Refused, Unavailable.

    It is compared with the tokens of other accounts, unless that is left out by who may read none.
    What is known of the feed stays: its cursor, its earlier zones, and settings that are not given anew.
    """
    known = ports.state.feed(feed)
    merged = {**(known.settings if known else {}), **settings}
    one = source_named(source)
    if compare:
        _check_unknown(ports, Feed(name=feed, source=source, settings=merged), kept)
    try:
        verify(one, kept, merged, ports.clock.now())
    except (Refused, Unavailable) as error:
        about = {"feed": feed, "source": source, **error.params}
        if error.reason == "token-refused":  # nothing was revoked: it was never taken
            raise Refused("typed-refused", **about) from None
        error.params = about
        raise
    ports.secrets.put(feed, HERE if is_local(one) else kept)
    ports.state.save_feed(
        Feed(name=feed, source=source, zones=zones_after(known.zones if known else (), zone), settings=merged)
    )
    mended(feed, ports.state)


def _check_unknown(ports: Ports, feed: Feed, kept: str) -> None:
    """Raises Refused where another account has this token: its tasks would be counted twice, its limits spent twice."""
    for other in ports.state.feeds():
        is_like = other.source == feed.source and other.name != feed.name
        if is_like and kept and ports.secrets.get(other.name) == kept and not _apart(feed, other):
            raise Refused("already-connected", other=other.name)


def _apart(feed: Feed, other: Feed) -> bool:
    """Whether each reads a part of its own of what the token opens."""
    part = settings_of(source_named(feed.source)).part
    here, there = (str(one.settings.get(part) or "").lower() for one in (feed, other))
    return bool(part and here and there) and here != there


def verify(source: Source, kept: str, settings: Mapping[str, Json], now: int) -> None:
    """Ask what a pull asks first, and look at nothing but whether it is answered; or make the source's own trial."""
    grant = read_grant(kept)
    context = Context(feed="", now=now, settings=settings)
    trial = trial_of(source)
    with Driver(source, grant.access if grant else kept, settings=settings) as driver:
        if trial:
            deque(performed(trial(context), source.name, driver), maxlen=0)
            return
        pull = source.pull(context)
        asked = next(pull)
        if not isinstance(asked, Page):
            driver.answer(asked)
    pull.close()
