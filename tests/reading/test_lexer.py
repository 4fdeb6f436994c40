"""Titles cut into tokens, numbers in every script with their values."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from worklens.reading import numerals
from worklens.reading.lexer import tokens


@pytest.mark.parametrize(
    ("title", "numbers"),
    [
        ("in twenty-three days", [23]),
        ("twenty third of May", [23]),
        ("at 5p.m. on the 3rd", [5, 3]),
        ("20261127", [2026, 11, 27]),
        ("二〇二六年十一月２７号", [2026, 11, 27]),
        ("周一十点半", [1, 10]),  # not the 11th of anything
        ("两个半小时后", [2]),
        ("call 555123456", []),  # too long to be part of a time
        ("20261127T153000", [2026, 11, 27, 15, 30, 0]),
        ("俩小时后", [2]),
    ],
)
def test_numbers(title: str, numbers: list[int]) -> None:
    """Their values, in the title's order."""
    assert [token.value for token in tokens(title) if token.is_number] == numbers


@given(st.integers(0, 99))
def test_numbers_below_a_hundred_in_words(value: int) -> None:
    """What is written is read."""
    for text in (numerals.english(value), numerals.ordinal(value), numerals.chinese(value)):
        assert [token.value for token in tokens(text)] == [value]


@pytest.mark.parametrize(
    ("title", "words"),
    [
        ("月底！！", ["月", "底"]),
        ("call Bob, mon...", ["call", "bob", ",", "mon"]),
        ("due 3.12.", ["due", "3", ".", "12", "."]),
        ("at 5 p.m.", ["at", "5", "pm"]),
        ("（后天）。", ["后", "天"]),
        ("【周五】发", ["(", "周", "五", ")", "发"]),
        ("《1984》", ["《", "1984", "》"]),
        ("?!", ["?"]),
    ],
)
def test_signs_around(title: str, words: list[str]) -> None:
    """What ends a title says nothing, brackets are all alike, and tokens stand where they stood."""
    found = tokens(title)

    assert [token.text for token in found] == words
    assert all(token.text in {title[token.start : token.end].lower(), "(", ")", "pm"} for token in found)


@given(st.text(max_size=60))
def test_any_text_is_cut(title: str) -> None:
    """Tokens follow one another within the title, whatever it holds."""
    ends = [0]
    for token in tokens(title):
        assert ends[-1] <= token.start < token.end <= len(title)
        ends.append(token.end)
