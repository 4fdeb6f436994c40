"""Titles that say the same: what is one task written twice, and what only looks like it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from worklens.analysis.words.duplicates import Alike, alike, core

OFTEN = [
    "Ask Mira",
    "Ask Mina",
    "Mail from Anna",
    "The form for Lyon",
    "Charge the phone",
    "Ask for the phones",
]
"""Further titles, which make these words known: nobody slipped there."""


@pytest.mark.parametrize(
    ("one", "other", "how"),
    [
        ("Renew the passport", "Renew the passport", "same"),
        ("Renew the passport", " RENEW THE PASSPORT!!", "same"),
        ("Straße fegen", "STRASSE FEGEN", "same"),
        ("Ｐａｙ rent", "pay rent.", "same"),
        ("Renew the passport", "Don't forget: renew the passport", "worded"),
        ("Renew the passport", "To do: Renew the passport (soon)", "worded"),
        ("给水壶除垢", "给水壶除垢，别忘了", "worded"),
        ("给水壶除垢", "记得给水壶除垢", "worded"),
        ("Renew the passport", "Renew the pasport", "slip"),
        ("Renew the passport", "Renew the psasport", "slip"),
        ("Renew the passport", "Renew the passpott", "slip"),
        ("Renew the passport", "Renew thepassport", "slip"),
        ("给水壶除垢", "给壶水除垢", "slip"),
        ("给水壶除垢", "给水壶除垢垢", "slip"),
    ],
)
def test_one_task_written_twice(one: str, other: str, how: str) -> None:
    """Capitals, signs, words that say nothing, one slip: the same task, whichever stands first."""
    assert alike([one, other], OFTEN) == [Alike((0, 1), how)]
    assert alike([other, one], OFTEN) == [Alike((0, 1), how)]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Tea course, week 3", "Tea course, week 4"),
        ("Tea course, week 1", "Tea course, week 12"),
        ("交一月的电费", "交二月的电费"),
        ("交十月的电费", "交十一月的电费"),
        ("Fix the tap in the kitchen", "Fix the tap in the cellar"),
        ("Call Mira", "Call Mina"),
        ("Letter from Lyon", "Letter form Lyon"),
        ("Pay the phone", "Pay the phones"),
        ("Buy tea", "Buy tofu"),
        ("Move stock to sales", "Move sales to stock"),
        ("Read", "Road"),
        ("Plan A", "Plan B"),
        ("Chapter 1 2", "Chapter 12"),
        ("Chapter a1", "Chapter a12"),
        ("Paper (2025)", "Paper (2026)"),
    ],
)
def test_two_tasks_that_look_alike(one: str, other: str) -> None:
    """Another number, name, month, word or order is another task."""
    assert alike([one, other], OFTEN) == []


def test_groups_hold_all_that_are_one() -> None:
    """Two that are each a slip away from a third are of its group; what is by itself is in none."""
    titles = ["Renew the passport", "Buy tea", "renew the pasport", "Renew the passportt", "TEA", "buy tea"]

    assert alike(titles) == [Alike((0, 2, 3), "slip"), Alike((1, 5), "same")]


@pytest.mark.parametrize("title", ["", "!!", "Please", "To do", "别忘了", "soon", "尽快 尽快"])
def test_nothing_but_empty_words(title: str) -> None:
    """A title that would vanish stays what it is; one without a letter is like no other."""
    assert bool(core(title)) == any(sign.isalnum() for sign in title)
    assert alike([title, "Renew the passport"]) == []


def test_a_series_is_no_slip() -> None:
    """Many titles that differ in one place are a numbered series, and answered fast."""
    titles = [f"part {chr(letter)} of the catalogue" for letter in range(ord("a"), ord("z") + 1)] * 3

    assert [group.how for group in alike(titles)] == ["same"] * 26


@given(st.lists(st.text(alphabet="ab1 水壶!", max_size=7), max_size=8))
def test_groups_part_the_titles(titles: list[str]) -> None:
    """Whatever is written: each title stands in one group at most, and equal ones in the same."""
    groups = [group.places for group in alike(titles)]
    placed = [place for places in groups for place in places]

    assert len(placed) == len(set(placed))
    for place, title in enumerate(titles):
        if core(title) and titles.count(title) > 1:
            assert [place in places for places in groups].count(True) == 1
