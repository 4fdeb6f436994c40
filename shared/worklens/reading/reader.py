"""Titles in, readings out: the phrase, the program, the day it means, and how sure that is."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache

import numpy as np

from worklens.analysis.arrays import Floats, Ints
from worklens.analysis.learning.arrays import Reals
from worklens.analysis.sequences.beam import beam
from worklens.analysis.sequences.decoder import speak
from worklens.analysis.sequences.masks import mask_of, whole
from worklens.analysis.sequences.speaker import DecoderSpeaker
from worklens.analysis.sequences.translator import late, part
from worklens.reading import weights
from worklens.reading.automaton import usable
from worklens.reading.constrained import ProgramSpeaker
from worklens.reading.execute import Impossible, When, execute, weekday_worked
from worklens.reading.features import filled, slots_of
from worklens.reading.language import Program
from worklens.reading.lexer import Token, tokens
from worklens.reading.network import Reads, listen, model
from worklens.reading.symbols import END, NONE, NUMBER_OF, SLOTS, SYMBOLS, bind
from worklens.reading.weights import Weights

WIDTH = 4  # beams: enough for the other readings of what is ambiguous
LONGEST = 24  # symbols: what five operations can take
BATCH = 128  # titles at once: of more, what a step needs doesn't stay in the processor's cache
LONG_PAST = timedelta(
    366
)  # a day further back, named in a title that says more, names the thing: the release of May 2007
SHORT = frozenset(
    {
        "sun",
        "sat",
        "mon",
        "wed",
        "fri",
        "mar",
        "may",
        "march",
        "jan",
        "dec",
        "now",
        "lunch",
        "close",
        "late",
        "early",
    }
)
ALONE = 0.3  # confidence that is enough where a title is nothing but the phrase: what else could it mean?
BESIDE = -4.0  # log-odds below which a token is surely no part of the phrase; most are below -8
MARGIN = 7.0  # of log-chance: what is a thousand times less likely than the best is not looked for
ALPHA = 0.0  # readings are compared by their chances, and a chance needs no normalisation


@dataclass(frozen=True)
class Meaning:
    """One way to read a title: what was said in symbols, the program, and when it means; None if no time is meant."""

    symbols: tuple[str, ...]
    program: Program
    when: When | None
    chance: float  # the network's own, of all programs that mean this


@dataclass(frozen=True)
class Reading:
    """What a title says of time; `meanings` are the ways to read it, the likeliest first."""

    title: str
    span: tuple[int, int]  # characters of the phrase
    meanings: tuple[Meaning, ...]
    confidence: float  # calibrated, that the first one is right
    sure: bool  # whether it is above the threshold of silence

    @property
    def when(self) -> When | None:
        """What is said aloud: None where no time is meant, or where that is too unsure."""
        return self.meanings[0].when if self.sure and self.meanings else None

    @property
    def other(self) -> Meaning | None:
        """The likeliest other reading that means another time."""
        return next((one for one in self.meanings[1:] if one.when), None)


@cache
def shipped() -> Weights:
    """The weights that come with the package."""
    return weights.load()


def read(
    titles: Sequence[str],
    now: datetime | Sequence[datetime],
    worked: Callable[[date], bool] = weekday_worked,
    held: Weights | None = None,
) -> list[Reading]:
    """Read each title as said at `now`, or each at its own instant, in batches of about the same length."""
    known = held or shipped()
    said = [now] * len(titles) if isinstance(now, datetime) else now
    cut = [tokens(title) for title in titles]
    found: list[Reading] = [Reading(title, (0, 0), (), 0.0, False) for title in titles]
    order = sorted((at for at, some in enumerate(cut) if some), key=lambda at: len(cut[at]))
    for start in range(0, len(order), BATCH):
        some = order[start : start + BATCH]
        for at, reading in zip(
            some,
            _batch(
                [titles[at] for at in some],
                [cut[at] for at in some],
                [said[at] for at in some],
                worked,
                known,
            ),
            strict=True,
        ):
            found[at] = reading
    return found


def as_arrays(cut: Sequence[Sequence[Token]], held: Weights) -> Reads:
    """Tokens as the network reads them."""
    rows: dict[tuple[int, ...], int] = {}
    lengths = np.array([len(some) for some in cut])
    mask = mask_of(lengths, np.float32)
    place = np.zeros(mask.shape, np.int64)
    for at, some in enumerate(cut):
        place[: len(some), at] = [
            rows.setdefault(held.words.features(token.placeless(), slot), len(rows))
            for token, slot in zip(some, slots_of(some), strict=True)
        ]
    return Reads(filled(list(rows)), place, None if whole(mask) else mask)


def numbers_of(cut: Sequence[Token]) -> list[tuple[int, int]]:
    """The numbers that a program may point at, as (value, digits)."""
    return [(token.value, token.digits) for token in cut if token.is_number][: len(SLOTS)]


def search(cut: Sequence[Sequence[Token]], held: Weights, width: int = WIDTH) -> tuple[Ints, Floats, Reals]:
    """The likeliest symbols (titles, width, LONGEST), their log-chances, and each token's odds (time, titles)."""
    reads = as_arrays(cut, held)
    seen, odds = listen(held.arrays, reads)
    decoder = DecoderSpeaker(
        model().decoder, part(held.arrays, "decoder"), seen.annotations, seen.features, reads.mask
    )
    speaker = ProgramSpeaker(decoder, usable([numbers_of(some) for some in cut]))
    found = beam(speaker, len(cut), width, LONGEST, ALPHA, MARGIN)
    return found.texts, found.logs, odds


