"""The shipped reader: what it must show, and that company changes nothing."""

from __future__ import annotations

from datetime import UTC, date, datetime

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from worklens.reading import weights
from worklens.reading.reader import attention, read, span_of

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)  # a Sunday
TITLES = {
    "submit the report the day after tomorrow at 5pm": "2026-11-24 17:00",
    "下周三下午三点交报告": "2026-11-25 15:00",
    "pay rent next friday": "2026-11-27",
    "call mum in a fortnight": "2026-12-06",
    "lunch with Anna next wednesday": "2026-11-25",
    "dentist next sunday": "2026-11-29",
    "Dentist 3 Dec 10:15": "2026-12-03 10:15",
    "月底前交房租": "2026-11-30",
    "wendesday: send invoice": "2026-11-25",
    "Tuesday the 8th": "2026-12-08",
    "call Tom at 7 this evening": "2026-11-22 19:00",
    "330 p.m. dentist": "2026-11-22 15:30",
    "3 fridays from now": "2026-12-11",
    "1 year 2 months from now": "2028-01-22",
    "明年九月第三个周二": "2027-09-21",
    "half past seven": "2026-11-22 19:30",  # said at nine: the next of both
    "merge MR 77 this afternoon": "2026-11-22 15:00",
    "turn the oven off in 25 minutes": "2026-11-22 09:25",
    "remind us in 3 hours to water the plants": "2026-11-22 12:00",
    "ten to eight pm: pick up Anna": "2026-11-22 19:50",
    "midnight tonight": "2026-11-23 00:00",
    "end of business tuesday": "2026-11-24 17:00",
    "the month before last": "2026-09-01",
    "the monday after december 20": "2026-12-21",
    "the friday before december 20": "2026-12-18",
    "second to last friday of december": "2026-12-18",
    "this time tomorrow": "2026-11-23 09:00",
    "next november": "2027-11-01",
    "20261127T153000": "2026-11-27 15:30",
    "月底！": "2026-11-30",
    "【周五】发周报": "2026-11-27",
    "领护照（下周末）": "2026-11-28",
    "我周四早上八点出发": "2026-11-26 08:00",
    "大家周二有时间吗": "2026-11-24",
    "明晚十二点": "2026-11-24 00:00",
    "差五分钟七点": "2026-11-22 18:55",
    "元月六号体检": "2027-01-06",
    "十二月倒数第二个周五": "2026-12-18",
    "俩小时后": "2026-11-22 11:00",
    "我们改天见": None,
    "call 030 555 1234": None,
    "read 1984": None,
    "finish 2/3 of the report": None,
    "买两斤苹果": None,
    "": None,
    "24 January 2007": "2007-01-24",
    "budget meeting of 24 January 2007": None,  # long past: what it is called, not when it is due
}


def shown(title: str, now: datetime = NOW) -> str | None:
    when = read([title], now)[0].when
    return None if when is None else f"{when.day}{f' {when.time:%H:%M}' if when.time else ''}"


@pytest.mark.parametrize("title", TITLES)
def test_titles(title: str) -> None:
    """English and Chinese, a slip of the finger, and numbers that name no time."""
    assert shown(title) == TITLES[title]


def test_company_changes_nothing() -> None:
    """Alone, together, or in another order, each title is read the same."""
    titles = list(TITLES)
    together, turned = read(titles, NOW), read(titles[::-1], NOW)[::-1]
    for title, one, other in zip(titles, together, turned, strict=True):
        alone = read([title], NOW)[0]
        assert alone.when == one.when == other.when
        assert one.span == alone.span
        assert one.confidence == pytest.approx(alone.confidence, abs=1e-4)


@given(st.lists(st.text(max_size=40) | st.sampled_from(sorted(TITLES)), max_size=5))
def test_any_titles_are_read(titles: list[str]) -> None:
    """Whatever they hold, each gets a reading, whose phrase lies within the title."""
    for title, reading in zip(titles, read(titles, NOW), strict=True):
        assert reading.title == title
        assert 0 <= reading.span[0] <= reading.span[1] <= len(title)
        assert 0 <= reading.confidence <= 1


def test_the_phrase_and_the_runner_up() -> None:
    """Next Friday, said on a Sunday, might also be the one after."""
    reading = read(["pay rent next friday"], NOW)[0]
    other = reading.other

    assert reading.title[slice(*reading.span)] == "next friday"
    assert other is not None
    assert other.when is not None
    assert other.when.day > date(2026, 11, 27)


def test_attention_sums_to_one() -> None:
    """Over the words, for each symbol said."""
    words, looks = attention("pay rent next friday", ("weekday", "fri", "+1"))

    assert words == ["pay", "rent", "next", "friday"]
    np.testing.assert_allclose(looks.sum(axis=1), 1, rtol=1e-5)


def test_the_best_stretch() -> None:
    """A word that seems outside stays in between two that are surely inside."""
    assert span_of(np.array([-3.0, 2.0, -0.5, 2.0, -1.0])) == (1, 4)
    assert span_of(np.array([-3.0, -1.0])) == (1, 2)


def test_the_shipped_weights_are_those_that_are_named() -> None:
    """The checksum beside them is theirs."""
    named = weights.FILE.with_suffix(".sha256").read_text().split()[0]

    assert weights.checksum() == named
