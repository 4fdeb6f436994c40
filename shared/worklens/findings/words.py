"""How numbers, days and names are written in each language, as format specs that the catalogues' templates use.

`{tasks:count task|tasks}` is "1 task" or "1,204 tasks"; `{share:percent}` never says 0 or 100 %, which no sample shows.
"""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Mapping, Sequence
from datetime import date
from string import Formatter
from typing import Any

from worklens.findings.locales import reader, written

LONGEST_TITLE = 60  # characters; a list's name beyond that is a note
JOINERS = {"\u200d", "\ufe0f"}  # hold an emoji together


class Words(Formatter):
    """A language: one method a spec, each named after it. Values are put in once and never read as templates."""

    questions: Mapping[str, str] = {}

    def format_field(self, value: Any, format_spec: str) -> str:
        """Write a value by the spec's first word; what follows it is the method's to read."""
        spec, _, rest = format_spec.partition(" ")
        write = getattr(self, f"write_{spec or 'number'}")
        return str(write(value, rest))

    # ----- The same everywhere -----

    def write_number(self, value: Any, rest: str = "") -> str:
        """A whole number with separators, or a float with one decimal below ten."""
        if isinstance(value, int):
            return written(f"{value:,}")
        number = float(value)
        return written(f"{number:,.0f}" if number >= 10 or number == round(number) else f"{number:.1f}")

    def write_ratio(self, value: Any, rest: str = "") -> str:
        """A ratio with two significant digits."""
        number = float(value)
        return written(f"{number:.0f}" if number >= 10 else f"{number:.2g}")

    def write_percent(self, value: Any, rest: str = "") -> str:
        """A share, in whole percent from 10 to 99; less than 0.1 and more than 99.9 are only said to be so."""
        percent = 100 * float(value)
        if percent < 0.1:
            return f"{written('<0.1')}{self.percent}"
        if percent > 99.9:
            return f"{written('>99.9')}{self.percent}"
        return written(f"{percent:.0f}" if 10 <= percent <= 99 else f"{percent:.1f}") + self.percent

    def write_title(self, value: Any, rest: str = "") -> str:
        """A name of the user's, in quotation marks, without what would turn or break the line around it."""
        words = self._one_line(value)
        short = words if len(words) <= LONGEST_TITLE else words[: LONGEST_TITLE - 1].rstrip() + "…"
        return self.quoted(short)

    @staticmethod
    def _one_line(value: Any) -> str:
        kept = "".join(mark for mark in str(value) if mark in JOINERS or unicodedata.category(mark)[0] != "C")
        return " ".join(kept.split())

    def write_plain(self, value: Any, rest: str = "") -> str:
        """A name of ours, such as an account's, as it is but for what would turn or break the line around it."""
        return self._one_line(value)

    def write_named(self, value: Sequence[str], rest: str) -> str:
        """The first of some titles, or what is said where there is none."""
        return self.write_title(value[0]) if value else rest

    def write_titles(self, value: Sequence[str], rest: str = "") -> str:
        """Some titles, one after the other."""
        return self.comma.join(self.write_title(title) for title in value)

    def write_hour(self, value: Any, rest: str = "") -> str:
        """A full hour of the day."""
        return f"{int(value)}:00"

    # ----- What each language says its own way -----

    percent = "%"
    comma = ", "

    def quoted(self, title: str) -> str:
        """A title between quotation marks."""
        raise NotImplementedError

    def write_missing(self, value: Sequence[Mapping[str, Any]], rest: str = "") -> str:
        """What is missing for each question."""
        raise NotImplementedError


class English(Words):
    """English."""

    percent = " %"
    weekdays = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
    months = (
        "January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
        "November", "December",
    )  # fmt: skip

    def write_count(self, value: Any, rest: str) -> str:
        """A number with its noun, `one|many`."""
        one, _, many = rest.partition("|")
        return f"{self.write_number(value)} {one if value == 1 else many}"

    def write_date(self, value: Any, rest: str = "") -> str:
        """3 March 2026, from ISO text, or as the reader's place has it."""
        day = date.fromisoformat(value)
        if reader().month_first:
            return f"{self.months[day.month - 1]} {day.day}, {day.year}"
        return f"{day.day} {self.months[day.month - 1]} {day.year}"

    def write_weekday(self, value: Any, rest: str = "") -> str:
        """Tuesday."""
        return self.weekdays[int(value)]

    def write_weekdays(self, value: Any, rest: str = "") -> str:
        """Tuesdays, or Tuesdays to Thursdays, from the first and the last."""
        first, last = (f"{self.weekdays[int(day)]}s" for day in value)
        return first if first == last else f"{first} to {last}"

    def write_span(self, value: Any, rest: str = "") -> str:
        """A number of days in the unit people would use."""
        number, unit = span(float(value))
        return self.write_count(number, f"{unit}|{unit}s")

    def quoted(self, title: str) -> str:
        """Curly, so that no straight one in the title closes them."""
        return f"“{title}”"

    def write_missing(self, value: Sequence[Mapping[str, Any]], rest: str = "") -> str:
        """changes of pace (22 more weeks); ..."""
        return "; ".join(f"{self.questions[part['question']]} ({self._lack(part)})" for part in value)

    def _lack(self, part: Mapping[str, Any]) -> str:
        weeks, completions = part["weeks"], part["completions"]
        lacks = [self.write_count(weeks, "more week|more weeks")] if weeks else []
        if completions:
            lacks.append(self.write_count(completions, "more completion|more completions"))
        return " and ".join(lacks)


class Chinese(Words):
    """Simplified Chinese."""

    comma = "、"
    weekdays = ("周一", "周二", "周三", "周四", "周五", "周六", "周日")
    units: Mapping[str, str] = {"day": "天", "week": "周", "month": "个月", "year": "年"}

    def write_count(self, value: Any, rest: str) -> str:
        """A number with its measure word."""
        return f"{self.write_number(value)} {rest}"

    def write_date(self, value: Any, rest: str = "") -> str:
        """2026年3月3日, from ISO text."""
        day = date.fromisoformat(value)
        return f"{day.year}年{day.month}月{day.day}日"

    def write_weekday(self, value: Any, rest: str = "") -> str:
        """周二."""
        return self.weekdays[int(value)]

    def write_weekdays(self, value: Any, rest: str = "") -> str:
        """周二, or 周二至周四."""
        first, last = (self.weekdays[int(day)] for day in value)
        return first if first == last else f"{first}至{last}"

    def write_span(self, value: Any, rest: str = "") -> str:
        """A number of days in the unit people would use."""
        number, unit = span(float(value))
        return f"{number} {self.units[unit]}"

    def quoted(self, title: str) -> str:
        """“阅读”."""
        return f"“{title}”"

    def write_missing(self, value: Sequence[Mapping[str, Any]], rest: str = "") -> str:
        """节奏变化（还需 22 周）；…"""
        return "；".join(f"{self.questions[part['question']]}（{self._lack(part)}）" for part in value)

    def _lack(self, part: Mapping[str, Any]) -> str:
        lacks = [f"{part['weeks']} 周"] if part["weeks"] else []
        if part["completions"]:
            lacks.append(f"{part['completions']} 次完成")
        return "还需 " + "和 ".join(lacks)


def span(days: float) -> tuple[int, str]:
    """Days as days up to two weeks, as weeks up to half a year, as months up to two years, as years beyond."""
    if days < 14:
        return math.ceil(days), "day"
    if days < 182:
        return round(days / 7), "week"
    return (round(days / 30.44), "month") if days < 730 else (round(days / 365.25), "year")
