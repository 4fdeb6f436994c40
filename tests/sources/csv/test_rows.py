"""Rows of a table: delimiters, line ends, and rows that are broken."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from worklens.messages import Rejected
from worklens.sources.base import Refused
from worklens.sources.csv.rows import Row, Table, rows, table_of
from worklens.sources.text import decode


def table(content: str | bytes, **more: object) -> Table:
    """The table in some content."""
    content = content if isinstance(content, bytes) else content.encode()
    return table_of("t.csv", decode("t.csv", content), **more)  # type: ignore[arg-type]


def found(content: str | bytes) -> list[tuple[int, list[str]]]:
    """The good rows of some content."""
    return [(row.number, row.cells) for row in rows(table(content)) if isinstance(row, Row)]


def reasons(content: str | bytes) -> list[tuple[str, str]]:
    """Where and why rows of some content are rejected."""
    return [(row.place, row.reason) for row in rows(table(content)) if isinstance(row, Rejected)]


@pytest.mark.parametrize("delimiter", [",", "\t", ";", "|"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_delimiters_and_line_ends_are_told_from_the_header(delimiter: str, end: str) -> None:
    """Each delimiter with each line end gives the same table."""
    text = end.join(delimiter.join(cells) for cells in (["a", "b"], ["1", "x y"], ["2", ""])) + end

    assert table(text).delimiter == delimiter
    assert found(text) == [(2, ["1", "x y"]), (3, ["2", ""])]


def test_the_delimiter_that_finds_the_wanted_columns_wins() -> None:
    """A header with commas in its names is cut at the tabs, since that gives the columns of the mapping."""
    text = "name, in full, with title\tdue\n1\t2\n"

    assert table(text).delimiter == ","
    assert table(text, wanted=["due"]).delimiter == "\t"


def test_a_spreadsheet_may_tell_its_delimiter() -> None:
    """The line "sep=;" is obeyed and is no row."""
    assert found("sep=;\na;b,c,d\n1;2\n") == [(2, ["1", "2"])]


def test_blank_rows_are_passed_over_and_still_counted() -> None:
    """Row numbers are those a spreadsheet shows."""
    assert found("\n\na,b\n\n1,2\n , \n3,4\n") == [(5, ["1", "2"]), (7, ["3", "4"])]


def test_quoted_cells_may_hold_delimiters_quotes_and_lines() -> None:
    """What the quotes are for."""
    assert found('a,b\n"x, ""y""\nz",2\n3,4\n') == [(2, ['x, "y"\nz', "2"]), (3, ["3", "4"])]


def test_an_unclosed_quote_costs_its_own_row_only() -> None:
    """The rest of the file is not swallowed, whether the quote is closed by a later one or never."""
    by_later = 'a,b\n1,2\n"x,2\n3,"four"\n5,6\n'
    never = 'a,b\n1,2\n"x,2\n3,4\n5,6\n'

    assert reasons(by_later) == reasons(never) == [("t.csv:row 3", "broken-quotes")]
    assert [cells[0] for _, cells in found(never)] == ["1", "3", "5"]
    assert [cells for _, cells in found(by_later)] == [["1", "2"], ["3", "four"], ["5", "6"]]


def test_a_quote_that_swallows_whole_rows_is_noticed_by_their_number_of_cells() -> None:
    """Two stray quotes with good rows between them reject the two rows, not those between."""
    text = 'a,b\n"x,2\n3,4\n5,"\n7,8\n'

    assert reasons(text) == [("t.csv:row 2", "broken-quotes"), ("t.csv:row 4", "broken-quotes")]
    assert [cells for _, cells in found(text)] == [["3", "4"], ["7", "8"]]


def test_rows_of_a_wrong_length_are_rejected_and_surplus_empty_cells_are_not() -> None:
    """Too short and too long are told apart; trailing delimiters are harmless."""
    text = "a,b,c\n1,2\n1,2,3,4\n1,2,3,,\n"

    assert reasons(text) == [("t.csv:row 2", "row-too-short"), ("t.csv:row 3", "row-too-long")]
    assert found(text) == [(4, ["1", "2", "3"])]


def test_zero_bytes_and_meaningless_bytes_cost_their_rows() -> None:
    """A damaged row is kept as readable text, the others go on."""
    content = "a,b\né,ü\n".encode() + b"x\0,2\ny\xff,3\n4,5\n"

    assert reasons(content) == [("t.csv:row 3", "nul-bytes"), ("t.csv:row 4", "wrong-bytes")]
    assert [cells[0] for _, cells in found(content)] == ["é", "4"]
    assert [row.payload for row in rows(table(content)) if isinstance(row, Rejected)] == ["x\0,2", "y\\xff,3"]


def test_a_field_of_fifty_megabytes_is_read() -> None:
    """Length alone breaks nothing here; what is too large for a message is the stage's to say."""
    text = "a,b\n1,2\n" + "x" * 50_000_000 + ",3\n4,5\n"

    assert [len(cells[0]) for _, cells in found(text)] == [1, 50_000_000, 1]


def test_a_broken_long_row_is_kept_by_its_beginning() -> None:
    """Quarantine gets enough of a row to see what was wrong, not fifty megabytes of it."""
    (row,) = rows(table("a,b\n" + "x" * 100_000 + "\n"))

    assert isinstance(row, Rejected)
    assert 1_000 < len(row.payload) < 10_000


def test_columns_have_names_of_their_own() -> None:
    """Nameless and repeated columns can be told apart, and so be mapped."""
    assert table("a,,a,\n").columns == ["a", "column 2", "a (2)", "column 4"]


@pytest.mark.parametrize("content", [b"", b"\n\n", b"\xef\xbb\xbf", b",,,\n1,2,3,4\n", b'"never closed\n1\n'])
def test_no_header_is_refused(content: bytes) -> None:
    """Without a header there is no table."""
    with pytest.raises(Refused) as refused:
        table(content)
    assert refused.value.params["file"] == "t.csv"


CELLS = st.text(alphabet=st.sampled_from(list("ab,;\"\n é\t|'")), max_size=6)


@given(st.lists(st.tuples(CELLS, CELLS, CELLS), max_size=12), st.sampled_from([",", ";", "\t"]))
def test_what_a_writer_wrote_is_read_back(written: list[tuple[str, str, str]], delimiter: str) -> None:
    """Python's own writer and this reader agree on every row that is not blank."""
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=delimiter, lineterminator="\n").writerows([("x", "y", "z"), *written])
    content = text.getvalue()

    assert not reasons(content)
    expected = [list(cells) for cells in written if any(map(str.strip, cells))]
    assert [cells for _, cells in found(content)] == expected


@given(st.text(alphabet=st.sampled_from(list('ab,"\n\r\0;')), max_size=60))
def test_every_row_of_any_text_is_read_or_rejected(text: str) -> None:
    """No text makes the reader fail or go on for ever, and every good row has a cell for each column."""
    try:
        read = table(text)
    except Refused:
        return
    for row in rows(read):
        assert isinstance(row, Rejected) or len(row.cells) == len(read.columns)
