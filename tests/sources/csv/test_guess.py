"""A table without a mapping: what is guessed, and what is asked."""

from __future__ import annotations

from typing import Any

import pytest

from worklens.sources.base import Refused
from worklens.sources.csv.guess import guess
from worklens.sources.csv.mapping import FileMapping
from worklens.sources.csv.rows import table_of
from worklens.sources.text import decode


def guessed(text: str) -> tuple[FileMapping, dict[str, dict[str, str]]]:
    """The mapping guessed for a table, and the questions by their key."""
    mapping, questions = guess(table_of("t.csv", decode("t.csv", text.encode())))
    return mapping, {question.key: question.params for question in questions}


def columns(mapping: FileMapping) -> dict[str, Any]:
    """The columns that are mapped."""
    return {
        name: getattr(mapping.columns, name)
        for name in mapping.columns.__struct_fields__
        if getattr(mapping.columns, name)
    }


def test_common_headers_are_understood() -> None:
    """Names in any case, with underscores or in camelCase; what has no meaning is said to be unused."""
    mapping, questions = guessed(
        "ID,Task Name,createdAt,Due_Date,Done,Project,Mood\n1,a,2020-01-01,,no,x,:)\n"
    )

    assert columns(mapping) == {
        "id": "ID", "title": "Task Name", "created": "createdAt", "due": "Due_Date", "status": "Done",
        "collection": "Project",
    }  # fmt: skip
    assert questions["columns-unused"] == {"columns": "Mood"}
    assert "Task Name" in questions["mapping-guessed"]["pairs"]


def test_chinese_headers_and_values_are_understood() -> None:
    """The other language of this project."""
    mapping, _ = guessed("标题,状态,截止日期\n买菜,已完成,2020年1月3日\n写信,待办,\n")

    assert columns(mapping) == {"title": "标题", "status": "状态", "due": "截止日期"}
    assert (mapping.values.done, mapping.values.open) == (["已完成"], ["待办"])
    assert mapping.date_formats == ("%Y年%m月%d日",)


def test_completed_is_a_date_here_and_a_flag_there() -> None:
    """The values decide what the name leaves open."""
    date, _ = guessed("title,completed\na,2020-01-01\nb,\n")
    flag, _ = guessed("title,completed\na,yes\nb,no\n")

    assert columns(date) == {"title": "title", "completed": "completed"}
    assert columns(flag) == {"title": "title", "status": "completed"}
    assert flag.values.done == ["yes"]


def test_the_format_of_dates_is_found_and_asked_about_where_two_fit() -> None:
    """Days above 12 settle it; without one, the first is taken and the other named."""
    plain, none = guessed("title,due\na,13/02/2020\nb,01/02/2020\n")
    either, asked = guessed("title,due\na,03/02/2020\n")

    assert plain.date_formats == either.date_formats == ("%d/%m/%Y",)
    assert "dates-ambiguous" not in none
    assert asked["dates-ambiguous"] == {"format": "%d/%m/%Y", "other": "%m/%d/%Y"}


def test_columns_of_different_formats_share_one_list() -> None:
    """Each format once, in the order of the columns' fields."""
    mapping, _ = guessed("title,created,due\na,2020-01-01 10:00,31.12.2020\nb,2020-01-02 11:00,30.12.2020\n")

    assert mapping.date_formats == ("iso", "%d.%m.%Y")


def test_one_bad_date_costs_its_row_and_nonsense_costs_the_column() -> None:
    """A format that reads nearly all is taken; a column that no format reads is left out, and asked about."""
    rows = "".join(f"t{i},{i:02}.02.2020,never\n" for i in range(1, 21))
    mapping, questions = guessed(f"title,due,created\n{rows}x,oops,never\n")

    assert columns(mapping) == {"title": "title", "due": "due"}
    assert mapping.date_formats == ("%d.%m.%Y",)
    assert questions["dates-unread"] == {"column": "created"}


def test_a_status_that_says_nothing_known_stays_mapped_without_values() -> None:
    """So that its values are asked about, and not overlooked."""
    mapping, _ = guessed("title,status\na,frobnicated\n")

    assert mapping.columns.status == "status"
    assert [] == mapping.values.done == mapping.values.open == mapping.values.deleted


def test_an_empty_table_is_guessed_from_its_header_alone() -> None:
    """A list of no tasks is a list."""
    assert columns(guessed("title,due\n")[0]) == {"title": "title", "due": "due"}


def test_no_title_is_refused_with_the_columns_there_are() -> None:
    """The person is told what to write."""
    with pytest.raises(Refused) as refused:
        guessed("foo,bar\n1,2\n")
    assert (refused.value.reason, refused.value.params["columns"]) == ("no-title-column", "foo, bar")
