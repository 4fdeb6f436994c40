"""`worklens when`: one title for a person or as a document, and many as lines."""

from __future__ import annotations

from io import BytesIO

from tests.cli.conftest import Person
from worklens.cli.when_shown import arriving

NOW = ("--now", "2026-11-22T09:00")


def test_a_document(newcomer: Person) -> None:
    """Date, time, phrase, program and runner-up, of English and Chinese."""
    english = newcomer.run("when", "submit the report the day after tomorrow at 5pm", *NOW, "--json").json
    chinese = newcomer.run("when", "下周三下午三点交报告", *NOW, "--json").json

    assert (english["date"], english["time"]) == ("2026-11-24", "17:00")
    assert english["span"] == "the day after tomorrow at 5pm"
    assert english["program"] == "add(2, day) time(17:00)"
    assert (chinese["date"], chinese["time"]) == ("2026-11-25", "15:00")
    assert chinese["program"] == "weekday(wed, +1) time(15:00)"


def test_for_a_person(newcomer: Person) -> None:
    """The day, the program, what else it may mean, and a line for each symbol below the title."""
    shown = newcomer.run("when", "pay rent next friday", *NOW).out

    assert "Friday 2026-11-27" in shown
    assert "Else: Friday 2026-12-04" in shown
    assert [line.split()[0] for line in shown.splitlines()[-3:]] == ["weekday", "fri", "+1"]


def test_lines_keep_their_order(newcomer: Person) -> None:
    """One line for each title, nulls where no time is named, in the order in which they came."""
    titles = "call mum tomorrow\nread 1984\n\n每周一早上八点例会\n"
    read, silent, empty, weekly = newcomer.run("when", "--lines", *NOW, "--json", stdin=titles).lines

    assert read["date"] == "2026-11-23"
    assert silent["date"] is silent["span"] is empty["date"] is None
    assert (weekly["date"], weekly["time"], weekly["recurs"]) == (
        "2026-11-23",
        "08:00",
        {"every": 1, "unit": "week"},
    )


class Typed(BytesIO):
    """What comes in pieces."""

    def __init__(self, *pieces: bytes) -> None:
        super().__init__()
        self._pieces = list(pieces)

    def read1(self, size: int | None = -1) -> bytes:
        return self._pieces.pop(0) if self._pieces else b""


def test_lines_are_read_as_they_come() -> None:
    """Each when its end is there; what has none is the last one."""
    typed = Typed(b"call mum", b" tomorrow\r\n", b"a\n\nb", b"c", b"\nd")

    assert list(arriving(typed)) == [["call mum tomorrow"], ["a", ""], ["bc"], ["d"]]


def test_wrong_use_is_told(newcomer: Person) -> None:
    """Neither a title nor --lines; a time that is none."""
    assert "--lines" in newcomer.run("when", code=2).err
    assert "2026-11-22T09:00" in newcomer.run("when", "tomorrow", "--now", "soon", code=2).err


def test_an_instant_is_of_the_persons_day(newcomer: Person) -> None:
    """Late in the evening by Greenwich it is tomorrow in Berlin; as said there, the days are counted from there."""
    read = newcomer.run("when", "call mum tomorrow", "--now", "2026-11-22T23:30Z", "--json").json

    assert read["date"] == "2026-11-24"
