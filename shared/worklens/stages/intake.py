"""Intake: a file a person gives becomes a feed with a request to import it."""

from __future__ import annotations

from collections.abc import Mapping
from hashlib import blake2b
from typing import Any

import msgspec

from worklens.messages import SyncRequested
from worklens.ports import Feed, Ports
from worklens.stages.zones import zones_after
from worklens.tasks import digest

IMPORT = "import-"  # begins the window of a file's run


class Intake(msgspec.Struct, frozen=True, kw_only=True):
    """What is known of a file before it is read: whose it is and how to read it."""

    name: str
    content: bytes
    feed: str
    source: str
    zone: str  # or a move there: Asia/Tokyo@2026-03-01
    settings: Mapping[str, Any] = {}
    seen_at: int | None = None  # microseconds: the instant the file tells of


def request_import(intake: Intake, ports: Ports) -> SyncRequested:
    """Keep the file, create or update its feed, and ask for its import.

    The same file asked for again while its import is unfinished goes on with that; else it is a run of its own.
    """
    known = ports.state.feed(intake.feed)
    number = known.runs + 1 if known else 1
    content = blake2b(intake.content, digest_size=16).hexdigest()
    blob = f"imports/{digest(intake.feed, content, str(number))}"
    ports.blobs.put(blob, intake.content)
    ports.state.save_feed(_feed(intake, known))
    request = SyncRequested(
        feed=intake.feed,
        run=digest(intake.feed, content, str(number)),
        window=f"{IMPORT}{number}",
        input=blob,
        name=intake.name,
        seen_at=intake.seen_at,
    )
    ports.bus.publish([request])
    return request


def _feed(intake: Intake, known: Feed | None) -> Feed:
    settings = {**(known.settings if known else {}), **intake.settings}
    zones = zones_after(known.zones if known else (), intake.zone)
    return Feed(name=intake.feed, source=intake.source, zones=zones, settings=settings)
