"""Alerts: a forecast that left its band, a list that stopped, open work that doubled; each told once for as long as it lasts.

A row of ``alerts`` and a message on the topic of that name, for whoever wants to act on it. What was told stands with the
feed in the state store, and is marked last: a crash before tells it again, as the same row and the same message.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

import msgspec
import numpy as np

from worklens.analysis.alarms import (
    DOUBLE,
    LAG,
    Bands,
    Sides,
    Work,
    above,
    began,
    below,
    doubled,
    stopped,
    usual,
)
from worklens.analysis.arrays import Floats
from worklens.analysis.days import date_of, day_number
from worklens.findings.alerts import Alert
from worklens.messages import AlertRaised, Message
from worklens.ports import Columns, Ports, Session, StateStore
from worklens.stages.paces import Pace
from worklens.tasks import digest

TOLD = "alerts"  # a feed's pointer: what was told of it, as JSON
AHEAD = 30  # days of the forecast that is watched: of those asked every day the one that moves least by luck
LEVELS = (0.95, 0.85, 0.7, 0.5)  # in the order of Bands
FRESH = 28  # days: what began earlier is history, which findings tell, as after the first import
SAME = 28  # days: what begins again so soon is the same episode
NEAR = 7  # days: the forecast of four weeks ago may be so much older, where one doesn't look every day
BACK = 120  # days of promises that are looked at: an episode and what it is compared with
MOST = 300  # that are remembered of a feed; the oldest go first

Promised = Mapping[str, Mapping[int, Mapping[float, float]]]
"""What was promised: by account, origin day (since 1970) and level."""


class Episode(NamedTuple):
    """What was told once."""

    id: str
    name: str
    began: str
    run: int | None = None  # as in the row


# ----- Telling -----


def warn(message: Message, found: Sequence[Alert], seen_at: int, run: int, ports: Ports) -> list[Alert]:
    """Write and publish those of these that were not told yet; which they are."""
    pointer = ports.state.pointer(message.feed, TOLD)
    known = _episodes(pointer.version if pointer else "")
    new = [one for one in found if not _is_told(one, known)]
    if new:
        store(new, message.feed, seen_at, ports, run)
        ports.bus.publish(raised(new, message))
        told = [Episode(id_of(one), one.name, _day(one.began), run) for one in new]
        ports.state.repoint(message.feed, TOLD, lambda text: _with(text, told))
    return new


def take_back(feed: str, run: int, state: StateStore) -> None:
    """Of a run that is withdrawn nothing was told: what is so without it is told again."""
    if state.pointer(feed, TOLD):
        state.repoint(feed, TOLD, lambda text: _encoded(one for one in _episodes(text) if one.run != run))


def store(alerts: Sequence[Alert], feed: str, seen_at: int, ports: Ports, run: int | None = None) -> None:
    """Append the rows."""
    with ports.warehouse.write() as session:
        session.append("alerts", rows(alerts, feed, seen_at, run))


def rows(alerts: Sequence[Alert], feed: str, seen_at: int, run: int | None = None) -> Columns:
    """What the table has of them."""
    n = len(alerts)
    return {
        "alert_id": [id_of(one) for one in alerts],
        "account": [one.account for one in alerts],
        "finding": [one.key for one in alerts],
        "params": [_json(one.params) for one in alerts],
        "channel": [""] * n,
        "seen_at": [seen_at] * n,
        "feed": [feed] * n,
        "run": [run] * n,
        "collection": [one.collection or None for one in alerts],
        "began_day": [one.began for one in alerts],
        "evidence": [_json(one.evidence) for one in alerts],
    }


def raised(alerts: Iterable[Alert], about: Message) -> list[AlertRaised]:
    """The messages."""
    return [
        AlertRaised(
            feed=about.feed,
            run=about.run,
            window=about.window,
            alert=id_of(one),
            account=one.account,
            key=one.key,
            collection=one.collection,
            began=_day(one.began),
            params=one.params,
            evidence=one.evidence,
        )
        for one in alerts
    ]


def id_of(one: Alert) -> str:
    """The same for the same episode; of the looking itself, for the same run."""
    return digest("alert", one.name, _day(one.began) or str(one.evidence.get("run", "")))


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""


def _json(value: Mapping[str, Any]) -> str:
    return msgspec.json.encode(value, order="sorted").decode()


def _episodes(text: str) -> list[Episode]:
    return [Episode(*one) for one in msgspec.json.decode(text)] if text else []


def _with(text: str, told: Sequence[Episode]) -> str:
    known = _episodes(text)
    new = [one for one in told if one not in known]
    return _encoded([*known, *new][-MOST:])


def _encoded(told: Iterable[Episode]) -> str:
    return msgspec.json.encode(list(told)).decode()


def _is_told(one: Alert, known: Sequence[Episode]) -> bool:
    """Whether it was, though it seems to have begun on another day now that more is known."""
    day = one.began or date.min
    return any(
        episode.name == one.name and abs((date.fromisoformat(episode.began) - day).days) <= SAME
        for episode in known
    )


# ----- What there is to tell -----


def alarms(paces: Sequence[Pace], promised: Promised) -> list[Alert]:
    """What holds at the end of these paces and began lately; nothing of a file that was quiet at its end."""
    whole = {one.account: one for one in paces if not one.collection}
    live = [one for one in paces if not one.ended and one.done.size and one.account in whole]
    return [alert for one in live for alert in _of(one, whole[one.account], promised)]


def _of(one: Pace, whole: Pace, promised: Promised) -> Iterator[Alert]:
    if one.collection:
        yield from _stopped(one, whole)
    else:
        yield from _doubled(one)
        yield from _left_band(one, promised.get(one.account, {}))


def _fresh(sides: Sides, first: int) -> date | None:
    """The day on which what holds at the end began, where that is not long ago."""
    at = began(sides)
    return date_of(first + at) if at is not None and sides.raised.size - at <= FRESH else None


def _doubled(one: Pace) -> Iterator[Alert]:
    work = work_of(one)
    day = _fresh(doubled(work.open), one.first)
    if not day:
        return
    was = usual(work.open)[day_number(day) - one.first]
    if one.open >= DOUBLE * was:  # before anybody looked it may have been, and be less by now
        params = {"open": one.open, "usual": round(float(was))}
        evidence = {"method": "open-work", "days": one.done.size}
        yield Alert(key="work_doubled", account=one.account, began=day, params=params, evidence=evidence)


def _stopped(one: Pace, whole: Pace) -> Iterator[Alert]:
    day = _fresh(stopped(work_of(one), work_of(whole)), one.first)
    if day:
        last = int(np.flatnonzero(one.done)[-1])
        elsewhere = int(whole.done[last + 1 :].sum())
        since = date_of(one.first + last)
        yield Alert(
            key="list_stopped",
            account=one.account,
            collection=one.collection,
            began=day,
            params={"since": since.isoformat(), "elsewhere": elsewhere, "open": one.open},
            evidence={"method": "share-of-completions", "done": one.dated, "of": whole.dated},
        )


def work_of(one: Pace) -> Work:
    """What was done on each day, and what was open at its end."""
    change = np.cumsum(one.arrived - one.gone)
    return Work(one.done, one.open + change - change[-1])


# ----- Forecasts -----


def promised(
    session: Session, feed: str, last: int, known_at: int
) -> dict[str, dict[int, dict[float, float]]]:
    """What was promised of a feed's accounts up to a day, for the days ahead that are watched."""
    rows = session.query("promises_since", feed=feed, amount=AHEAD, since=last - BACK, known_at=known_at)
    found: dict[str, dict[int, dict[float, float]]] = {}
    for account, day, level, value in zip(
        rows["account"], rows["day"], rows["level"], rows["value"], strict=True
    ):
        if value is not None:
            found.setdefault(account, {}).setdefault(int(day), {}).setdefault(round(level, 4), float(value))
    return found


