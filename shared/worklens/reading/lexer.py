"""A title cut into tokens: words, numbers with their value, single Chinese characters and signs, each with its place."""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache
from typing import NamedTuple

from worklens.reading.numerals import CHINESE_SIGNS, ORDINALS, WORDS, from_chinese

LONGEST = 96  # tokens: what follows in an even longer title isn't read
COMPACT = r"(?:19|20)\d\d(?=(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])(?!\d))"  # the year of 20261127
CLOCK = r"(?<=\d[Tt])(?:[01]\d|2[0-3])[0-5]\d[0-5]\d(?!\d)"  # the time of 20261127T153000
OPENING, CLOSING = (
    "(（[［{【〔「『",
    ")）]］}】〕」』",
)  # brackets that may stand around a phrase; 《》 stand around names
BRACKETS = str.maketrans(OPENING + CLOSING, "(" * len(OPENING) + ")" * len(CLOSING))
ENDS = frozenset(".。!?…;,:~、")  # what ends a title and says nothing
HALF = r"[ap]\.\s?m\b\.?"
TOKEN = re.compile(
    rf"(?P<half>{HALF})|(?P<year>(?<!\d){COMPACT})|(?P<clock>{CLOCK})|(?P<number>\d+)|(?P<word>[^\W\d_\u2e80-\u9fff\uf900-\ufaff]+)"
    rf"|(?P<chinese>[{CHINESE_SIGNS}]+)|(?P<sign>\S)"
)
TENS = {word: value for word, value in WORDS.items() if value >= 20}


class Token(NamedTuple):
    """A piece of the title from `start` to `end`; numbers have a value and a count of digits."""

    text: str  # as it is compared: half-width, in lower case
    start: int
    end: int
    shape: str = ""  # of words: aa, Aa or AA
    kind: str = "sign"  # word, number (digits), spelt, ordinal, chinese, sign
    value: int = -1
    digits: int = 0
    spaced: bool = False  # whether a space stands before it

    @property
    def is_number(self) -> bool:
        """Whether a program may point at it."""
        return self.value >= 0

    def placeless(self) -> Token:
        """The same without its place, so that the same word elsewhere is equal."""
        return Token(self.text, 0, 0, *self[3:])


@cache
def _plain(sign: str) -> str:
    """A character in half width, if it stays one."""
    plain = unicodedata.normalize("NFKC", sign)
    return plain if len(plain) == 1 and not plain.isspace() else (" " if sign.isspace() else sign)


def normal(title: str) -> str:
    """The title in half-width characters and round brackets, as long as before."""
    return (title if title.isascii() else "".join(map(_plain, title))).translate(BRACKETS)


def tokens(title: str) -> list[Token]:
    """The title's tokens in order, at most LONGEST."""
    text, at = normal(title), 0
    found: list[Token] = []
    while len(found) < LONGEST and (piece := TOKEN.search(text, at)):
        at = piece.end()
        found.extend(_token(text, piece, found))
        if found[-1].end != at:  # a run of Chinese numerals that was cut
            at = found[-1].end
    return _thousands(_joined(_trimmed(found)))


def _trimmed(found: list[Token]) -> list[Token]:
    """Without the signs at the end, and the brackets around all; the dot of 3.12. stays."""
    first, last = 0, len(found)
    while last - first > 1:
        if found[last - 1].text in ENDS and not _dated(found[first:last]):
            last -= 1
        elif found[first].text == "(" and found[last - 1].text == ")":
            first, last = first + 1, last - 1
        else:
            break
    return found[first:last]


def _dated(found: list[Token]) -> bool:
    """Whether the tokens end as a date does: .12."""
    return len(found) > 2 and found[-3].text == found[-1].text == "." and found[-2].is_number


def _token(text: str, piece: re.Match[str], before: list[Token]) -> list[Token]:
    raw, start, end = piece.group(), piece.start(), piece.end()
    spaced = start > 0 and text[start - 1] == " "
    match piece.lastgroup:
        case "half":
            return [Token(raw[0].lower() + "m", start, end, "aa", "word", spaced=spaced)]
        case "year":
            parts = [(start, start + 4), (start + 4, start + 6), (start + 6, start + 8)]
            return [_digits(text[a:b], a, spaced and a == start) for a, b in parts]
        case "clock":
            return [_digits(text[at : at + 2], at, False) for at in (start, start + 2, start + 4)]
        case "number":
            return [_digits(raw, start, spaced)]
        case "chinese":
            return [_chinese(raw, start, spaced, before)]
        case "word":
            return [_word(raw, start, spaced)]
        case _:
            return [Token(raw, start, end, spaced=spaced)]


def _digits(raw: str, start: int, spaced: bool) -> Token:
    value = int(raw) if len(raw) < 5 and raw.isascii() else -1
    return Token(raw if value >= 0 else "#", start, start + len(raw), "", "number", value, len(raw), spaced)


def _chinese(raw: str, start: int, spaced: bool, before: list[Token]) -> Token:
    """After 周 or 星期 the first sign alone is the weekday: 周一十点 is Monday at ten."""
    if before and before[-1].end == start and before[-1].text in {"周", "期", "拜", "週"}:
        raw = raw[:1]
    value, digits = from_chinese(raw)
    return Token(raw, start, start + len(raw), "", "chinese", value, digits, spaced)


def _word(raw: str, start: int, spaced: bool) -> Token:
    return Token(raw.lower(), start, start + len(raw), *_look_of(raw), spaced)


@lru_cache(10_000)
def _look_of(raw: str) -> tuple[str, str, int, int]:
    """A word's shape, kind, value and digits."""
    low = raw.lower()
    shape = "aa" if raw.islower() else "AA" if raw.isupper() and len(raw) > 1 else "Aa"
    value = WORDS.get(low, ORDINALS.get(low, -1))
    kind = "word" if value < 0 else "spelt" if low in WORDS else "ordinal"
    return shape, kind, value, len(str(value)) if value >= 0 else 0


def _joined(found: list[Token]) -> list[Token]:
    """Twenty-one, twenty one and twenty-first as one number."""
    if not any(token.kind == "spelt" for token in found):
        return found
    out: list[Token] = []
    at = 0
    while at < len(found):
        here = found[at]
        after = at + 1 + (at + 1 < len(found) and found[at + 1].text == "-")
        if here.kind == "spelt" and here.text in TENS and after < len(found):
            there = found[after]
            if there.kind in {"spelt", "ordinal"} and 0 < there.value < 10:
                out.append(_both(here, there))
                at = after + 1
                continue
        out.append(here)
        at += 1
    return out


def _thousands(found: list[Token]) -> list[Token]:
    """Two thousand and twenty-seven as one number."""
    out = list(found)
    for at in [at for at, one in enumerate(found) if one.text == "thousand"][::-1]:
        last = at + 1 + (out[at + 1 : at + 2] != [] and out[at + 1].text == "and")
        if at and out[at - 1].text == "two" and last < len(out) and out[last].kind == "spelt":
            first, value = out[at - 1], 2000 + out[last].value
            whole = Token(
                "two-thousand", first.start, out[last].end, first.shape, "spelt", value, 4, first.spaced
            )
            out[at - 1 : last + 1] = [whole]
    return out


def _both(tens: Token, ones: Token) -> Token:
    return Token(
        f"{tens.text}-{ones.text}",
        tens.start,
        ones.end,
        tens.shape,
        ones.kind,
        tens.value + ones.value,
        2,
        tens.spaced,
    )
