"""Titles cut into words, in English and Chinese."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from worklens.analysis.words.tokens import dictionary, is_chinese, pairs, tokens


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Call Anna, 2nd try!", ["call", "anna", "2nd", "try"]),
        ("Don’t forget: Anna's snake_case", ["don't", "forget", "anna's", "snake", "case"]),
        ("ＦＵＬＬ　ｗｉｄｔｈ", ["full", "width"]),
        ("订room票", ["订", "room", "票"]),
        ("Crème fraîche 🛒", ["crème", "fraîche"]),
        ("...", []),
    ],
)
def test_words_are_cut_where_letters_end(title: str, expected: list[str]) -> None:
    """Capitals, wide forms and signs don't count; letters with accents and Chinese beside Latin do."""
    assert tokens(title, pairs) == expected


def test_chinese_falls_into_pairs_without_a_dictionary() -> None:
    """Each two neighbours, and a lone character by itself."""
    assert tokens("修水龙头，灯", pairs) == ["修水", "水龙", "龙头", "灯"]


def test_chinese_is_cut_by_the_dictionary() -> None:
    """With the package installed, words come out whole."""
    pytest.importorskip("rjieba", reason="rjieba is not installed")

    assert tokens("给水壶除垢", dictionary()) == ["给", "水壶", "除垢"]


def test_chinese_is_seen_anywhere() -> None:
    """One character is enough."""
    assert is_chinese("call 小李")
    assert not is_chinese("call Björn")


@given(st.text())
def test_nothing_is_made_up(text: str) -> None:
    """Every word is of characters of the text as it is compared, and none is empty."""
    for word in tokens(text, lambda run: [run]):
        assert word
        assert word == word.casefold() or is_chinese(word) or not word.isascii()