def _left_band(one: Pace, made: Mapping[int, Mapping[float, float]]) -> Iterator[Alert]:
    whole = {day: values for day, values in made.items() if all(level in values for level in LEVELS)}
    if one.origin not in whole:
        return
    now, then, days = _bands(whole, one.origin)
    for key, sides in (("forecast_below", below(now, then)), ("forecast_above", above(now, then))):
        day = _fresh(sides, one.origin - sides.raised.size + 1)
        if day and not np.isnan(then.sure[-1]):
            before, today = (then.sure, now.even) if key == "forecast_below" else (then.even, now.sure)
            params = {
                "days": AHEAD,
                "then": round(float(before[-1])),
                "then_day": date_of(int(days[-1])).isoformat(),
                "now": round(float(today[-1])),
            }
            evidence = {"method": "bands-apart", "promises": len(whole)}
            yield Alert(key=key, account=one.account, began=day, params=params, evidence=evidence)


def _bands(made: Mapping[int, Mapping[float, float]], last: int) -> tuple[Bands, Bands, Floats]:
    """The answers of each day up to the last, those of four weeks before, and of which days these are."""
    days = np.arange(min(made), last + 1)
    table = np.array([[made.get(int(day), {}).get(level, np.nan) for level in LEVELS] for day in days])
    known = np.maximum.accumulate(np.where(np.isnan(table[:, 0]), -1, np.arange(days.size)))
    source = np.concatenate([np.full(LAG, -1), known])[: days.size]
    near = (source >= 0) & (np.arange(days.size) - LAG - source <= NEAR)
    then = np.where(near[:, None], table[source], np.nan)
    return Bands(*table.T), Bands(*then.T), days[source].astype(float)
