"""Answers as plain data: levels and dates, what each stands on, and its words."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import numpy as np

from worklens.analysis.days import date_of
from worklens.findings.promises import of_list, promise, write
from worklens.stages.ledger import asks, kind_and_amount

if TYPE_CHECKING:
    from worklens.analysis.forecast.questions import Question
    from worklens.cli.lists_named import Titles
    from worklens.cli.promises import Told
    from worklens.stages.forecasting import Silence
    from worklens.stages.ledger import Answer
    from worklens.stages.paces import Pace

PLANNED = 0.85  # the level whose record is told with a forecast


def document(told: Told, language: str) -> dict[str, Any]:
    """The answers and the questions that could not be answered, with their words."""
    return {
        "forecasts": [plain(one, told.titles, language) for said in told.said for one in said.answers],
        "too_little": [_silent(one, told.titles, language) for said in told.said for one in said.silences],
        "nothing_open": bool(told.wish.list) and not any(said.answers or said.silences for said in told.said),
    }


def plain(one: Answer, titles: Titles, language: str) -> dict[str, Any]:
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


def _about(question: Question, pace: Pace, titles: Titles) -> dict[str, Any]:
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
            "coverage": [{"level": level, "coverage": share, "n": n} for level, share, n in _tried(one)],
        },
    }


def _tried(one: Answer) -> list[tuple[float, float, int]]:
    """Each level at which something was promised on past days, the share that was kept, and of how many."""
    record = one.said.record
    told = zip(record.levels, record.coverage.tolist(), record.promised.tolist(), strict=True)
    return [found for found in told if found[2]]


def _why(one: Answer, origin: date, language: str) -> str:
    """What it stands on, in words."""
    pace = one.pace
    last = (origin - timedelta(days=1)).isoformat()
    parts = [write("evidence", language, days=pace.done.size, last=last, done=pace.dated)]
    parts += [
        write("record", language, level=PLANNED, share=share, n=n)
        for level, share, n in _tried(one)
        if level == PLANNED
    ]
    if pace.undated:
        parts.append(write("undated", language, undated=pace.undated))
    if pace.ended:
        parts.append(write("ended", language, last=last))
    return ("" if language == "zh" else " ").join(parts)


def _silent(one: Silence, titles: Titles, language: str) -> dict[str, Any]:
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
