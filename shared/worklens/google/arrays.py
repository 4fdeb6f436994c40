"""Columns of a result as NumPy arrays: what analysis loads. Only who asks for arrays imports this."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np

from worklens.google.rows import Field, values_of


def _integers(cells: Sequence[Any], missing: np.ndarray) -> np.ndarray:
    return _filled(cells, missing, "0").astype(np.int64)


def _floats(cells: Sequence[Any], missing: np.ndarray) -> np.ndarray:
    return _filled(cells, missing, "0").astype(np.float64)


def _bools(cells: Sequence[Any], missing: np.ndarray) -> np.ndarray:
    return np.array([str(cell).lower() == "true" for cell in cells], np.bool_)


def _times(cells: Sequence[Any], missing: np.ndarray) -> np.ndarray:
    return _integers(cells, missing).view("M8[us]")


def _dates(cells: Sequence[Any], missing: np.ndarray) -> np.ndarray:
    return _filled(cells, missing, "1970-01-01").astype("M8[D]")


def _filled(cells: Sequence[Any], missing: np.ndarray, value: str) -> np.ndarray:
    """The cells as one array of text, a value in the place of each NULL."""
    if missing.any():
        cells = [value if cell is None else cell for cell in cells]
    return np.array(cells, dtype=np.str_) if len(cells) else np.array([], dtype="U1")


MADE: Mapping[str, Callable[[Sequence[Any], np.ndarray], np.ndarray]] = {
    "INTEGER": _integers,
    "INT64": _integers,
    "FLOAT": _floats,
    "FLOAT64": _floats,
    "BOOLEAN": _bools,
    "BOOL": _bools,
    "TIMESTAMP": _times,
    "DATE": _dates,
}


def array_of(field: Field, cells: Sequence[Any]) -> np.ndarray:
    """A page of a column as an array, masked where there are NULLs: (rows,)."""
    missing = np.array([cell is None for cell in cells], np.bool_)
    make = None if field.repeated else MADE.get(field.type)
    found = make(cells, missing) if make else _objects(values_of(field, cells))
    return np.ma.MaskedArray(found, missing) if missing.any() and not field.repeated else found


def joined(parts: Sequence[np.ndarray]) -> np.ndarray:
    """The pages of a column as one array; masked where any of them is."""
    if len(parts) == 1:
        return parts[0]
    masked = any(isinstance(part, np.ma.MaskedArray) for part in parts)
    whole: np.ndarray = np.ma.concatenate(parts) if masked else np.concatenate(parts)  # type: ignore[no-untyped-call]
    return whole


def _objects(values: Sequence[Any]) -> np.ndarray:
    array = np.empty(len(values), object)
    array[:] = values
    return array
