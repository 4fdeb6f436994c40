"""Blocks of the week that have gone or come."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from tests.findings.makers import history
from worklens.analysis.arrays import Floats
from worklens.analysis.days import day_number
from worklens.findings.blocks import ask, blocks_of
from worklens.findings.catalogue import text
from worklens.findings.history import History
from worklens.findings.model import Finding

MONDAY = 20_003  # a Monday
WEEKS = 40
THURSDAY = 3


def worker(rng: np.random.Generator, with_block: range, pace: Floats | None = None) -> History:
    """Forty weeks of some twelve hours a week, and in some of them Thursdays from 19 to 22, four hours in five of these."""
    rate = np.ones(WEEKS) if pace is None else pace
    usual = rng.poisson(12 * rate)
    day = MONDAY + np.repeat(np.arange(WEEKS) * 7, usual) + rng.integers(0, 7, usual.sum())
    hour = rng.integers(8, 23, day.size)
    evenings = np.repeat(MONDAY + np.array(with_block) * 7 + THURSDAY, 3)
    kept = rng.random(evenings.size) < -np.expm1(
        -1.6 * np.repeat(rate[with_block.start : with_block.stop], 3)
    )
    days = np.concatenate([day, evenings[kept]])
    hours = np.concatenate([hour, np.tile([19, 20, 21], len(with_block))[kept]])
    return history(days, days, MONDAY + WEEKS * 7, hour=hours)


def told(made: History) -> dict[str, Finding]:
    """What holds by itself."""
    claims = ask(made, np.random.default_rng(0)).claims
    return {claim.finding.key: claim.finding for claim in claims if claim.p <= 0.02}


@pytest.mark.parametrize(
    ("with_block", "key", "edge"), [(range(26), "block_gone", 26), (range(16, 40), "block_come", 16)]
)
def test_a_block_that_has_gone_or_come_is_told(with_block: range, key: str, edge: int) -> None:
    """With its day, its hours, since when, and the hours behind it."""
    found = told(worker(np.random.default_rng(1), with_block))

    assert set(found) == {key}
    params = found[key].params
    assert (params["weekdays"], params["from_hour"], params["to_hour"]) == ([3, 3], 19, 22)
    assert abs(day_number(date.fromisoformat(params["since"])) - (MONDAY + edge * 7 + THURSDAY)) <= 14
    assert (
        params["worked"] / params["possible"]
        > 0.6
        > 0.3
        > params["worked_without"] / params["possible_without"]
    )
    assert "Thursdays from 19:00 to 22:00" in text(found[key])


def test_a_block_that_lasts_is_no_news() -> None:
    """It is found, and nothing is told of it."""
    made = worker(np.random.default_rng(2), range(40))

    assert len(blocks_of(made).found.boxes) == 1
    assert told(made) == {}


def test_who_does_little_lately_has_lost_no_block() -> None:
    """All hours are worked less in the last twelve weeks, those of the block as well."""
    pace = np.where(np.arange(WEEKS) < 28, 1.0, 0.25)

    assert told(worker(np.random.default_rng(3), range(40), pace)) == {}


def test_unknown_hours_tell_nothing() -> None:
    """Dates alone have no blocks, and an empty history neither."""
    made = worker(np.random.default_rng(4), range(26))
    dates = history(made.created, made.done, made.today)

    assert ask(dates, np.random.default_rng(0)).claims == ()
    assert ask(history([], [], MONDAY), np.random.default_rng(0)).claims == ()


def test_a_holiday_and_a_gap_are_no_end() -> None:
    """Two weeks away within a block are none of its hours. After a year without anything the weeks since alone are asked:
    the evenings of before have not gone, they are not known of any more."""
    made = worker(np.random.default_rng(5), range(40))
    away = (made.done >= MONDAY + 20 * 7) & (made.done < MONDAY + 22 * 7)
    rested = blocks_of(made.only(~away))

    assert len(rested.found.boxes) == 1
    assert rested.found.possible[0] <= (40 - 2) * 3
    assert told(made.only(~away)) == {}

    mornings = worker(np.random.default_rng(6), range(40))
    again = replace(
        mornings, hour=mornings.hour - 8 * (mornings.hour >= 19), done=mornings.done + (40 + 52) * 7
    )
    both = {
        name: np.concatenate([getattr(part, name) for part in (made, again)]) for name in ("done", "hour")
    }
    since = history(both["done"], both["done"], MONDAY + (92 + 26) * 7, hour=both["hour"])
    found = blocks_of(since.only(since.done < MONDAY + (92 + 26) * 7))

    assert not found.open[: 52 - 26].any()
    assert [box[1:3].tolist() for box in found.found.boxes] == [[THURSDAY, 11 - 4]]
    assert found.found.possible[0] <= 26 * 3
    assert told(since.only(since.done < MONDAY + (92 + 26) * 7)) == {}
