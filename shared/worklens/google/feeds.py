"""Feeds in Datastore. How many runs one had outlives it, under a hash of its name: numbers aren't given again."""

from __future__ import annotations

from typing import Any

import msgspec

from worklens.google.entities import Entities
from worklens.google.packing import packed
from worklens.google.records import FEED, FORGOTTEN, feed_of, new_feed
from worklens.ports import Feed
from worklens.tasks import digest


class Feeds:
    """The part of the state store that is about feeds."""

    entities: Entities

    def feed(self, name: str) -> Feed | None:
        """The feed, or None where it was never connected (or was forgotten)."""
        found = self.entities.get(FEED, name)
        return feed_of(found) if found else None

    def feeds(self) -> list[Feed]:
        """All feeds, by name."""
        return sorted(map(feed_of, self.entities.query(FEED)), key=lambda feed: feed.name)

    def save_feed(self, feed: Feed) -> None:
        """Create the feed, or change its source, zones and settings (never its cursor)."""

        def save(transaction: Any) -> None:
            found = self.entities.get(FEED, feed.name) or self._new(feed.name)
            found["source"] = feed.source
            found["zones"] = packed(msgspec.json.encode(feed.zones).decode())
            found["settings"] = packed(msgspec.json.encode(feed.settings).decode())
            transaction.put(found)

        self.entities.transact(save)

    def _new(self, name: str) -> Any:
        forgotten = self.entities.get(FORGOTTEN, digest(name))
        return new_feed(self.entities, name, forgotten["runs"] if forgotten else 0)

    def _forget(self, name: str) -> None:
        """Remove the feed's own entity, and keep how many runs it had."""
        found = self.entities.get(FEED, name)
        if found:
            self.entities.put(self.entities.make(FORGOTTEN, digest(name), {"runs": found["runs"]}))
            self.entities.delete([found.key])
