"""The learning room beside scikit-learn and PyTorch, at equal loss, in float32, one BLAS thread each.

Before timing, every row's two sides are held to what they came to: a logistic regression is no row unless its objective is
within 1e-4 of the least on both sides, and the peer is the fastest of scikit-learn's solvers and tolerances that is; a
network's log loss on examples that none learnt from may not be above the peer's by more than seeds make it.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable, Sequence
from functools import partial
from itertools import pairwise

import numpy as np
import torch
from sklearn.exceptions import ConvergenceWarning
from sklearn.linear_model import LogisticRegression as PeersRegression
from sklearn.linear_model import SGDClassifier
from sklearn.neural_network import MLPClassifier

from _table import Row, interleaved, row, show
from worklens.analysis.arrays import Floats
from worklens.analysis.learning.arrays import Reals
from worklens.analysis.learning.logistic_regression import LogisticRegression
from worklens.analysis.learning.metrics import log_loss
from worklens.analysis.learning.neural_network import NeuralNetwork

EQUAL = 1e-4  # of the mean log loss
RUNS, MORE = 7, 25  # more of what takes some hundredths of a second
Fit = Callable[[], object]

# ----- Logistic regression ------------------------------------------------------------------------------------


def examples(rows: int, features: int, condition: float) -> tuple[Reals, Reals]:
    """Labels drawn from a logistic model of independent features, whose scales span `condition`."""
    rng = np.random.default_rng(0)
    x = rng.standard_normal((rows, features), dtype=np.float32)
    z = x @ (rng.normal(size=features) * 1.5 / np.sqrt(features)).astype(np.float32)
    y = (z + rng.logistic(size=rows) > 0).astype(np.float32)
    return x * np.geomspace(1, 1 / condition, features).astype(np.float32), y


def objective(model: LogisticRegression | PeersRegression | SGDClassifier, x: Floats, y: Reals) -> float:
    """What both sides minimise with C = 1, a row: the mean log loss and the penalty's share, in float64."""
    w = model.coef_[0].astype(np.float64)
    z = x @ w + float(model.intercept_[0])
    return float((np.logaddexp(0, z) - y * z).mean() + w @ w / (2 * len(y)))


def peers(x: Reals, y: Reals) -> dict[str, Fit]:
    """scikit-learn's solvers, from exact to hasty."""
    solvers: dict[str, Fit] = {
        f"{solver}, tol {tol:g}": partial(PeersRegression(solver=solver, tol=tol).fit, x, y)
        for solver in ("lbfgs", "newton-cholesky")
        for tol in (1e-4, 1e-3, 3e-3, 1e-2, 1e-1)
    }
    for epochs in (2, 5):
        sgd = SGDClassifier(
            loss="log_loss", alpha=1 / len(y), average=True, max_iter=epochs, tol=None, random_state=0
        )
        solvers[f"averaged SGD, {epochs} epochs"] = partial(sgd.fit, x, y)
    return solvers


def fastest(x: Reals, y: Reals, least: float, wide: Floats) -> tuple[str, Fit]:
    """The quickest of them that arrives within EQUAL of the least: each is timed once for that."""
    best, quickest = None, np.inf
    for name, fit in peers(x, y).items():
        _, (once,) = interleaved(lambda: None, fit, 1)
        if once < quickest and objective(fit(), wide, y) - least <= EQUAL:
            best, quickest = (name, fit), once
    assert best is not None
    return best


def regression(rows: int, features: int, condition: float, target: float) -> Row:
    """One row, with ours asked for exactly what is demanded of both."""
    x, y = examples(rows, features, condition)
    wide = x.astype(np.float64)
    least = objective(LogisticRegression(tol=1e-14).fit(wide, y), wide, y)
    ours = partial(LogisticRegression(tol=EQUAL).fit, x, y)
    off = objective(ours(), wide, y) - least
    assert off <= EQUAL, off
    name, peer = fastest(x, y, least, wide)
    label = f"logistic regression {rows:,} x {features}, condition {condition:g}, beside {name}"
    print(f"{label}: ours {off:.0e} above the least, the peer {objective(peer(), wide, y) - least:.0e}")
    return row(label, *interleaved(ours, peer, MORE), target=target, unit="ms")


# ----- A network ----------------------------------------------------------------------------------------------

HIDDEN, EPOCHS, BATCH, RATE = (64, 32), 5, 256, 1e-3
SEEDS = 3
CHANCE = 2e-3  # the log losses of single seeds differ by 3e-3 on each side


