"""Transform: parse each batch by itself; once a run is whole, settle it against what was known."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate, chain, islice, pairwise
from typing import Any

import msgspec

from worklens.messages import MAX_PAYLOAD, Batch, Rejected, SettleRequested, TasksChanged
from worklens.ports import Feed, Ports, Run, Session
from worklens.sources.base import Coverage, Reading, Source, Unreadable
from worklens.sources.base import Parsed as Item
from worklens.sources.registry import source
from worklens.stages.settling import EventRow, Seen, pair_events
from worklens.stages.zones import append_zones, reading
from worklens.tasks import Collection, Happened, Moment, Removal, Task, digest
from worklens.warehouse.rows import (
    EVENT_COLUMNS,
    Rows,
    collection_rows,
    happened_rows,
    removal_rows,
    task_rows,
    tasks_of,
)

STRIDE = 100_000  # one record never yields as many states, so positions keep the order of records
AFTER_ALL = 1 << 60  # the position of states that settle itself adds
# A large run is compared in stretches of task ids, which end at every fourth of the tasks whose state's hash begins so: one in
# 4,096, as many as there are marks of three hex digits.
MARK, CUT = "000", 4
LARGE = 20_000  # states of a run that is compared in stretches
AT_ONCE = 16  # batches of a unit of work that are rows in memory at the same time
UNFORESEEN = (
    ArithmeticError,
    LookupError,
    TypeError,
    ValueError,
    RecursionError,
)  # of one record, which stops no other


class Parsed:
    """What a batch came to."""

    def __init__(self, items: Sequence[Item] = (), rejected: Sequence[Rejected] = ()) -> None:
        """Each item with its like, in the order they came."""
        self.tasks = [item for item in items if isinstance(item, Task)]
        self.collections = [item for item in items if isinstance(item, Collection)]
        self.removals = [item for item in items if isinstance(item, Removal)]
        self.happened = [item for item in items if isinstance(item, Happened)]
        self.tasks_before = _tasks_before(items) if self.removals else []
        self.rejected = list(rejected)


def _tasks_before(items: Sequence[Item]) -> list[int]:
    """Of each removal, how many tasks were told before it."""
    told = accumulate((isinstance(item, Task) for item in items), initial=0)
    return [count for count, item in zip(told, items, strict=False) if isinstance(item, Removal)]


def parse(batches: Iterable[Batch], ports: Ports) -> None:
    """Read batches into task states and keep their raw records; stateless, so any order and any repeat will do.

    All of them are one unit of work of the warehouse; only a few are in memory at a time.
    """
    done: list[Batch] = []
    known = _known(batches, ports)
    with ports.warehouse.write() as session:
        while some := list(islice(known, AT_ONCE)):
            for table, rows in _gather([(batch, _parsed(batch, feed, run)) for batch, feed, run in some]):
                session.append(table, rows)
            done += [msgspec.structs.replace(batch, records=[], rejected=[]) for batch, *_ in some]
    ports.state.parsed(done)


def _known(batches: Iterable[Batch], ports: Ports) -> Iterator[tuple[Batch, Feed, Run]]:
    """The batches of feeds that exist: what was forgotten does not come back by a late message."""
    feeds: dict[str, Feed | None] = {}
    for batch in batches:
        if batch.feed not in feeds:
            feeds[batch.feed] = ports.state.feed(batch.feed)
        feed, run = feeds[batch.feed], ports.state.run(batch.run)
        if feed is not None and run is not None:
            yield batch, feed, run


def _parsed(batch: Batch, feed: Feed, run: Run) -> Parsed:
    place = f"{run.name}:" if run.name else f"page {batch.page}, "
    about = reading(feed, batch.seen_at)
    parsed = read_records(source(feed.source), batch.records, about, place, batch.first)
    parsed.rejected.extend(batch.rejected)
    return parsed


def read_records(
    source_: Source, records: Sequence[msgspec.Raw], about: Reading, place: str, first: int = 0
) -> Parsed:
    """Parse raw records; one that can't be read is rejected with its reason and place (``place`` and its number,
    counted from ``first``), the rest go on.
    """
    items: list[Item] = []
    refused: list[Rejected] = []
    for number, record in enumerate(records, start=first + 1):
        try:
            items.extend(source_.parse(record, about))
        except Unreadable as error:
            refused.append(rejected(record, f"{place}record {number}", error))
        except UNFORESEEN as error:
            unread = Unreadable("wrong-value", error=type(error).__name__)
            refused.append(rejected(record, f"{place}record {number}", unread))
    return Parsed(items, refused)


def rejected(record: msgspec.Raw | bytes, place: str, error: Unreadable) -> Rejected:
    """The record on its way to quarantine; a place the source itself knows (a row of a file) is the better one."""
    params = dict(error.params)
    text = bytes(record)[:MAX_PAYLOAD].decode("utf-8", "replace")
    return Rejected(place=params.pop("place", place), reason=error.reason, params=params, payload=text)


def _gather(read: Sequence[tuple[Batch, Parsed]]) -> Iterator[tuple[str, Rows]]:
    """The rows of all batches, a table at a time."""
    tables: dict[str, list[Rows]] = {}
    for batch, parsed in read:
        base: Any = {"feed": batch.feed, "run": batch.number, "seen_at": batch.seen_at}
        order: Any = base | {"position": batch.first * STRIDE}
        tables.setdefault("raw_records", []).append(_raw_rows(batch))
        tables.setdefault("task_states", []).append(task_rows(parsed.tasks, **order))
        tables.setdefault("task_states_removed", []).append(
            removal_rows(parsed.removals, parsed.tasks_before, **order)
        )
        tables.setdefault("collections", []).append(collection_rows(parsed.collections, **order))
        tables.setdefault("task_events", []).append(happened_rows(parsed.happened, **base))
        tables.setdefault("quarantine", []).append(quarantine_rows(parsed.rejected, batch))
    for table, pieces in tables.items():
        rows = _joined(pieces)
        if rows:
            yield table.removesuffix("_removed"), rows


def _joined(pieces: Sequence[Rows]) -> Rows:
    filled = [piece for piece in pieces if piece["feed"]]
    if len(filled) < 2:
        return filled[0] if filled else {}
    return {name: list(chain.from_iterable(piece[name] for piece in filled)) for name in filled[0]}


def _raw_rows(batch: Batch) -> Rows:
    n = len(batch.records)
    return {
        "feed": [batch.feed] * n,
        "run": [batch.number] * n,
        "batch": [batch.batch] * n,
        "position": list(range(n)),
        "record": [bytes(record).decode("utf-8", "backslashreplace") for record in batch.records],
        "seen_at": [batch.seen_at] * n,
    }


def quarantine_rows(items: Sequence[Rejected], batch: Batch) -> Rows:
    """Rows of ``quarantine`` for what a batch's records could not be read into."""
    n = len(items)
    return {
        "quarantine_id": [digest(batch.feed, item.place, item.reason, item.payload) for item in items],
        "feed": [batch.feed] * n,
        "run": [batch.number] * n,
        "batch": [batch.batch] * n,
        "place": [item.place for item in items],
        "reason": [item.reason for item in items],
        "params": [msgspec.json.encode(item.params).decode() for item in items],
        "payload": [item.payload for item in items],
        "blob": [item.blob or None for item in items],
        "seen_at": [batch.seen_at] * n,
        "status": ["held"] * n,
    }


