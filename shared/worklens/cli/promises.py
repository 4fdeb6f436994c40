"""Forecasts as the command line asks for them and tells them: questions from options, answers as plain data."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from worklens.cli.asking import ask, records
from worklens.cli.days import day_of, end_of
from worklens.cli.failures import Problem, Usage
from worklens.cli.known import scope
from worklens.findings.promises import of_list, promise, write
from worklens.stages import forecasting
from worklens.stages.ledger import asks, kind_and_amount
from worklens.stages.ledger import day_of as date_of

if TYPE_CHECKING:
    from worklens.analysis.forecast.questions import Question
    from worklens.cli.desk import Asked, Desk
    from worklens.ports import Feed
    from worklens.stages.forecasting import Said
    from worklens.stages.ledger import Answer
    from worklens.stages.paces import Pace

PLANNED = 0.85  # the level whose record is told with a forecast


class Wish(NamedTuple):
    """What the options say."""

    items: int | None = None
    days: int | None = None
    by: str = ""
    list: str = ""
    grade: bool = False
    again: str = ""


class Told(NamedTuple):
    """What was answered, feed by feed, and the lists' titles by account and id."""

    said: Sequence[Said]
    titles: dict[tuple[str, str], str]
    wish: Wish


def asked_of(platform: Desk, wish: Wish, account: str, as_of: str, known_at: str) -> Told:
    """Ask each account that is meant, and store the answers. Raises Problem."""
    feeds = platform.state.feeds()
    known = {feed.name: feed for feed in feeds}
    with platform.warehouse.read() as session:
        of = scope(session, account)
        titles = _titles(session)
        lists = lists_named(titles, wish.list, of.accounts)
        zone = next((known[name].zone for name in of.feeds if name in known), "UTC")
        times = {
            "as_of": end_of("--as-of", as_of, zone),
            "known_at": end_of("--known-at", known_at, zone),
        }
        question, chosen = _question(wish), _chosen(of.accounts, lists)
        found = [_asked(session, known[name], question, chosen, times) for name in of.feeds if name in known]
    said = [one for one in found if one is not None]
    if not said:
        raise Problem("nothing-to-forecast")
    if any(one.answers for one in said):
        with platform.warehouse.write() as session:
            for one in said:
                forecasting.keep(session, platform.ports.blobs, one, **times)
    return Told(said, titles, wish)


def _asked(
    session: Asked, feed: Feed, question: Any, chosen: Any, times: dict[str, int | None]
) -> Said | None:
    try:
        return forecasting.ask(session, feed, question, chosen, **times)
    except forecasting.OutOfReach as error:
        raise Usage("forecast-out-of-reach", account=error.args[0], days=error.args[1]) from None


def _question(wish: Wish) -> forecasting.Asked:
    """The question that the options name."""
    if wish.items:
        return forecasting.when_done(wish.items)
    if wish.days:
        return forecasting.how_many(wish.days)
    if wish.by:
        return forecasting.how_many_by(day_of("--by", wish.by) or date.max)
    return forecasting.emptied if wish.list else forecasting.everything


def _chosen(accounts: list[str] | None, lists: set[tuple[str, str]] | None) -> Callable[[Pace], bool]:
    """Which paces are asked: the accounts' own, or those of the lists named."""

    def chosen(pace: Pace) -> bool:
        ours = accounts is None or pace.account in accounts
        return ours and (
            (pace.account, pace.collection) in lists if lists is not None else not pace.collection
        )

    return chosen


# ----- Lists -----


def _titles(session: Asked) -> dict[tuple[str, str], str]:
    rows = ask(session, "latest_collections", columns="account, collection, title")
    keys = zip(rows["account"], rows["collection"], strict=True)
    named = dict(zip(keys, rows["title"], strict=True))
    bare = ask(session, "task_states", "WHERE collection IS NOT NULL", columns="DISTINCT account, collection")
    return {key: key[1] for key in zip(bare["account"], bare["collection"], strict=True)} | named


def lists_named(
    titles: dict[tuple[str, str], str], given: str, accounts: list[str] | None
) -> set[tuple[str, str]] | None:
    """The lists that a person means, as account and id; None where none was named. Raises Usage.

    By id or whole title, else by what only one title begins with.
    """
    if not given:
        return None
    ours = {key: title for key, title in titles.items() if accounts is None or key[0] in accounts}
    exact = {key for key, title in ours.items() if given in {key[1], title}}
    folded = given.casefold()
    alike = {title for title in ours.values() if title.casefold().startswith(folded)}
    found = exact or {key for key, title in ours.items() if len(alike) == 1 and title in alike}
    if not found:
        known = ", ".join(sorted(alike or set(ours.values()))[:12]) or "-"
        raise Usage("list-ambiguous" if alike else "list-unknown", list=given, known=known)
    return found


# ----- As plain data -----


def document(told: Told, language: str) -> dict[str, Any]:
    """The answers and the questions that could not be answered, with their words."""
    return {
        "forecasts": [plain(one, told.titles, language) for said in told.said for one in said.answers],
        "too_little": [_silent(one, told.titles, language) for said in told.said for one in said.silences],
        "nothing_open": bool(told.wish.list) and not any(said.answers or said.silences for said in told.said),
    }


