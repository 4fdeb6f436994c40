"""Records in quarantine: what is held, why, and which of it could be read today."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import msgspec

from worklens.messages import MAX_BYTES, MAX_PAYLOAD, Rejected
from worklens.stages.asking import ask, records
from worklens.tasks import Collection, Removal, Task

if TYPE_CHECKING:
    from worklens.ports import Feed
    from worklens.stages.care import Asked, Care

Item = Task | Collection | Removal
PLACES = 5  # of each reason, shown to a person
CUT = MAX_PAYLOAD - 4  # bytes: of a text that is longer the end may be missing

# Held: never replayed, and of no run that was withdrawn.
HELD = (
    "WHERE ($feed = '' OR feed = $feed)"
    " AND NOT EXISTS (SELECT 1 FROM sync_runs AS w WHERE w.feed = asked.feed AND w.run = asked.run"
    " AND w.status = 'withdrawn')"
    " QUALIFY MIN(IF(status = 'held', 1, 0)) OVER (PARTITION BY quarantine_id) = 1"
    " AND ROW_NUMBER() OVER (PARTITION BY quarantine_id ORDER BY run DESC) = 1"
)


class Group(msgspec.Struct, frozen=True):
    """The records of a feed that are held for one reason; ``params`` are those of the first of them."""

    feed: str
    reason: str
    params: dict[str, str]
    count: int
    places: list[str]


class Kept(NamedTuple):
    """A record that must stay, and why: ``why`` is one of the reasons of ``worklens.sources``, with its parameters."""

    row: dict[str, Any]
    why: str
    params: dict[str, str]


class Plan(NamedTuple):
    """What would become of a feed's records, by the rows of ``quarantine``, each that goes with its whole ``record``."""

    feed: str
    readable: list[dict[str, Any]]  # they can be read now
    superseded: list[dict[str, Any]]  # a later run told the same
    held: list[Kept]  # as before


def held(session: Asked, feed: str, reason: str = "") -> list[dict[str, Any]]:
    """The rows that are held, of every feed or one, for any reason or one, in the order in which they were seen."""
    rows = [
        row for row in records(ask(session, "quarantine", HELD, feed=feed)) if reason in {"", row["reason"]}
    ]
    return sorted(rows, key=lambda row: (row["feed"], row["seen_at"], len(row["place"]), row["place"]))


def groups(care: Care, feed: str) -> list[Group]:
    """What is held by feed and reason, the most frequent first; of every feed where none is named."""
    with care.warehouse.read() as session:
        rows = held(session, feed)
    found: dict[tuple[str, str], list[dict[str, Any]]] = {}
    for row in rows:
        found.setdefault((row["feed"], row["reason"]), []).append(row)
    made = [
        Group(name, reason, params_of(some[0]["params"]), len(some), [row["place"] for row in some[:PLACES]])
        for (name, reason), some in found.items()
    ]
    return sorted(made, key=lambda group: (-group.count, group.feed, group.reason))


def params_of(text: str | None) -> dict[str, str]:
    """A reason's parameters as the table has them."""
    return msgspec.json.decode(text or "{}", type=dict[str, str])


def plans(care: Care, feed: str, reason: str = "") -> list[Plan]:
    """For each feed, or the one named, what of its held records could be taken today."""
    with care.warehouse.read() as session:
        rows = held(session, feed, reason)
        feeds = {known.name: known for known in care.state.feeds()}
        names = sorted({row["feed"] for row in rows} & set(feeds))
        return [
            _plan(care, session, feeds[name], [row for row in rows if row["feed"] == name]) for name in names
        ]


def _plan(care: Care, session: Asked, feed: Feed, rows: list[dict[str, Any]]) -> Plan:
    plan = Plan(feed.name, [], [], [])
    for row in rows:
        record = whole(care, session, row)
        if isinstance(record, Kept):
            plan.held.append(record)
            continue
        read = parsed(feed, record, row["seen_at"])
        if isinstance(read, Rejected):
            plan.held.append(Kept(row, read.reason, read.params))
        elif read and all(_told_since(session, item, row) for item in read):
            plan.superseded.append({**row, "record": record})
        else:
            plan.readable.append({**row, "record": record})
    return plan


def whole(care: Care, session: Asked, row: dict[str, Any]) -> bytes | Kept:
    """A held record as its source gave it: from its blob, its own text, or the raw records while those are kept."""
    if row["blob"]:
        try:
            record = care.blobs.get(row["blob"])
        except KeyError:
            return Kept(row, "kept-blob-gone", {})
        if len(record) > MAX_BYTES:
            return Kept(row, "kept-too-large", {"bytes": f"{len(record):,}", "limit": f"{MAX_BYTES:,}"})
    else:
        record = (row["payload"] or "").encode()
        if len(record) >= CUT and not _is_json(record):
            record = _raw(session, row)
            if not record:
                return Kept(row, "kept-cut-off", {})
    return record if _is_json(record) else Kept(row, "kept-no-record", {})


def _raw(session: Asked, row: dict[str, Any]) -> bytes:
    """The raw record that begins as the row's text does; nothing where there is none, or several."""
    found = ask(
        session,
        "raw_records",
        "WHERE feed = $feed AND run = $run AND batch = $batch AND STARTS_WITH(record, $text)",
        columns="record",
        text=row["payload"].rstrip("\ufffd"),
        **{name: row[name] for name in ("feed", "run", "batch")},
    )["record"]
    return found[0].encode() if len(found) == 1 else b""


def parsed(feed: Feed, record: bytes, seen_at: int = 0) -> list[Item] | Rejected:
    """What a raw record is read into, or why it can't be."""
    from worklens.sources.registry import source
    from worklens.stages.transform import read_records
    from worklens.stages.zones import reading

    read = read_records(source(feed.source), [msgspec.Raw(record)], reading(feed, seen_at), "")
    return read.rejected[0] if read.rejected else [*read.tasks, *read.collections, *read.removals]


def _is_json(record: bytes) -> bool:
    try:
        msgspec.json.decode(record, type=msgspec.Raw)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return False
    return True


def _told_since(session: Asked, item: Item, row: dict[str, Any]) -> bool:
    """Whether a run after the record's told of this task or list: what it says then is newer."""
    names = ("account", "collection") if isinstance(item, Collection) else ("account", "task", "occurrence")
    found = ask(
        session,
        "latest_collections" if isinstance(item, Collection) else "settled_states",
        f"WHERE {' AND '.join(f'{name} = ${name}' for name in names)} AND feed = $feed AND run > $run",
        columns="COUNT(*) AS n",
        feed=row["feed"],
        run=row["run"],
        **{name: getattr(item, name) for name in names},
    )
    return bool(found["n"][0])