def _batch(
    titles: Sequence[str],
    cut: Sequence[Sequence[Token]],
    said: Sequence[datetime],
    worked: Callable[[date], bool],
    held: Weights,
) -> list[Reading]:
    texts, logs, odds = search(cut, held)
    readings = []
    for at, title in enumerate(titles):
        now = said[at]
        meanings = _meanings(texts[at], logs[at], cut[at], now, worked)
        span = span_of(odds[: len(cut[at]), at])
        place = (cut[at][span[0]].start, cut[at][span[1] - 1].end)
        best = meanings[0] if meanings else None
        confidence = confidence_of(best.chance if best else 0.0, held)
        more = says_more(cut[at], span, odds[: len(cut[at]), at])
        sure = bool(best and best.when and confidence >= (held.least if more else ALONE))
        if best and best.when and more:
            sure &= best.when.day >= now.date() - LONG_PAST and not named(cut[at], span)
        readings.append(Reading(title, place, meanings, confidence, sure))
    return readings


def says_more(cut: Sequence[Token], span: tuple[int, int], odds: Reals) -> bool:
    """Whether a title has words beside its phrase, by each token's log-odds (tokens,) of belonging to it."""
    outside = [*range(span[0]), *range(span[1], len(cut))]
    return any(cut[at].text.isalnum() and odds[at] < BESIDE for at in outside)


def named(cut: Sequence[Token], span: tuple[int, int]) -> bool:
    """Whether a phrase is one short word in the middle of a title: the Sun in "fix Sun accounts" is no Sunday."""
    first, after = span
    words = [at for at, token in enumerate(cut) if token.text.isalnum()]
    return cut[first].text in SHORT and after == first + 1 and words[0] < first and after <= words[-1]


def confidence_of(chance: float, held: Weights) -> float:
    """The calibrated chance that a reading is right."""
    bounded = min(max(chance, 1e-9), 1 - 1e-6)
    odds = math.log(bounded) - math.log1p(-bounded)
    return 1 / (1 + math.exp(-(held.slope * odds + held.offset)))


def _meanings(
    texts: Ints, logs: Floats, cut: Sequence[Token], now: datetime, worked: Callable[[date], bool]
) -> tuple[Meaning, ...]:
    """The ways to read a title, programs that mean the same put together."""
    found: dict[When | None, Meaning] = {}
    numbers = numbers_of(cut)
    for text, log in zip(texts.tolist(), logs.tolist(), strict=True):
        if log == -math.inf:
            break
        symbols = tuple(map(SYMBOLS.__getitem__, text[: text.index(NUMBER_OF[END])]))
        try:
            program = () if symbols == (NONE,) else bind(symbols, numbers, now.year)
            when = execute(program, now, worked) if program else None
        except Impossible:
            continue
        known = found.get(when)
        chance = math.exp(log) + (known.chance if known else 0.0)
        found[when] = (
            Meaning(known.symbols, known.program, when, chance)
            if known
            else Meaning(symbols, program, when, chance)
        )
    return tuple(sorted(found.values(), key=lambda one: -one.chance))


def span_of(odds: Reals) -> tuple[int, int]:
    """The stretch of tokens (from, to) whose log-odds sum to the most; at least one token."""
    best, span, total, start = -math.inf, (0, 1), 0.0, 0
    for at, value in enumerate(odds.tolist()):
        if total <= 0:
            total, start = 0.0, at
        total += value
        if total > best:
            best, span = total, (start, at + 1)
    return span


def attention(title: str, symbols: Sequence[str], held: Weights | None = None) -> tuple[list[str], Reals]:
    """Where the network looked for each symbol, END left out: the tokens, and weights (symbols, tokens)."""
    known = held or shipped()
    cut = tokens(title)
    reads = as_arrays([cut], known)
    seen, _ = listen(known.arrays, reads)
    said = np.array([[NUMBER_OF[symbol]] for symbol in symbols])
    spoken = speak(
        model().decoder, part(known.arrays, "decoder"), seen.annotations, seen.features, late(said), None
    )
    return [title[token.start : token.end] for token in cut], np.stack(
        [one.look.weights[0] for one in spoken.steps]
    )
