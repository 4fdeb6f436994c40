"""Fetch: ask a source what changed, and publish it in bounded batches. It never interprets a task."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from functools import cache
from typing import Any, NamedTuple

import msgspec

from worklens.messages import MAX_BYTES, MAX_PAYLOAD, Batch, Rejected, SyncRequested, batch_id, chunks
from worklens.ports import Feed, Ports, Run
from worklens.sources.base import Context, Done, Page, Refused, Source
from worklens.sources.registry import source
from worklens.stages.driver import Answers, Unavailable, pull_pages
from worklens.tasks import digest

PREVIEW = 4_096  # of an oversized record, shown with it; the whole lies in the blob store

Connect = Callable[[Source, Feed, Run, Ports], AbstractContextManager[Answers]]
Watch = Callable[[Run, Page], None]


class Fetched(NamedTuple):
    """How a fetch ended: done, held by another run, settled before, out of time, or refused."""

    outcome: str
    run: Run | None = None


def fetch(
    request: SyncRequested,
    ports: Ports,
    connect: Connect,
    *,
    out_of_time: Callable[[], bool] = lambda: False,
    watch: Watch = lambda run, page: None,
) -> Fetched:
    """Pull the feed to its end, or until ``out_of_time`` at a page's boundary; then its continuation is published.

    ``watch`` is told of each page once it is published. Where there is no going on, for good (Refused) or for now
    (Unavailable), the reason is kept with the run and raised; the next request goes on from its last page.
    """
    feed = ports.state.feed(request.feed)
    if feed is None:
        return Fetched("unknown-feed")
    run, reason = ports.state.begin(request, ports.clock.now())
    if run is None:
        return Fetched(reason)
    try:
        return _pull(run, feed, request, ports, connect, out_of_time, watch)
    except (Refused, Unavailable) as error:
        error.params = {"feed": feed.name, "source": feed.source, **error.params}
        ports.state.failed(run, error.reason)
        raise


def _pull(
    run: Run,
    feed: Feed,
    request: SyncRequested,
    ports: Ports,
    connect: Connect,
    out_of_time: Callable[[], bool],
    watch: Watch,
) -> Fetched:
    source_ = source(feed.source, file=bool(run.input))
    with connect(source_, feed, run, ports) as driver:
        pages = pull_pages(source_, _context(run, feed), driver)
        while True:
            try:
                page = next(pages)
            except StopIteration as stop:
                return _fetched(run, stop.value, ports)
            run = publish(run, page, source_, ports)
            watch(run, page)
            if out_of_time():
                ports.bus.publish([_continuation(request, run)])
                return Fetched("out-of-time", run)


def _fetched(run: Run, done: Done, ports: Ports) -> Fetched:
    run = msgspec.structs.replace(run, now=_seen(run, ports))
    ports.state.fetched(run, done.cursor, msgspec.json.encode(done.coverage).decode())
    return Fetched("done", run)


def _seen(run: Run, ports: Ports) -> int:
    """When what comes now is seen: a service may change during a run, and the run go on after a night; a file can't."""
    return run.now if run.input else max(run.now, ports.clock.now())


def _continuation(request: SyncRequested, run: Run) -> SyncRequested:
    return msgspec.structs.replace(request, run=run.run, window=run.window)


def _context(run: Run, feed: Feed) -> Context:
    return Context(
        feed=feed.name,
        now=run.now,
        cursor=feed.cursor,
        checkpoint=run.checkpoint,
        full=run.full,
        settings=feed.settings,
    )


def publish(run: Run, page: Page, source_: Source, ports: Ports) -> Run:
    """Cut a page into batches and publish them with its checkpoint; the run as it then stands."""
    records = _without_secrets(page.records, source_.secret_fields)
    records, oversized = _within_bounds(records, run, ports)
    seen = page.seen or _seen(run, ports)
    rejected = [_bounded(item, run, ports) for item in page.rejected]
    batches = list(_batches(run, seen, records, [*rejected, *oversized]))
    return ports.state.advance(run, page.checkpoint, batches, ports.clock.now())


