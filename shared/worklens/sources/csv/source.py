"""CSV and TSV files with a mapping: a row a task, or a row a task and day.

A raw record is one row, ``{"place": "tasks.csv:row 17", "cells": {column: text, ...}}``, with ``"copy": 2`` for the
second of rows that have no id and are alike; or, for a log, all rows of one task,
``{"place": "log.csv:row 2", "columns": [...], "rows": [[...], ...]}``. docs/sources/csv.md describes the mapping.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from typing import Any, TypedDict

import msgspec

from worklens.messages import Rejected
from worklens.sources.base import (
    Context,
    Coverage,
    Done,
    File,
    Json,
    Parsed,
    Pull,
    Reading,
    Refused,
    Unreadable,
)
from worklens.sources.csv.mapping import FileMapping, mapping_of, named_columns, nearest
from worklens.sources.csv.observed import observed, occurrences
from worklens.sources.csv.questions import about_records
from worklens.sources.csv.rows import Row, Table, lines_left, rows, table_of
from worklens.sources.csv.task import Reader, likeness
from worklens.sources.file_pull import Item, ask_for_file, fingerprint, hand_on
from worklens.sources.questions import Question, ask
from worklens.sources.text import decode

VERSION = 2  # of this reader: a file that was read by another one is read again


class RowRecord(msgspec.Struct, frozen=True, omit_defaults=True, gc=False):
    """A row of a table of tasks."""

    place: str
    cells: Any  # the text of each column, by its name
    copy: int = 1


class LogRecord(msgspec.Struct, frozen=True, omit_defaults=True):
    """The rows of one task in a log, in the order of their days; ``place`` is where the first of them stands."""

    place: str
    columns: list[str]
    rows: list[list[str]]


class Cursor(msgspec.Struct, frozen=True):
    """The fingerprint of what was read last."""

    file: str


_ESCAPED = re.compile(r'["\\\x00-\x1f]')
_encode = msgspec.json.Encoder().encode
_log = msgspec.json.Decoder(LogRecord).decode


class CsvFile:
    """Tables of tasks, by the mapping in the feed's settings."""

    name = "csv"
    secret_fields: frozenset[str] = frozenset()

    def headers(self, token: str) -> dict[str, str]:
        """None: files need no token."""
        return {}

    def pull(self, context: Context) -> Pull:
        """Read the file once and hand on its rows, from the checkpoint on; nothing, if it was read before.

        Absence means deleted only if the mapping calls the file a whole listing and every row of it could be taken.
        """
        mapping = mapping_of(context.settings)
        file = yield from ask_for_file()
        key = fingerprint(file.content, _encode([VERSION, msgspec.to_builtins(mapping)]))
        cursor = _encode(Cursor(key)).decode()
        if cursor == context.cursor and not context.full:
            return Done(cursor=cursor)
        table = open_table(file, mapping)
        total = None if mapping.columns.observed else lines_left(table)
        whole = yield from hand_on(items_of(table, mapping), key, context.checkpoint, total=total)
        listed = mapping.file.whole_listing and whole
        return Done(
            cursor=cursor, coverage=Coverage(listed="everything" if listed else "nothing", snapshot=True)
        )

    def parse(self, record: bytes, reading: Reading) -> Iterable[Parsed]:
        """The task of a row, or all occurrences of a task in a log. Raises Unreadable."""
        reader = _reader_for(reading)
        try:
            item = _log(record) if reader.columns.observed else _row(reader.named)(record)
        except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
            raise Unreadable("wrong-shape", error=str(error)) from None
        try:
            if isinstance(item, LogRecord):
                return list(occurrences(reader, [_cells(item, row) for row in item.rows]))
            return (reader.task(item.cells, item.copy),)
        except Unreadable as error:
            raise Unreadable(error.reason, place=item.place, **error.params) from None

    def questions(self, file: File, records: Iterable[bytes], settings: Mapping[str, Json]) -> list[Question]:
        """What remains to be asked about a file, given its records."""
        mapping = mapping_of(settings)
        text = decode(file.name, file.content, mapping.formats.encoding)
        guessed = [ask("encoding-guessed", encoding=text.encoding)] if text.guessed else []
        return guessed + about_records(mapping, _all_cells(records))


