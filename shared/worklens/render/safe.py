"""Text of others, made fit to stand on a page: no control characters, nothing that turns the writing around, not endless."""

from __future__ import annotations

import unicodedata

TITLE = 140  # characters of a title: two lines on a phone
SENTENCE = 600  # of a finding, which may hold titles

# Overrides and isolates that would reverse what stands after them. The two plain marks (LRM, RLM) and the joiners
# (emoji, Persian) do no harm and stay.
_TURNING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_BARRED = frozenset({"Cc", "Cs"})  # controls, and halves of characters that no file can hold
_JOINER = "\u200d"


def clean(text: str, most: int = TITLE) -> str:
    """The text on one line, at most `most` characters, an ellipsis included; HTML is escaped elsewhere."""
    kept = "".join(map(_kept, text[: 4 * most]))
    line = " ".join(kept.split())
    if len(line) <= most and len(text) <= 4 * most:
        return line
    return _whole(line[: most - 1]) + "…"


def _kept(char: str) -> str:
    if char.isspace():
        return " "
    barred = char in _TURNING or unicodedata.category(char) in _BARRED
    return "" if barred else char


def _whole(line: str) -> str:
    """Drop from the end what belongs to a character that was cut: joiners and marks without what they join."""
    while line and (line[-1] == _JOINER or unicodedata.category(line[-1]).startswith("M")):
        line = line[:-1]
    return line.rstrip()