def _within_bounds(
    records: Sequence[bytes], run: Run, ports: Ports
) -> tuple[Sequence[bytes], list[Rejected]]:
    if max(map(len, records), default=0) <= MAX_BYTES:
        return records, []
    fitting = [record for record in records if len(record) <= MAX_BYTES]
    return fitting, [_oversized(r, i, run, ports) for i, r in enumerate(records) if len(r) > MAX_BYTES]


def _oversized(record: bytes, index: int, run: Run, ports: Ports) -> Rejected:
    return Rejected(
        place=_place(record) or _counted(index, run),
        reason="record-too-large",
        params={"bytes": str(len(record)), "limit": str(MAX_BYTES)},
        payload=bytes(record[:PREVIEW]).decode("utf-8", "replace"),
        blob=_stored(record, run, ports),
    )


def _stored(content: bytes, run: Run, ports: Ports) -> str:
    """Where something too large for a message lies, under a name that is the same when it comes again.

    The feed stands in it as a hash, for a file's name has little room.
    """
    blob = f"oversized/{digest(run.feed)}/{batch_id(run.run, run.pages, content)}"
    ports.blobs.put(blob, content)
    return blob


def _bounded(item: Rejected, run: Run, ports: Ports) -> Rejected:
    """A rejected record whose text is too long to travel keeps its beginning, and the whole in a blob."""
    if len(item.payload) <= MAX_PAYLOAD:
        return item
    blob = _stored(item.payload.encode("utf-8", "replace"), run, ports)
    return msgspec.structs.replace(item, payload=item.payload[:PREVIEW], blob=blob)


def _counted(index: int, run: Run) -> str:
    """Where a record stands that doesn't say so."""
    if run.name:
        return f"{run.name}:record {run.records + index + 1}"
    return f"page {run.pages}, record {index + 1}"


class _Placed(msgspec.Struct):
    """A record that says where it stood."""

    place: str = ""


def _place(record: bytes) -> str:
    try:
        return msgspec.json.decode(record, type=_Placed).place
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        return ""


def _batches(run: Run, seen: int, records: Sequence[bytes], rejected: Sequence[Rejected]) -> Iterator[Batch]:
    first = run.records
    about: dict[str, Any] = {"feed": run.feed, "run": run.run, "window": run.window, "number": run.number}
    about |= {"page": run.pages, "seen_at": seen}
    for chunk in chunks(records):
        batch = batch_id(run.run, run.pages, b"\n".join(chunk))
        yield Batch(**about, batch=batch, first=first, records=[msgspec.Raw(record) for record in chunk])
        first += len(chunk)
    for held in chunks([msgspec.json.encode(item) for item in rejected]):
        batch = batch_id(run.run, run.pages, b"\n".join(held))
        items = [msgspec.json.decode(item, type=Rejected) for item in held]
        yield Batch(**about, batch=batch, first=first, rejected=items)


def _without_secrets(records: Sequence[bytes], secret_fields: frozenset[str]) -> Sequence[bytes]:
    """Each record less its secret fields. A page is searched as one text first: mostly none of it has any."""
    page = b"\n".join(records) if secret_fields else b""
    if not any(name in page for name in _encoded(secret_fields)):
        return records
    return [without(record, secret_fields) for record in records]


def without(record: bytes, secret_fields: frozenset[str]) -> bytes:
    """The record less its secret fields, at any depth; untouched where their names do not occur in it."""
    for name in _encoded(secret_fields):
        if name in record:
            return msgspec.json.encode(_stripped(msgspec.json.decode(record), secret_fields))
    return record


@cache
def _encoded(names: frozenset[str]) -> tuple[bytes, ...]:
    return tuple(name.encode() for name in names)


def _stripped(value: Any, names: frozenset[str]) -> Any:
    if isinstance(value, dict):
        return {key: _stripped(item, names) for key, item in value.items() if key not in names}
    return [_stripped(item, names) for item in value] if isinstance(value, list) else value
