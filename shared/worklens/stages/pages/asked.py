"""What an address asks for: whose work, as of when, over which weeks and in which language. A view can be sent as its address."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from typing import cast
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

import msgspec

from worklens.render.model import Language
from worklens.stages.pages.visit import NotSo
from worklens.tasks import instant, micros

LONGEST = 200  # characters of a value; ids of tasks and names of accounts are shorter
MOST = 20  # values: no page has so many
LANGUAGES = ("en", "zh")
WEEKS = (4, 13, 26, 52)  # ranges one may choose
USUAL = 26  # weeks: half a year
ABOUT = ("account", "as_of", "known_at", "weeks", "language")  # in the order in which an address has them
DAY = len("2026-03-01")


class Asked(msgspec.Struct, frozen=True, kw_only=True):
    """What every page is asked. ``as_of`` and ``known_at`` stay as they were written, so that links lead to the same view."""

    account: str = ""
    as_of: str = ""
    known_at: str = ""
    weeks: int = USUAL
    language: Language = "en"
    native: Language = "en"  # the language where an address names none

    def times(self, zone: str) -> dict[str, int | None]:
        """``as_of`` and ``known_at`` in microseconds; of a day its end in the zone. Raises NotSo."""
        return {name: moment(name, getattr(self, name), zone) for name in ("as_of", "known_at")}

    def address(self, path: str, **more: str | int) -> str:
        """The path with all that is asked, but for what is usual; ``more`` replaces or adds, "" leaves out."""
        about = {name: getattr(self, name) for name in ABOUT} | more
        usual = {"weeks": USUAL, "language": self.native}
        said = {name: str(value) for name, value in about.items() if value not in {"", usual.get(name)}}
        return f"{path}?{urlencode(said)}" if said else path


def asked(query: Mapping[str, str], bound: str = "", language: Language = "en") -> Asked:
    """Read an address. ``bound`` is the account beyond which nothing is shown, ``language`` the one where none is named.

    Raises NotSo: 400 for what can't be meant, 404 for an account beyond the bound.
    """
    check(query)
    account = query.get("account", "") or bound
    if bound and account != bound and not account.startswith(f"{bound}/"):
        raise NotSo(404, "There is no such account here.")
    found = Asked(
        account=account,
        as_of=query.get("as_of", ""),
        known_at=query.get("known_at", ""),
        weeks=weeks(query.get("weeks", "")),
        language=cast("Language", chosen("language", query.get("language", ""), LANGUAGES, language)),
        native=language,
    )
    found.times("UTC")
    return found


def check(query: Mapping[str, str]) -> None:
    """Raises NotSo where there are too many values, or one is too long or holds what isn't text."""
    if len(query) > MOST:
        raise NotSo(400, "Too many parameters.")
    for name, value in query.items():
        if len(value) > LONGEST or not f"{name}{value}".isprintable():
            raise NotSo(400, f"A parameter is text of at most {LONGEST} characters.")


def weeks(text: str) -> int:
    """The range. Raises NotSo."""
    return int(chosen("weeks", text, [str(one) for one in WEEKS], str(USUAL)))


def chosen(name: str, text: str, known: list[str] | tuple[str, ...], usual: str) -> str:
    """One of several; the usual where nothing is said. Raises NotSo."""
    if text and text not in known:
        raise NotSo(400, f"{name} is one of: {', '.join(known)}.")
    return text or usual


def number(query: Mapping[str, str], name: str, usual: int, least: int, most: int) -> int:
    """A whole number within its limits. Raises NotSo."""
    text = query.get(name, "")
    if not text:
        return usual
    digits = text.removeprefix("-")
    if not (digits.isascii() and digits.isdigit() and len(digits) < 10) or not least <= int(text) <= most:
        raise NotSo(400, f"{name} is a whole number from {least} to {most}.")
    return int(text)


def moment(name: str, text: str, zone: str) -> int | None:
    """Microseconds of an instant with its offset, or of the end of a day in the zone; None for nothing. Raises NotSo."""
    if not text:
        return None
    try:
        if len(text) == DAY:
            return _end_of(date.fromisoformat(text), zone)
        return instant(text).micros
    except (ValueError, OverflowError):
        raise NotSo(
            400, f"{name} is a day such as 2026-03-01, or an instant such as 2026-03-01T12:00:00Z."
        ) from None


def day(name: str, text: str) -> date | None:
    """A day; None for nothing. Raises NotSo."""
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise NotSo(400, f"{name} is a day such as 2026-03-01.") from None


def _end_of(day: date, zone: str) -> int:
    after = day + timedelta(days=1)
    return micros(datetime(after.year, after.month, after.day, tzinfo=ZoneInfo(zone))) - 1


def day_of(at: int, zone: str) -> date:
    """The day of an instant there."""
    return (datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=at)).astimezone(ZoneInfo(zone)).date()
