"""A slip of the pen: one character too many, too few, another, or two changed about, in a word that isn't otherwise met.

A number is never a slip, nor is a Chinese character put for another: 一月 and 二月 are two months.
"""

from __future__ import annotations

from collections.abc import Mapping

from worklens.analysis.words.tokens import is_chinese

LETTERS = {"swap": 4, "more": 5, "other": 6}
"""How long a word must be for each to be a slip and not another word."""


def is_slip(one: str, other: str, met: Mapping[str, int]) -> bool:
    """Whether two spelt titles are one; `met` says in how many titles of the person a word stands."""
    start = _shared(one, other)
    end = _shared(one[start:][::-1], other[start:][::-1])
    mine, theirs = one[start : len(one) - end], other[start : len(other) - end]
    kind = _kind(mine, theirs)
    around = one[max(start - 1, 0) : len(one) - end + 1] + theirs
    if not kind or any(sign.isdigit() for sign in around):
        return False
    if is_chinese(mine + theirs):
        return kind == "swap" or _is_doubled(one, other, start)
    return _is_odd(one.split(), other.split(), kind, met)


def _shared(one: str, other: str) -> int:
    """How many characters both begin with."""
    together = zip(one, other, strict=False)
    return next((at for at, (a, b) in enumerate(together) if a != b), min(len(one), len(other)))


def _kind(mine: str, theirs: str) -> str:
    """What was done to the middle in which the two differ; empty where it is more than one thing."""
    if len(mine) == len(theirs) == 2 and mine == theirs[::-1]:
        return "swap"
    if len(mine) + len(theirs) == 1:
        return "more"
    return "other" if len(mine) == len(theirs) == 1 else ""


def _is_doubled(one: str, other: str, start: int) -> bool:
    """Whether the character too many is the one before it."""
    longer = max(one, other, key=len)
    return len(one) != len(other) and start > 0 and longer[start - 1] == longer[start]


def _is_odd(mine: list[str], theirs: list[str], kind: str, met: Mapping[str, int]) -> bool:
    """Whether the one word in which they differ is long enough, and one of its two forms a stranger."""
    if len(mine) != len(theirs):
        return True  # a space more or less
    pairs = [pair for pair in zip(mine, theirs, strict=True) if pair[0] != pair[1]]
    if len(pairs) != 1:
        return False
    return min(map(len, pairs[0])) >= LETTERS[kind] and min(met.get(word, 0) for word in pairs[0]) <= 1
