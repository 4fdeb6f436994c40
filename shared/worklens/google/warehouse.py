"""Facts in BigQuery. A session is no transaction there: what is appended in it stands at once and by itself.

So correctness rests on keys alone: every append may be repeated, and the views read each key once. A run counts when its
row stands in ``sync_runs``, which settling appends last.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import cached_property
from itertools import islice
from typing import TYPE_CHECKING, Any

from worklens.google import bounds
from worklens.google.bounds import bounded, bounded_job, bounded_query
from worklens.google.clients import Clients
from worklens.google.jobs import once
from worklens.google.rows import Field, Row, encode, kind_of, made, values_of
from worklens.ports import Clock, Columns
from worklens.tasks import digest
from worklens.warehouse import catalogue

if TYPE_CHECKING:
    import numpy as np

MOST_ROWS = 500  # to an insert: what BigQuery advises
MOST_BYTES = 7_000_000  # to an insert; BigQuery takes 10 MB
BACKFILL = 50_000  # rows; more than that come by a load job, which is free and has no quota of rows a second
PAGE = 10_000  # rows of a result that are cells of text in memory at the same time
DAY = 86_400_000_000
# What is streamed goes into partitions of at most so long ago, or so far ahead; a file may tell of longer ago.
STREAMED_BACK, STREAMED_AHEAD = 1_780 * DAY, 360 * DAY


class InsertRefused(RuntimeError):
    """BigQuery took none of the rows; says which table and why, without the rows."""


class CloudSession:
    """A unit of work: appends and questions, each of them by itself."""

    def __init__(self, clients: Clients, now: Callable[[], int]) -> None:
        """``now`` tells which partitions can be streamed into."""
        self.clients = clients
        self.now = now

    # ----- Appending -----

    def append(self, table: str, columns: Columns) -> None:
        """Append rows; a repetition within minutes is told by its key, a later one by the views."""
        count = len(next(iter(columns.values()), ()))
        if not count:
            return
        if count > BACKFILL or not self._streamable(columns):
            self.load(table, columns)
        else:
            for some in _requests(made(table, columns)):
                self._insert(table, some)

    def _streamable(self, columns: Columns) -> bool:
        seen = columns.get("seen_at", ())
        now = self.now()
        return not seen or (min(seen) > now - STREAMED_BACK and max(seen) < now + STREAMED_AHEAD)

    def _insert(self, table: str, rows: Sequence[Row]) -> None:
        errors = self.clients.bigquery.insert_rows_json(
            self._table(table),
            [row.values for row in rows],
            row_ids=[row.key for row in rows],
            **bounded(),
        )
        if errors:
            reasons = {error.get("reason", "") for one in errors for error in one.get("errors", ())}
            raise InsertRefused(f"{table}: {len(errors)} of {len(rows)} rows: {', '.join(sorted(reasons))}")

    def load(self, table: str, columns: Columns) -> None:
        """Append rows by one job, whose id is a hash of the rows: it is done once."""
        from io import BytesIO

        from google.cloud import bigquery

        client, rows = self.clients.bigquery, list(made(table, columns))
        content = b"\n".join(encode(row.values) for row in rows)
        config = bigquery.LoadJobConfig(
            source_format="NEWLINE_DELIMITED_JSON",
            schema=client.schema_from_json(_schema(table)),
            write_disposition="WRITE_APPEND",
            create_disposition="CREATE_NEVER",
        )
        once(
            client,
            f"worklens-load-{digest(self.clients.settings.dataset, table, *(row.key for row in rows))}",
            lambda id_: client.load_table_from_file(
                BytesIO(content),
                self._table(table),
                job_id=id_,
                job_config=config,
                size=len(content),
                timeout=bounds.ANSWER,
                num_retries=1,
            ),
        )

    def append_from(self, table: str, name: str, **params: Any) -> None:
        """Append the rows that a named query gives, within BigQuery, by a job that is done once for these parameters."""
        sql, given = _asked(name, params)
        target = self._table(table)
        names = ", ".join(f"`{field.name}`" for field in self._fields(sql, given))
        statement = f"INSERT INTO `{target}` ({names}) {sql}"
        once(
            self.clients.bigquery,
            f"worklens-insert-{digest(target, statement, repr(sorted(given.items())))}",
            lambda id_: self.clients.bigquery.query(
                statement, job_config=self._config(given), job_id=id_, job_retry=None, **bounded()
            ),
        )

    def delete(self, table: str, where: str, params: dict[str, Any]) -> int | None:
        """Delete rows; how many. None where BigQuery refuses, since some of them were streamed in too lately."""
        from google.api_core.exceptions import BadRequest

        sql = f"DELETE FROM `{self._table(table)}` WHERE {where}"  # noqa: S608 - our own texts
        try:
            job = self.clients.bigquery.query(
                sql, job_config=self._config(params), job_retry=None, **bounded()
            )
            job.result(**bounded_job())
        except BadRequest as error:
            if "streaming buffer" not in str(error):
                raise
            return None
        return int(job.num_dml_affected_rows or 0)

    # ----- Asking -----

    def hold(self) -> None:
        """Nothing is held: what a question costs here is a job, and to make a table would be one more."""

    def query(self, name: str, **params: Any) -> dict[str, list[Any]]:
        """Rows by column of a named query or view; times as microseconds, NULL as None."""
        return self.rows(*_asked(name, params))

    def ask(self, view: str, rest: str = "", *, columns: str = "*", **params: Any) -> dict[str, list[Any]]:
        """Columns of a view or table by what stands after FROM, its values given as ``$name``: what commands ask."""
        text, _ = catalogue.query(view)
        sql = f"SELECT {columns} FROM ({text}) AS asked {rest}"  # noqa: S608 - our own texts
        return self.rows(sql.replace("$", "@"), params)

    def rows(self, sql: str, params: dict[str, Any]) -> dict[str, list[Any]]:
        """The rows of a statement by column."""
        found: dict[str, list[Any]] = {}
        for fields, cells in self._pages(sql, params):
            for field, column in zip(fields, cells, strict=True):
                found.setdefault(field.name, []).extend(values_of(field, column))
        return found

    def arrays(self, name: str, **params: Any) -> dict[str, np.ndarray]:
        """The same as arrays, masked where there are NULLs; a page at a time, so that text is never all there twice."""
        from worklens.google.arrays import array_of, joined

        parts: dict[str, list[np.ndarray]] = {}
        for fields, cells in self._pages(*_asked(name, params)):
            for field, column in zip(fields, cells, strict=True):
                parts.setdefault(field.name, []).append(array_of(field, column))
        return {name: joined(pieces) for name, pieces in parts.items()}

    def _pages(self, sql: str, params: dict[str, Any]) -> Iterator[tuple[list[Field], list[list[Any]]]]:
        """The result's columns and their cells, a page at a time; an empty result is one page without rows."""
        found = self.clients.bigquery.query_and_wait(
            sql, job_config=self._config(params), page_size=PAGE, **bounded_query()
        )
        fields = [Field(one.name, one.field_type, one.mode == "REPEATED") for one in found.schema]
        first = True
        for page in found.pages:
            rows = page.raw_page.get("rows", ())
            if rows or first:
                yield fields, [[row["f"][place]["v"] for row in rows] for place in range(len(fields))]
            first = False
        if first:
            yield fields, [[] for _ in fields]

    def _fields(self, sql: str, params: dict[str, Any]) -> Sequence[Any]:
        """The columns that a statement gives, told without running it."""
        config = self._config(params)
        config.dry_run = True
        schema: Sequence[Any] = self.clients.bigquery.query(
            sql, job_config=config, job_retry=None, **bounded()
        ).schema
        return schema

    def _config(self, params: dict[str, Any]) -> Any:
        from google.cloud import bigquery

        dataset = bigquery.DatasetReference(self.clients.settings.project, self.clients.settings.dataset)
        return bigquery.QueryJobConfig(
            default_dataset=dataset, query_parameters=[_parameter(*item) for item in params.items()]
        )

    def _table(self, table: str) -> str:
        settings = self.clients.settings
        return f"{settings.project}.{settings.dataset}.{table}"


