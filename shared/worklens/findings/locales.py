"""How readers elsewhere write numbers and days: what parts thousands and tenths, and whether the month comes first.

The words stay those of a language we have; who reads them is known for the time of a page, from what their browser asks for.
The conventions are those of Unicode's CLDR.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from typing import NamedTuple

NARROW = "\u202f"  # a space that doesn't break
MOST = 20  # languages a header may name: more are nobody's


class Locale(NamedTuple):
    """What parts thousands, what tenths, and whether a day begins with its month."""

    thousands: str = ","
    tenths: str = "."
    month_first: bool = False


PLAIN = Locale()
POINTS = Locale(".", ",")
SPACES = Locale(NARROW, ",")
OF_LANGUAGE = dict.fromkeys(
    ("de", "nl", "es", "it", "pt", "id", "tr", "da", "el", "hr", "sl", "sr", "ro", "vi"), POINTS
)
OF_LANGUAGE |= dict.fromkeys(
    ("fr", "ru", "uk", "cs", "sk", "pl", "fi", "sv", "nb", "nn", "no", "hu", "bg", "lt", "lv", "et"), SPACES
)
OF_PLACE = {
    "en-us": Locale(month_first=True), "de-ch": Locale("’", "."), "de-li": Locale("’", "."), "it-ch": Locale("’", "."),
    "de-at": SPACES, "pt-pt": SPACES, "es-mx": PLAIN, "es-us": PLAIN, "en-za": SPACES,
}  # fmt: skip

_reader: ContextVar[Locale] = ContextVar("reader", default=PLAIN)


def preferred(header: str) -> list[str]:
    """The tags of an Accept-Language header in small letters, the dearest first; what can't be read is left out."""
    found = []
    for place, part in enumerate(header.split(",")[:MOST]):
        tag, _, weight = part.lower().partition(";")
        tag = tag.strip()
        worth = _weight(weight)
        if tag.replace("-", "").isalnum() and worth > 0:
            found.append((-worth, place, tag))
    return [tag for _, _, tag in sorted(found)]


def _weight(text: str) -> float:
    try:
        return float(text.strip().removeprefix("q=")) if text.strip() else 1.0
    except ValueError:
        return 0.0


def locale_of(tags: Sequence[str]) -> Locale:
    """How whoever asks for these languages writes numbers: as in the first of them."""
    first = tags[0] if tags else ""
    return OF_PLACE.get(first) or OF_LANGUAGE.get(first.partition("-")[0], PLAIN)


@contextmanager
def reading(locale: Locale) -> Iterator[None]:
    """For as long as this lasts, what is written is for such a reader."""
    token = _reader.set(locale)
    try:
        yield
    finally:
        _reader.reset(token)


def reader() -> Locale:
    """For whom is written now."""
    return _reader.get()


def written(number: str) -> str:
    """A number with commas and a point, as the reader writes it."""
    locale = _reader.get()
    return number if locale[:2] == PLAIN[:2] else number.translate({44: locale.thousands, 46: locale.tenths})
