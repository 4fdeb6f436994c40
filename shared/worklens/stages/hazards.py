"""The learnt hazard of a feed: its file, and the accounts that are served by it."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from io import BytesIO
from typing import Any, NamedTuple

import numpy as np

from worklens.analysis.arrays import Floats
from worklens.analysis.hazard.model import Hazard
from worklens.ports import Ports
from worklens.stages.curves import pack, version_of
from worklens.tasks import digest

MODEL = "hazard"
FRESH = 0.8  # of the ends known now: where a history grew by a quarter, it is learnt anew


class Learnt(NamedTuple):
    """What was learnt of a feed until ``now`` (seconds since 1970), from so many tasks that had ended."""

    now: int
    ended: int
    accounts: tuple[str, ...]  # whose tasks it told better than the plain curve
    late: Floats  # (accounts,): their shares of missed due dates; NaN where its own answer did better, which then is told
    hazard: Hazard
    version: str

    def knows(self, ended: int) -> bool:
        """Whether it was made from about what is known now: no large import since, and nothing withdrawn."""
        return knows(self.ended, ended)

    def lateness(self, account: str, late: Floats) -> Floats:
        """Of chances to miss due dates those that may be told; what is overdue is late whoever says so."""
        rate = self.late[self.accounts.index(account)]
        return late if np.isnan(rate) else np.where(late < 1, rate, late)  # not of NaN


def knows(then: int, ended: int) -> bool:
    """Whether what was learnt of ``then`` tasks that had ended holds now that so many have."""
    return FRESH * ended <= then <= ended


def place(feed: str, version: str) -> str:
    """The blob's name."""
    return f"models/{digest(feed)}/{MODEL}/{version}.npz"


def arrays_of(now: int, ended: int, accounts: Mapping[str, float], hazard: Hazard) -> dict[str, Any]:
    """The arrays of the file; ``accounts`` with what ``Learnt.late`` says of each."""
    about = {
        "now": np.array([now, ended], dtype=np.int64),
        "accounts": np.array(list(accounts), dtype=np.str_),
        "late": np.array(list(accounts.values()), dtype=np.float64),
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
    accounts = tuple(map(str, arrays["accounts"]))
    return Learnt(now, ended, accounts, arrays["late"], Hazard.from_arrays(parts), version)
