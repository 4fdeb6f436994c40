"""What several accounts' models have in common, for an account too small to learn from alone: parameters, and no task of anyone's.

Hierarchical shrinkage in its plainest form (Gelman and Hill 2007): the mean of the accounts' slopes, each counting for its completions,
is the centre that a small account's ridge draws to. Borrowing across feeds is for those who asked for it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from worklens.analysis.arrays import Floats, Ints
from worklens.analysis.hazard.model import PARTS, Hazard
from worklens.analysis.hazard.ridge import Ridge, Scale


def prior_of(fitted: Sequence[Hazard]) -> Hazard:
    """A model to hand to `fit` as its prior. It has no lives of its own, so that it gives no evidence.

    Raises ValueError without a model.
    """
    if not fitted:
        raise ValueError("a prior is made from one model at least")
    weights = np.array([max(one.events, 1) for one in fitted], dtype=np.float64)
    parts: dict[str, Any] = {name: _mean([getattr(one, name) for one in fitted], weights) for name in PARTS}
    none: Ints = np.empty(0, dtype=np.int64)
    return replace(fitted[0], **parts, late=None, lives=none, groups=(), events=int(weights.sum()))


def _mean(models: Sequence[Ridge], weights: Floats) -> Ridge:
    """The mean slopes, each by the accounts that could learn it, and the mean bias, on a scale that holds all of them."""
    scales = [model.scale for model in models]
    deviation = np.stack([scale.deviation for scale in scales])  # (accounts, columns)
    heard = np.where(np.isfinite(deviation), weights[:, None], 0.0)
    total = np.maximum(heard.sum(axis=0), 1e-12)
    square = (heard * np.where(np.isfinite(deviation), deviation, 0.0) ** 2).sum(axis=0) / total
    common = np.where(square > 0, np.sqrt(square), np.inf)
    slopes = (heard * np.stack([model.slopes() for model in models])).sum(axis=0) / total
    share = weights / weights.sum()
    mean = share @ np.stack([scale.mean for scale in scales])
    zero = [model.w[-1] - model.slopes() @ model.scale.mean for model in models]  # the bias at columns of 0
    w = np.where(np.isfinite(common), slopes * np.where(np.isfinite(common), common, 0.0), 0.0)
    bias = float(share @ np.array(zero)) + float(slopes @ mean)
    low = np.min([scale.low for scale in scales], axis=0)
    high = np.max([scale.high for scale in scales], axis=0)
    strength = float(share @ np.array([model.strength for model in models]))
    return Ridge(Scale(mean, common, low, high), np.append(w, bias), strength)
