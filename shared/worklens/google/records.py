"""Feeds and runs as Datastore entities, and back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

from worklens.google.entities import Entities
from worklens.google.packing import packed, unpacked
from worklens.messages import SyncRequested
from worklens.ports import Feed, Run, ZonePeriod

FEED, RUN, NUMBERED, BATCH, POINTER, FORGOTTEN = (
    "Feed",
    "Run",
    "RunNumber",
    "Batch",
    "Pointer",
    "Forgotten",
)
LONG = frozenset({"checkpoint", "cursor", "coverage", "error", "name"})  # may be longer than an index takes
_RUN_FIELDS = tuple(name for name in Run.__struct_fields__ if name != "epoch")


def feed_of(found: Mapping[str, Any]) -> Feed:
    """The feed of an entity."""
    return Feed(
        name=found["name"],
        source=found["source"],
        zones=msgspec.json.decode(unpacked(found["zones"]), type=tuple[ZonePeriod, ...]),
        settings=msgspec.json.decode(unpacked(found["settings"])),
        cursor=unpacked(found["cursor"]),
        runs=found["runs"],
    )


def new_feed(entities: Entities, name: str, runs: int) -> Any:
    """The entity of a feed that was never pulled. ``runs`` go on from those of a forgotten one of the same name."""
    values = {
        "name": name,
        "source": "",
        "zones": "[]",
        "settings": "{}",
        "cursor": "",
        "runs": runs,
        "current": "",  # the run that is not settled yet, however far it has come
        "lease_run": "",
        "lease_epoch": 0,
        "lease_until": 0,
        "again": "[]",  # requests kept until the feed is free
        "outgoing": "[]",  # those that are to be published, now that it is
    }
    return entities.make(FEED, name, values)


def run_of(found: Mapping[str, Any], epoch: int = 0) -> Run:
    """The run of an entity."""
    fields: dict[str, Any] = {
        name: unpacked(found[name]) if name in LONG else found[name] for name in _RUN_FIELDS
    }
    return Run(**fields, epoch=epoch)


def run_entity(entities: Entities, run: Run, begun_at: int) -> Any:
    """The entity of a run; ``begun_at`` is the instant by our own clock, where ``now`` may be a file's."""
    values = {
        name: packed(getattr(run, name)) if name in LONG else getattr(run, name) for name in _RUN_FIELDS
    }
    return entities.make(RUN, run.run, {**values, "begun_at": begun_at}, frozenset({"feed"}))


def requests(found: Mapping[str, Any], name: str) -> list[SyncRequested]:
    """The requests in a property of a feed's entity."""
    return msgspec.json.decode(unpacked(found[name]), type=list[SyncRequested])


def as_text(kept: Sequence[SyncRequested]) -> str | bytes:
    """Requests as a property."""
    return packed(msgspec.json.encode(kept).decode())


def with_kept(kept: Sequence[SyncRequested], request: SyncRequested) -> list[SyncRequested]:
    """The requests with one more that is to wait until the feed is free: each import by itself, syncs as one."""
    others = [one for one in kept if one.run != request.run]
    if request.input:
        return [*others, request]
    syncs = [one for one in others if not one.input]
    full = request.full or any(one.full for one in syncs)
    return [*(one for one in others if one.input), msgspec.structs.replace(request, full=full)]
