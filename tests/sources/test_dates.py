"""Dates and spans of time as files write them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from worklens.sources.dates import Dates
from worklens.sources.spans import Spans
from worklens.tasks import Moment, day, instant, micros


def test_formats_are_tried_in_order() -> None:
    """The first format that fits is taken, so 03/04 is what the list says first."""
    dates = Dates(["%d/%m/%Y", "%m/%d/%Y"], "UTC")

    assert dates["03/04/2020"] == day("2020-04-03")
    assert dates["04/30/2020"] == day("2020-04-30")


def test_without_formats_iso_is_read_in_all_its_forms() -> None:
    """A date stays a date; a time with an offset is that instant; one without is read in the zone."""
    dates = Dates([], "Asia/Kolkata")

    assert dates["2020-01-02"] == day("2020-01-02")
    assert dates["2020-01-02T10:00:00.5Z"] == instant("2020-01-02T10:00:00.500000Z")
    assert dates["2020-01-02 10:00"] == instant("2020-01-02T04:30:00Z")


@pytest.mark.parametrize(
    "text",
    [
        "2016-12-0T12:00:00.000000", "0000-01-01", "0001-01-01", "9999-12-31T23:59:59-14:00", "2020-02-30", "tomorrow",
        "2020-01-01T25:00", "١٢", "\0", "1" * 5000, "0001-01-01T00:00:00+14:00", "-1", "nan",
    ],
)  # fmt: skip
def test_what_is_no_date_raises_value_error(text: str) -> None:
    """Impossible days, year 0, years no task has, and nonsense are all refused in the same way."""
    with pytest.raises(ValueError, match="not a date"):
        Dates([], "UTC")[text]


def test_an_hour_that_comes_twice_is_the_first_one_and_a_skipped_one_is_moved_on() -> None:
    """Across both changes of the clocks a local time is one instant, and always the same one."""
    dates = Dates(["%Y-%m-%d %H:%M"], "Europe/Berlin")

    assert dates["2021-10-31 02:30"] == instant("2021-10-31T00:30:00Z")
    assert dates["2021-03-28 02:30"] == instant("2021-03-28T01:30:00Z")
    assert dates["2021-03-28 03:30"] == instant("2021-03-28T01:30:00Z")


@given(
    st.datetimes(min_value=datetime(1971, 1, 1), max_value=datetime(2100, 1, 1)),  # noqa: DTZ001  hypothesis wants naive
    st.sampled_from(["Etc/GMT+12", "America/New_York", "UTC", "Asia/Kathmandu", "Pacific/Kiritimati"]),
)
def test_a_local_time_reads_back_as_itself(when: datetime, zone: str) -> None:
    """Wherever the person lives: an instant written as local time is read as that instant, but for skipped hours."""
    local = when.replace(microsecond=0, tzinfo=UTC).astimezone(ZoneInfo(zone))
    read = Dates(["%d.%m.%Y %H:%M:%S"], zone)[local.strftime("%d.%m.%Y %H:%M:%S")]

    assert read in (Moment(micros(local)), Moment(micros(local - timedelta(hours=1))))
    if local.fold == 0:
        assert read == Moment(micros(local))


@given(st.text(max_size=30))
def test_any_text_is_a_date_or_a_value_error(text: str) -> None:
    """Nothing else can come out of reading a cell, and a date can always be shown."""
    try:
        moment = Dates(["iso", "%d-%b-%y", "%Y年%m月%d日"], "UTC")[text]
    except ValueError:
        return
    assert str(moment)


@pytest.mark.parametrize(
    ("unit", "text", "seconds"),
    [
        ("hours", "1.75", 6_300),
        ("minutes", "90", 5_400),
        ("pomodoros of 25 minutes", "2", 3_000),
        ("days of 7.5 hours", "1", 27_000),
        ("seconds", "0", 0),
    ],
)
def test_spans_are_read_in_their_unit(unit: str, text: str, seconds: int) -> None:
    """A number is that many units, in whole seconds."""
    assert Spans(unit, ".")[text] == seconds


@pytest.mark.parametrize("text", ["-1", "nan", "inf", "1e400", "1_000", "1,5", "one", "", "1.5.2"])
def test_what_is_no_span_raises_value_error(text: str) -> None:
    """Negative, endless and Python-only numbers are no times."""
    with pytest.raises(ValueError, match=r"."):
        Spans("hours", ".")[text]


def test_a_decimal_comma_must_be_asked_for() -> None:
    """1,5 is one and a half where the mapping says so; 1.5 is then refused rather than read as fifteen."""
    spans = Spans("hours", ",")

    assert spans["1,5"] == 5_400
    with pytest.raises(ValueError, match="not a number"):
        spans["1.5"]
