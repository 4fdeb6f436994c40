"""Answers to findings: kept with the feed, respected while they hold, forgotten with it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from tests.moulds import platform_in
from worklens.findings.identity import name_of
from worklens.findings.model import Finding
from worklens.local.forget import Target, forget
from worklens.local.platform import Platform
from worklens.ports import Feed, ZonePeriod
from worklens.stages.answers import MOST, NoAnswer, answer, standing, take_back
from worklens.tasks import DAY, instant
from worklens.testing.clock import Clock

NOW = instant("2026-03-01T22:30:00Z").micros  # in Berlin half an hour to midnight
ONE, OTHER = "csv:one", "csv:other"
SLOW = Finding(key="pace_slower", family="pace", params={"since": "2026-02-02"})
NAME = name_of(SLOW)


@pytest.fixture
def platform(tmp_path: Path) -> Iterator[Platform]:
    """A platform with two feeds, on a clock that can be set."""
    platform = platform_in(tmp_path, Clock(NOW))
    for name in (ONE, OTHER):
        zones = (ZonePeriod("Europe/Berlin"),)
        platform.ports.state.save_feed(Feed(name=name, source="csv", zones=zones))
    yield platform
    platform.close()


def test_what_was_answered_is_not_told(platform: Platform) -> None:
    """Of one feed where it was answered for it, of both where it was for both; and what was said then is there."""
    answer(platform.ports, [ONE], NAME, "wrong", said=SLOW)
    now = standing(platform.state, NOW)

    assert now.hides(SLOW, [ONE])
    assert not now.hides(SLOW, [OTHER])
    assert not now.hides(SLOW, [ONE, OTHER])
    answer(platform.ports, [ONE, OTHER], NAME, "not-useful", said=SLOW)
    both = standing(platform.state, NOW)
    assert both.hides(SLOW, [ONE, OTHER])
    assert both.hides(SLOW, [OTHER])
    (kept,) = both.answers()
    assert (kept.verdict, kept.key, kept.params) == ("not-useful", "pace_slower", {"since": "2026-02-02"})


@pytest.mark.parametrize(
    ("until", "at", "hidden"),
    [
        (None, NOW + 6 * DAY, True),
        (None, NOW + 7 * DAY, False),
        (date(2026, 3, 3), NOW + DAY, True),
        (date(2026, 3, 3), NOW + DAY + DAY // 24, False),
        (date(2026, 3, 3), NOW - 1, False),
    ],
)
def test_a_snooze_ends(platform: Platform, until: date | None, at: int, hidden: bool) -> None:
    """A week on, or with the day named, as it begins where the person lives; and before it was said it did not hold."""
    answer(platform.ports, [ONE], NAME, "snooze", until)

    assert standing(platform.state, at).hides(SLOW, [ONE]) is hidden


def test_it_is_taken_back(platform: Platform) -> None:
    """And where nothing was answered, that is said."""
    answer(platform.ports, [ONE, OTHER], NAME, "wrong")

    assert take_back(platform.ports, [ONE, OTHER], NAME)
    assert not take_back(platform.ports, [ONE, OTHER], NAME)
    assert standing(platform.state, NOW).answers() == []


def test_it_is_forgotten_with_the_feed(platform: Platform) -> None:
    """And of a feed that is no more nothing is kept."""
    answer(platform.ports, [ONE, OTHER], NAME, "wrong")
    forget(platform, Target(ONE))
    answer(platform.ports, [ONE], "aaaaa", "wrong")

    assert platform.state.pointer(ONE, "answers") is None
    assert standing(platform.state, NOW).hides(SLOW, [OTHER])


def test_the_oldest_answers_go_first(platform: Platform) -> None:
    """A feed keeps no more than there is use for."""
    letters = "0123456789abcdefghjk"
    names = [f"aaa{one}{other}" for one in letters for other in letters][: MOST + 1]
    for name in names:
        answer(platform.ports, [ONE], name, "wrong")

    assert {one.finding for one in standing(platform.state, NOW).answers()} == set(names[1:])


@pytest.mark.parametrize(
    ("name", "verdict", "until", "reason"),
    [
        (NAME, "boring", None, "verdict"),
        ("no", "wrong", None, "finding"),
        (NAME, "wrong", date(2027, 1, 1), "until"),
        (NAME, "snooze", date(2026, 3, 1), "until"),
    ],
)
def test_what_is_no_answer(
    platform: Platform, name: str, verdict: str, until: date | None, reason: str
) -> None:
    """An unknown word, no finding's name, an end for what has none, a day that is not to come."""
    with pytest.raises(NoAnswer) as found:
        answer(platform.ports, [ONE], name, verdict, until)

    assert found.value.reason == reason
