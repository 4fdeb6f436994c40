"""DuckDB engines that outlive a unit of work: to start one takes twenty times as long as to open a file in it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import duckdb

NAME = "warehouse"  # of the file, within the engine
NOWHERE = "memory"  # the engine's own store, in which nothing is kept

Setting = str | bool | int | float | list[str]


class Engines:
    """Engines of one configuration. Each has at most one file open, and none between two units of work."""

    def __init__(self, config: Mapping[str, Setting], then: Sequence[str] = ()) -> None:
        """``then`` are the settings that hold only when they are made by a statement."""
        self.config = dict(config)
        self.then = then
        self.idle: list[
            duckdb.DuckDBPyConnection
        ] = []  # taken and put back in one step each: threads may share

    @contextmanager
    def opened(self, path: Path, options: str) -> Iterator[duckdb.DuckDBPyConnection]:
        """A connection to the file. After an error the engine is given up, and with it all that was not committed."""
        engine = self.idle.pop() if self.idle else self._made()
        try:
            name = str(path).replace("'", "''")
            engine.execute(f"ATTACH '{name}' AS {NAME} ({options})")
            engine.execute(f"USE {NAME}")
            yield engine
            engine.execute(f"USE {NOWHERE}")
            engine.execute(f"DETACH {NAME}")
        except BaseException:
            engine.close()
            raise
        self.idle.append(engine)

    def close(self) -> None:
        """Let the idle engines go."""
        while self.idle:
            self.idle.pop().close()

    def _made(self) -> duckdb.DuckDBPyConnection:
        import duckdb

        engine = duckdb.connect(config=self.config)
        for statement in self.then:
            engine.execute(statement)
        return engine
