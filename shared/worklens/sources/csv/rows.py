"""From a file's text to rows of cells: its delimiter, its header, and the rows that can't be taken, one by one."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from worklens.messages import Rejected
from worklens.sources.base import Refused
from worklens.sources.csv.long import long_row
from worklens.sources.text import Text, is_damaged, readable

DELIMITERS = (",", "\t", ";", "|")  # in this order where they do equally well
BROKEN = "broken-quotes"
LENGTH = "field larger than field limit"  # how Python's reader says that
LONG_FIELD = 1_000_000  # characters: a longer field is cut out without Python's reader, which needs eight bytes for each
SHOWN = 4_096  # characters of a rejected row that are kept with it; enough to see what was wrong


class Row(NamedTuple):
    """A row's number as a spreadsheet counts it (the header is 1), and as many cells as the header has."""

    number: int
    cells: list[str]


class Table(NamedTuple):
    """A file understood as a table: its columns' names, each different, and where its rows begin."""

    name: str
    text: str
    columns: list[str]
    delimiter: str
    first: int  # the place in the text after the header
    number: int  # of the header, as rows are numbered
    suspect: bool  # whether any row may hold bytes without a meaning

    def place(self, row: int) -> str:
        """Where a row stands, for people."""
        return f"{self.name}:row {row}"


def table_of(name: str, read: Text, delimiter: str = "", wanted: Sequence[str] = ()) -> Table:
    """The table in a text. Raises Refused where there is no header.

    Without a delimiter named, the one is taken that finds most of the wanted columns, then the one that cuts the
    header into most cells.
    """
    text = read.text
    if "\r" in text and "\n" not in text:
        text = text.replace("\r", "\n")  # a file of the old Macintosh
    lines = _Lines(text)
    number = _skip_to_header(lines)
    delimiter, start = delimiter or _told(lines), lines.position
    delimiter = delimiter or _sniff(text, start, wanted)
    header = _first_row(lines, delimiter)
    if not any(map(str.strip, header)):
        raise Refused("empty-file", file=name)
    suspect = read.damaged or "\0" in text
    _allow_long_fields()
    return Table(name, text, _distinct(header), delimiter, lines.position, number, suspect)


def lines_left(table: Table) -> int:
    """The lines below the header: the number of rows, where no cell holds several lines."""
    return table.text.count("\n", table.first) + (not table.text.endswith("\n"))


def rows(table: Table) -> Iterator[Row | Rejected]:
    """The rows below the header; blank ones are passed over, broken ones rejected one by one.

    A quotation mark that is never closed would swallow all that follows. So a row that ends wrongly, or that spans
    lines and has the wrong number of cells, costs its first line only, and reading goes on at the next.
    """
    lines, number, width = _Lines(table.text, table.first), table.number, len(table.columns)
    reader = _reader(lines, table.delimiter)
    while True:
        start, number = lines.position, number + 1
        cells: list[str] | None
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            cells = _long_row(lines, start, table.delimiter) if LENGTH in str(error) else None
            reader = _reader(lines, table.delimiter)
        plain = cells is not None and len(cells) == width and not table.suspect
        fault = "" if plain else _fault(cells, table, lines.spans_lines(start))
        if fault == BROKEN:
            lines.position = lines.end_of_line(start)
            reader = _reader(lines, table.delimiter)
        if fault:
            yield _rejected(table, number, fault, table.text[start : lines.position])
        elif cells and any(map(str.strip, cells)):
            del cells[width:]
            yield Row(number, cells)


def _long_row(lines: _Lines, start: int, delimiter: str) -> list[str] | None:
    """The cells of a row that is too long for Python's reader; reading goes on after it."""
    found = long_row(lines.text, start, delimiter)
    if found is None:
        return None
    cells, lines.position = found
    return cells


def _fault(cells: list[str] | None, table: Table, spans_lines: bool) -> str:
    """What is wrong with a row's cells, as a reason; "" for nothing. Surplus empty cells are no fault."""
    if cells is None:
        return BROKEN
    width = len(table.columns)
    if any("\0" in cell for cell in cells):
        return "nul-bytes"
    if any(map(is_damaged, cells)):
        return "wrong-bytes"
    if not any(map(str.strip, cells)):
        return ""
    if len(cells) < width:
        return BROKEN if spans_lines else "row-too-short"
    if any(map(str.strip, cells[width:])):
        return BROKEN if spans_lines else "row-too-long"
    return ""


def _rejected(table: Table, number: int, fault: str, text: str) -> Rejected:
    expected = {"columns": str(len(table.columns))} if fault.startswith("row-") else {}
    return Rejected(
        place=table.place(number),
        reason=fault,
        params=expected,
        payload=readable(text[:SHOWN].rstrip("\r\n")),
    )


class _Lines:
    """The lines of a text one after another, from a position that can be read and set."""

    def __init__(self, text: str, position: int = 0) -> None:
        self.text = text
        self.position = position

    def __iter__(self) -> _Lines:
        return self

    def __next__(self) -> str:
        start = self.position
        if start >= len(self.text):
            raise StopIteration
        self.position = self.end_of_line(start)
        return self.text[start : self.position]

    def end_of_line(self, start: int) -> int:
        return self.text.find("\n", start) + 1 or len(self.text)

    def spans_lines(self, start: int) -> bool:
        return self.position > self.end_of_line(start)


def _reader(lines: Iterable[str], delimiter: str) -> Iterator[list[str]]:
    return csv.reader(lines, delimiter=delimiter, strict=True)


def _skip_to_header(lines: _Lines) -> int:
    """Pass over blank lines; the number of the row at which the header stands."""
    number = 1
    while lines.position < len(lines.text):
        start = lines.position
        if next(lines).strip():
            lines.position = start
            break
        number += 1
    return number


def _told(lines: _Lines) -> str:
    """The delimiter that a first line ``sep=;`` tells, as spreadsheets write it; the line is then passed over."""
    start = lines.position
    line = next(lines, "").strip("\r\n")
    if len(line) == 5 and line.startswith("sep=") and line[4] in DELIMITERS:
        return line[4]
    lines.position = start
    return ""


def _sniff(text: str, start: int, wanted: Sequence[str]) -> str:
    def worth(delimiter: str) -> tuple[int, int]:
        header = [cell.strip() for cell in _first_row(_Lines(text, start), delimiter)]
        return len(set(wanted) & set(header)), len(header)

    return max(DELIMITERS, key=worth)  # the first of the best


def _first_row(lines: _Lines, delimiter: str) -> list[str]:
    try:
        return next(_reader(lines, delimiter), [])
    except csv.Error:
        return []


def _distinct(header: Sequence[str]) -> list[str]:
    """Every column by a name of its own: a nameless one by its number, a repeated one by how many times it came."""
    names: list[str] = []
    for index, cell in enumerate(header):
        name = readable(cell).replace("\0", "").strip() or f"column {index + 1}"
        again = 2
        unique = name
        while unique in names:
            unique, again = f"{name} ({again})", again + 1
        names.append(unique)
    return names


def _allow_long_fields() -> None:
    """Python's limit holds for the whole process and is 131,072 characters; a note may be longer. Only ever raised."""
    csv.field_size_limit(max(csv.field_size_limit(), LONG_FIELD))
