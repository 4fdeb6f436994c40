"""The system's clock."""

from __future__ import annotations

import time


class SystemClock:
    """Wall time."""

    def now(self) -> int:
        """Microseconds since 1970, UTC."""
        return time.time_ns() // 1000