def settle(request: SettleRequested, ports: Ports) -> None:
    """Compare a whole run with what was known, append the events, and decide what absence means."""
    run = ports.state.run(request.run)
    if run is None or run.status == "withdrawn":
        return
    feed = ports.state.feed(run.feed)
    if feed is None:
        return
    if run.status == "settled":  # the request came again, and only what follows is said again
        with ports.warehouse.read() as session:
            changed = _changed_by(run, _met(run, session), _counted(run, session))
    else:
        with ports.warehouse.write() as session:
            append_zones(feed, run, session)
            changed = _settle(run, session)
    ports.state.settled(run, [changed])
    if run.input:
        ports.blobs.delete(run.input)  # its records stand in the warehouse now


def _settle(run: Run, session: Session) -> TasksChanged:
    about: dict[str, Any] = {"feed": run.feed, "run": run.number}
    coverage = msgspec.json.decode(run.coverage, type=Coverage)
    meets = _met(run, session)  # of a first run nothing can be absent or changed
    removed = _removed(run, session) if any(meets["removals"]) else []
    absent = _absent(run, coverage, session) if any(meets["earlier"]) else []
    _append_gone([*removed, *absent], run, session)
    session.append_from("task_events", "new_events", **about)
    if any(meets["earlier"]):
        _append_changes(run, meets, session)
    if coverage.snapshot:
        _append_repeated(session.query("repeated_tasks", **about), run, session)
    counts = _counted(run, session)
    _append_run(run, coverage, counts, session)
    return _changed_by(run, meets, counts)


def _met(run: Run, session: Session) -> Rows:
    return session.query("before_settling", feed=run.feed, run=run.number)


def _counted(run: Run, session: Session) -> Rows:
    return session.query("run_counts", feed=run.feed, run=run.number)


def _changed_by(run: Run, meets: Rows, counts: Rows) -> TasksChanged:
    """What is said of a settled run: how much it brought, and what it stands upon."""
    return TasksChanged(
        feed=run.feed,
        run=run.run,
        window=run.window,
        number=run.number,
        seen_at=run.now,
        events=counts["events"][0],
        before=meets["before_at"][0] or 0,
    )