@cache
def _row(named: tuple[str, ...]) -> Callable[[bytes], RowRecord]:
    """Reads a row's record, of its cells only those in columns that the mapping names: mostly half of them or less."""
    cells: Any = TypedDict("cells", dict.fromkeys(named, str), total=False)  # type: ignore[misc]
    kind = msgspec.defstruct("Row", [("place", str), ("cells", cells), ("copy", int, 1)], gc=False)
    decode: Callable[[bytes], Any] = msgspec.json.Decoder(kind).decode
    return decode


def open_table(file: File, mapping: FileMapping) -> Table:
    """The file as a table that has every column the mapping names. Raises Refused naming file, key and remedy."""
    text = decode(file.name, file.content, mapping.formats.encoding)
    named = list(named_columns(mapping))
    table = table_of(file.name, text, mapping.file.delimiter, [column for _, column in named])
    for key, column in named:
        if column not in table.columns:
            likely = nearest(column, table.columns)
            raise Refused("unknown-column", file=file.name, key=key, column=column, nearest=likely)
    return table


def items_of(table: Table, mapping: FileMapping) -> Iterator[Item]:
    """The table's records and rejected rows, in an order that is always the same."""
    return _logs(table, mapping) if mapping.columns.observed else _tasks(table, mapping)


def _tasks(table: Table, mapping: FileMapping) -> Iterator[Item]:
    alike: Counter[tuple[str, ...]] = Counter()
    by_likeness, who = not mapping.columns.id, mapping.columns.account
    columns, copy, cells_of = table.columns, 1, _cells_of(table.columns)
    for row in rows(table):
        if isinstance(row, Rejected):
            yield row
            continue
        if by_likeness:
            cells = dict(zip(columns, row.cells, strict=True))
            key = (cells.get(who, "").strip(), *likeness(mapping, cells))
            alike[key] += 1
            copy = alike[key]
        yield _encode(RowRecord(table.place(row.number), cells_of(*row.cells), copy))


def _cells_of(columns: list[str]) -> Callable[..., Any]:
    """Makes a row's cells, to be written under the columns' names: a struct is twice as fast as a dictionary.

    But a struct takes no name that JSON would have to escape.
    """
    if any(_ESCAPED.search(column) for column in columns):
        return lambda *cells: dict(zip(columns, cells, strict=True))
    fields = {f"cell_{index}": column for index, column in enumerate(columns)}
    return msgspec.defstruct("Cells", [(name, str) for name in fields], rename=fields, gc=False)


def _logs(table: Table, mapping: FileMapping) -> Iterator[Item]:
    """The rows that can't be placed in a day or a task, then a record for each task, in the order of the file."""
    reader = Reader(mapping, "", "UTC")  # only to sort by: where the person lives is parse's business
    tasks: dict[tuple[str, str], list[tuple[int, Row]]] = {}
    for row in rows(table):
        if isinstance(row, Rejected):
            yield row
            continue
        cells = dict(zip(table.columns, row.cells, strict=True))
        try:
            day = observed(reader, cells).micros
            tasks.setdefault((reader.account(cells), reader.identity(cells, 1)), []).append((day, row))
        except Unreadable as error:
            yield _rejected(table.place(row.number), cells, error)
    for dated in tasks.values():
        place = table.place(dated[0][1].number)
        dated.sort(key=lambda pair: pair[0])
        yield _encode(LogRecord(place, table.columns, [row.cells for _, row in dated]))


def _rejected(place: str, cells: dict[str, str], error: Unreadable) -> Rejected:
    return Rejected(place=place, reason=error.reason, params=error.params, payload=_encode(cells).decode())


def _cells(item: LogRecord, row: list[str]) -> dict[str, str]:
    return dict(zip(item.columns, row, strict=False))


def _all_cells(records: Iterable[bytes]) -> Iterator[dict[str, str]]:
    for record in records:
        item = msgspec.json.decode(record)
        if "cells" in item:
            yield item["cells"]
        else:
            yield from (dict(zip(item["columns"], row, strict=False)) for row in item["rows"])


_last: tuple[Reading, Reader] | None = (
    None  # the batch being parsed: it only saves reading the mapping for each row
)


def _reader_for(reading: Reading) -> Reader:
    global _last  # noqa: PLW0603
    last = _last
    if last is None or last[0] is not reading:
        try:
            last = _last = reading, Reader(mapping_of(reading.settings), reading.feed, reading.home)
        except Refused as refused:
            raise Unreadable(refused.reason, **refused.params) from None
    return last[1]
