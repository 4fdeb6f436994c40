"""Encoder and decoder together: from vectors in to symbols out, forth and back; where the vectors come from is not its affair.

Deep Learning Specialization, course 5, week 3 (Sutskever et al. 2014, Bahdanau et al. 2015).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from worklens.analysis.arrays import Ints
from worklens.analysis.learning.arrays import Reals
from worklens.analysis.sequences.decoder import Decoder, Spoken, speak, speak_back
from worklens.analysis.sequences.encoder import Encoded, Encoder, encode, encode_back
from worklens.analysis.sequences.likelihood import likelihood
from worklens.analysis.sequences.parameters import Arrays

END = 0
"""The symbol that ends every text, and stands before its first."""


@dataclass(frozen=True)
class Translator:
    """What reads, and what speaks; the decoder's features are the encoder's 2 * units."""

    encoder: Encoder
    decoder: Decoder

    def shapes(self) -> dict[str, tuple[int, ...]]:
        """Every weight by name; the two use different ones."""
        return {f"encoder_{name}": shape for name, shape in self.encoder.shapes().items()} | {
            f"decoder_{name}": shape for name, shape in self.decoder.shapes().items()
        }


def part(w: Arrays, name: str) -> dict[str, Reals]:
    """The weights of `encoder` or `decoder`, by their own names."""
    return {key.partition("_")[2]: array for key, array in w.items() if key.startswith(f"{name}_")}


def late(y: Ints) -> Ints:
    """The right symbols (time, batch) one step late, END first: what teacher forcing gives to each step."""
    return np.concatenate([np.full((1, y.shape[1]), END, y.dtype), y[:-1]])


def forward(model: Translator, w: Arrays, x: Reals, x_mask: Reals | None, y: Ints) -> tuple[Encoded, Spoken]:
    """Read x (time, batch, inputs) and say y (time, batch) under teacher forcing."""
    seen = encode(model.encoder, part(w, "encoder"), x, x_mask)
    return seen, speak(model.decoder, part(w, "decoder"), seen.annotations, seen.features, late(y), x_mask)


def cost(model: Translator, w: Arrays, x: Reals, x_mask: Reals | None, y: Ints, y_mask: Reals) -> float:
    """The mean negative log-likelihood of y (time, batch), of which `y_mask` says which steps count."""
    return likelihood(forward(model, w, x, x_mask, y)[1].sums, y, y_mask)[0]


def backward(
    model: Translator, w: Arrays, x: Reals, x_mask: Reals | None, y: Ints, y_mask: Reals, into: Arrays
) -> tuple[float, Reals]:
    """Write the gradients of `cost` into `into`; return the cost, and the gradient by x."""
    seen, spoken = forward(model, w, x, x_mask, y)
    loss, d_sums = likelihood(spoken.sums, y, y_mask)
    d_annotations, d_features = speak_back(
        model.decoder, part(w, "decoder"), spoken, d_sums, part(into, "decoder")
    )
    d_x = encode_back(
        model.encoder, part(w, "encoder"), seen, d_annotations, d_features, part(into, "encoder")
    )
    return loss, d_x
