"""The peers of word vectors: gensim's skip-gram, and GloVe's cost minimised by torch's own gradients and AdaGrad."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from worklens.analysis.arrays import Floats
from worklens.analysis.words.cooccurrence import Together

Reals = NDArray[np.float32]
WINDOW, NEGATIVES, UNITS, WORKERS = 5, 5, 64, 2


def gensim_vectors(
    sentences: Sequence[Sequence[str]], words: Sequence[str], epochs: int, **more: float
) -> Reals:
    """(words, units) by skip-gram with negative sampling, word2vec's settings; zeros for a word it doesn't know."""
    from gensim.models import Word2Vec

    model = Word2Vec(
        sentences, vector_size=UNITS, window=WINDOW, min_count=1, sg=1, negative=NEGATIVES, sample=1e-3,
        epochs=epochs, workers=WORKERS, seed=1, **more,
    )  # fmt: skip
    found = np.zeros((len(words), UNITS), np.float32)
    known = model.wv.key_to_index
    for number, word in enumerate(words):
        if word in known:
            found[number] = model.wv.vectors[known[word]]
    return found


def torch_glove(
    met: Together, words: int, units: int, epochs: int, rate: float, full: float, batch: int
) -> list[Reals]:
    """Both sides' vectors (words, units + 1) with their biases last."""
    import torch

    torch.manual_seed(0)
    torch.set_num_threads(1)
    sides = [torch.nn.Embedding(words, units + 1, sparse=True) for _ in range(2)]
    for side in sides:
        torch.nn.init.uniform_(side.weight, -0.5 / (units + 1), 0.5 / (units + 1))
    steps = torch.optim.Adagrad(
        [side.weight for side in sides], lr=rate, initial_accumulator_value=1.0, eps=0.0
    )
    first, second = torch.from_numpy(met.first), torch.from_numpy(met.second)
    logs = torch.log(torch.from_numpy(met.weights))
    weights = torch.clamp(torch.from_numpy(met.weights) / full, max=1) ** 0.75
    for _ in range(epochs):
        for part in torch.randperm(len(met)).split(batch):
            one, other = sides[0](first[part]), sides[1](second[part])
            off = (one[:, :-1] * other[:, :-1]).sum(1) + one[:, -1] + other[:, -1] - logs[part]
            steps.zero_grad()
            (weights[part] * off * off).sum().div(2).backward()
            steps.step()
    return [side.weight.detach().numpy() for side in sides]


def glove_cost(met: Together, sides: Sequence[Reals], full: float) -> float:
    """The mean cost of a pair, in float64 and by the paper's formula."""
    total = 0.0
    for at in range(0, len(met), 200_000):
        part = slice(at, at + 200_000)
        one, other = (
            side.astype(np.float64)[rows[part]]
            for side, rows in zip(sides, (met.first, met.second), strict=True)
        )
        x: Floats = met.weights[part].astype(np.float64)
        off = (one[:, :-1] * other[:, :-1]).sum(1) + one[:, -1] + other[:, -1] - np.log(x)
        total += float((np.minimum(1, x / full) ** 0.75 * off * off).sum()) / 2
    return total / len(met)
