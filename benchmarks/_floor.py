"""The least work that writes what an import writes: read the file, decode, hash, and let DuckDB have the three tables.

Our own readers and our own way of handing rows over, in one transaction; but no queue, no batches' ids, no views, no
settling against what was known, no scores. What the whole pipeline can at most be brought to, as it is written now.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

AT_ONCE = 8_000  # records that are rows in memory at the same time: as many as the pipeline has

EVENTS = """
INSERT INTO task_events (event_id, feed, account, task, occurrence, run, kind, happened_at, precision, seen_at, state)
SELECT concat('{kind}::1-', state_hash), feed, account, task, occurrence, run, '{kind}', {kind}_at, {kind}_precision,
  seen_at, concat('1-', state_hash)
FROM task_states WHERE {kind}_at IS NOT NULL
"""


def least(kind: str, file: Path, store: Path) -> int:
    """Write the raw records, states and events of a file of this kind; how many tasks are done."""
    import duckdb

    from worklens.local import columns
    from worklens.local.warehouse import GROUP_ROWS, PACKING, ROOM_TO_ASK, WRITING
    from worklens.warehouse.schema import create_table, tables

    connection = duckdb.connect(config={**WRITING, "memory_limit": ROOM_TO_ASK})
    connection.execute(PACKING)
    connection.execute(f"ATTACH '{store}' AS least (ROW_GROUP_SIZE {GROUP_ROWS})")
    connection.execute("USE least")
    for table in ("raw_records", "task_states", "task_events"):
        connection.execute(create_table(table, tables()[table]))
    connection.execute("BEGIN TRANSACTION")
    connection.execute(
        "SET threads = 1"
    )  # as in the pipeline: a second would wait for the interpreter's lock
    for table, rows in _rows(kind, file):
        columns.insert(connection, table, rows)
    connection.execute("SET threads = 2")
    for event in ("created", "completed"):
        connection.execute(EVENTS.format(kind=event))
    connection.execute("COMMIT")
    query = "SELECT COUNT(*) FROM task_states WHERE completed_at IS NOT NULL"
    ((done,),) = connection.execute(query).fetchall()
    connection.close()
    return int(done)


def _rows(kind: str, file: Path) -> Iterator[tuple[str, Any]]:
    """The rows of raw records and of states, some at a time."""
    from worklens.sources.base import Reading
    from worklens.sources.registry import source
    from worklens.stages.transform import read_records
    from worklens.warehouse.rows import task_rows

    name = "todoist" if kind == "answer" else "wunderlist"
    about = Reading(feed=f"{name}:me", seen_at=0, zone="Europe/Berlin")
    reader, records = source(name, file=kind != "answer"), iter(_records(kind, file))
    while some := list(islice(records, AT_ONCE)):
        n = len(some)
        texts = [record.decode() for record in some]
        raw = {"feed": [about.feed] * n, "run": [1] * n, "batch": ["one"] * n, "seen_at": [0] * n}
        yield "raw_records", raw | {"position": list(range(n)), "record": texts}
        tasks = read_records(reader, some, about, "").tasks  # type: ignore[arg-type]
        yield "task_states", task_rows(tasks, feed=about.feed, run=1, position=0, seen_at=0)


def _records(kind: str, file: Path) -> list[bytes]:
    """The raw records of the tasks, as the source makes them."""
    import msgspec

    within = "items" if kind == "answer" else "data"
    found: Any = msgspec.json.decode(file.read_bytes(), type=dict[str, msgspec.Raw])[within]
    if kind != "answer":
        found = msgspec.json.decode(found, type=dict[str, msgspec.Raw])["tasks"]
    word = b"item" if kind == "answer" else b"task"
    return [b'{"%b":%b}' % (word, raw) for raw in msgspec.json.decode(found, type=list[msgspec.Raw])]
