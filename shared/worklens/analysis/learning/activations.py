"""What a unit makes of its weighted sum, and how a change of the one becomes a change of the other.

Deep Learning Specialization, course 1, weeks 2 to 4. Each is a pair: `a = of(z)`, and `dz = back(da, z, a)` by the
chain rule. Every shape is (examples, units); every one but softmax works element by element.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import DTypeLike

from worklens.analysis.learning.arrays import Reals

BATCH = 2**16  # numbers at most that are compared with an array of zeros, which is then kept: half a megabyte
LEAK = 0.01  # what a leaky ReLU lets through below 0: small, but a gradient comes back (Maas et al., 2013)


@dataclass(frozen=True)
class Activation:
    """A function and its way back: the gradient of the loss by `z`, from that by `a`."""

    of: Callable[[Reals], Reals]
    back: Callable[[Reals, Reals, Reals], Reals]


def sigmoid(z: Reals) -> Reals:
    """`1 / (1 + exp(-z))`, written as tanh, which overflows nowhere."""
    a: Reals = np.tanh(z * 0.5)
    a += 1
    a *= 0.5
    return a


def tanh(z: Reals) -> Reals:
    """The hyperbolic tangent."""
    a: Reals = np.tanh(z)
    return a


def relu(z: Reals) -> Reals:
    """`max(z, 0)`; its slope at 0 is taken to be 0."""
    a: Reals = np.maximum(z, _zeros(z.shape, z.dtype) if z.size <= BATCH else 0)
    return a


@lru_cache(maxsize=16)
def _zeros(shape: tuple[int, ...], dtype: DTypeLike) -> Reals:
    """To compare a batch with, twice as quickly as with a number; nobody may write to them."""
    zeros: Reals = np.zeros(shape, dtype)
    zeros.flags.writeable = False
    return zeros


def leaky_relu(z: Reals) -> Reals:
    """`max(z, LEAK * z)`."""
    a: Reals = np.maximum(z, LEAK * z)
    return a


def softmax(z: Reals) -> Reals:
    """`exp(z_k) / sum exp(z)` along the units; the largest is taken off first, so that nothing overflows."""
    a: Reals = np.exp(z - z.max(axis=-1, keepdims=True))
    a /= a.sum(axis=-1, keepdims=True)
    return a


def identity(z: Reals) -> Reals:
    """The weighted sum itself."""
    return z


def sigmoid_back(da: Reals, _z: Reals, a: Reals) -> Reals:
    """`da * a * (1 - a)`."""
    return da * a * (1 - a)


def tanh_back(da: Reals, _z: Reals, a: Reals) -> Reals:
    """`da * (1 - a**2)`."""
    return da * (1 - a * a)


def relu_back(da: Reals, _z: Reals, a: Reals) -> Reals:
    """`da` where the unit was on."""
    dz: Reals = (a > 0).astype(da.dtype)
    dz *= da
    return dz


def leaky_relu_back(da: Reals, z: Reals, _a: Reals) -> Reals:
    """`da` where the unit was on, LEAK of it elsewhere."""
    dz: Reals = np.where(z > 0, da, LEAK * da)
    return dz


def softmax_back(da: Reals, _z: Reals, a: Reals) -> Reals:
    """`a * (da - sum(da * a))`: each unit's share depends on all."""
    dz: Reals = a * (da - (da * a).sum(axis=-1, keepdims=True))
    return dz


def identity_back(da: Reals, _z: Reals, _a: Reals) -> Reals:
    """`da` itself."""
    return da


ACTIVATIONS = {
    "sigmoid": Activation(sigmoid, sigmoid_back),
    "tanh": Activation(tanh, tanh_back),
    "relu": Activation(relu, relu_back),
    "leaky_relu": Activation(leaky_relu, leaky_relu_back),
    "softmax": Activation(softmax, softmax_back),
    "identity": Activation(identity, identity_back),
}
"""By the name under which a network's settings choose them."""