def plain(one: Answer, titles: dict[tuple[str, str], str], language: str) -> dict[str, Any]:
    """One answer: its id in the ledger, the levels, and what it stands on."""
    pace, said = one.pace, one.said
    kind, amount = kind_and_amount(one.question)
    origin = date_of(pace.origin)
    levels = [
        _level(kind, origin, float(level), float(value))
        for level, value in zip(said.levels, said.values, strict=True)
    ]
    about = _about(one.question, pace, titles) | {"levels": levels}
    return {
        "id": one.id,
        "account": pace.account,
        "list": {"id": pace.collection, "title": about["list"]} if pace.collection else None,
        "question": asks(one.question),
        "kind": kind,
        "amount": amount,
        "from": origin.isoformat(),
        **({"until": about["day"]} if kind == "how_many" else {}),
        "levels": levels,
        "model": said.model,
        "version": said.version,
        "fingerprint": one.fingerprint,
        "evidence": _evidence(one, origin),
        "text": promise(language, about),
        "why": _why(one, origin, language),
    }


def _about(question: Question, pace: Pace, titles: dict[tuple[str, str], str]) -> dict[str, Any]:
    kind, amount = kind_and_amount(question)
    last = date_of(pace.origin + amount - 1).isoformat() if kind == "how_many" else ""
    name = titles.get((pace.account, pace.collection)) or pace.collection
    return {"kind": kind, "items": amount, "days": amount, "day": last, "list": name}


def _level(kind: str, origin: date, level: float, value: float) -> dict[str, Any]:
    if kind == "how_many":
        return {"level": level, "tasks": int(value)}
    if not np.isfinite(value):
        return {"level": level, "days": None, "date": None}
    return {"level": level, "days": int(value), "date": (origin + timedelta(days=int(value) - 1)).isoformat()}


def _evidence(one: Answer, origin: date) -> dict[str, Any]:
    record, pace = one.said.record, one.pace
    coverage = zip(record.levels, record.coverage, strict=True) if record.n else ()
    return {
        "first_day": date_of(pace.first).isoformat(),
        "last_day": (origin - timedelta(days=1)).isoformat(),
        "days": pace.done.size,
        "done": pace.dated,
        "undated": pace.undated,
        "open": pace.open,
        "record_ended": pace.ended,
        "record": {
            "n": record.n,
            "coverage": [{"level": float(level), "coverage": float(share)} for level, share in coverage],
        },
    }


def _why(one: Answer, origin: date, language: str) -> str:
    """What it stands on, in words."""
    pace, record = one.pace, one.said.record
    last = (origin - timedelta(days=1)).isoformat()
    parts = [write("evidence", language, days=pace.done.size, last=last, done=pace.dated)]
    shares = dict(zip(record.levels, record.coverage, strict=True)) if record.n else {}
    if PLANNED in shares:
        parts.append(write("record", language, level=PLANNED, share=float(shares[PLANNED]), n=int(record.n)))
    if pace.undated:
        parts.append(write("undated", language, undated=pace.undated))
    if pace.ended:
        parts.append(write("ended", language, last=last))
    return ("" if language == "zh" else " ").join(parts)


def _silent(one: Any, titles: dict[tuple[str, str], str], language: str) -> dict[str, Any]:
    pace, lack = one.pace, one.lack
    name = titles.get((pace.account, pace.collection)) or pace.collection
    text = of_list(language, name) + write(
        "too_little", language, active=lack.active_days, needed=lack.needed
    )
    return {
        "account": pace.account,
        "list": {"id": pace.collection, "title": name} if pace.collection else None,
        "question": asks(one.question),
        "active_days": lack.active_days,
        "needed": lack.needed,
        "undated": pace.undated,
        "text": text,
    }


# ----- Again -----


def repeated(platform: Desk, given: str, language: str) -> dict[str, Any]:
    """A forecast of the ledger, made again. Raises Problem for an id that isn't there."""
    with platform.warehouse.read() as session:
        rows = list(records(ask(session, "forecast_ledger", "WHERE forecast_id = $id", id=given)))
        if not rows:
            raise Problem("forecast-unknown", id=given)
        found = forecasting.again(session, platform.ports.blobs, rows)
        titles = _titles(session)
    same = found.same_inputs and found.same_values
    answered = hasattr(found.answer, "said")
    return {
        "id": given,
        "same": same,
        "same_inputs": found.same_inputs,
        "same_version": found.same_version,
        "same_values": found.same_values,
        "why": _difference(found, language),
        "forecasts": [plain(found.answer, titles, language)] if answered else [],  # type: ignore[arg-type]
    }


def _difference(found: forecasting.Again, language: Any) -> str:
    """Why it isn't the same; empty where it is."""
    from worklens.cli.words import say

    if found.same_inputs and found.same_values:
        return ""
    return say("forecast-other-inputs" if not found.same_inputs else "forecast-other-version", language)
