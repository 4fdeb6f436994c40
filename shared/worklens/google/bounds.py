"""How long BigQuery may take: its library would wait for ever for an answer that does not come.

The other libraries give up an answer after a minute by themselves. All bounds stay below a function's 540 seconds.
"""

from __future__ import annotations

from typing import Any

ANSWER = 180.0  # seconds until one answer is there; a query's comes when it is through
PATIENCE = 240.0  # seconds after which a call that failed is not tried again
JOB = 420.0  # seconds until a job is through


def bounded() -> dict[str, Any]:
    """How a call is retried, and when it is given up; starting a query takes ``job_retry=None`` too, or it goes on."""
    from google.cloud.bigquery import DEFAULT_RETRY

    return {"retry": DEFAULT_RETRY.with_timeout(PATIENCE), "timeout": ANSWER}


def bounded_job() -> dict[str, Any]:
    """The same of waiting for a job."""
    return {**bounded(), "timeout": JOB}


def bounded_query() -> dict[str, Any]:
    """The same of a query whose rows are waited for."""
    from google.cloud.bigquery import DEFAULT_RETRY
    from google.cloud.bigquery.retry import DEFAULT_JOB_RETRY

    return {
        "retry": DEFAULT_RETRY.with_timeout(PATIENCE),
        "job_retry": DEFAULT_JOB_RETRY.with_timeout(PATIENCE),
        "api_timeout": ANSWER,
        "wait_timeout": JOB,
    }
