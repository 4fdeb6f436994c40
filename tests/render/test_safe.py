"""Titles come from anywhere: whatever they hold, a line of text is left."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from worklens.render.safe import clean

ANYTHING = st.text(st.characters(exclude_categories=()), max_size=300)  # lone surrogates too


@given(ANYTHING, st.integers(min_value=2, max_value=60))
def test_a_title_is_one_short_line_that_a_file_can_hold(text: str, most: int) -> None:
    """It is no longer than asked, has no control character or line break, and can be encoded."""
    line = clean(text, most)

    assert len(line) <= most
    assert not {unicodedata.category(char) for char in line} & {"Cc", "Cs", "Zl", "Zp"}
    assert line.encode().decode() == line


@given(ANYTHING)
def test_cleaning_twice_changes_nothing(text: str) -> None:
    """What is clean stays as it is."""
    assert clean(clean(text)) == clean(text)


@pytest.mark.parametrize("title", ["Sort the photos 📷", "家族 👨‍👩‍👧‍👦", "سلام، کار من", "café ☕️"])
def test_an_ordinary_title_is_left_alone(title: str) -> None:
    """Emoji with joiners, accents, Persian with its marks: all stay."""
    assert clean(title) == title


def test_nothing_turns_the_writing_around() -> None:
    """Overrides and isolates go; the letters stay."""
    assert clean("pay \u202einvoice\u202c \u2067now\u2069") == "pay invoice now"


def test_a_long_title_ends_in_an_ellipsis() -> None:
    """Ten thousand characters become a line that says it was cut."""
    line = clean("x" * 10_000)

    assert len(line) == 140
    assert line.endswith("x…")


def test_a_cut_leaves_no_half_of_a_character() -> None:
    """Where the cut falls into a joined emoji, the joiner goes with what it would have joined."""
    assert clean("ab👨‍👩‍👧cdefgh", 5) == "ab👨…"
