"""No call of BigQuery waits for ever: a service that takes the request and never answers is given up."""

from __future__ import annotations

import socket
from collections.abc import Callable, Iterator

import pytest

from worklens.google import bounds
from worklens.google.platform import open_platform
from worklens.google.settings import settings
from worklens.google.warehouse import CloudSession

ENVIRONMENT = {
    "WORKLENS_PROJECT": "project",
    "WORKLENS_LOCATION": "EU",
    "WORKLENS_DATASET": "worklens",
    "WORKLENS_BUCKET": "bucket",
}
CHANGED = {"feed": "f", "run": 1}
ZONES = {"feed": ["f"], "run": [1]}
CALLS: dict[str, Callable[[CloudSession], object]] = {
    "a query": lambda session: session.query("run_counts", **CHANGED),
    "a statement": lambda session: session.delete("task_states", "run = 1", {}),
    "an insert": lambda session: session.append("raw_records", ZONES),
    "a load": lambda session: session.load("raw_records", ZONES),
    "a job": lambda session: session.append_from("task_events", "new_events", **CHANGED),
}


@pytest.fixture
def silent() -> Iterator[str]:
    """Lets everybody connect, and says nothing."""
    with socket.create_server(("127.0.0.1", 0), backlog=100) as server:
        yield f"http://127.0.0.1:{server.getsockname()[1]}"


@pytest.mark.parametrize("name", CALLS)
def test_what_is_never_answered_is_given_up(name: str, silent: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever is asked, an error comes of it, and the message comes again."""
    monkeypatch.setenv("BIGQUERY_EMULATOR_HOST", silent)
    for bound in ("ANSWER", "PATIENCE", "JOB"):
        monkeypatch.setattr(bounds, bound, 0.1)
    with (
        open_platform(settings(ENVIRONMENT)).warehouse.write() as session,
        pytest.raises(Exception, match=r"(?i)time"),
    ):
        CALLS[name](session)
