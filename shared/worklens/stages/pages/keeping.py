"""What was made of the facts is kept until they change: many readers cost as much as one."""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Any, NamedTuple, TypeVar

T = TypeVar("T")

MOST = 64  # values: pages of some 100 kB, and a few tables
LASTING = 60.0  # seconds: what no version tells of (an answer given elsewhere) shows after that
SPACING = (
    3.0  # making takes at most a quarter of the time, so that an import isn't kept waiting by its readers
)


class _Value(NamedTuple):
    version: Hashable
    value: Any
    made: float
    took: float


class Kept:
    """Values by key. Of many who ask for one, one makes it; those who have an older one needn't wait meanwhile."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        """``clock`` counts seconds."""
        self.clock = clock
        self.values: OrderedDict[Hashable, _Value] = OrderedDict()
        self.making: dict[Hashable, threading.Lock] = {}
        self.lock = threading.Lock()
        self.cleared = 0  # how often

    def get(self, key: Hashable, version: Hashable, make: Callable[[], T]) -> T:
        """The value of the key as of this version; one just made of the version before does as well."""
        known = self._known(key)
        if known and self._serves(known, version):
            return known.value  # type: ignore[no-any-return]
        turn = self._turn(key)
        if not turn.acquire(blocking=known is None):
            return known.value  # type: ignore[union-attr,no-any-return]
        try:
            known = self._known(key)  # somebody may have made it while we waited
            if known and self._serves(known, version):
                return known.value  # type: ignore[no-any-return]
            return self._made(key, version, make)
        finally:
            turn.release()
            self._tidy(key)

    def clear(self) -> None:
        """Forget all, also what is being made just now: something was changed by our own hand."""
        with self.lock:
            self.values.clear()
            self.cleared += 1

    def _known(self, key: Hashable) -> _Value | None:
        with self.lock:
            return self.values.get(key)

    def _serves(self, known: _Value, version: Hashable) -> bool:
        age = self.clock() - known.made
        return age < SPACING * known.took or (known.version == version and age < LASTING)

    def _turn(self, key: Hashable) -> threading.Lock:
        with self.lock:
            return self.making.setdefault(key, threading.Lock())

    def _tidy(self, key: Hashable) -> None:
        """Remember no turn for what came to nothing: addresses that can't be answered are without number."""
        with self.lock:
            if key not in self.values:
                self.making.pop(key, None)

    def _made(self, key: Hashable, version: Hashable, make: Callable[[], T]) -> T:
        begun, cleared = self.clock(), self.cleared
        value = make()
        now = self.clock()
        with self.lock:
            if cleared != self.cleared:
                return value
            self.values[key] = _Value(version, value, now, now - begun)
            self.values.move_to_end(key)
            while len(self.values) > MOST:
                oldest, _ = self.values.popitem(last=False)
                self.making.pop(oldest, None)
        return value
