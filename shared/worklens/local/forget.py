"""Removes a person from every file of the data directory, local backups included, so that no trace is left in any.

Deleted rows would stand in a database's free pages until those are used again. So the facts are copied into a new
file without them, and the state file is overwritten where they stood and then packed.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from worklens.local import kept
from worklens.local.turns import gate_of
from worklens.local.warehouse import LocalWarehouse
from worklens.messages import FOR_OTHERS
from worklens.tasks import digest

if TYPE_CHECKING:
    import duckdb

    from worklens.local.platform import Platform

Belongs = Callable[[str], bool]
"""Whether a raw record, as JSON text, tells of the person."""

FACTS = "facts"  # what the new file is called while it is filled
STATE_TABLES = {"runs": "feed", "queue": "feed", "dead": "feed", "pointers": "feed", "feeds": "name"}


class Target(NamedTuple):
    """Who is forgotten: a feed, or one person in it (``account``), whose records ``belongs`` tells from the others'."""

    feed: str
    account: str = ""
    belongs: Belongs = bool


def forget(platform: Platform, target: Target) -> dict[str, int]:
    """Remove everything about the target; how many rows went from each table. Harmless when repeated.

    The name goes last, after the facts: whoever was stopped in between can ask again. Raises Busy where the warehouse is
    held by another process.
    """
    _forget_state(platform, target)
    _forget_blobs(platform, target)
    _forget_backups(platform, target)
    _forget_pages(platform.paths.root)
    if not target.account:
        platform.ports.secrets.delete(target.feed)
    pack(platform.database.connection)
    gone = _forget_facts(platform.warehouse, target)
    platform.state.bump("warehouse")  # at once: who serves pages shows nothing of before from now on
    if not target.account:
        platform.state.drop_feed(target.feed)
        pack(platform.database.connection)
        platform.state.bump("warehouse")
    return gone


# ----- The state file -----


def _forget_state(platform: Platform, target: Target) -> None:
    """A feed goes whole, but for its name. Of a person nothing stands here but in messages that could not be read, in what was learnt, and in alerts.

    A feed's alerts that nobody took from their topic go with any of its people; the table has the others'.
    """
    if not target.account:
        platform.state.empty_feed(target.feed)
    with platform.database.transaction() as connection:
        connection.execute("DELETE FROM pointers WHERE feed = ?", (target.feed,))
        connection.execute("DELETE FROM dead WHERE feed IN (?, '')", (target.feed,))
        for topic in FOR_OTHERS:
            connection.execute("DELETE FROM queue WHERE feed = ? AND topic = ?", (target.feed, topic))


def pack(connection: sqlite3.Connection) -> None:
    """Leave no free page in the file, and nothing in its log. Raises sqlite3.OperationalError where that is refused."""
    connection.execute("VACUUM")
    busy, *_ = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    if busy:
        raise sqlite3.OperationalError("the state file's log is in use by another process")


# ----- Files -----


def _forget_blobs(platform: Platform, target: Target) -> None:
    """Records that were too large, what was learnt, and files whose import is of no other feed that still has to read them."""
    runs = platform.database.connection.execute("SELECT input FROM runs WHERE feed <> ?", (target.feed,))
    needed = {str(row["input"]) for row in runs}
    waiting = platform.database.connection.execute("SELECT body FROM queue WHERE feed <> ?", (target.feed,))
    bodies = [bytes(row["body"]) for row in waiting]
    for name in platform.blobs.names():
        ours = name.startswith(
            (f"oversized/{digest(target.feed)}/", f"models/{digest(target.feed)}/", "digests/")
        )
        orphan = (
            name.startswith("imports/")
            and name not in needed
            and not any(name.encode() in body for body in bodies)
        )
        if ours or orphan:
            platform.blobs.delete(name)
    for part in platform.paths.blobs.glob("*.part"):
        part.unlink(missing_ok=True)


def _forget_pages(root: Path) -> None:
    """Reports that were written beside the data: they are of everyone, and made again in a second."""
    for pattern in ("*.html", "*.html.part"):
        for page in root.glob(pattern):
            page.unlink(missing_ok=True)


def _forget_backups(platform: Platform, target: Target) -> None:
    """Copies made before a migration, treated as the stores are; one that can't be is removed."""
    folder = platform.paths.backups
    for path in sorted(folder.glob("*")) if folder.exists() else ():
        try:
            _forget_backup(path, target)
        except Exception:  # noqa: BLE001 - whatever it is that can't be cleaned must not stay
            path.unlink(missing_ok=True)


def _forget_backup(path: Path, target: Target) -> None:
    if path.suffix == ".duckdb":
        _forget_facts(LocalWarehouse(path, path.parent, str, lambda: None), target)
        for lock in (path.with_suffix(".lock"), gate_of(path.with_suffix(".lock"))):
            lock.unlink(missing_ok=True)
    elif path.suffix == ".sqlite":
        _forget_state_copy(path, target)
    else:
        path.unlink(missing_ok=True)


