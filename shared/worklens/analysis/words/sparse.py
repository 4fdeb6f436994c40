"""SciPy's sparse matrices, loaded when they are first needed and only where they are installed."""

from __future__ import annotations

from importlib import import_module
from typing import Any


def library(wanted: bool | None = None) -> Any:
    """`scipy.sparse`, or None where it is missing or `wanted` is False: then NumPy does the same, more slowly."""
    if wanted is False:
        return None
    try:
        return import_module("scipy.sparse")
    except ImportError:
        return None
