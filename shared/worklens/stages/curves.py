"""The curves that learn publishes for score to read: arrays in one file, named by a hash of them."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping, Sequence
from hashlib import blake2b
from io import BytesIO
from typing import Any, NamedTuple

import numpy as np

from worklens.analysis.competing import Incidence
from worklens.ports import Ports
from worklens.tasks import digest

MODEL = "age-curve"
CAUSES = 2  # done, deleted
LATELY = 0.9  # of the ends known now: a curve that knows fewer is of before a large import, and is not used


class Curves(NamedTuple):
    """The published curve of each account of a feed, made from what was seen until ``now`` (seconds since 1970)."""

    now: int
    accounts: tuple[str, ...]
    curves: tuple[Incidence, ...]

    def of(self, account: str, ended: int) -> Incidence | None:
        """The account's curve; None where there is none, or where it knows much less, or more, than the ends known now.

        More is known to it when a run was withdrawn since.
        """
        if account not in self.accounts:
            return None
        curve = self.curves[self.accounts.index(account)]
        return curve if LATELY * ended <= int(curve.events.sum()) <= ended else None


def place(feed: str, version: str) -> str:
    """The blob's name: what is forgotten with a feed begins with ``models/`` and the hash of its name."""
    return f"models/{digest(feed)}/{MODEL}/{version}.npz"


def published(feed: str, known_at: int, ports: Ports) -> Curves | None:
    """The feed's published curves, None where there are none, or none that knew only what was seen by ``known_at``."""
    pointer = ports.state.pointer(feed, MODEL)
    if pointer is None or not pointer.version:
        return None
    try:
        found = unpack(ports.blobs.get(place(feed, pointer.version)))
    except (KeyError, ValueError, zipfile.BadZipFile):
        return (
            None  # a newer one has taken its place, or it was written by another version: fitted on the spot
        )
    return found if found.now * 1_000_000 <= known_at else None


# ----- The file -----


def arrays_of(curves: Curves) -> dict[str, Any]:
    """The arrays of the file: all accounts' times one after another, and how many each has."""
    each = curves.curves
    return {
        "now": np.array([curves.now], dtype=np.int64),
        "accounts": np.array(curves.accounts, dtype=np.str_),
        "sizes": np.array([curve.time.size for curve in each], dtype=np.int64),
        "time": _joined([curve.time for curve in each], np.empty(0)),
        "at_risk": _joined([curve.at_risk for curve in each], np.empty(0, dtype=np.int64)),
        "events": _joined([curve.events for curve in each], np.empty((CAUSES, 0), dtype=np.int64)),
        "survival": _joined([curve.survival for curve in each], np.empty(0)),
        "incidence": _joined([curve.incidence for curve in each], np.empty((CAUSES, 0))),
    }


def _joined(parts: Sequence[Any], none: Any) -> Any:
    return np.concatenate(parts, axis=-1) if parts else none


def version_of(arrays: Mapping[str, Any], model: str = MODEL) -> str:
    """A hash of the arrays, not of the file, whose bytes depend on who packs it."""
    state = blake2b(model.encode(), digest_size=16)
    for name, values in arrays.items():
        state.update(f"{name} {values.dtype.str} {values.shape}".encode())
        state.update(np.ascontiguousarray(values).tobytes())
    return state.hexdigest()


def pack(arrays: Mapping[str, Any]) -> bytes:
    """The arrays as an ``.npz`` file."""
    file = BytesIO()
    np.savez_compressed(file, **arrays)
    return file.getvalue()


def unpack(content: bytes) -> Curves:
    """The curves of a file. Raises KeyError, ValueError or zipfile.BadZipFile for what is none."""
    with np.load(BytesIO(content), allow_pickle=False) as file:
        arrays = {name: file[name] for name in file.files}
    edges = np.cumsum(arrays["sizes"])[:-1]
    parts = [
        np.split(arrays[name], edges, axis=-1)
        for name in ("time", "at_risk", "events", "survival", "incidence")
    ]
    curves = tuple(Incidence(*part) for part in zip(*parts, strict=True))
    accounts = tuple(map(str, arrays["accounts"]))
    return Curves(int(arrays["now"][0]), accounts, curves[: len(accounts)])
