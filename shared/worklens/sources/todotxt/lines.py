"""One line of todo.txt, taken apart by the format's rules: https://github.com/todotxt/todo.txt.

``x`` and a space, or a priority, stand at the beginning or nowhere; then come the dates. Only keys of known meaning are
taken out of the text, for ``http://`` and ``12:30`` look like keys too.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from functools import cached_property
from unicodedata import normalize

_DATE = r"\d{4}-\d{2}-\d{2}"
_DONE = re.compile(rf"x (?:({_DATE})(?: |$))?(?:({_DATE})(?: |$))?")
_OPEN = re.compile(rf"(?:\(([A-Z])\) )?(?:({_DATE})(?: |$))?")
_KEYS = re.compile(r"(?:^|(?<=\s))(due|t|rec|pri|h|uuid):(\S+)(?=\s|$)")
_TAGS = re.compile(r"(?:^|(?<=\s))([+@])(\S+)(?=\s|$)")
_TAGS_AT_END = re.compile(r"(?:(?:^|\s+)[+@]\S+)+\s*$")
_BLANKS = re.compile(r"\s+")


class Line:
    """What a line says. ``completed`` and ``created`` are dates as text, "" where there is none."""

    def __init__(self, text: str) -> None:
        """``text`` without its end."""
        self.text = text
        plain = normalize("NFC", text).strip()
        self.done = plain.startswith("x ")
        found = (_DONE if self.done else _OPEN).match(plain)
        first, second = found.groups() if found else (None, None)
        self.completed = _date(first) if self.done else ""
        self.created = _date(second)
        self._priority = "" if self.done else first or ""
        false = [index for index in (1, 2) if found and found[index] and not self._told(index)]
        self.rest = (
            plain[found.start(false[0]) :] if found and false else plain[found.end() :] if found else plain
        )

    @cached_property
    def keys(self) -> Mapping[str, str]:
        """The keys of known meaning; of one that comes twice the last."""
        return dict(_KEYS.findall(self.rest))

    @property
    def priority(self) -> str:
        """A letter, or ""; of what is done the one it had, where the program kept it as ``pri:``."""
        kept = self.keys.get("pri", "")
        return self._priority or (kept if re.fullmatch("[A-Z]", kept) else "")

    @property
    def due(self) -> str:
        """A date as text, or ""."""
        return _date(self.keys.get("due", "")[:10])

    @cached_property
    def projects(self) -> tuple[str, ...]:
        """Each once, in their order."""
        return self._tagged("+")

    @cached_property
    def contexts(self) -> tuple[str, ...]:
        """Each once, in their order."""
        return self._tagged("@")

    @cached_property
    def title(self) -> str:
        """The text without known keys, and without the projects and contexts at its end."""
        text = _BLANKS.sub(" ", _KEYS.sub("", self.rest)).strip()
        return _TAGS_AT_END.sub("", text).strip() or text

    @cached_property
    def words(self) -> str:
        """What tells the task: its title without any project or context, or a uuid where it has one."""
        named = self.keys.get("uuid")
        if named:
            return f"uuid:{named}"
        return _BLANKS.sub(" ", _TAGS.sub("", self.title)).strip() or self.title

    @property
    def is_task(self) -> bool:
        """Some programs keep projects and contexts alive in lines that are hidden and no tasks."""
        return bool(self.rest.strip()) and self.keys.get("h") != "1"

    def _told(self, part: int) -> str:
        """What the first or the second part of the head says; "" for a date that is none in the calendar."""
        first = self.completed if self.done else self._priority
        return first if part == 1 else self.created

    def _tagged(self, mark: str) -> tuple[str, ...]:
        return tuple(dict.fromkeys(name for sign, name in _TAGS.findall(self.rest) if sign == mark))


def _date(text: str | None) -> str:
    try:
        return date.fromisoformat(text).isoformat() if text else ""
    except ValueError:
        return ""
