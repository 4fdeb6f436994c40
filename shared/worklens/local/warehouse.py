"""Facts in one DuckDB file, held only for a unit of work: one writer, or many readers."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from worklens.local import columns
from worklens.local.engine import Engines, Setting
from worklens.local.held import Held, named, over, parted, times
from worklens.local.kept import KEPT, SOURCES, Kept
from worklens.local.store import is_current, prepare
from worklens.local.turns import turn
from worklens.ports import Busy, Columns
from worklens.warehouse import catalogue

if TYPE_CHECKING:
    import duckdb
    import numpy as np

WAIT_SECONDS = 10.0  # longer than any unit of work; a store held longer is held by something stuck
UNCLEAR_SECONDS = 1.0  # for anything else: a file that is just being made, or left, is odd for a moment
RETRY_SECONDS = 0.02

THREADS = 2
# For a question of a writer's: of a million tasks too, since what it needs besides goes through a file beside the store.
ROOM_TO_ASK = "384MB"
ROOM = "64MB"  # for the engine while rows are appended; without it an import peaks a quarter higher

# How a unit of work is written. It goes into the file at once, all or nothing, instead of first into a log that is then
# copied. Two threads ask and pack; but rows that come from Python are taken over by one, since a second would mostly
# wait for the interpreter's lock.
WRITING: dict[str, Setting] = {
    "auto_checkpoint_skip_wal_threshold": 0,
    "checkpoint_threshold": "1KB",
    "threads": THREADS,
    "memory_limit": ROOM_TO_ASK,
}
# Rows are packed in groups of so many. A commit packs the group anew that the last one left half full: at the engine's own
# 122,880 an import needs a fifth more memory.
GROUP_ROWS = 30_720
# Tables of symbols would make text a third as large, and an import a tenth longer. The engine forgets this one where it
# is given when connecting.
PACKING = "SET disabled_compression_methods = 'dict_fsst,fsst'"

Translate = Callable[[str], str]


def fetched(result: duckdb.DuckDBPyConnection) -> dict[str, np.ndarray]:
    """The columns of a result; dates as datetime64[D], which the engine hands over as instants."""
    dates = {name for name, kind, *_ in result.description or () if str(kind) == "DATE"}
    arrays = result.fetchnumpy()
    return {name: values.astype("M8[D]") if name in dates else values for name, values in arrays.items()}


def _listed(found: Mapping[str, np.ndarray]) -> dict[str, list[Any]]:
    return {name: columns.as_list(values) for name, values in found.items()}


class LocalSession:
    """A unit of work on an open connection."""

    def __init__(
        self, connection: duckdb.DuckDBPyConnection, translate: Translate, *, reads: bool = False
    ) -> None:
        """``translate`` turns GoogleSQL into DuckDB's dialect; ``reads`` says that nothing will be appended."""
        self.connection = connection
        self.translate = translate
        self.reads = reads
        self.threads = THREADS
        self.bounded = False
        self.kept = Kept(connection)
        self.held: Held | None = None  # where many questions follow

    def hold(self) -> None:
        """Many questions follow: what they have in common is made once. A reader's goes with the session, a writer's is kept."""
        if not self.reads:
            self.work_by(THREADS)
            self.bound(False)
            self.kept.make({name: self.translate(catalogue.query(name)[0]) for name in KEPT})
        elif self.held is None:
            self.held = Held(self.connection)

    def let_go(self) -> None:
        """Hold nothing any longer."""
        if self.held:
            self.held.let_go()
        self.held = None

    def bound(self, bounded: bool) -> None:
        """Hold the engine's memory to ROOM while rows are appended, and no longer: a query of a million tasks needs more."""
        if self.bounded != bounded:
            self.connection.execute(f"SET memory_limit = '{ROOM if bounded else ROOM_TO_ASK}'")
            self.bounded = bounded

    def work_by(self, threads: int) -> None:
        """Let so many threads do what follows; to change that takes milliseconds."""
        if self.threads != threads:
            self.connection.execute(f"SET threads = {threads}")
            self.threads = threads

    def append(self, table: str, rows: Columns) -> None:
        """Append rows; columns that are not given are NULL (or empty, where they repeat)."""
        self.work_by(1)
        self.bound(True)
        columns.insert(self.connection, table, rows)
        self._appended(table)

    def append_from(self, table: str, name: str, **params: Any) -> None:
        """Append the rows that a named query gives, within the engine."""
        sql, given = self._asked(name, params)
        self.work_by(THREADS)
        self.bound(False)
        self.connection.execute(f'INSERT INTO "{table}" BY NAME {sql}', given)
        self._appended(table)

    def _appended(self, table: str) -> None:
        if table in SOURCES:
            self.kept = Kept(self.connection)

    def query(self, name: str, **params: Any) -> dict[str, list[Any]]:
        """Rows by column of a named query or view; times as microseconds, NULL as None."""
        return _listed(self.arrays(name, **params))

    def arrays(self, name: str, **params: Any) -> dict[str, np.ndarray]:
        """The same as arrays, as the engine gives them (masked where there are NULLs)."""
        sql, given = self._asked(name, params)
        self.work_by(THREADS)
        self.bound(False)
        asked = self._over(sql, given)
        return fetched(self.connection.execute(asked, named(asked, given)))

    def ask(self, view: str, rest: str = "", *, columns: str = "*", **params: Any) -> dict[str, list[Any]]:
        """Columns of a view or table by what stands after FROM, its values given as ``$name``: what commands ask."""
        text, _ = catalogue.query(view)
        asked = self._over(self.translate(text), {})
        sql = f"SELECT {columns} FROM ({asked}) AS asked {rest}"  # noqa: S608 - our own texts
        return _listed(fetched(self.connection.execute(sql, params or None)))

    def _asked(self, name: str, params: dict[str, Any]) -> tuple[str, dict[str, Any]]:
        """A named query in the engine's dialect, with its parameters."""
        as_of, known_at = params.pop("as_of", None), params.pop("known_at", None)
        sql, more = catalogue.query(name, as_of=as_of, known_at=known_at)
        return self.translate(sql), columns.parameters(params | more)

    def _over(self, sql: str, given: Mapping[str, Any]) -> str:
        parts = parted(sql)
        kept = self.kept.tables(parts, times(given))
        if self.held:
            return self.held.over(parts, given, kept)
        return over(parts.own, parts.ctes, kept) if kept else sql


