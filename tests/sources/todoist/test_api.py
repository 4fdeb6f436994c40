"""What the pull holds of an answer, and for how long."""

from __future__ import annotations

import msgspec

from worklens.sources.todoist.api import Changes, Synced


def changes(*items: dict[str, object]) -> Changes:
    """A whole listing of these items."""
    return msgspec.json.decode(
        msgspec.json.encode({"sync_token": "t", "full_sync": True, "items": items}), type=Changes
    )


def test_an_item_that_was_handed_on_is_held_no_longer() -> None:
    """In the order they came; only which of them were over is remembered."""
    synced = Synced(now=0)
    synced.take(
        changes({"id": "b"}, {"id": "a", "checked": True}, {"id": "d", "is_deleted": True}, {"id": []}), None
    )

    handed = [(row.head and row.head.id, len(synced.items)) for row in synced.handed_on()]

    assert handed == [("b", 3), ("a", 2), ("d", 1), (None, 0)]
    assert synced.over == {"a", "d"}
