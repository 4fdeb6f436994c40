"""Pauses without waiting: what the driver would sleep between attempts is told to the test instead."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import SimpleNamespace
from unittest.mock import patch


@contextmanager
def scripted_naps(sleep: Callable[[float], object]) -> Iterator[None]:
    """Call ``sleep`` with the seconds of each pause; no thread but for those pauses notices.

    stamina has no sleep of its own to set; it sleeps through tenacity, whose ``nap`` module is made to be replaced.
    """
    import tenacity.nap

    with patch.object(tenacity.nap, "time", SimpleNamespace(sleep=sleep)):
        yield
