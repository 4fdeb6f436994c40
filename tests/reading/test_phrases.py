"""The grammar that writes what is learnt from: valid throughout, the same for the same seed."""

from __future__ import annotations

from datetime import UTC, datetime
from itertools import islice
from random import Random

import pytest

from worklens.reading.automaton import NOWHERE, automaton, usable
from worklens.reading.execute import Impossible, execute
from worklens.reading.language import parse, render
from worklens.reading.phrases.examples import examples
from worklens.reading.phrases.grammar import Grammar, Number
from worklens.reading.reader import numbers_of
from worklens.reading.symbols import END, NONE, NUMBER_OF, bind

NOW = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)


def test_every_example_is_a_valid_program() -> None:
    """It binds, it is of the language, it nearly always means a day, and its phrase stands in the title."""
    impossible = 0
    for one in islice(examples(1), 1500):
        if one.symbols == (NONE,):
            assert one.span is None
            continue
        program = bind(one.symbols, numbers_of(one.tokens), 2026)
        assert parse(render(program)) == program
        assert one.span is not None
        assert one.span[0] < one.span[1]
        try:
            execute(program, NOW)
        except Impossible:
            impossible += 1  # the 31st of February, as people write it too
    assert impossible < 30


def test_every_example_can_be_said() -> None:
    """The automaton that decoding is held to leads through its symbols, with the title's own numbers."""
    rules = automaton()
    for one in islice(examples(2), 300):
        place, allowed = rules.start, usable([numbers_of(one.tokens)])[0]
        for symbol in (*one.symbols, END):
            number = NUMBER_OF[symbol]
            assert allowed[rules.kind[place], number], (one.title, one.symbols)
            place = rules.leads[place, number]
            assert place != NOWHERE, (one.title, one.symbols)


def test_the_seed_decides() -> None:
    """The same examples for the same seed, others for another."""
    first, again, other = ([one.title for one in islice(examples(seed), 20)] for seed in (4, 4, 5))

    assert first == again != other


def test_a_grammar_writes_text_and_meaning_together() -> None:
    """Numbers are the same object in both; a choice, an option and a part's meaning come through."""
    grammar = Grammar(
        "@a\n1 in[ about] {d:3-3} (days|dayz) <b> => add $1 day <b>\n@b\n1 at {d:5-5} => clock $1 =0 pm"
    )
    phrase = grammar.write("a", Random(0))  # noqa: S311
    three, five = (symbol for symbol in phrase.symbols if isinstance(symbol, Number))

    assert phrase.text in {f"in{some} 3 {days} at 5" for some in ("", " about") for days in ("days", "dayz")}
    assert (three.text, five.text) == ("3", "5")
    assert phrase.symbols == ["add", three, "day", "clock", five, "=0", "pm"]


def test_a_rule_that_is_not_there_is_missed() -> None:
    """When the grammar is read, not when it is used."""
    with pytest.raises(ValueError, match="no rules for b"):
        Grammar("@a\n1 <b>")
