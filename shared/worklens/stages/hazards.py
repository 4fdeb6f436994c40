"""The learnt hazard of a feed: its file, and the accounts that are served by it."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from io import BytesIO
from typing import Any, NamedTuple

import numpy as np

from worklens.analysis.hazard.model import Hazard
from worklens.ports import Ports
from worklens.stages.curves import LATELY, pack, version_of
from worklens.tasks import digest

MODEL = "hazard"


class Learnt(NamedTuple):
    """What was learnt of a feed until ``now`` (seconds since 1970), from so many tasks that had ended."""

    now: int
    ended: int
    accounts: tuple[str, ...]  # whose tasks it told better than the plain curve
    hazard: Hazard
    version: str

    def knows(self, ended: int) -> bool:
        """Whether it was made from about what is known now: no large import since, and nothing withdrawn."""
        return LATELY * ended <= self.ended <= ended


def place(feed: str, version: str) -> str:
    """The blob's name."""
    return f"models/{digest(feed)}/{MODEL}/{version}.npz"


def arrays_of(now: int, ended: int, accounts: tuple[str, ...], hazard: Hazard) -> dict[str, Any]:
    """The arrays of the file."""
    about = {
        "now": np.array([now, ended], dtype=np.int64),
        "accounts": np.array(accounts, dtype=np.str_),
    }
    return {**about, **{f"hazard.{name}": values for name, values in hazard.to_arrays().items()}}


def store(feed: str, arrays: Mapping[str, Any], ports: Ports) -> str:
    """Write the file; its version, a hash of the arrays."""
    version = version_of(arrays, MODEL)
    ports.blobs.put(place(feed, version), pack(arrays))
    return version


def load(feed: str, ports: Ports) -> Learnt | None:
    """The feed's hazard in force; None where there is none, or a newer one took its place just now."""
    pointer = ports.state.pointer(feed, MODEL)
    if pointer is None or not pointer.version:
        return None
    try:
        return _read(ports.blobs.get(place(feed, pointer.version)), pointer.version)
    except (KeyError, ValueError, zipfile.BadZipFile):
        return None


def published(feed: str, known_at: int, ports: Ports) -> Learnt | None:
    """The same, where it knew only what was seen by ``known_at``."""
    found = load(feed, ports)
    return found if found and found.now * 1_000_000 <= known_at else None


def _read(content: bytes, version: str) -> Learnt:
    with np.load(BytesIO(content), allow_pickle=False) as file:
        arrays = {name: file[name] for name in file.files}
    now, ended = arrays["now"].tolist()
    parts = {
        name.removeprefix("hazard."): values for name, values in arrays.items() if name.startswith("hazard.")
    }
    return Learnt(now, ended, tuple(map(str, arrays["accounts"])), Hazard.from_arrays(parts), version)
