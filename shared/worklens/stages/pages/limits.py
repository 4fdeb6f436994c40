"""How often one reader may ask the API: a bucket that fills steadily, so that a loop gone wild doesn't take the machine."""

from __future__ import annotations

import math
import threading
import time
from collections import OrderedDict
from collections.abc import Callable

RATE = 20.0  # requests a second, as long as one likes
BURST = 100  # at once: a dashboard that draws all it has
READERS = 1_000  # remembered; the one who came longest ago goes


class Limit:
    """A bucket a reader."""

    def __init__(
        self, rate: float = RATE, burst: int = BURST, clock: Callable[[], float] = time.monotonic
    ) -> None:
        """``rate`` is in requests a second."""
        self.rate, self.burst, self.clock = rate, burst, clock
        self.levels: OrderedDict[str, tuple[float, float]] = OrderedDict()  # tokens left, and when
        self.lock = threading.Lock()

    def wait(self, reader: str) -> int:
        """0 where the reader may ask now; else in how many seconds."""
        with self.lock:
            now = self.clock()
            left, then = self.levels.pop(reader, (float(self.burst), now))
            left = min(self.burst, left + (now - then) * self.rate)
            allowed = left >= 1
            self.levels[reader] = (left - allowed, now)
            if len(self.levels) > READERS:
                self.levels.popitem(last=False)
            return 0 if allowed else max(1, math.ceil((1 - left) / self.rate))