class LocalWarehouse:
    """The warehouse on one machine."""

    def __init__(
        self, path: Path, backups: Path, translate: Translate, on_write: Callable[[], object]
    ) -> None:
        """``on_write`` is told of each unit of work that was committed."""
        self.path = path
        self.backups = backups
        self.translate = translate
        self.on_write = on_write
        self.current = False  # as far as is known
        self.readers = Engines({})
        self.writers = Engines({**WRITING, "temp_directory": f"{path}.tmp"}, [PACKING])

    @contextmanager
    def write(self) -> Iterator[LocalSession]:
        """Open for appending, in one transaction; waits up to ten seconds for the file, then raises Busy."""
        with self._opened(read_only=False) as connection:
            prepare(connection, self.path, self.backups)
            self.current = True
            connection.execute("BEGIN TRANSACTION")
            session = LocalSession(connection, self.translate)
            yield session  # an error leaves it uncommitted, and closing undoes it
            session.work_by(THREADS)
            connection.execute("COMMIT")
            session.bound(False)
        self.on_write()

    @contextmanager
    def read(self) -> Iterator[LocalSession]:
        """Open for reading; waits like ``write``. One that is not there yet is made, an older version's brought up to date."""
        if not self._is_current():
            with self.write():
                pass
        with self._opened(read_only=True) as connection:
            session = LocalSession(connection, self.translate, reads=True)
            yield session  # after an error the engine goes, and what it holds
            session.let_go()

    def _is_current(self) -> bool:
        """Whether the file is there, with tables and views as this version knows them; asked once."""
        if not self.current and self.path.exists():
            with self._opened(read_only=True) as connection:
                self.current = is_current(connection)
        return self.current

    @contextmanager
    def held(self) -> Iterator[duckdb.DuckDBPyConnection]:
        """The file itself, held against every other process, outside any transaction; waits like ``write``."""
        with self._opened(read_only=False) as connection:
            yield connection

    def copy_to(self, target: Path) -> None:
        """Copy the file between two units of work, with what a killed writer left in its log; waits like ``write``."""
        with self._turn(read_only=True):
            for end in ("", ".wal"):
                here = Path(f"{self.path}{end}")
                if here.exists():
                    shutil.copyfile(here, f"{target}{end}")

    def close(self) -> None:
        """Let go of the engines; the next unit of work starts one anew."""
        self.readers.close()
        self.writers.close()

    @contextmanager
    def _opened(self, *, read_only: bool) -> Iterator[duckdb.DuckDBPyConnection]:
        with self._turn(read_only), ExitStack() as stack:
            yield self._connect(stack, read_only)

    @contextmanager
    def _turn(self, read_only: bool) -> Iterator[None]:
        with ExitStack() as stack:
            lock = self.path.with_suffix(".lock")
            try:
                stack.enter_context(turn(lock, shared=read_only, patience=WAIT_SECONDS))
            except TimeoutError:
                raise self._busy() from None
            yield

    def _busy(self) -> Busy:
        return Busy(f"{self.path} is in use by another process: try again in a moment")

    def _connect(self, stack: ExitStack, read_only: bool) -> duckdb.DuckDBPyConnection:
        import duckdb

        begun = time.monotonic()
        while True:
            try:
                return stack.enter_context(self._file(read_only))
            except duckdb.Error as error:
                waited = time.monotonic() - begun
                if _in_use(error):
                    if waited > WAIT_SECONDS:
                        raise self._busy() from error
                elif waited > UNCLEAR_SECONDS:
                    raise  # damaged, or not to be read by this user: waiting won't help
                time.sleep(RETRY_SECONDS)

    def _file(self, read_only: bool) -> AbstractContextManager[duckdb.DuckDBPyConnection]:
        if read_only:
            return self.readers.opened(self.path, "READ_ONLY")
        return self.writers.opened(self.path, f"ROW_GROUP_SIZE {GROUP_ROWS}")


def _in_use(error: Exception) -> bool:
    """Another process holds the file, or this one has it open in the other mode."""
    return any(word in str(error) for word in ("lock", "configuration", "already attached"))
