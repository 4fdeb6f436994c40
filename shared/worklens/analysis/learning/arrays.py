"""What may be learnt from: the checks at the edge, so that the arithmetic behind them asks nothing."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

Reals = NDArray[np.floating[Any]]
"""float32 or float64, whichever the examples came in."""


def floating(values: ArrayLike) -> Reals:
    """The values as float32 if they are that already, else as float64. Raises ValueError for what aren't numbers."""
    x = np.asarray(values)
    if x.dtype in (np.float32, np.float64):
        return x
    if x.dtype.kind == "c":
        raise ValueError("Complex data not supported: features are real numbers")
    if x.ndim == 0:
        raise ValueError(
            f"X is a {type(values).__name__}, not an array of rows; sparse matrices are not supported"
        )
    return x.astype(np.float64)


def examples(values: ArrayLike, features: int | None = None, *, finite: bool = True) -> Reals:
    """(examples, features), checked, and as many features as a model learnt from, if said.

    Raises ValueError if it is empty, of another shape, or holds NaN or infinity; these are left to who says so.
    """
    x = floating(values)
    if x.ndim != 2:
        raise ValueError(f"X has shape {x.shape}; it must be (examples, features). Reshape your data")
    if not x.size:
        what = "sample" if not len(x) else "feature"
        raise ValueError(f"0 {what}(s) (shape={x.shape}) while a minimum of 1 is required.")
    if finite and not np.isfinite(x).all():
        raise ValueError("X holds NaN or infinity; fill or leave out what is unknown first")
    if features is not None and x.shape[1] != features:
        raise ValueError(
            f"X has {x.shape[1]} features, but the model learnt from {features} and is expecting {features} features as input"
        )
    return x


def classes_of(y: ArrayLike, count: int) -> tuple[NDArray[Any], NDArray[np.integer[Any]]]:
    """The distinct labels, sorted, and which of them each example has: (classes,), (examples,).

    Raises ValueError unless there are `count` labels, of at least two classes: one class alone teaches nothing.
    """
    if y is None:
        raise ValueError("learning from examples requires y to be passed, but the target y is None")
    labels = np.asarray(y)
    if labels.shape != (count,):
        raise ValueError(f"y has shape {labels.shape}; it must be ({count},), a label for each row of X")
    if two := _two_classes(labels):
        return two
    if labels.dtype.kind == "f" and not np.isfinite(labels).all():
        raise ValueError("y holds NaN or infinity; leave out the examples whose answer is unknown")
    if labels.dtype.kind == "f" and (labels != np.floor(labels)).any():
        raise ValueError(
            "Unknown label type: continuous; these models tell classes apart, they don't guess amounts"
        )
    classes, which = np.unique(labels, return_inverse=True)
    if classes.size < 2:
        raise ValueError(f"y holds one class only ({classes[0]}); two are needed to tell apart")
    return classes, which


def _two_classes(labels: NDArray[Any]) -> tuple[NDArray[Any], NDArray[np.int8]] | None:
    """The same of two whole numbers, without sorting; None for all else."""
    if labels.dtype.kind not in "iufb":
        return None
    low, high = labels.min(), labels.max()
    if not (np.isfinite(low) and np.isfinite(high) and low < high and low % 1 == high % 1 == 0):
        return None
    second = labels == high
    return (np.stack([low, high]), second.view(np.int8)) if (second | (labels == low)).all() else None


def weights_of(weights: ArrayLike | None, count: int) -> Reals | None:
    """(examples,), checked, or None if each counts once. Raises ValueError for negative weights or a sum of 0."""
    if weights is None:
        return None
    checked = np.asarray(weights, dtype=np.float64)
    if checked.shape != (count,):
        raise ValueError(f"sample_weight has shape {checked.shape}; it must be ({count},)")
    if not (np.isfinite(checked).all() and (checked >= 0).all() and checked.sum() > 0):
        raise ValueError("every sample_weight must be finite and not negative, and not all of them zero")
    return checked
