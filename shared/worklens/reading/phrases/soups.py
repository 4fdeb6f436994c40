"""Titles of ordinary words without much sense: the network learns from them that most words mean no time.

The English words are those that Python's own documentation and ours use most, words of time left out; the Chinese pieces are
from our own pages.
"""

from __future__ import annotations

from pathlib import Path
from random import Random

HERE = Path(__file__).parent
WORDS = (HERE / "words.txt").read_text(encoding="utf-8").split()
PIECES = (HERE / "words.zh.txt").read_text(encoding="utf-8").split()
SMALL = (
    "the", "the", "of", "to", "in", "for", "on", "and", "with", "is", "not", "at", "by", "a", "an", "from", "this", "as", "or",
    "after", "before", "when", "if", "that", "into", "per", "under", "over", "out", "up", "off", "no", "all", "until", "be", "&", "-", "/",
)  # fmt: skip
RARE = (
    "last", "next", "first", "second", "third", "end", "start", "time", "date", "day", "month", "week", "year", "other", "every",
    "each", "current", "previous", "past", "due", "late", "early", "mid", "half", "quarter", "later", "days", "hours", "close", "one",
    "two", "three", "may", "now", "beginning", "business", "working", "few", "couple", "back", "away",
)  # fmt: skip


def english(rng: Random) -> str:
    """Two to nine words, some of them small ones, now and then one that could belong to a time, and a number."""
    words: list[str] = []
    for _ in range(rng.randint(1, 5)):
        chance = rng.random()
        if chance < 0.4:
            words.append(rng.choice(SMALL))
        elif chance < 0.52:
            words.append(rng.choice(RARE))
        elif chance < 0.58:
            words.append(str(rng.randint(1, 9) * 10 ** rng.randrange(4) + rng.randrange(3)))
        words.append(rng.choice(WORDS))
    if rng.random() < 0.15:
        words[0] += rng.choice((":", " -", ","))
    return " ".join(words)


def chinese(rng: Random) -> str:
    """One to four pieces of sentences."""
    return "".join(rng.choice(PIECES) for _ in range(rng.randint(1, 4)))
