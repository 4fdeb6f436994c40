"""Which failures of Google's services pass by themselves, and how long we wait for that."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any, TypeVar

Result = TypeVar("Result")

FIRST_WAIT = 0.05  # seconds; each wait is drawn at random from nothing up to it, then it grows
LONGEST_WAIT = 4.0
PATIENCE = 60.0  # in all; the message comes again later


def retried(work: Callable[[], Result]) -> Result:
    """What the work gives, tried again with jittered backoff where another transaction was in its way."""
    result: Result = _policy()(work)()
    return result


@cache
def _policy() -> Any:
    from google.api_core.exceptions import Aborted, InternalServerError, ServiceUnavailable
    from google.api_core.retry import Retry, if_exception_type

    return Retry(
        predicate=if_exception_type(Aborted, ServiceUnavailable, InternalServerError),
        initial=FIRST_WAIT,
        maximum=LONGEST_WAIT,
        multiplier=2.0,
        timeout=PATIENCE,
    )