def _append_changes(run: Run, meets: Rows, session: Session) -> None:
    """The events of what the run shows otherwise than it was known, a stretch of tasks at a time."""
    about: dict[str, Any] = {"feed": run.feed, "run": run.number}
    told: Rows = {}
    for first, until in _stretches(run, meets, session):
        found = _changed(session.query("changed_tasks", **about, first=first, until=until))
        if found:
            told = told or session.query("told_kinds", **about)
            _append_events(_untold(found, told), run, session)


def _stretches(run: Run, meets: Rows, session: Session) -> Iterator[tuple[str, str]]:
    """Stretches of task ids, of some 16,000 each, which together hold all the run shows; of a usual run just one.

    A task that changed is in memory twice, in full, and takes 5 kB there.
    """
    cuts: list[str] = []
    if meets["states"][0] > LARGE:
        some = session.query("some_tasks", feed=run.feed, run=run.number, mark=MARK)["task"]
        cuts = some[CUT::CUT]
    return pairwise(["", *cuts, ""])


def _changed(rows: Rows) -> list[EventRow]:
    sides: dict[tuple[str, str, str], dict[str, Seen]] = {}
    for side, seen in zip(rows["side"], _seen(rows), strict=True):
        sides.setdefault(seen.key, {})[side] = seen
    return [row for pair in sides.values() for row in pair_events(pair["before"], pair["after"])]


def _untold(found: Sequence[EventRow], told: Rows) -> list[EventRow]:
    """Without the events of tasks and kinds of which the source itself told what happened."""
    known = set(zip(*(told[name] for name in ("account", "task", "occurrence", "kind")), strict=True))
    return [event for event in found if event[1:5] not in known]


def _seen(rows: Rows) -> Iterator[Seen]:
    for task, run, seen_at in zip(tasks_of(rows), rows["run"], rows["seen_at"], strict=True):
        yield Seen(task, run, seen_at)


def _removed(run: Run, session: Session) -> list[Task]:
    """The tasks of which the run says that they are gone, as they were last known, with their deletion."""
    rows = session.query("removed_tasks", feed=run.feed, run=run.number)
    words = map(Moment, rows["removed_at"], rows["removed_precision"])
    gone = zip(tasks_of(rows), words, strict=True)
    return [msgspec.structs.replace(task, deleted=at) for task, at in gone if not task.deleted]


def _absent(run: Run, coverage: Coverage, session: Session) -> list[Task]:
    """The tasks that are gone because a listing without a gap does not show them, with their deletion."""
    if (coverage.listed == "nothing" and not coverage.parents) or _any_rejected(run, session):
        return []
    absent = tasks_of(session.query("absent_tasks", **_listing(run, coverage)))
    return [msgspec.structs.replace(task, deleted=Moment(run.now, "seen")) for task in absent]


def _any_rejected(run: Run, session: Session) -> bool:
    """What could not be read may be the very task that seems to be absent."""
    return any(_counted(run, session)["rejected"])


def _listing(run: Run, coverage: Coverage) -> dict[str, Any]:
    return {
        "feed": run.feed,
        "run": run.number,
        "any_listed": coverage.listed != "nothing",
        "all_states": coverage.listed == "everything",
        "all_collections": coverage.collections is None,
        "collections": list(coverage.collections or ()),
        "parents": list(coverage.parents),
    }


def _append_gone(gone: Sequence[Task], run: Run, session: Session) -> None:
    """Their states, after all that the run itself told: what happened is then read from states alone."""
    if gone:
        rows = task_rows(gone, feed=run.feed, run=run.number, position=AFTER_ALL, seen_at=run.now)
        session.append("task_states", rows)


def _append_events(events: Sequence[EventRow], run: Run, session: Session) -> None:
    if events:
        rows: Rows = dict(zip(EVENT_COLUMNS, map(list, zip(*events, strict=True)), strict=True))
        n = len(events)
        session.append("task_events", rows | {"feed": [run.feed] * n, "run": [run.number] * n})


def _append_repeated(rows: Rows, run: Run, session: Session) -> None:
    """Say which ids a file gave twice with different content; the last was taken, the others stay raw."""
    items = [
        Rejected(
            place=f"{run.name}:id {task}{account.removeprefix(run.feed)}",
            reason="repeated-id",
            params={"versions": str(versions)},
        )
        for account, task, versions in zip(rows["account"], rows["task"], rows["versions"], strict=True)
    ]
    if items:
        batch = Batch(
            feed=run.feed,
            run=run.run,
            window=run.window,
            number=run.number,
            page=0,
            batch="",
            seen_at=run.now,
        )
        session.append("quarantine", quarantine_rows(items, batch))


def _append_run(run: Run, coverage: Coverage, counts: Rows, session: Session) -> None:
    session.append(
        "sync_runs",
        {
            "feed": [run.feed],
            "run": [run.number],
            "run_id": [run.run],
            "status": ["settled"],
            "seen_at": [run.now],
            "run_window": [run.window],
            "listed": [coverage.listed],
            "records": [run.records],
            **counts,
        },
    )
