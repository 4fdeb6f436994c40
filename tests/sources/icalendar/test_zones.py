"""The zones of iCalendar, by IANA's names and by definitions of a file's own."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from worklens.sources.icalendar.zones import iana, zone_of

PARIS = """BEGIN:VTIMEZONE
TZID:Somewhere in France
BEGIN:DAYLIGHT
DTSTART:19960331T020000
RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
END:DAYLIGHT
BEGIN:STANDARD
DTSTART:19961027T030000
RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
END:STANDARD
END:VTIMEZONE"""
NEW_YORK = """BEGIN:VTIMEZONE
TZID:Eastern
BEGIN:STANDARD
DTSTART:16011104T020000
RRULE:FREQ=YEARLY;BYMONTH=11;BYMONTHDAY=1,2,3,4,5,6,7;BYDAY=SU
TZOFFSETFROM:-0400
TZOFFSETTO:-0500
END:STANDARD
BEGIN:DAYLIGHT
DTSTART:16010311T020000
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=2SU
TZOFFSETFROM:-0500
TZOFFSETTO:-0400
END:DAYLIGHT
END:VTIMEZONE"""


@pytest.mark.parametrize(
    ("tzid", "name"),
    [
        ("Europe/Paris", "Europe/Paris"),
        ("/example.org/20260101_1/Europe/Paris", "Europe/Paris"),
        ("/mozilla.org/20050126_1/America/Argentina/Buenos_Aires", "America/Argentina/Buenos_Aires"),
        ("UTC", "UTC"),
        ("W. Europe Standard Time", ""),
        ("localtime", ""),
        ("../../../etc/passwd", ""),
        ("/etc/localtime", ""),
        ("Europe", ""),
        ("", ""),
        ("x" * 5_000, ""),
        ("a\0b", ""),
        ("/".join("ab" * 10_000), ""),
    ],
)
def test_a_tzid_leads_to_iana_or_to_nothing(tzid: str, name: str) -> None:
    """Never to a file of this machine."""
    assert name == iana(tzid)


def test_ianas_zone_goes_before_the_definition() -> None:
    """What a client wrote years ago may be out of date."""
    zone = zone_of("Europe/Paris", NEW_YORK)

    assert zone is not None
    assert (zone.name, zone.info) == ("Europe/Paris", ZoneInfo("Europe/Paris"))
    named = zone_of("Home", PARIS.replace("TZID:Somewhere", "X-LIC-LOCATION:Europe/Paris\nTZID:Somewhere"))
    assert named is not None
    assert named.name == "Europe/Paris"


@pytest.mark.parametrize(("text", "name"), [(PARIS, "Europe/Paris"), (NEW_YORK, "America/New_York")])
@given(local=st.datetimes(datetime(2008, 1, 1), datetime(2036, 1, 1)))  # noqa: DTZ001
def test_a_definition_is_kept_to(text: str, name: str, local: datetime) -> None:
    """Its clocks go as IANA's do, but for the hours that come twice or never."""
    zone, true = zone_of("Mine", text), ZoneInfo(name)
    assert zone is not None
    around = {true.utcoffset(local + timedelta(hours=hours)) for hours in (-2, 0, 2)}

    assert zone.name is None
    assert local.replace(tzinfo=zone.info).utcoffset() in around


def test_before_its_first_change_a_zone_is_as_it_was() -> None:
    """By the offset from which its first change changed."""
    zone = zone_of("Mine", PARIS)

    assert zone is not None
    assert datetime(1980, 7, 1, tzinfo=zone.info).utcoffset() == timedelta(hours=1)


@pytest.mark.parametrize(
    "definition",
    [
        "",
        "BEGIN:VTIMEZONE",
        "BEGIN:STANDARD\nEND:STANDARD",
        "BEGIN:STANDARD\nDTSTART:soon\nTZOFFSETFROM:+0100\nTZOFFSETTO:+0100\nEND:STANDARD",
        "BEGIN:STANDARD\nDTSTART:19960331T020000\nTZOFFSETFROM:+9900\nTZOFFSETTO:+0100\nEND:STANDARD",
        "BEGIN:STANDARD\nDTSTART:19960331T020000\nTZOFFSETFROM:\nTZOFFSETTO:x\nEND:STANDARD",
        "BEGIN:STANDARD\nDTSTART:19960331T020000\nRRULE:FREQ\nTZOFFSETFROM:+0100\nTZOFFSETTO:+01\nEND:STANDARD",
    ],
)
def test_what_defines_nothing_is_no_zone(definition: str) -> None:
    """A broken definition is as good as none."""
    assert zone_of("Mine", definition) is None


@pytest.mark.parametrize(
    "rule", ["FREQ=YEARLY;BYMONTH=13", "FREQ=YEARLY;BYDAY=9SU", "FREQ=YEARLY;BYDAY=XX", "FREQ=DAILY", ""]
)
def test_a_rule_that_leads_nowhere_changes_nothing_more(rule: str) -> None:
    """The one change that is dated holds."""
    text = f"BEGIN:STANDARD\nDTSTART:19960331T020000\nRRULE:{rule}\nTZOFFSETFROM:+0000\nTZOFFSETTO:+0300\nEND:STANDARD"
    zone = zone_of("Mine", text)

    assert zone is not None
    assert datetime(2026, 1, 1, tzinfo=zone.info).utcoffset() == timedelta(hours=3)
