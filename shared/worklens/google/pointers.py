"""Which version of something is in force, in Datastore."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

import msgspec

from worklens.google.entities import Entities
from worklens.google.packing import packed, unpacked
from worklens.google.records import FEED, POINTER
from worklens.ports import Pointer
from worklens.tasks import digest


class Pointers:
    """The part of the state store that is about pointers."""

    entities: Entities

    def point(
        self, feed: str, name: str, version: str, evidence: Mapping[str, Any] = MappingProxyType({})
    ) -> None:
        """Let a name of the feed stand for this version from now on; of a feed that is no more nothing is kept."""
        self.entities.transact(lambda transaction: self._point(transaction, feed, name, version, evidence))

    def repoint(self, feed: str, name: str, change: Callable[[str], str]) -> None:
        """Let the name stand for what ``change`` makes of its version; of a feed that is no more nothing is kept."""

        def repoint(transaction: Any) -> None:
            found = self.pointer(feed, name)
            self._point(transaction, feed, name, change(found.version if found else ""), {})

        self.entities.transact(repoint)

    def _point(
        self, transaction: Any, feed: str, name: str, version: str, evidence: Mapping[str, Any]
    ) -> None:
        if not feed or self.entities.get(FEED, feed) is not None:
            text = packed(msgspec.json.encode(dict(evidence)).decode())
            about = {"feed": feed, "version": version, "evidence": text}
            transaction.put(self.entities.make(POINTER, digest(feed, name), about, frozenset({"feed"})))

    def drop_pointers(self, feed: str) -> None:
        """Let none of the feed's names stand for anything any more."""
        self.entities.delete([pointer.key for pointer in self.entities.query(POINTER, feed=feed)])

    def pointer(self, feed: str, name: str) -> Pointer | None:
        """What the name stands for, or None."""
        found = self.entities.get(POINTER, digest(feed, name))
        if found is None:
            return None
        return Pointer(found["version"], msgspec.json.decode(unpacked(found["evidence"])))
