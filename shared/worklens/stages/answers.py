"""What people answered to findings: *wrong*, *not useful*, or not now; kept with the feed, and respected wherever findings are told.

An answer stands with every feed that the finding spoke of, under one name of the feed's in the state store: so it is
forgotten with the feed. A finding is left out where all the feeds it speaks of have an answer, so that what was
answered for one account is still told of two together, and what was answered for both is not told of either.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Literal, NamedTuple, get_args

import msgspec

from worklens.findings.identity import LENGTH, LETTERS, name_of
from worklens.findings.model import Finding, Plain
from worklens.ports import Ports, StateStore
from worklens.stages.timers import local_day

ANSWERS = "answers"  # a feed's pointer: its answers as JSON
SNOOZE = timedelta(days=7)  # until it is told again, where nothing else is said
MOST = 300  # answers a feed keeps: more than there are different findings; the oldest go first

Verdict = Literal["wrong", "not-useful", "snooze"]
VERDICTS: tuple[Verdict, ...] = get_args(Verdict)


class NoAnswer(ValueError):
    """What was answered can't be kept; ``reason`` is verdict, finding or until."""

    def __init__(self, reason: Literal["verdict", "finding", "until"]) -> None:
        """The reason alone: words are found where it is shown."""
        super().__init__(reason)
        self.reason = reason


class Answer(msgspec.Struct, frozen=True, omit_defaults=True):
    """What somebody answered. ``key``, ``account`` and ``params`` are the finding's, so that it can be said again."""

    finding: str  # its short name
    verdict: Verdict
    at: int  # microseconds
    until: str = ""  # of a snooze: the day on which it is told again
    key: str = ""
    account: str = ""
    params: Plain = {}

    def holds(self, day: date, at: int) -> bool:
        """Whether it stood at an instant, on the person's day then."""
        return self.at <= at and not (self.until and self.until <= day.isoformat())


class Standing(NamedTuple):
    """The answers that stand, by feed and then by the finding's short name."""

    feeds: Mapping[str, Mapping[str, Answer]] = {}

    def hides(self, finding: Finding, feeds: Sequence[str]) -> bool:
        """Whether a finding about these feeds is not to be told."""
        name = name_of(finding)
        return bool(feeds) and all(name in self.feeds.get(feed, {}) for feed in feeds)

    def answers(self) -> list[Answer]:
        """Each once, the newest first."""
        found = {one.finding: one for feed in self.feeds.values() for one in feed.values()}
        return sorted(found.values(), key=lambda one: (-one.at, one.finding))


NONE = Standing()


def standing(state: StateStore, at: int, feeds: Sequence[str] | None = None) -> Standing:
    """The answers that stood at an instant, of these feeds or of all."""
    chosen = [feed for feed in state.feeds() if feeds is None or feed.name in feeds]
    return Standing(
        {
            feed.name: {
                one.finding: one for one in _kept(state, feed.name) if one.holds(local_day(feed, at), at)
            }
            for feed in chosen
        }
    )


def answer(
    ports: Ports,
    feeds: Sequence[str],
    name: str,
    verdict: str,
    until: date | None = None,
    said: Finding | None = None,
) -> Answer:
    """Keep an answer to the finding of this short name, in the place of an earlier one; what was kept.

    ``until`` is for a snooze, the day on which it is told again: a week from now where it isn't given. ``said`` is the
    finding, where the caller has it. Raises NoAnswer.
    """
    now = ports.clock.now()
    if verdict not in VERDICTS:
        raise NoAnswer("verdict")
    if not re.fullmatch(f"[{LETTERS}]{{{LENGTH}}}", name):
        raise NoAnswer("finding")
    made = Answer(name, verdict, now, _last(ports.state, feeds, verdict, until, now), *_words(said))
    for feed in feeds:
        ports.state.repoint(feed, ANSWERS, lambda text: _with(text, made))
    return made


def take_back(ports: Ports, feeds: Sequence[str], name: str) -> bool:
    """Tell this finding again; whether there was an answer to it."""
    known = any(one.finding == name for feed in feeds for one in _kept(ports.state, feed))
    for feed in feeds if known else ():
        ports.state.repoint(feed, ANSWERS, lambda text: _without(text, name))
    return known


def _last(state: StateStore, feeds: Sequence[str], verdict: str, until: date | None, now: int) -> str:
    """The day on which it is told again, empty for never."""
    if verdict != "snooze":
        if until is not None:
            raise NoAnswer("until")
        return ""
    today = max((local_day(feed, now) for feed in state.feeds() if feed.name in feeds), default=date.min)
    if until is not None and until <= today:
        raise NoAnswer("until")
    return (until or today + SNOOZE).isoformat()


def _words(said: Finding | None) -> tuple[str, str, Plain]:
    return (said.key, said.account, said.params) if said else ("", "", {})


# ----- The document -----


def _kept(state: StateStore, feed: str) -> list[Answer]:
    known = state.pointer(feed, ANSWERS)
    return _read(known.version) if known else []


def _read(text: str) -> list[Answer]:
    return msgspec.json.decode(text, type=list[Answer]) if text else []


def _with(text: str, made: Answer) -> str:
    kept = [one for one in _read(text) if one.finding != made.finding][-(MOST - 1) :]
    return msgspec.json.encode([*kept, made]).decode()


def _without(text: str, name: str) -> str:
    return msgspec.json.encode([one for one in _read(text) if one.finding != name]).decode()
