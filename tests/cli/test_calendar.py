"""`worklens calendar`: saying which days are worked, and seeing what is kept."""

from __future__ import annotations

import sys
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.cli.conftest import Person
from tests.stages.facts import settle
from worklens.cli.failures import Usage
from worklens.cli.public_holidays import public_holidays
from worklens.cli.weekdays import days_from, hours_of_day, week_from, week_shown
from worklens.local.platform import open_platform
from worklens.ports import Feed, ZonePeriod
from worklens.stages.calendar import Calendar, calendar_for, spans_of
from worklens.tasks import DAY, Moment, Task

FIRST = date(2026, 1, 5).toordinal() - date(1970, 1, 1).toordinal()  # a Monday


@pytest.fixture
def me(person: Person) -> Person:
    """Somebody with two accounts."""
    platform = open_platform(person.data)
    for name in ("todoist:me", "csv:team"):
        zones = (ZonePeriod("Asia/Shanghai"),)
        platform.state.save_feed(Feed(name=name, source=name.partition(":")[0], zones=zones))
    platform.close()
    return person


def kept(person: Person, name: str = "todoist:me") -> Calendar:
    """The calendar as it is kept."""
    platform = open_platform(person.data)
    feed = platform.state.feed(name)
    platform.close()
    assert feed is not None
    return calendar_for(feed)


def test_a_week_and_its_hours(me: Person) -> None:
    """Of that account alone; what isn't named stays, and all of it can be taken away."""
    (view,) = me.run("calendar", "me", "--week", "mon-wed,fri", "--hours", "9-17", "--json").json
    me.run("calendar", "me", "--learn")

    assert (view["account"], view["week"], view["hours"]) == (
        "todoist:me",
        ["mon", "tue", "wed", "fri"],
        "9-17",
    )
    assert kept(me) == Calendar(week=(0, 1, 2, 4), hours=(9, 17), learn=True)
    assert kept(me, "csv:team") == Calendar()
    me.run("calendar", "me", "--clear")
    assert kept(me) == Calendar()


def test_public_holidays_are_looked_up_and_kept(me: Person) -> None:
    """As days, with those that China exchanges for them; no function looks anything up."""
    (view,) = me.run("calendar", "me", "--week", "mon-fri", "--country", "cn", "--json").json
    calendar = kept(me)

    assert (view["country"], view["region"]) == ("CN", "")
    assert int(view["holidays_until"][:4]) >= 2031
    assert "2025-10-01..2025-10-03" in calendar.holidays
    assert {"2025-09-28", "2025-10-11"} < set(calendar.shifted)
    me.run("calendar", "me", "--country", "none")
    assert kept(me) == Calendar(week=(0, 1, 2, 3, 4))


def test_a_region_has_holidays_of_its_own() -> None:
    """Epiphany is free in Bavaria, not in Berlin, which has Women's Day; other countries' regions are refused."""
    bavaria, berlin = (set(public_holidays("DE", region, 2026).free) for region in ("BY", "BE"))

    assert date(2026, 1, 6) in bavaria - berlin
    assert date(2026, 3, 8) in berlin - bavaria
    with pytest.raises(Usage):
        public_holidays("DE", "CA", 2026)
    with pytest.raises(Usage):
        public_holidays("XX", "", 2026)


def test_days_given_last_count(me: Person) -> None:
    """A leave, a day of it worked after all, and a day about which nothing is said any more."""
    me.run("calendar", "me", "--off", "2026-12-24..2026-12-31", "--off", "2027-01-04,2027-01-06")
    me.run("calendar", "me", "--on", "2026-12-28", "--take-back", "2027-01-04")

    expected = Calendar(off=("2026-12-24..2026-12-27", "2026-12-29..2026-12-31", "2027-01-06"))
    assert kept(me) == Calendar(off=expected.off, on=("2026-12-28",))
    me.run("calendar", "me", "--off", "2026-12-28")
    assert kept(me).on == ()


def test_everyones_calendar_is_shown(me: Person) -> None:
    """In words, in the person's language; without any, all days are working days."""
    me.run("calendar", "me", "--week", "mon-fri", "--country", "US", "--region", "CA", "--off", "2031-01-02")
    english, chinese = me.run("calendar").out, me.run("calendar", "--language", "zh").out

    assert "public holidays of US-CA" in english
    assert "mon-fri" in english
    assert "2031-01-02" in english
    assert "30 of the next 30 days" in english  # of the other account
    assert "法定节假日" in chinese


def test_what_was_learnt_is_shown(me: Person) -> None:
    """Of a record with free week-ends and three weeks' leave; without a record, nothing is made up."""
    assert me.run("calendar", "me", "--learn", "--json").json[0]["learnt"] is None
    tasks = []
    for day in range(FIRST, FIRST + 7 * 30):
        if (day - FIRST) % 7 < 5 and not FIRST + 70 <= day < FIRST + 91:
            moment = Moment(day * DAY, "day")
            tasks.append(
                Task(account="wunderlist:7", task=str(day), title="t", created=moment, completed=moment)
            )
    platform = open_platform(me.data)
    platform.state.save_feed(Feed(name="wunderlist:7", source="wunderlist"))
    settle(platform, tasks, seen_at=(FIRST + 7 * 30) * DAY)
    platform.close()
    (view,) = me.run("calendar", "wunderlist:7", "--learn", "--json").json

    assert view["learnt"] == {
        "week": ["mon", "tue", "wed", "thu", "fri"],
        "off": ["2026-03-16..2026-03-20", "2026-03-23..2026-03-27", "2026-03-30..2026-04-03"],
    }
    assert "2026-03-16..2026-03-20" in me.run("calendar", "wunderlist:7").out


@pytest.mark.parametrize(
    ("option", "text", "shown"),
    [
        ("--week", "monday", "mon-fri"),
        ("--hours", "17-9", "9-17"),
        ("--off", "christmas", "2026-12-24"),
        ("--on", "2026-12-24..2026-12-01", "2026-12-24"),
        ("--country", "Atlantis", "DE"),
        ("--region", "BY", "--country"),
    ],
)
def test_what_cannot_be_read_is_usage(me: Person, option: str, text: str, shown: str) -> None:
    """With the form in which to write it; nothing is kept."""
    assert shown in me.run("calendar", "me", option, text, code=2).err
    assert kept(me) == Calendar()


def test_a_change_needs_an_account(me: Person) -> None:
    """Nobody gives everyone a leave by a slip."""
    assert "ACCOUNT" in me.run("calendar", "--off", "2026-12-24", code=2).err


def test_without_the_library_days_can_be_given(me: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    """And the remedy is said."""
    monkeypatch.setitem(sys.modules, "holidays", None)

    assert "--off" in me.run("calendar", "me", "--country", "DE", code=1).err
    me.run("calendar", "me", "--off", "2026-12-24")
    assert kept(me).off == ("2026-12-24",)


@given(st.sets(st.integers(0, 6), min_size=1))
def test_weekdays_are_read_as_they_are_shown(week: set[int]) -> None:
    """Whichever they are; a span may go over the week's end."""
    assert set(week_from("--week", week_shown(sorted(week)))) == week
    assert week_from("--week", "sat-mon") == (0, 5, 6)


def test_hours_and_days() -> None:
    """Round the clock, and several spans at once."""
    assert hours_of_day("--hours", "all") == (0, 24)
    assert spans_of(days_from("--off", ["2026-01-01,2026-01-02", "2026-01-04"])) == (
        "2026-01-01..2026-01-02",
        "2026-01-04",
    )
