"""What the network may say, and what it means."""

from __future__ import annotations

import numpy as np
import pytest

from worklens.reading.automaton import NOWHERE, automaton, usable
from worklens.reading.language import parse, render
from worklens.reading.symbols import END, NONE, NUMBER_OF, SYMBOLS, bind

NUMBERS = [(15, 2), (2027, 4), (9, 1), (45, 2), (330, 3)]


@pytest.mark.parametrize("numbers", [[], NUMBERS, [(1984, 4)]], ids=["none", "some", "a year"])
def test_a_walk_through_the_automaton_is_a_program(numbers: list[tuple[int, int]]) -> None:
    """Wherever chance leads it ends, never in a dead end, and the language takes what it said."""
    rules, allowed = automaton(), usable([numbers])[0]
    rng = np.random.default_rng(0)
    for _ in range(150):
        place, said = rules.start, []
        while not said or said[-1] != END:
            ways = np.flatnonzero((rules.leads[place] != NOWHERE) & allowed[rules.kind[place]])
            symbol = int(rng.choice(ways))
            said.append(SYMBOLS[symbol])
            place = rules.leads[place, symbol]
        assert len(said) <= 24
        if said[0] != NONE:
            assert render(parse(render(bind(said, numbers, 2026)))) == render(bind(said, numbers, 2026))


@pytest.mark.parametrize(
    ("said", "program"),
    [
        ("add =1 day clock $0 =0 h24", "add(1, day) time(15:00)"),
        ("clock $2 =30 guess", "time(09:30, either)"),
        ("clock $0 =30 guess", "time(15:30)"),
        ("to =12 =15 guess", "time(11:45, either)"),
        ("to =0 =15 guess", "time(23:45)"),
        ("to $2 =15 pm", "time(20:45)"),
        ("sub =3 week", "add(-3, week)"),
        ("year $1 month_day mar $0", "year(2027) month_day(3, 15)"),
        ("weekday fri next", "weekday(fri)"),
        ("day_on $0 tue", "day(15, tue)"),
        ("month_prev mar", "month(3, prev)"),
        ("hhmm $4 pm", "time(15:30)"),
        ("hhmm $4 h24", "time(03:30)"),
    ],
)
def test_symbols_become_calls(said: str, program: str) -> None:
    """Numbers are those pointed at; the clock has 24 hours."""
    assert render(bind(said.split(), NUMBERS, 2026)) == program


def test_midnight_after_a_day_begins_the_next() -> None:
    """晚上十二点."""
    said = ["add", "=1", "day", "clock", "$0", "=0", "late_hour"]

    assert render(bind(said, [(12, 2)], 2026)) == "add(1, day) add(1, day) time(00:00)"


def test_two_at_night_is_after_midnight() -> None:
    """夜里两点."""
    assert render(bind(["clock", "$0", "=0", "late_hour"], [(2, 1)], 2026)) == "add(1, day) time(02:00)"


def test_two_digits_of_a_year() -> None:
    """The nearest year, at most 20 ahead."""
    assert [render(bind(["year", "$0"], [(two, 2)], 2026)) for two in (27, 46, 74)] == [
        "year(2027)",
        "year(2046)",
        "year(1974)",
    ]


def test_a_number_that_fits_nowhere_is_pointed_at_nowhere() -> None:
    """1984 may be a year, but no day."""
    rules, allowed = automaton(), usable([[(1984, 4)]])[0]
    place = rules.leads[rules.start, NUMBER_OF["day"]]

    assert not allowed[rules.kind[place], NUMBER_OF["$0"]]
    assert allowed[rules.kind[rules.leads[rules.start, NUMBER_OF["year"]]], NUMBER_OF["$0"]]


def test_a_unit_needs_no_number() -> None:
    """Next year: `year` as a period, though there is no number to be the operation year()'s."""
    rules, allowed = automaton(), usable([[]])[0]
    place = rules.leads[rules.start, NUMBER_OF["period"]]

    assert allowed[rules.kind[place], NUMBER_OF["year"]]
    assert not allowed[rules.kind[rules.start], NUMBER_OF["year"]]
