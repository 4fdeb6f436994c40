"""The network: from a title's tokens to its program's symbols, and to where its phrase stands.

A token's vector is the sum of its features' vectors; a bidirectional GRU reads, a GRU with attention speaks, and one unit
says of each token whether it belongs to the phrase.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from worklens.analysis.arrays import Floats, Ints
from worklens.analysis.learning.activations import sigmoid
from worklens.analysis.learning.arrays import Reals
from worklens.analysis.sequences import parameters
from worklens.analysis.sequences.decoder import Decoder, speak, speak_back
from worklens.analysis.sequences.embedding import scatter
from worklens.analysis.sequences.encoder import Encoded, Encoder, encode, encode_back
from worklens.analysis.sequences.likelihood import likelihood
from worklens.analysis.sequences.parameters import Arrays
from worklens.analysis.sequences.translator import Translator, late, part
from worklens.reading.symbols import SYMBOLS

VECTOR = 48
READING = 64  # units in each direction
SPEAKING = 112
SPOKEN = 24
LOOKING = 48
SPAN_SHARE = 0.2  # of a token's place in the loss, beside a symbol


@dataclass(frozen=True)
class Reads:
    """Titles as arrays: `rows` says which of `features` each token is."""

    features: Ints  # (distinct tokens, features a token)
    rows: Ints  # (time, batch)
    mask: Reals | None  # (time, batch)


def model() -> Translator:
    """Of the sizes above."""
    return Translator(Encoder(VECTOR, READING), Decoder(len(SYMBOLS), SPOKEN, SPEAKING, 2 * READING, LOOKING))


def shapes(features: int) -> dict[str, tuple[int, ...]]:
    """Every weight by name, for so many features."""
    return {"table": (features, VECTOR), **model().shapes(), "span": (2 * READING,), "span_c": (1,)}


def initialise(features: int, rng: np.random.Generator) -> Floats:
    """Where learning begins."""
    theta = parameters.initialise(shapes(features), rng)
    table = parameters.cut(theta, shapes(features))["table"]
    table[:] = rng.normal(0, 0.1, table.shape)
    table[0] = 0
    return theta


def vectors(w: Arrays, reads: Reads) -> Reals:
    """(time, batch, VECTOR)."""
    made: Reals = w["table"][reads.features].sum(axis=1)
    return made[reads.rows]


def listen(w: Arrays, reads: Reads) -> tuple[Encoded, Reals]:
    """What was read, and each token's log-odds of belonging to the phrase: (time, batch)."""
    seen = encode(model().encoder, part(w, "encoder"), vectors(w, reads), reads.mask)
    return seen, seen.annotations @ w["span"] + w["span_c"]


def backward(w: Arrays, reads: Reads, y: Ints, y_mask: Reals, inside: Reals, into: Arrays) -> float:
    """Write the gradient of the loss into `into`; return the loss.

    `y` (symbols, batch) is what is to be said, `inside` (time, batch) is 1 on the tokens of the phrase.
    """
    translator = model()
    seen, odds = listen(w, reads)
    spoken = speak(
        translator.decoder, part(w, "decoder"), seen.annotations, seen.features, late(y), reads.mask
    )
    loss, d_sums = likelihood(spoken.sums, y, y_mask)
    d_annotations, d_features = speak_back(
        translator.decoder, part(w, "decoder"), spoken, d_sums, part(into, "decoder")
    )
    d_odds = (sigmoid(odds) - inside) * odds.dtype.type(SPAN_SHARE / odds.shape[1])
    loss_span = np.logaddexp(0, odds) - inside * odds
    if reads.mask is not None:
        d_odds *= reads.mask
        loss_span = loss_span * reads.mask
    into["span"][:] = seen.annotations.reshape(-1, 2 * READING).T @ d_odds.ravel()
    into["span_c"][:] = d_odds.sum()
    d_annotations = d_annotations + d_odds[:, :, None] * w["span"]
    d_x = encode_back(
        translator.encoder, part(w, "encoder"), seen, d_annotations, d_features, part(into, "encoder")
    )
    _table_back(reads, d_x, into)
    return loss + SPAN_SHARE * float(loss_span.sum()) / float(odds.shape[1])


def _table_back(reads: Reads, d_x: Reals, into: Arrays) -> None:
    """Each feature's gradient: that of all tokens which have it."""
    d_tokens = np.zeros((len(reads.features), VECTOR), d_x.dtype)
    scatter(reads.rows.ravel(), d_x.reshape(-1, VECTOR), d_tokens)
    each = reads.features.shape[1]
    scatter(reads.features.ravel(), np.repeat(d_tokens, each, axis=0), into["table"])
    into["table"][0] = 0  # no feature
