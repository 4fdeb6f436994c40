"""One line of todo.txt, by the rules of the format."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from worklens.sources.base import Reading
from worklens.sources.todotxt.lines import Line
from worklens.sources.todotxt.records import read, rule
from worklens.tasks import Moment, Task, day


def parsed(line: str, **more: str) -> Task:
    """The task of a line."""
    import msgspec

    record = msgspec.json.encode({"id": "7", "line": line, **more})
    task = read(record, Reading(feed="todotxt:me", seen_at=0))
    assert isinstance(task, Task)
    return task


def test_a_whole_task() -> None:
    """Priority, dates, project, contexts and keys; what stands at the end of the title is no part of it."""
    task = parsed(
        "(B) 2026-11-01 Call @mum about the +wedding at 12:30 +family due:2026-12-01 @phone t:2026-11-20 rec:+2w"
    )
    assert task == Task(
        account="todotxt:me", task="7", collection="wedding", title="Call @mum about the +wedding at 12:30",
        labels=("mum", "phone", "+family"), priority=2, created=day("2026-11-01"), due=day("2026-12-01"),
        recurrence="FREQ=WEEKLY;INTERVAL=2",
    )  # fmt: skip


def test_done() -> None:
    """The date of completion comes first; the priority it had may be kept as a key."""
    task = parsed("x 2026-11-03 2026-11-01 Buy milk pri:A +home")
    assert (task.completed, task.created, task.priority) == (day("2026-11-03"), day("2026-11-01"), 1)
    assert (task.title, task.collection) == ("Buy milk", "home")


def test_done_at_an_unknown_time() -> None:
    """It is over; when, nobody says."""
    assert parsed("x Buy milk", created="2026-11-01").closed == Moment(day("2026-11-01").micros, "unknown")
    assert parsed("x 2026-11-03 Buy milk").created is None


def test_what_a_program_dropped() -> None:
    """Priority and creation as they were known before."""
    task = parsed("x 2026-11-03 Buy milk", created="2026-11-01", priority="C")
    assert (task.created, task.priority) == (day("2026-11-01"), 3)


@pytest.mark.parametrize("line", ["X 2026-11-03 a", "xylophone lesson", "(A) x a", "x", "(a) b", "(AA) b"])
def test_not_done_and_no_priority(line: str) -> None:
    """Only a small x with a space at the very beginning is done, only a capital letter a priority."""
    assert not Line(line).done
    assert Line(line).priority == ("A" if line == "(A) x a" else "")


@pytest.mark.parametrize(
    ("line", "title"),
    [
        ("Pay 2+2 to a@b.c", "Pay 2+2 to a@b.c"),
        ("Read http://a.test/x due:tomorrow", "Read http://a.test/x"),
        ("x 2026-13-45 old", "2026-13-45 old"),
        ("2026-02-30 no such day", "2026-02-30 no such day"),
        ("(A) 2026-02-30 no such day", "2026-02-30 no such day"),
        ("x 2026-11-03 2026-02-30 no such day", "2026-02-30 no such day"),
        ("a  b\tc", "a b c"),
        ("+p @c", "+p @c"),
    ],
)
def test_titles(line: str, title: str) -> None:
    """What looks like a tag or a date but is none stays in the text."""
    assert parsed(line).title == title


def test_due_that_is_no_date() -> None:
    """It is passed over."""
    assert parsed("a due:tomorrow").due is None


def test_decomposed_letters_are_the_same() -> None:
    """One program writes ä as a letter, another as two."""
    assert Line("a\u0308b").words == Line("\u00e4b").words


@pytest.mark.parametrize(
    ("phrase", "told"), [("1w", "FREQ=WEEKLY"), ("+3m", "FREQ=MONTHLY;INTERVAL=3"), ("1b", "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR"),
                         ("2b", "2b"), ("0d", "0d"), ("weekly", "weekly"), ("", "")]
)  # fmt: skip
def test_rules(phrase: str, told: str) -> None:
    """Repetitions with a rule, and those that keep their words."""
    assert rule(phrase) == told


@given(st.text())
def test_any_line_can_be_read(text: str) -> None:
    """No text is an error, and what is a task has words."""
    line = Line(text)
    assert line.words or not line.is_task
    assert isinstance(line.title, str)
