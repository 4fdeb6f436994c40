"""Titles to learn from: each with its tokens, the symbols it means, and where its time phrase stands."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from random import Random

from worklens.reading.lexer import Token, tokens
from worklens.reading.phrases import chinese, english, soups, titles
from worklens.reading.phrases.grammar import Grammar, Number, Phrase, Piece
from worklens.reading.phrases.noise import TRADITIONAL, cased, noisy, unheard
from worklens.reading.symbols import NONE, NUMBER_OF, SLOTS

NEGATIVE = 0.37  # of all titles: without a time
SOUP = 0.3  # of what stands around phrases: ordinary words without much sense
BARE = 0.45  # of those with a time: nothing else in the title
TRADITIONAL_SHARE = 0.08  # of Chinese titles
ENGLISH_SHARE = 0.6  # it has more ways to say things


BRACKETS = (
    ("(", ")"),
    ("[", "]"),
    ("(", ")"),
    ("（", "）"),
    ("【", "】"),
    ("「", "」"),
    ("［", "］"),
    ("『", "』"),
)
ENGLISH_GAPS = (" ", " ", " ", ", ", " - ", ": ", " (", "; ")
ENGLISH_COLONS = (" ", " ", ": ", ", ", " - ")


@dataclass(frozen=True)
class Example:
    """A title, its tokens, what it means in symbols, and the tokens (from, to) of its phrase."""

    title: str
    tokens: list[Token]
    symbols: tuple[str, ...]
    span: tuple[int, int] | None


def examples(seed: int) -> Iterator[Example]:
    """Examples without end, the same for the same seed."""
    rng = Random(seed)  # noqa: S311  # nosec B311 - made-up titles, nothing secret
    while True:
        made = example(rng)
        if made:
            yield made


def example(rng: Random) -> Example | None:
    """One example; None where a number of the phrase ran together with what stands beside it."""
    is_english = rng.random() < ENGLISH_SHARE
    around = titles.ENGLISH if is_english else titles.CHINESE
    if rng.random() < NEGATIVE:
        title = _filler(around, "none", is_english, rng)
        return _made([title], None, rng)
    grammar = english.ENGLISH if is_english else chinese.CHINESE
    bare = rng.random() < BARE
    phrase = grammar.write("bare" if bare else "phrase", rng)
    phrase.pieces = noisy(phrase.pieces, rng)
    before, after = ("", "") if bare else _around(around, is_english, rng)
    return _made([before, *phrase.pieces, after], phrase, rng)


def _around(around: Grammar, is_english: bool, rng: Random) -> tuple[str, str]:
    """What stands before and after a phrase."""
    gap = " " if is_english or rng.random() < 0.15 else ""
    chance, task = rng.random(), _filler(around, "carrier", is_english, rng)
    if chance < 0.43:
        return task + rng.choice(ENGLISH_GAPS if is_english else ("", "", "", gap, "，", "：")), ""
    if chance < 0.64:
        return "", rng.choice(ENGLISH_COLONS if is_english else ("", "", gap, "：", "，")) + task
    if chance < 0.72:
        return _bracketed(task, is_english, rng)
    if chance < 0.90:
        return _sentence(around, is_english, gap, rng)
    return task + gap, gap + _filler(around, "task", is_english, rng)


def _bracketed(task: str, is_english: bool, rng: Random) -> tuple[str, str]:
    """A phrase in brackets, before a task or after it."""
    first, last = rng.choice(BRACKETS[:3] if is_english else BRACKETS)
    gap = " " if is_english else ""
    return (task + gap + first, last) if rng.random() < 0.55 else (first, last + gap + task)


def _sentence(around: Grammar, is_english: bool, gap: str, rng: Random) -> tuple[str, str]:
    """A phrase within a sentence, at its beginning, or at its end."""
    first = _filler(around, "open", is_english, rng) + gap if rng.random() < 0.75 else ""
    last = gap + _filler(around, "close", is_english, rng) if rng.random() < 0.75 or not first else ""
    return first, last


def _filler(around: Grammar, name: str, is_english: bool, rng: Random) -> str:
    if rng.random() < SOUP:
        text = soups.english(rng) if is_english else soups.chinese(rng)
    else:
        text = around.write(name, rng).text
    if is_english and rng.random() < 0.4:
        words = text.split(" ")
        for _ in range(rng.randint(1, 2)):
            words[rng.randrange(len(words))] = unheard(rng) if rng.random() < 0.3 else rng.choice(soups.WORDS)
        text = " ".join(words)
    elif not is_english and rng.random() < 0.06:
        text = unheard(rng).upper() + text
    return text + (rng.choice(titles.NOTES) if rng.random() < 0.08 else "")


def _made(pieces: list[Piece], phrase: Phrase | None, rng: Random) -> Example | None:
    places, at, spans = {}, 0, []
    for piece in pieces:
        text = piece if isinstance(piece, str) else piece.text
        if isinstance(piece, Number):
            places[id(piece)] = at
        spans.append((at, at + len(text)))
        at += len(text)
    raw = "".join(piece if isinstance(piece, str) else piece.text for piece in pieces)
    title = cased(raw, rng)
    if len(title) != len(raw):  # a letter whose capital is two
        title = raw
    if not title.isascii() and rng.random() < TRADITIONAL_SHARE:
        title = title.translate(TRADITIONAL)
    found = tokens(title)
    if not found:
        return None
    if phrase is None:
        return Example(title, found, (NONE,), None)
    symbols = pointed(phrase, found, places)
    span = _span(found, spans[1][0], spans[-2][1])
    return Example(title, found, symbols, span) if symbols and span else None


def pointed(phrase: Phrase, found: list[Token], places: dict[int, int]) -> tuple[str, ...] | None:
    """The phrase's symbols with its numbers as slots; None where one can't be pointed at."""
    slots = {token.start: at for at, token in enumerate(token for token in found if token.is_number)}
    said = []
    for symbol in phrase.symbols:
        if isinstance(symbol, str):
            said.append(symbol)
            continue
        slot = slots.get(places[id(symbol)], len(SLOTS))
        if slot >= len(SLOTS):
            return None
        said.append(SLOTS[slot])
    return tuple(said) if all(symbol in NUMBER_OF for symbol in said) else None


def _span(found: list[Token], start: int, end: int) -> tuple[int, int] | None:
    """The tokens that lie between two places of the title."""
    inside = [at for at, token in enumerate(found) if token.start < end and token.end > start]
    return (inside[0], inside[-1] + 1) if inside else None
