"""Which line is which task, from one look to the next."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from worklens.sources.todotxt.identity import Known
from worklens.sources.todotxt.listing import Look, compared

WORDS = ("buy milk", "call Anna about the car", "写周报给老板看", "water the plants")


def look(todo: str, before: Sequence[Known] = (), done: str | None = None) -> tuple[Known, ...]:
    """What is known after a look; lines are given with semicolons between."""
    return compared(Look(todo.replace("; ", "\n"), done and done.replace("; ", "\n")), before).known


def ids(known: Sequence[Known]) -> list[str]:
    """Their ids."""
    return [one.id for one in known]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("2026-11-01 buy milk", "x 2026-11-03 2026-11-01 buy milk"),
        ("2026-11-01 buy milk", "x 2026-11-03 buy milk"),
        ("2026-11-01 buy milk", "x buy milk"),
        ("2026-11-01 buy milk", "x 2026-11-01 buy milk"),
        ("buy milk", "x 2026-11-03 buy milk"),
        ("(A) buy milk due:2026-11-04", "buy milk due:2026-11-05 @shop +home"),
        ("buy milk", "2026-11-01 buy milk"),
        ("x 2026-11-03 2026-11-01 buy milk", "2026-11-01 buy milk"),
        ("x 2026-11-03 2026-11-01 buy milk", "x 2026-11-04 2026-11-01 buy milk"),
        ("2026-11-01 buy milk", "2026-11-01 buy milk and bread"),
        ("2026-11-01 写周报给老板看", "2026-11-01 写周报给新老板看"),
        ("buy milk uuid:7", "get something else uuid:7"),
    ],
)
def test_the_same_task(before: str, after: str) -> None:
    """Done, dated, reprioritized, tagged, rescheduled, reopened, corrected, a little renamed: it keeps its id."""
    first = look(before)
    assert ids(look(after, first)) == ids(first)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("2026-11-01 buy milk", "2026-11-01 call Anna"),
        ("2026-11-01 buy milk", "2026-11-02 buy milk and bread"),
        ("2026-11-01 buy milk", "x 2026-11-03 2026-11-01 buy milk and bread"),
    ],
)
def test_another_task(before: str, after: str) -> None:
    """Other words, other words of another day, other words that are done at once: one went, another came."""
    first = look(before)
    found = compared(Look(after, None), first)
    assert found.gone == ids(first)
    assert ids(found.known) != ids(first)


def test_a_repeating_task_is_done_and_comes_again() -> None:
    """The done line is the old task, whatever stands first in the file and whether lines have creation dates."""
    for created in ("", "2026-11-01 "):
        first = look(f"{created}water due:2026-11-07 rec:1w")
        today = "2026-11-07 " if created else ""
        new, done = (
            f"{today}water due:2026-11-14 rec:1w",
            f"x 2026-11-07 {created}water due:2026-11-07 rec:1w",
        )
        for text in (f"{new}; {done}", f"{done}; {new}"):
            second = {one.done: one.id for one in look(text, first)}
            assert second[True] == first[0].id != second[False]


def test_archiving_is_no_deletion() -> None:
    """A line that moves to done.txt is the same task, and nothing is told of it but what changed."""
    first = look("x 2026-11-03 a b c; d e f", done="")
    second = compared(Look("d e f", "x 2026-11-03 a b c"), first)
    assert sorted(ids(second.known)) == sorted(ids(first))
    assert (second.changed, second.gone) == ([], [])


def test_a_line_in_both_files_counts_once() -> None:
    """A program writes it to done.txt before it takes it out of todo.txt."""
    first = look("x 2026-11-03 a b c", done="")
    assert ids(look("x 2026-11-03 a b c", first, "x 2026-11-03 a b c")) == ids(first)
    assert len(look("x 2026-11-03 a b c", (), "x 2026-11-03 a b c; x 2026-11-03 a b c")) == 2


def test_what_is_cut_from_the_archive_stays_done() -> None:
    """A done.txt that was begun anew deletes nothing, and what comes to it has ids of its own."""
    first = look("", done="x 2026-11-01 water; x 2026-11-02 water")
    second = compared(Look("water", "x 2026-11-09 water"), first)
    assert second.gone == []
    assert len(set(ids(second.known))) == len(second.known) == 4


def test_a_file_that_was_not_looked_at() -> None:
    """Of two files that are imported one by one, each says nothing of the other's lines."""
    first = look("2026-11-01 a b c; 2026-11-01 d e f")
    second = compared(Look(None, "x 2026-11-03 2026-11-01 a b c"), first)
    assert second.gone == []
    third = compared(Look("2026-11-01 d e f", None), second.known)
    assert (third.gone, third.changed) == ([], [])


def test_nothing_of_the_text_is_kept() -> None:
    """What is remembered holds hashes and dates."""
    import msgspec

    known = look("(A) 2026-11-01 secretwords +project @context")
    assert b"secret" not in msgspec.json.encode(known)


lines = st.lists(
    st.builds(
        lambda head, created, words, tail: f"{head}{created}{words}{tail}",
        st.sampled_from(["", "(A) ", "x 2026-11-03 ", "x 2026-11-04 "]),
        st.sampled_from(["", "2026-11-01 ", "2026-11-02 "]),
        st.sampled_from(WORDS),
        st.sampled_from(["", " +p", " due:2026-12-01"]),
    ),
    max_size=8,
)


@example([], ["x 2026-11-03 buy milk"] * 2, ["x 2026-11-03 buy milk +p"])
@given(lines, lines, lines)
def test_ids_are_told_apart_and_stay(first: list[str], second: list[str], third: list[str]) -> None:
    """Whatever is edited, no two lines have one id; and a look at the same files again changes nothing."""
    known: tuple[Known, ...] = ()
    for text in (first, second, third):
        todo = "\n".join(text)
        known = compared(Look(todo, None), known).known
        assert len(set(ids(known))) == len(known)
        again = compared(Look(todo, None), known)
        assert (again.changed, again.gone) == ([], [])
        assert sorted(ids(again.known)) == sorted(ids(known))