class CloudWarehouse:
    """The warehouse in BigQuery. Nothing is held between entering a session and leaving it."""

    def __init__(self, clients: Clients, clock: Clock) -> None:
        """Nothing is asked of the service yet."""
        self.clients = clients
        self.clock = clock

    @cached_property
    def session(self) -> CloudSession:
        """The one session there is: it has no state."""
        return CloudSession(self.clients, self.clock.now)

    @contextmanager
    def write(self) -> Iterator[CloudSession]:
        """Open for appending. What is appended stands at once, whether or not the block comes to its end."""
        yield self.session

    @contextmanager
    def read(self) -> Iterator[CloudSession]:
        """Open for reading."""
        yield self.session


def _asked(name: str, params: dict[str, Any]) -> tuple[str, dict[str, Any]]:
    """A named query, with its parameters."""
    as_of, known_at = params.pop("as_of", None), params.pop("known_at", None)
    sql, more = catalogue.query(name, as_of=as_of, known_at=known_at)
    return sql, params | more


def _parameter(name: str, value: Any) -> Any:
    from google.cloud import bigquery

    if isinstance(value, list | tuple):
        kind = kind_of(value[0])[0] if value else "STRING"
        return bigquery.ArrayQueryParameter(name, kind, list(value))
    return bigquery.ScalarQueryParameter(name, *kind_of(value))


def _schema(table: str) -> Any:
    from importlib.resources import files
    from io import StringIO

    return StringIO(files("worklens.warehouse").joinpath(f"schemas/{table}.json").read_text("utf-8"))


def _requests(rows: Iterator[Row]) -> Iterator[list[Row]]:
    """Cut into inserts within both bounds, in order."""
    for some in iter(lambda: list(islice(rows, MOST_ROWS)), []):
        chunk: list[Row] = []
        size = 0
        for row in some:
            if chunk and size + row.size > MOST_BYTES:
                yield chunk
                chunk, size = [], 0
            chunk.append(row)
            size += row.size
        yield chunk
