"""What a finding is: a key with parameters and its evidence, put into words only when it is shown."""

from __future__ import annotations

from typing import Any, Literal, NamedTuple

import msgspec

Plain = dict[str, Any]
"""What JSON can hold: text, whole numbers, shares and ratios as floats, dates as ISO text, lists and such dicts."""

About = Literal["tasks", "time", "record"]
"""``tasks``: which of them are done, and when in their lives. ``time``: when work is done, whichever it is.
``record``: what the data itself can and can't tell."""


class TaskRef(msgspec.Struct, frozen=True):
    """A task by its identity. Its title is looked up where it is shown, so that none stands here."""

    account: str
    task: str
    occurrence: str = ""


class Finding(msgspec.Struct, frozen=True, kw_only=True):
    """Something worth telling. docs/findings.md lists the keys with their parameters and rules of evidence.

    ``evidence`` holds at least ``about``, ``method``, ``n`` and ``window`` (first and last day), where it was tested ``p``
    (already corrected for all that was asked), and the ``effect`` beside its ``baseline``. ``account`` is empty for all
    accounts together. ``score`` is how unusual times how actionable, from 0 to 1.
    """

    key: str
    family: str
    account: str = ""
    params: Plain = {}
    evidence: Plain = {}
    score: float = 0.0
    tasks: tuple[TaskRef, ...] = ()


class Claim(NamedTuple):
    """A finding to be, with its p-value, corrected for the choices within its own question; 0 for a plain count."""

    finding: Finding
    p: float


class Missing(msgspec.Struct, frozen=True):
    """What a question lacks before it can be answered."""

    question: str
    weeks: int = 0
    completions: int = 0


class Answer(NamedTuple):
    """What came of a question: claims however likely they are luck, or what is missing."""

    claims: tuple[Claim, ...] = ()
    missing: Missing | None = None


NOTHING = Answer()  # asked of a history that has none of what it is about (no due dates, no estimates)
