"""The report's words in the reader's language: sentences from the catalogues, and numbers, ages and days as people write them."""

from __future__ import annotations

import math
import tomllib
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, timedelta
from functools import cache
from importlib.resources import files
from typing import get_args
from zoneinfo import ZoneInfo

from worklens.findings.locales import reader, written
from worklens.render.model import Language

LANGUAGES: tuple[Language, ...] = get_args(Language)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@cache
def catalogue(language: Language) -> Mapping[str, str]:
    """Every sentence by its dotted key, `throughput.up`; placeholders are {named}."""
    folder = files("worklens.render").joinpath("catalogues")
    texts = [
        folder.joinpath(name).read_text("utf-8") for name in (f"{language}.toml", f"site.{language}.toml")
    ]
    return dict(row for text in texts for row in _flat(tomllib.loads(text)))


def _flat(table: Mapping[str, object], prefix: str = "") -> list[tuple[str, str]]:
    rows: list[tuple[str, str]] = []
    for name, value in table.items():
        key = f"{prefix}{name}"
        rows += _flat(value, f"{key}.") if isinstance(value, Mapping) else [(key, str(value))]
    return rows


class Words:
    """Says everything in one language."""

    def __init__(self, language: Language) -> None:
        """Raises ValueError for a language without a catalogue."""
        if language not in LANGUAGES:
            raise ValueError(f"no words for the language {language!r}; there are {', '.join(LANGUAGES)}")
        self.language = language
        self._say = catalogue(language)

    def __call__(self, key: str, **params: str) -> str:
        """The sentence of that key with its parameters, which are texts already."""
        return self._say[key].format(**params)

    def count(self, key: str, n: int) -> str:
        """A number with its noun: `1 task`, `1,204 tasks`."""
        return self.plural(f"count.{key}", n)

    def plural(self, key: str, n: int, **params: str) -> str:
        """The form of a sentence for one, or for any other number; the number is its {n}."""
        form = "one" if n == 1 else "other"
        return self(f"{key}.{form}", n=self.number(n), **params)

    def join(self, sentences: Iterable[str]) -> str:
        """Sentences after one another; Chinese ones need no space between."""
        return ("" if self.language == "zh" else " ").join(sentences)

    def number(self, value: float) -> str:
        """Thousands told apart; one decimal below ten where there is anything after the point."""
        rounded = round(value, 1) if abs(value) < 9.95 else math.floor(value + 0.5)
        return written(f"{int(rounded):,}" if rounded == int(rounded) else f"{rounded:,.1f}")

    def percent(self, share: float) -> str:
        """A share of 1 in per cent; what is neither nothing nor all is never said to be."""
        if 0 < share < 0.01:
            return self("percent", n="<1")
        if 0.99 < share < 1:
            return self("percent", n=">99")
        return self("percent", n=str(math.floor(share * 100 + 0.5)))

    def age(self, days: float) -> str:
        """A span of days in the unit people would use: days up to two months, months up to two years, then years."""
        if days < 61:
            return self.count("days", math.floor(days + 0.5))
        if days < 730:
            return self.count("months", math.floor(days / 30.4375 + 0.5))
        return self.count("years", math.floor(days / 365.25 + 0.5))

    def span(self, days: float) -> str:
        """The same in hours below two days, one hour being the least."""
        if days < 2:
            return self.count("hours", max(1, math.floor(days * 24 + 0.5)))
        return self.age(days)

    def within(self, days: float) -> str:
        """By when something is done: within 4 days, or on the day it came."""
        return self("age.same_day") if days < 1 else self("age.within", age=self.age(math.ceil(days)))

    def day(self, day: date) -> str:
        """8 November 2026, or as the reader's place has it."""
        return self(
            "date.month_first" if reader().month_first else "date.long",
            **_parts(day),
            month=self(f"month.{day.month}"),
        )

    def short_day(self, day: date) -> str:
        """8 Nov."""
        return self(
            "date.month_first_short" if reader().month_first else "date.short",
            **_parts(day),
            month=self(f"month_short.{day.month}"),
        )

    def full_day(self, day: date) -> str:
        """Sunday, 8 November 2026."""
        return self("date.full", weekday=self.weekday(day.isoweekday()), day=self.day(day))

    def weekday(self, number: int) -> str:
        """The name of weekday 1, Monday, to 7, Sunday."""
        return self(f"weekday.{number}")

    def weekday_short(self, number: int) -> str:
        """Mon to Sun."""
        return self(f"weekday_short.{number}")

    def instant(self, micros: int, zone: str) -> str:
        """An instant on the person's clock: 8 November 2026, 21:40."""
        local = (_EPOCH + timedelta(microseconds=micros)).astimezone(ZoneInfo(zone))
        return self("date.instant", day=self.day(local.date()), time=f"{local:%H:%M}")


def _parts(day: date) -> dict[str, str]:
    return {"d": str(day.day), "y": str(day.year)}
