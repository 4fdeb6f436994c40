"""The JSON API: the pages' own numbers, and each metric's rows."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from hashlib import blake2b
from typing import Any, NamedTuple

import msgspec

from worklens.ports import Ports
from worklens.render.told import (
    Forecast,
    Forgotten,
    Measured,
    Metrics,
    Record,
    Replayed,
    Story,
    Tasks,
    Times,
    Today,
)
from worklens.stages.pages import forecast, metrics, record, story, tasks, times, today
from worklens.stages.pages.asked import ABOUT
from worklens.stages.pages.facts import Facts
from worklens.stages.pages.visit import GUARDED, JSON, Answer, NotSo

ROOT = "/api/v1"
DOCUMENT = "/api/openapi.json"
REVALIDATED = "private, no-cache"  # a program may keep it, and asks each time whether it is still so

Data = Callable[[Facts, Mapping[str, str], Ports], Any]


class Route(NamedTuple):
    """What answers, what the answer is, and what may be asked beyond the account and times."""

    data: Data
    kind: type[msgspec.Struct]
    parameters: tuple[str, ...]
    question: str


ROUTES: dict[str, Route] = {
    "/today": Route(today.data, Today, (), "What is there to say this morning?"),
    "/forecast": Route(
        forecast.data,
        Forecast,
        ("without", "off_from", "off_until"),
        "What was promised, what did such promises come to, and what if?",
    ),
    "/time": Route(
        times.data, Times, (), "Where did the work go, by list and label, and when does it get done?"
    ),
    "/tasks": Route(
        tasks.data, Tasks, ("words", "status", "list", "order", "first", "count"), "Which tasks are there?"
    ),
    "/tasks/story": Route(story.data, Story, ("of", "task"), "What happened to a task?"),
    "/data": Route(record.data, Record, (), "How fresh, complete and readable is the record?"),
    "/metrics": Route(metrics.listed, Metrics, (), "Which metrics are there?"),
    "/metrics/rows": Route(
        metrics.rows, Measured, ("name", "first", "count"), "What are a metric's numbers?"
    ),
}


class Deed(NamedTuple):
    """What a program may have done: what comes of it, and the fields of the form that says what exactly."""

    kind: type[msgspec.Struct]
    fields: tuple[str, ...]
    question: str


DEEDS: dict[str, Deed] = {
    "/replay": Deed(
        Replayed,
        ("of", "reason", "letter", "account", "language"),
        "Try again what is held aside: an account's records of one reason, one message, or all there is.",
    ),
    "/forget": Deed(
        Forgotten, ("of", "confirm", "language"), "Forget an account for good, with all that is known of it."
    ),
}
"""Each takes a form by POST, from who brings the key as a bearer's token: no page elsewhere can."""


def deed_of(path: str, form: Mapping[str, str]) -> Deed:
    """The deed of a path below ROOT. Raises NotSo for a field that it doesn't know."""
    deed = DEEDS[path.removeprefix(ROOT)]
    if set(form) - set(deed.fields):
        raise NotSo(400, f"The fields here are: {', '.join(deed.fields)}.")
    return deed


def route_of(path: str, query: Mapping[str, str]) -> Route:
    """The route of a path below ROOT. Raises NotSo for what is not there, and for a parameter that it doesn't know."""
    route = ROUTES.get(path.removeprefix(ROOT))
    if route is None or not path.startswith(ROOT):
        raise NotSo(404, f"There is no such route; {DOCUMENT} says which there are.")
    known = (*ABOUT, *route.parameters)
    unknown = sorted(set(query) - set(known))
    if unknown:
        raise NotSo(400, f"The parameters here are: {', '.join(known)}.")
    return route


def encoded(found: msgspec.Struct) -> bytes:
    """The answer's body: the same numbers are the same bytes."""
    return msgspec.json.encode(found)


def answer(body: bytes, known: str) -> Answer:
    """The body, or 304 where whoever asks has it (``known`` is what If-None-Match says)."""
    tag = f'"{blake2b(body, digest_size=16).hexdigest()}"'
    about = GUARDED | {"Content-Type": JSON, "Cache-Control": REVALIDATED, "ETag": tag}
    return (b"", 304, about) if tag in known or known.strip() == "*" else (body, 200, about)


def problem(text: str, status: int, **more: str) -> Answer:
    """Why there is no answer."""
    return msgspec.json.encode({"error": text}), status, GUARDED | {"Content-Type": JSON} | more
