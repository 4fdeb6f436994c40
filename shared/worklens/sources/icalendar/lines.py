"""The lines of iCalendar (RFC 5545, section 3.1): unfolded, split into name, parameters and value, their text unescaped.

What clients break is mended where that is safe: folds in the middle of a character, bare line ends inside a value.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

_FOLD = re.compile(rb"\r?\n[ \t]")
_TEXT_FOLD = re.compile("\r?\n[ \t]")
_END = re.compile("\r\n|\n|\r")
# Possessive, so that no line, however odd, is gone through more than once.
_HEAD = re.compile(r'([A-Za-z0-9-]++)((?:;(?:[^":]++|"[^"]*+")*+)?+):')
_PARAM = re.compile(r';\s*+([A-Za-z0-9-]++)=("[^"]*+"|[^";]*+)')
_ESCAPE = re.compile(r"\\(.)", re.DOTALL)
_PART = re.compile(r"(?:[^\\,]++|\\.)++", re.DOTALL)


class Line(NamedTuple):
    """A property: its name in capitals, its parameters as they stand, and its value, still escaped."""

    name: str
    params: str
    value: str

    def param(self, name: str) -> str:
        """A parameter's value without its quotes; "" where it isn't there."""
        for found, value in _PARAM.findall(self.params):
            if found.upper() == name:
                return str(value).strip('"')
        return ""

    @property
    def text(self) -> str:
        """The value as text."""
        return unescaped(self.value)

    @property
    def texts(self) -> list[str]:
        """The values of a list such as CATEGORIES."""
        return [unescaped(part) for part in _PART.findall(self.value)]


def unfolded(content: bytes) -> bytes:
    """Folded lines joined again, while they are bytes: a fold may stand in the middle of a character."""
    return _FOLD.sub(b"", content)


def lines_of(text: str) -> Iterator[str]:
    """The lines of a text, those that were folded joined; empty ones are left out."""
    for line in _END.split(_TEXT_FOLD.sub("", text)):
        if line.strip():
            yield line


def read_line(line: str) -> Line | None:
    """The property on a line; None where there is none."""
    head = _HEAD.match(line)
    return Line(head[1].upper(), head[2], line[head.end() :]) if head else None


def properties(lines: Iterator[str] | list[str]) -> Iterator[Line]:
    """The properties on these lines. What is none goes on with the value before it, whose line was broken in two."""
    held: Line | None = None
    for line in lines:
        found = read_line(line)
        if found is None and held is not None:
            held = held._replace(value=f"{held.value}\\n{line}")
            continue
        if held is not None:
            yield held
        held = found
    if held is not None:
        yield held


def unescaped(value: str) -> str:
    r"""A value's text: ``\n`` is a line's end, any other character behind a backslash is itself."""
    if "\\" not in value:
        return value
    return _ESCAPE.sub(lambda found: "\n" if found[1] in "nN" else found[1], value)
