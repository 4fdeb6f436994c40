"""The emulators start, do what we rely on, and are told by their versions."""

from __future__ import annotations

import pytest

from cloud_local.emulators import Emulators, answers


def test_all_four_answer(emulators: Emulators) -> None:
    """Each under its own address, with a version that is known."""
    assert all(answers(f"http://{at}/") for at in (emulators.pubsub, emulators.datastore))
    assert answers(f"{emulators.storage}/storage/v1/b?project=local-dev")
    assert "unknown" not in emulators.versions.values()


def test_the_official_client_queries_bigquery(emulators: Emulators, monkeypatch: pytest.MonkeyPatch) -> None:
    """The client finds the emulator by the environment alone."""
    from google.auth.credentials import AnonymousCredentials
    from google.cloud import bigquery

    for name, value in emulators.env.items():
        monkeypatch.setenv(name, value)
    with bigquery.Client(project="local-dev", credentials=AnonymousCredentials()) as client:
        (row,) = client.query(
            "SELECT TIMESTAMP_DIFF(TIMESTAMP '2026-01-02', TIMESTAMP '2026-01-01', HOUR)"
        ).result()

    assert row[0] == 24
