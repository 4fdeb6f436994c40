"""Dates as files write them: a list of formats tried in order, each distinct text read once."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, tzinfo
from functools import lru_cache
from zoneinfo import ZoneInfo

from worklens.tasks import Moment, day, micros

ISO = "iso"  # any form of ISO 8601, a date or a time, as a name among the formats
FIRST_YEAR, LAST_YEAR = 1900, 2199  # beyond these it is a slip of the keys, and would stretch every chart
DATE = len("2026-01-31")
_KEPT = 100_000  # distinct texts remembered; a century of days is 36,525
_TIMES = ("%H", "%I", "%M", "%S", "%f", "%p", "%z", "%c", "%X")


class Dates(dict[str, Moment]):
    """Texts and the moments they are: ``dates[text]`` reads a text or remembers it; ValueError where it is none.

    A format without a time of day gives a date (precision ``day``). A time without an offset is read in ``zone``:
    of an hour that comes twice the first is taken, and a time that the clocks skip is moved on by as much as they were.
    """

    def __init__(self, formats: Sequence[str], zone: str | tzinfo) -> None:
        """``formats`` are strptime's, or ``iso``; none means ISO 8601. ``zone`` may be an IANA name."""
        super().__init__()
        self.formats = tuple(formats) or (ISO,)
        self.is_iso = self.formats == (ISO,)
        self.zone = ZoneInfo(zone) if isinstance(zone, str) else zone

    def __missing__(self, text: str) -> Moment:
        moment = self._read(text)
        if len(text) > DATE and self.is_iso:
            return moment  # instants are hardly ever the same
        if len(self) >= _KEPT:
            self.clear()
        self[text] = moment
        return moment

    def _read(self, text: str) -> Moment:
        for form in self.formats:
            try:
                return read_iso(text, self.zone) if form == ISO else read_format(text, form, self.zone)
            except ValueError:
                continue
        raise _no_date(text)

    @property
    def expected(self) -> str:
        """The formats, for people."""
        return " / ".join("YYYY-MM-DD" if form == ISO else form for form in self.formats)


@lru_cache(maxsize=64)
def dates(formats: tuple[str, ...], zone: str | tzinfo) -> Dates:
    """The reader of these formats in this zone, shared by all batches of a file."""
    return Dates(formats, zone)


def read_iso(text: str, zone: tzinfo) -> Moment:
    """A date or a time of ISO 8601; raises ValueError."""
    if len(text) <= DATE:
        return _day(date.fromisoformat(text))
    return _instant(datetime.fromisoformat(text), zone)


def read_format(text: str, form: str, zone: tzinfo) -> Moment:
    """A date or a time in a format of strptime's; raises ValueError."""
    when = datetime.strptime(text, form)  # noqa: DTZ007  the zone is given below, where there is a time at all
    return _instant(when, zone) if has_time(form) else _day(when.date())


def has_time(form: str) -> bool:
    """Whether a format of strptime's gives a time of day."""
    return any(directive in form for directive in _TIMES)


def _day(value: date) -> Moment:
    _bound(value.year)
    return day(value)


def _instant(when: datetime, zone: tzinfo) -> Moment:
    _bound(when.year)
    return Moment(micros(when if when.tzinfo else when.replace(tzinfo=zone)))


def _bound(year: int) -> None:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise _no_date(str(year))


def _no_date(text: str) -> ValueError:
    return ValueError(f"not a date: {text}")
