"""An L-layer network forth and back: from examples to the loss, and from the loss to every parameter's gradient.

Deep Learning Specialization, course 1, week 4; L2 (weight decay in the cost) and dropout from course 2, week 1. The
functions are pure: parameters, examples and masks in, sums and gradients out.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from worklens.analysis.learning.activations import ACTIVATIONS
from worklens.analysis.learning.arrays import Reals
from worklens.analysis.learning.dropout import mask
from worklens.analysis.learning.layers import Layer, cut
from worklens.analysis.learning.losses import LOSSES


@dataclass(frozen=True)
class Network:
    """Units a layer from features to answers, the hidden layers' activation, the loss, and the L2 penalty."""

    sizes: tuple[int, ...]
    hidden: str = "relu"
    loss: str = "binary"
    penalty: float = 0.0


Masks = Sequence[Reals | None]
"""For each hidden layer what dropout multiplies it with, (examples, units), or None."""


@dataclass(frozen=True, eq=False)
class Trace:
    """What a way forth leaves for the way back: what each layer was given, its sums, and its activations."""

    given: list[Reals]  # (examples, units in) a layer; the first are the examples
    sums: list[Reals]  # (examples, units) a layer; the last is what the loss understands
    active: list[Reals]  # (examples, units) a hidden layer, before dropout


def forward(network: Network, layers: list[Layer], x: Reals, masks: Masks | None = None) -> Trace:
    """`z = a W + b`, `a = g(z)` layer by layer, for x (examples, features)."""
    given, sums, active, of = [x], [], [], ACTIVATIONS[network.hidden].of
    for i, layer in enumerate(layers):
        z = layer.sums(given[i])
        sums.append(z)
        if i + 1 < len(layers):
            a = of(z)
            stays = masks[i] if masks else None
            active.append(a)
            given.append(a if stays is None else a * stays)
    return Trace(given, sums, active)


def answers(network: Network, theta: Reals, x: Reals) -> Reals:
    """The last layer's activation, nothing dropped: (examples, answers)."""
    return LOSSES[network.loss].activation(forward(network, cut(theta, network.sizes), x).sums[-1])


def cost(network: Network, theta: Reals, x: Reals, y: Reals, masks: Masks | None = None) -> float:
    """The mean loss, and `penalty / (2 examples)` times the squared weights, biases left out."""
    layers = cut(theta, network.sizes)
    loss = LOSSES[network.loss].of(forward(network, layers, x, masks).sums[-1], y)
    squares = sum(float(np.vdot(layer.weights, layer.weights)) for layer in layers)
    return loss + network.penalty / (2 * len(x)) * squares


def backward(
    network: Network, theta: Reals, x: Reals, y: Reals, into: Reals, masks: Masks | None = None
) -> float:
    """Write the gradient of `cost` by every parameter into `into` (parameters,); return the mean loss, unpenalised."""
    sums = gradients(network, cut(theta, network.sizes), x, y, cut(into, network.sizes), masks)
    if network.penalty:
        into += theta * (decays(network, theta) / len(x))
    return LOSSES[network.loss].of(sums, y)


def decays(network: Network, like: Reals) -> Reals:
    """The penalty for each weight, 0 for each bias: (parameters,), in the type of `like`."""
    each = np.full_like(like, network.penalty)
    for layer in cut(each, network.sizes):
        layer.bias[:] = 0
    return each


def gradients(
    network: Network, layers: list[Layer], x: Reals, y: Reals, slopes: list[Layer], masks: Masks | None = None
) -> Reals:
    """The gradient of the loss alone into `slopes`, for layers cut once for many steps; returns the last layer's sums.

    `dW = a_in.T dz`, `db = sum dz`, `da_in = dz W.T`, from the last layer to the first.
    """
    loss, each = LOSSES[network.loss], np.ones(len(x), x.dtype)
    trace = forward(network, layers, x, masks)
    dz = loss.back(loss.activation(trace.sums[-1]), y)  # (examples, answers)
    for i in range(len(layers) - 1, -1, -1):
        np.matmul(trace.given[i].T, dz, out=slopes[i].weights)
        np.matmul(each, dz, out=slopes[i].bias)  # a sum over rows is quicker as a product
        if i:
            across = np.ascontiguousarray(layers[i].weights.T)  # small, and the product is a fifth quicker
            da = np.dot(dz, across)  # which is quicker than @ where a layer has one unit
            dz = _through(network, trace, i - 1, da, masks)
    return trace.sums[-1]


def _through(network: Network, trace: Trace, hidden: int, da: Reals, masks: Masks | None) -> Reals:
    """The gradient by a hidden layer's sums, from that by what it passed on."""
    stays = masks[hidden] if masks else None
    if stays is not None:
        da = da * stays
    return ACTIVATIONS[network.hidden].back(da, trace.sums[hidden], trace.active[hidden])


def dropout_masks(
    network: Network, examples: int, keep: float, like: Reals, rng: np.random.Generator
) -> Masks | None:
    """Masks for one step, in the type of `like`; None if every unit stays."""
    if keep == 1:
        return None
    return [mask((examples, units), keep, rng, like.dtype) for units in network.sizes[1:-1]]