def _forget_state_copy(path: Path, target: Target) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA secure_delete = ON")
        tables = {row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        if "batches" in tables:
            connection.execute("DELETE FROM batches")
        for table, column in STATE_TABLES.items():
            if table in tables and (not target.account or table in {"queue", "dead", "pointers"}):
                connection.execute(f"DELETE FROM {table} WHERE {column} IN (?, '')", (target.feed,))  # noqa: S608
        pack(connection)


# ----- The warehouse -----


def _forget_facts(warehouse: LocalWarehouse, target: Target) -> dict[str, int]:
    """Copy what stays into a new file, and put it in the place of the old one while that is still held."""
    if not warehouse.path.exists():
        return {}
    beside = warehouse.path.with_suffix(".new")
    _remove(beside)
    with warehouse.held() as connection:
        kept.drop(connection)
        connection.execute("CHECKPOINT")
        connection.execute(f"ATTACH '{_quoted(beside)}' AS {FACTS}")
        gone = dict(_copied(connection, target))
        connection.execute(f"CHECKPOINT {FACTS}")
        connection.execute(f"DETACH {FACTS}")
        beside.replace(warehouse.path)
    for left in (
        *warehouse.path.parent.glob(f"{warehouse.path.name}.*"),
        beside.with_name(f"{beside.name}.wal"),
    ):
        _remove(left)
    return {table: count for table, count in gone.items() if count}


def _quoted(path: Path) -> str:
    return str(path).replace("'", "''")


def _remove(path: Path) -> None:
    if path.is_dir():  # where the engine puts what doesn't fit into memory
        for inner in path.iterdir():
            inner.unlink(missing_ok=True)
        path.rmdir()
    else:
        path.unlink(missing_ok=True)


def _copied(connection: duckdb.DuckDBPyConnection, target: Target) -> Iterator[tuple[str, int]]:
    """Tables, views and what they say of themselves, then each table's rows but the target's; how many of each stayed behind."""
    old = str(connection.execute("SELECT current_database()").fetchall()[0][0])
    connection.execute(f'COPY FROM DATABASE "{old}" TO {FACTS} (SCHEMA)')
    tables = connection.execute(
        "SELECT table_name FROM duckdb_tables() WHERE NOT internal AND database_name = ?", [old]
    ).fetchall()
    for (table,) in tables:
        yield table, _copy(connection, old, table, target)


def _copy(connection: duckdb.DuckDBPyConnection, old: str, table: str, target: Target) -> int:
    source = f'"{old}"."{table}"'
    columns = {row[0] for row in connection.execute(f"DESCRIBE {source}").fetchall()}
    condition, params = _theirs(connection, source, columns, target)
    place = f'{FACTS}."{table}"'
    connection.execute(f"INSERT INTO {place} SELECT * FROM {source} WHERE NOT ({condition})", params)  # noqa: S608
    return _count(connection, source) - _count(connection, place)


def _count(connection: duckdb.DuckDBPyConnection, place: str) -> int:
    return int(connection.execute(f"SELECT COUNT(*) FROM {place}").fetchall()[0][0])  # noqa: S608


Condition = tuple[str, Mapping[str, object]]
NOBODY: Condition = ("FALSE", {})
OF_ACCOUNT = "split_part(account, '/', 1)"


def _theirs(
    connection: duckdb.DuckDBPyConnection, source: str, columns: set[str], target: Target
) -> Condition:
    """Which rows of a table are the target's."""
    feed = _feed_in(columns)
    if not feed:
        return NOBODY
    if not target.account:
        return f"{feed} = $feed", {"feed": target.feed}
    if "account" in columns:
        return f"{feed} = $feed AND account = $account", {"feed": target.feed, "account": target.account}
    text = "record" if "record" in columns else "payload" if "payload" in columns else ""
    return _by_text(connection, source, text, target) if text else NOBODY


def _feed_in(columns: set[str]) -> str:
    """Of which feed a row is, as SQL; where its column came later than the row, its account tells."""
    found = [part for name, part in (("feed", "feed"), ("account", OF_ACCOUNT)) if name in columns]
    return f"COALESCE({', '.join(found)})" if found else ""


def _by_text(connection: duckdb.DuckDBPyConnection, source: str, column: str, target: Target) -> Condition:
    """Rows without an account: by what their raw record tells."""
    rows = connection.execute(
        f"SELECT rowid, {column} FROM {source} WHERE feed = ?",  # noqa: S608
        [target.feed],
    ).fetchall()
    found = [rowid for rowid, text in rows if target.belongs(text or "")]
    return "list_contains($rows::BIGINT[], rowid)", {"rows": found}


__all__ = ["Target", "forget", "pack"]
