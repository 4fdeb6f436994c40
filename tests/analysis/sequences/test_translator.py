"""Encoder, attention and decoder together: every weight's gradient, and answers that don't depend on the company."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.testing import assert_allclose, assert_array_equal

from worklens.analysis.arrays import Floats, Ints
from worklens.analysis.learning.gradient_check import gradient_error
from worklens.analysis.learning.optimisers import Adam
from worklens.analysis.sequences.beam import Found, beam
from worklens.analysis.sequences.buckets import buckets
from worklens.analysis.sequences.cells import CELLS
from worklens.analysis.sequences.clipping import clip
from worklens.analysis.sequences.decoder import Decoder
from worklens.analysis.sequences.encoder import Encoder, encode
from worklens.analysis.sequences.greedy import greedy
from worklens.analysis.sequences.masks import mask_of, whole
from worklens.analysis.sequences.parameters import count, cut, initialise
from worklens.analysis.sequences.speaker import DecoderSpeaker
from worklens.analysis.sequences.translator import Translator, backward, cost, forward, part

RNG = np.random.default_rng(5)


def model_of(cell: str, inputs: int = 3, units: int = 2, symbols: int = 4) -> Translator:
    return Translator(Encoder(inputs, units, cell), Decoder(symbols, 3, 3, 2 * units, 2, cell))


@pytest.mark.parametrize("cell", CELLS)
def test_every_gradient(cell: str) -> None:
    """Of each array by itself and of the inputs, with padding on both sides, to 1e-6."""
    model = model_of(cell)
    shapes = model.shapes()
    theta = initialise(shapes, np.random.default_rng(1)) + np.random.default_rng(2).normal(
        0, 0.3, count(shapes)
    )
    x, x_mask = RNG.normal(size=(4, 3, 3)), mask_of(np.array([4, 2, 3]))
    y, y_mask = RNG.integers(1, 4, (3, 3)), mask_of(np.array([3, 1, 2]))
    into = np.empty_like(theta)
    _, d_x = backward(model, cut(theta, shapes), x, x_mask, y, y_mask, cut(into, shapes))

    for name, array in cut(theta, shapes).items():

        def of_array(values: Floats, name: str = name) -> float:
            return cost(model, {**cut(theta, shapes), name: values}, x, x_mask, y, y_mask)

        assert gradient_error(of_array, array.copy(), cut(into, shapes)[name]) < 1e-6, name
    assert (
        gradient_error(lambda each: cost(model, cut(theta, shapes), each, x_mask, y, y_mask), x, d_x) < 1e-6
    )


def test_company_changes_nothing() -> None:
    """Alone, padded, or in another order, a sequence has the same sums; and attention's rows sum to one."""
    model = model_of("gru")
    w = cut(initialise(model.shapes(), RNG), model.shapes())
    x, lengths, y = RNG.normal(size=(5, 3, 3)), np.array([5, 2, 3]), RNG.integers(0, 4, (3, 3))
    _, together = forward(model, w, x, mask_of(lengths), y)
    turned = forward(model, w, x[:, ::-1], mask_of(lengths[::-1]), y[:, ::-1])[1]
    alone = forward(model, w, x[:2, 1:2], None, y[:, 1:2])[1]

    assert_allclose(turned.sums[:, ::-1], together.sums, rtol=1e-12)
    assert_allclose(alone.sums, together.sums[:, 1:2], rtol=1e-12)
    for step in together.steps:
        assert_allclose(step.look.weights.sum(axis=1), 1, rtol=1e-12)
        assert not step.look.weights[1, 2:].any()


def test_searching_together_finds_what_searching_alone_does() -> None:
    """Three beams look at the annotations of their own source, also when another is through and left behind."""
    model, rng = model_of("lstm", symbols=5), np.random.default_rng(8)
    w = cut(initialise(model.shapes(), rng) * 4, model.shapes())
    x, lengths = rng.normal(size=(5, 4, 3)), np.array([5, 2, 3, 1])

    def found(x: Floats, lengths: Ints) -> Found:
        mask = mask_of(lengths)
        seen = encode(model.encoder, part(w, "encoder"), x, mask)
        decoder = part(w, "decoder")
        speaker = DecoderSpeaker(model.decoder, decoder, seen.annotations, seen.features, mask)
        return beam(speaker, len(lengths), 3, 6)

    together = found(x, lengths)
    for at, length in enumerate(lengths):
        alone = found(x[:length, at : at + 1], lengths[at : at + 1])
        assert_array_equal(together.texts[at], alone.texts[0])
        assert_allclose(together.scores[at], alone.scores[0], rtol=1e-9)
    assert len({tuple(text[0]) for text in together.texts.tolist()}) > 1


def test_it_learns_to_turn_a_sequence_round() -> None:
    """In float32 throughout, with clipping, Adam and length buckets; greedy search then says it."""
    model = model_of("gru", 6, 16, 6)
    rng = np.random.default_rng(3)
    theta = initialise(model.shapes(), rng).astype(np.float32)
    gradient, adam, losses = np.empty_like(theta), Adam(), []
    w, into = cut(theta, model.shapes()), cut(gradient, model.shapes())
    lengths = rng.integers(1, 4, 512)
    texts = np.where(np.arange(3)[:, None] < lengths, rng.integers(1, 6, (3, 512)), 0)
    for _ in range(60):
        for rows in buckets(lengths, 64, rng):
            n = lengths[rows]
            mask = mask_of(n, np.float32)
            x = np.eye(6, dtype=np.float32)[texts[: n.max(), rows]]
            y = np.zeros((n.max() + 1, len(rows)), np.int64)
            for at, row in enumerate(rows):
                y[: n[at], at] = texts[: n[at], row][::-1]
            padding = None if whole(mask) else mask
            loss, _ = backward(model, w, x, padding, y, mask_of(n + 1, np.float32), into)
            clip(gradient, 1.0)
            adam.step(theta, gradient, 0.01)
            losses.append(loss)
    seen = encode(model.encoder, part(w, "encoder"), np.eye(6, dtype=np.float32)[np.array([[1], [5], [2]])])
    speaker = DecoderSpeaker(model.decoder, part(w, "decoder"), seen.annotations, seen.features, None)
    said, _ = greedy(speaker, 1, 5)

    assert theta.dtype == seen.annotations.dtype == np.float32
    assert np.mean(losses[-8:]) < 0.1 < losses[0]
    assert said.tolist() == [[2, 5, 1, 0, 0]]
