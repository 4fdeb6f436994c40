"""Rows that are too long for Python's reader of CSV: cut as it would cut them."""

from __future__ import annotations

import csv
import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from worklens.sources.csv.long import long_row
from worklens.sources.csv.rows import LONG_FIELD, rows, table_of
from worklens.sources.text import Text


@given(st.text('",;\r\n ab', max_size=30), st.sampled_from(",;"))
@example('"a""b",c\r\nd', ",")
@example("a\rb,c\n", ",")
@example("a,b\r\r", ",")
@example("a,b\r\r\nc", ",")
@example("\r\r", ",")
@example('"a"b\n', ",")
@example('a,"', ",")
@example("a,b,", ",")
def test_a_row_is_cut_as_pythons_reader_cuts_it(text: str, delimiter: str) -> None:
    """The same cells, and as many characters taken; or broken for both."""
    taken: list[str] = []
    lines = (line for line in re.findall(r"[^\n]*\n|[^\n]+", text) if not taken.append(line))  # type: ignore[func-returns-value]
    try:
        wanted = next(csv.reader(lines, delimiter=delimiter, strict=True), [])
    except csv.Error:
        assert long_row(text, 0, delimiter) is None
        return

    cells, end = long_row(text, 0, delimiter) or ([], -1)
    assert (cells if text[:1] not in {"", "\n", "\r"} else []) == wanted
    assert end == len("".join(taken))


@pytest.mark.parametrize("cell", ["x" * LONG_FIELD + "x", f'"{"x" * LONG_FIELD}\n""y"""'])
def test_a_long_field_stands_among_others(cell: str) -> None:
    """What comes before and after it is read as ever; one that is never closed costs its line."""
    text = f'id,title,notes\n1,a,\n2,{cell},b\n3,c,\n4,"{"x" * LONG_FIELD},\n'
    found = list(rows(table_of("t.csv", Text(text=text, encoding="utf-8"))))

    assert [getattr(row, "cells", [row])[0] for row in found[:3]] == ["1", "2", "3"]
    long = cell.strip('"').replace('""', '"')
    assert found[1].cells[1:] == [long if cell[0] == "x" else f'{"x" * LONG_FIELD}\n"y"', "b"]  # type: ignore[union-attr]
    assert found[3].reason == "broken-quotes"  # type: ignore[union-attr]
