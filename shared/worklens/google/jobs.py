"""Jobs of BigQuery whose ids we choose, so that one that is asked for twice is done once."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from worklens.google.bounds import bounded, bounded_job

TRIES = 5  # ids for one job: each that failed for good is used up


def once(client: Any, name: str, start: Callable[[str], Any]) -> Any:
    """The job of this name, started or found, when it is through. Raises what the last try raised, or TimeoutError.

    ``start`` begins it under an id. Where a job of that id is known, it is waited for; where that one failed, the next id
    is tried.
    """
    from google.api_core.exceptions import Conflict, GoogleAPICallError

    for number in range(TRIES):
        id_ = f"{name}-{number}"
        try:
            job = start(id_)
        except Conflict:
            job = client.get_job(id_, location=client.location, **bounded())
        try:
            job.result(**bounded_job())
        except GoogleAPICallError:
            if number == TRIES - 1:
                raise
        else:
            return job
    raise AssertionError("the last try returns or raises")
