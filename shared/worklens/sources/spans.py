"""Spans of time as files write them: numbers in one unit, each distinct text read once."""

from __future__ import annotations

from functools import lru_cache

from worklens.sources.csv.mapping import seconds_of

_KEPT = 100_000  # distinct texts remembered
LONGEST = 100 * 366 * 86_400  # seconds: beyond a century it is a slip of the keys


class Spans(dict[str, int]):
    """Texts and the whole seconds they are; ValueError where a text is no span of time."""

    def __init__(self, unit: str, decimal: str) -> None:
        """``unit`` as in ``mapping.seconds_of``; ``decimal`` is the mark before the fraction."""
        super().__init__()
        self.seconds = seconds_of(unit)
        self.decimal = decimal

    def __missing__(self, text: str) -> int:
        if len(self) >= _KEPT:
            self.clear()
        number = float(self._plain(text)) * self.seconds
        if not 0 <= number <= LONGEST:  # no number at all is not within them either
            raise ValueError("not a span of time")
        self[text] = round(number)
        return self[text]

    def _plain(self, text: str) -> str:
        """The number as Python writes it; what only Python would read as one (1_000) is none."""
        if "_" in text or (self.decimal != "." and "." in text):
            raise ValueError("not a number")
        return text.replace(self.decimal, ".")


@lru_cache(maxsize=64)
def spans(unit: str, decimal: str) -> Spans:
    """The reader of this unit, shared by all batches of a file."""
    return Spans(unit, decimal)
