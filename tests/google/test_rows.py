"""Rows on their way to BigQuery and back."""

from __future__ import annotations

from datetime import UTC, date, datetime

import numpy as np
import pytest

from worklens.google.arrays import array_of, joined
from worklens.google.rows import Field, kind_of, made, stamp, values_of
from worklens.tasks import micros


def test_a_row_holds_no_null_and_loses_no_digit() -> None:
    """Whole numbers travel as text, for JSON's numbers have 53 bits."""
    columns = {
        "feed": ["a"],
        "run": [1],
        "position": [(1 << 60) + 1],
        "seen_at": [1_500_000],
        "parent": [None],
    }
    (row,) = made("collections", columns)

    assert row.values == {
        "feed": "a", "run": "1", "position": "1152921504606846977", "seen_at": "1970-01-01T00:00:01.500000Z",
    }  # fmt: skip


def test_equal_rows_have_one_key() -> None:
    """A repetition is told by it; a row that differs in anything has another."""
    first, again, other = made("alerts", {"alert_id": ["a", "a", "b"], "seen_at": [5, 5, 5]})

    assert first.key == again.key != other.key


@pytest.mark.parametrize(
    "at", ["0001-01-03T00:00:00+00:00", "1969-12-31T23:59:59.999999+00:00", "9999-12-29"]
)
def test_an_instant_is_written_to_the_microsecond(at: str) -> None:
    """Before 1970 too, and with four digits for every year."""
    when = datetime.fromisoformat(at).replace(tzinfo=UTC)

    assert datetime.fromisoformat(stamp(micros(when))) == when


@pytest.mark.parametrize(
    ("value", "kind"),
    [
        (True, "BOOL"),
        (3, "INT64"),
        (0.5, "FLOAT64"),
        ("a", "STRING"),
        (None, "STRING"),
        (date(2020, 1, 1), "DATE"),
    ],
)
def test_a_parameter_has_the_type_of_its_value(value: object, kind: str) -> None:
    """A truth value is no number, though Python says it is."""
    assert kind_of(value)[0] == kind


def test_cells_become_values() -> None:
    """Times as microseconds, dates as dates, repeated text as tuples, NULL as None."""
    assert values_of(Field("at", "TIMESTAMP", False), ["1500000", None]) == [1_500_000, None]
    assert values_of(Field("day", "DATE", False), ["2020-02-29"]) == [date(2020, 2, 29)]
    assert values_of(Field("open", "BOOL", False), ["true", "false", None]) == [True, False, None]
    assert values_of(Field("labels", "STRING", True), [[{"v": "a"}, {"v": "b"}], []]) == [("a", "b"), ()]


def test_pages_of_cells_become_one_array() -> None:
    """Masked where any page has a NULL."""
    field = Field("n", "INTEGER", False)
    whole = joined([array_of(field, ["1", "2"]), array_of(field, ["3", None])])

    assert isinstance(whole, np.ma.MaskedArray)
    assert whole.tolist() == [1, 2, 3, None]
    assert array_of(Field("at", "TIMESTAMP", False), ["1500000"]).dtype == np.dtype("M8[us]")
    assert array_of(Field("day", "DATE", False), ["2020-02-29"]).dtype == np.dtype("M8[D]")
    assert array_of(Field("x", "FLOAT", False), []).dtype == np.float64
