"""Phrases of the reader's own grammar with the programs they mean, and a small translator between the two.

Only English phrases without numbers, so that a phrase is a few words of a small vocabulary and a program a few symbols.
Either may be what is read, and the other what is said.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

import numpy as np
from numpy.typing import NDArray

from worklens.analysis.learning.optimisers import Adam
from worklens.analysis.sequences import parameters
from worklens.analysis.sequences.buckets import buckets
from worklens.analysis.sequences.clipping import clip
from worklens.analysis.sequences.decoder import Decoder
from worklens.analysis.sequences.embedding import scatter
from worklens.analysis.sequences.encoder import Encoder, encode
from worklens.analysis.sequences.masks import mask_of
from worklens.analysis.sequences.speaker import DecoderSpeaker
from worklens.analysis.sequences.translator import Translator, backward, part
from worklens.reading.phrases.english import ENGLISH

Ints = NDArray[np.int64]
Words = tuple[str, ...]
END = "END"  # symbol 0 on both sides
VECTOR, UNITS, BATCH, RATE, LONGEST_GRADIENT = 24, 48, 64, 8e-3, 1.0


def pairs(count: int, seed: int) -> list[tuple[Words, Words]]:
    """So many phrases, each as its words and its program's symbols; what is said often comes often."""
    rng, found = Random(seed), []  # noqa: S311 - made-up phrases, nothing secret
    while len(found) < count:
        phrase = ENGLISH.write("phrase", rng)
        text = phrase.text.lower().strip()
        if re.fullmatch(r"[a-z ]+", text) and all(isinstance(symbol, str) for symbol in phrase.symbols):
            found.append((tuple(text.split()), tuple(str(symbol) for symbol in phrase.symbols)))
    return found


def vocabulary(texts: Sequence[Words]) -> list[str]:
    """Every word that occurs, END first."""
    return [END, *sorted({word for text in texts for word in text})]


def numbered(texts: Sequence[Words], words: Sequence[str]) -> tuple[Ints, Ints]:
    """Texts as numbers (time, batch), filled up with END, and their lengths (batch,)."""
    place = {word: at for at, word in enumerate(words)}
    lengths = np.array([len(text) for text in texts])
    out = np.zeros((lengths.max(), len(texts)), np.int64)
    for at, text in enumerate(texts):
        out[: len(text), at] = [place[word] for word in text]
    return out, lengths


@dataclass(frozen=True, eq=False)
class Learnt:
    """A translator with what it learnt."""

    reads: list[str]
    says: list[str]
    translator: Translator
    w: parameters.Arrays

    def speaker(self, texts: Sequence[Words]) -> DecoderSpeaker:
        """What speaks of these texts, for every search."""
        rows, lengths = numbered(texts, self.reads)
        mask = mask_of(lengths, np.float32)
        seen = encode(self.translator.encoder, part(self.w, "encoder"), self.w["table"][rows], mask)
        return DecoderSpeaker(
            self.translator.decoder, part(self.w, "decoder"), seen.annotations, seen.features, mask
        )

    def words(self, text: Ints) -> Words:
        """A text that was said, up to its end."""
        said = [self.says[at] for at in text]
        return tuple(said[: said.index(END)] if END in said else said)


def learn(read: Sequence[Words], said: Sequence[Words], epochs: int, seed: int = 0) -> Learnt:
    """A bidirectional GRU reads, a GRU with attention says; Adam, clipped, batches of like length, float32."""
    reads, says = vocabulary(read), vocabulary(said)
    translator = Translator(Encoder(VECTOR, UNITS), Decoder(len(says), VECTOR, UNITS, 2 * UNITS, UNITS))
    shapes = {"table": (len(reads), VECTOR), **translator.shapes()}
    rng = np.random.default_rng(seed)
    theta = parameters.initialise(shapes, rng).astype(np.float32)
    gradient, adam = np.empty_like(theta), Adam()
    w, into = parameters.cut(theta, shapes), parameters.cut(gradient, shapes)
    (x, x_lengths), (y, y_lengths) = numbered(read, reads), numbered(said, says)
    y = np.concatenate([y, np.zeros_like(y[:1])])  # room for the END of the longest
    done, steps = 0, epochs * -(-len(read) // BATCH)
    for _ in range(epochs):
        for some in buckets(y_lengths, BATCH, rng):
            rows = x[: x_lengths[some].max(), some]
            right = y[: y_lengths[some].max() + 1, some]
            masks = [mask_of(lengths[some], np.float32) for lengths in (x_lengths, y_lengths + 1)]
            _, d_x = backward(translator, w, w["table"][rows], masks[0], right, masks[1], into)
            scatter(rows.ravel(), d_x.reshape(-1, VECTOR), into["table"])
            clip(gradient, LONGEST_GRADIENT)
            adam.step(theta, gradient, RATE * (1 - done / steps))
            done += 1
    return Learnt(reads, says, translator, w)
