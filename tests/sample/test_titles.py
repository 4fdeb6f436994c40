"""Titles and notes."""

from __future__ import annotations

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from worklens.sample.dice import Dice
from worklens.sample.habits import LISTS
from worklens.sample.titles import STYLES, fill, language, note, reword
from worklens.sample.vocabulary import NOTES, SLOTS, SUBTASKS, TOPICS, TRANSLATIONS

WHEN = date(2026, 1, 15)
TEMPLATES = [
    *(template for topic in TOPICS for template in topic.english + topic.chinese),
    *(template for templates in NOTES.values() for template in templates),
    *SUBTASKS,
]


@pytest.mark.parametrize("template", TEMPLATES)
def test_every_template_can_be_filled(template: str) -> None:
    """No slot is unknown or left over, and the title fits the service's 255 characters."""
    filled = fill(template, Dice(1, template), WHEN)

    assert not re.search(r"[{}]", filled)
    assert 1 <= len(filled) <= 200


def test_no_word_comes_twice_in_a_title() -> None:
    """“Tea and tea” is no title."""
    dice = Dice(1, "x")

    pairs = [fill("{field}/{field2}", dice, WHEN).split("/") for _ in range(300)]

    assert all(one != other for one, other in pairs)


def test_months_lie_near_the_day_of_writing() -> None:
    """From the month before to the third after, across the new year."""
    dice = Dice(1, "x")

    months = {fill("{month}", dice, WHEN) for _ in range(200)}

    assert {"December", "January", "February", "March", "April"} == months


@pytest.mark.parametrize(
    ("text", "expected"), [("Buy crème", "en"), ("买豆腐", "zh"), ("和Anna开会", "mixed"), ("🪴", "en")]
)
def test_the_language_is_read_off_the_letters(text: str, expected: str) -> None:
    """Chinese with Latin letters is mixed."""
    assert expected == language(text)


@given(st.sampled_from(STYLES[:-1]), st.text(min_size=1, max_size=40), st.integers(0, 1000))
def test_a_reworded_title_is_another_text_but_for_exact(style: str, text: str, seed: int) -> None:
    """Only the style ``exact`` gives the very same characters."""
    assert (style == "exact") == (text == reword(text, style, Dice(seed, "x")))


@given(st.sampled_from(["Call the physio", "订里昂的酒店（二月）"]), st.integers(0, 1000))
def test_a_slip_keeps_the_letters(text: str, seed: int) -> None:
    """A typo swaps two neighbours and loses nothing."""
    assert sorted(text) == sorted(reword(text, "typo", Dice(seed, "x")))


def test_notes_of_burn_out_are_mostly_weary() -> None:
    """And those of other times hardly ever."""
    dice = Dice(1, "x")

    weary = [[note(dice, tired, WHEN)[1] for _ in range(400)].count("weary") for tired in (True, False)]

    assert weary[0] > 200
    assert weary[1] < 40


def test_the_tables_fit_together() -> None:
    """Topics and translations belong to lists that exist; translations are of topics; no slot has doubles."""
    lists = {habit.title for habit in LISTS}

    assert {topic.collection for topic in TOPICS} == lists - {"inbox"}
    assert {(pair.topic, pair.collection) for pair in TRANSLATIONS} <= {
        (topic.name, topic.collection) for topic in TOPICS
    }
    assert all(len(words) == len(set(words)) for words in SLOTS.values())
