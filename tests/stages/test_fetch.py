"""What fetch publishes of a page."""

from __future__ import annotations

from pathlib import Path

from worklens.local.platform import open_platform
from worklens.messages import MAX_BYTES, SyncRequested
from worklens.ports import Feed
from worklens.sources.base import Page
from worklens.sources.todoist.source import Todoist
from worklens.stages.fetch import publish


def test_a_secret_field_is_kept_nowhere(tmp_path: Path) -> None:
    """Neither in a batch, nor in quarantine or the blob of a record that is too large."""
    platform = open_platform(tmp_path)
    platform.state.save_feed(Feed(name="todoist:me", source="todoist"))
    run = platform.state.begin(SyncRequested(feed="todoist:me", run="r", window="w"), 1).run
    assert run is not None
    small, large = (b'{"token": "canary", "content": "%b"}' % (b"x" * size) for size in (1, MAX_BYTES))

    publish(run, Page(records=[small, large]), Todoist(), platform.ports)

    bodies = [row["body"] for row in platform.database.connection.execute("SELECT body FROM queue")]
    blobs = [platform.blobs.get(name) for name in platform.blobs.names()]
    assert (len(bodies), len(blobs)) == (2, 1)
    assert not any(b"canary" in content for content in bodies + blobs)
    platform.close()