def bent(rows: int) -> tuple[Reals, Reals]:
    """Labels that a line can't tell all of."""
    rng = np.random.default_rng(0)
    x = rng.standard_normal((rows, 64), dtype=np.float32)
    z = x @ (rng.normal(size=64) / 6).astype(np.float32) + np.abs(2 * x[:, 0]) - 1.5
    return x, (z + 0.7 * rng.logistic(size=rows) > 0).astype(np.float32)


def with_torch(x: Reals, y: Reals, seed: int) -> torch.nn.Sequential:
    """The same network from the same kind of start, its batches and steps as tutorials write them, its Adam the fused one."""
    torch.manual_seed(seed)
    inner = [
        one for i, o in pairwise((x.shape[1], *HIDDEN)) for one in (torch.nn.Linear(i, o), torch.nn.ReLU())
    ]
    network = torch.nn.Sequential(*inner, torch.nn.Linear(HIDDEN[-1], 1))
    for layer in network[::2]:
        torch.nn.init.xavier_normal_(layer.weight)
        torch.nn.init.zeros_(layer.bias)
    adam, loss = torch.optim.Adam(network.parameters(), RATE, fused=True), torch.nn.BCEWithLogitsLoss()
    everything, truths = torch.from_numpy(x), torch.from_numpy(y)[:, None]
    for _ in range(EPOCHS):
        order = torch.randperm(len(x))
        shuffled, asked = everything[order], truths[order]
        for at in range(0, len(x), BATCH):
            adam.zero_grad()
            loss(network(shuffled[at : at + BATCH]), asked[at : at + BATCH]).backward()
            adam.step()
    return network


def with_scikit_learn(x: Reals, y: Reals, seed: int) -> MLPClassifier:
    """The same network and steps."""
    return MLPClassifier(
        HIDDEN, batch_size=BATCH, learning_rate_init=RATE, max_iter=EPOCHS, random_state=seed
    ).fit(x, y)


def with_ours(x: Reals, y: Reals, seed: int) -> NeuralNetwork:
    """The same."""
    settings = {"rate": RATE, "batch_size": BATCH, "epochs": EPOCHS, "random_state": seed}
    return NeuralNetwork(HIDDEN, initialisation="xavier", **settings).fit(x, y)


def chances(model: object, x: Reals) -> Floats:
    """(examples,)"""
    if isinstance(model, torch.nn.Sequential):
        with torch.no_grad():
            return torch.sigmoid(model(torch.from_numpy(x)))[:, 0].numpy().astype(np.float64)
    return model.predict_proba(x)[:, 1].astype(np.float64)  # type: ignore[attr-defined]


def network() -> list[Row]:
    """A row for each peer; the target is held against the faster."""
    (x, asked), (y, truth) = (np.split(one, 2) for one in bent(200_000))

    def loss(fit: Callable[[Reals, Reals, int], object]) -> float:
        return float(np.mean([log_loss(truth, chances(fit(x, y, seed), asked)) for seed in range(SEEDS)]))

    own, rows = loss(with_ours), []
    for name, peer in {"scikit-learn": with_scikit_learn, "torch": with_torch}.items():
        theirs = loss(peer)
        label = f"network 64-64-32-1, Adam, {EPOCHS} epochs of 100,000, beside {name}"
        print(f"{label}: log loss of ours {own:.4f}, of the peer {theirs:.4f}, means of {SEEDS} seeds")
        assert own <= theirs + CHANCE, (own, theirs)
        times = interleaved(partial(with_ours, x, y, 0), partial(peer, x, y, 0), RUNS)
        rows.append(row(label, *times, target=3, unit="ms"))
    return rows


# ----- Without a loop -----------------------------------------------------------------------------------------


def by_loop(one: Floats, other: Floats) -> float:
    """The dot product as the course first writes it."""
    total = 0.0
    for i in range(one.size):
        total += one[i] * other[i]
    return total


def dot() -> Row:
    """A million products."""
    one, other = np.random.default_rng(0).normal(size=(2, 1_000_000))
    assert np.isclose(one @ other, by_loop(one, other))
    times = interleaved(lambda: one @ other, partial(by_loop, one, other), RUNS)
    return row("dot product of 1,000,000, beside a loop over the arrays", *times, target=200, unit="ms")


def rows() -> Sequence[Row]:
    """All of the table."""
    return [
        regression(100_000, 64, 1, 3),
        regression(100_000, 64, 1e3, 6),
        regression(1_000_000, 32, 1, 5),
        regression(1_000_000, 32, 1e3, 10),
        *network(),
        dot(),
    ]


def main() -> None:
    """Print the table; scikit-learn's word that it stopped early is heeded by looking at where it stopped."""
    torch.set_num_threads(1)
    warnings.simplefilter("ignore", ConvergenceWarning)
    show(rows())


if __name__ == "__main__":
    main()
