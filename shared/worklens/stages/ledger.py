"""The ledger of forecasts: how a question is written down, and each answer's rows, stored once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from hashlib import blake2b
from typing import Any, NamedTuple

import msgspec
import numpy as np

from worklens.analysis.days import date_of
from worklens.analysis.forecast.forecast import Forecast, TooLittle, forecasts
from worklens.analysis.forecast.questions import LEVELS, Emptied, HowMany, Question, When
from worklens.ports import Blobs, Columns, Session
from worklens.stages.paces import Base, Pace
from worklens.tasks import digest

KINDS: dict[str, type[Question]] = {"how_many": HowMany, "when": When, "emptied": Emptied}


class Answer(NamedTuple):
    """A question about some work, and what was answered."""

    pace: Pace
    question: Question
    said: Forecast

    @property
    def id(self) -> str:
        """The same whenever the same is answered from the same past to the same question."""
        pace = self.pace
        return digest(
            pace.account, written(self.question, pace.collection), str(pace.origin), self.fingerprint, self.said.version
        )  # fmt: skip

    @property
    def fingerprint(self) -> str:
        """A hash of all that the answer was made from."""
        return fingerprint(self.pace, self.question)


def asks(question: Question) -> str:
    """What a question is called: how_many_14d, when_30, emptied."""
    match question:
        case HowMany(days):
            return f"how_many_{days}d"
        case When(items):
            return f"when_{items}"
    return "emptied"


def kind_and_amount(question: Question) -> tuple[str, int]:
    """Its kind, and the days or tasks it asks for."""
    match question:
        case HowMany(days):
            return "how_many", days
        case When(items):
            return "when", items
        case Emptied(items):
            return "emptied", items


def written(question: Question, collection: str = "") -> str:
    """The question as JSON."""
    kind, amount = kind_and_amount(question)
    about: dict[str, Any] = {"kind": kind, "days" if kind == "how_many" else "items": amount}
    return msgspec.json.encode(about | ({"list": collection} if collection else {})).decode()


def question_of(kind: str, amount: int) -> Question:
    """The question of a row."""
    return KINDS[kind](amount)


# ----- Answering -----


def answer(pace: Pace, question: Question) -> Answer | TooLittle:
    """Ask the models one question."""
    return answers(pace, [question])[0]


def answers(pace: Pace, questions: Sequence[Question]) -> list[Answer | TooLittle]:
    """Ask them several, in their order: of a list that is to be empty, what leaves it counts, be it done or not."""
    days = [one for one in questions if not isinstance(one, Emptied)]
    lists = [one for one in questions if isinstance(one, Emptied)]
    told = [
        *zip(days, forecasts(pace.done, days, calendar=pace.working), strict=True),
        *zip(lists, forecasts(pace.gone, lists, arrived=pace.arrived, calendar=pace.working), strict=True),
    ]
    said = dict(told)
    return [
        Answer(pace, one, found) if isinstance(found := said[one], Forecast) else found for one in questions
    ]


def fingerprint(pace: Pace, question: Question) -> str:
    """A hash of the days that the question is answered from."""
    state = blake2b(f"{pace.first}".encode(), digest_size=16)
    used = (pace.gone, pace.arrived) if isinstance(question, Emptied) else (pace.done,)
    for values in used:
        state.update(np.ascontiguousarray(values, dtype=np.int64).tobytes())
    if pace.working is not None:
        state.update(np.packbits(pace.working).tobytes())
    return state.hexdigest()


# ----- The working calendar -----


def keep_calendar(blobs: Blobs, base: Base) -> None:
    """Keep the calendar that answers counted by where it is forgotten with the feed: each once, whoever wrote it."""
    if base.calendar:
        blobs.put(_place(base.feed, digest(base.calendar)), base.calendar.encode())


def calendar_then(blobs: Blobs, feed: str, name: str | None) -> Any:
    """The calendar of that name as it was; nothing for None. Raises KeyError where it is no longer there."""
    return msgspec.json.decode(blobs.get(_place(feed, name))) if name else {}


def _place(feed: str, name: str) -> str:
    return f"models/{digest(feed)}/calendar/{name}.json"


# ----- Writing down -----


def rows(
    base: Base, answers: Iterable[Answer], as_of: int | None = None, *, hindsight: bool = False
) -> Columns:
    """The rows of ``forecasts``, one an answer and level."""
    found = [row for one in answers for row in _rows(one)]
    n = len(found)
    told: dict[str, list[Any]] = {name: [row[name] for row in found] for name in (found[0] if found else ())}
    return told | {
        "feed": [base.feed] * n,
        "origin_at": [base.now] * n,
        "as_of_at": [as_of] * n,
        "hindsight": [hindsight] * n,
        "calendar": [digest(base.calendar) if base.calendar else None] * n,
        "run": [base.run] * n,
        "withdrawn": [base.withdrawn] * n,
        "seen_at": [base.seen] * n,
    }


def _rows(one: Answer) -> Iterable[dict[str, Any]]:
    kind, amount = kind_and_amount(one.question)
    about = {
        "forecast_id": one.id,
        "account": one.pace.account,
        "collection": one.pace.collection or None,
        "kind": kind,
        "amount": amount,
        "question": written(one.question, one.pace.collection),
        "fingerprint": one.fingerprint,
        "model": one.said.model,
        "version": one.said.version,
        "origin_day": date_of(one.pace.origin),
    }
    said, record = one.said, one.said.record
    kept = np.rint(np.nan_to_num(record.coverage) * record.promised).astype(int).tolist()
    tried = record.promised.tolist()
    for level, asked, value, n, good in zip(said.levels, said.asked, said.values, tried, kept, strict=True):
        reached = float(value) if np.isfinite(value) else None
        answer = {"level": float(level), "asked": float(asked), "value": reached}
        yield about | answer | {"tried": n, "tried_kept": good}


def store(
    session: Session,
    answers: Sequence[Answer],
    base: Base,
    as_of: int | None = None,
    *,
    hindsight: bool = False,
) -> int:
    """Append the answers that don't stand there whole; how many."""
    known = _stored(session, base.feed, answers, hindsight=hindsight) if answers else set()
    new = [one for one in answers if one.id not in known]
    if new:
        session.append("forecasts", rows(base, new, as_of, hindsight=hindsight))
    return len(new)


def _stored(session: Session, feed: str, answers: Sequence[Answer], *, hindsight: bool) -> set[str]:
    """The ids of which every level stands there; one made in hindsight doesn't stand for one that was not."""
    days = sorted({one.pace.origin for one in answers})
    found = session.query("forecasts_of_days", feed=feed, days=days)
    told = zip(found["forecast_id"], found["levels"], found["hindsight"], strict=True)
    return {name for name, levels, late in told if levels >= len(LEVELS) and (hindsight or not late)}


def answered(session: Session, feed: str, days: Sequence[int], known_at: int) -> set[tuple[str, str, int]]:
    """Account, question and day of all that was answered by then, at every level, for these days."""
    found = session.query("forecasts_of_days", feed=feed, days=days, known_at=known_at)
    told = zip(
        found["account"], found["question"], found["day"], found["levels"], found["hindsight"], strict=True
    )
    return {
        (account, question, int(day))
        for account, question, day, levels, late in told
        if levels >= len(LEVELS) and not late
    }
