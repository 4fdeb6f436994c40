"""The blocks of the week for a person's eyes."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from worklens.cli.commands.metrics import weekday_named
from worklens.cli.rhythms_shown import line, until
from worklens.cli.shell import Shell

LOOKED = date(2026, 6, 3)  # a Wednesday
ROW: dict[str, Any] = {
    "account": "a", "since": date(2026, 2, 3), "until": date(2026, 5, 28), "weekday": 2, "last_weekday": 4,
    "from_hour": 9, "to_hour": 12, "worked": 40, "possible": 56, "usual": 17.6, "collection": "7", "list_share": None, "gone": False,
}  # fmt: skip


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("en", ["Tue-Thu 9:00-12:00", "2026-02-03", "still", "40 of 56", "18", "Garden"]),
        ("zh", ["周二-周四 9:00-12:00", "2026-02-03", "至今", "40/56", "18", "Garden"]),
    ],
)
def test_a_block_is_a_line_of_words(language: str, told: list[str]) -> None:
    """Days and hours, since and until, its hours and the usual ones, and the title of its list."""
    cells = line(ROW, {("a", "7"): "Garden"}, LOOKED, Shell(None, language))

    assert [str(cell) for cell in cells] == told


def test_a_single_day_without_a_list() -> None:
    """Is named once; a list whose title nobody knows has its id."""
    shell = Shell(None, "en")

    assert str(line(ROW | {"last_weekday": 2}, {}, LOOKED, shell)[0]) == "Tue 9:00-12:00"
    assert [str(line(ROW | {"collection": kind}, {}, LOOKED, shell)[-1]) for kind in ("7", None)] == ["7", ""]


def test_a_block_goes_on_until_it_paused_for_longer_than_a_holiday() -> None:
    """Four weeks before the last look's; one that is gone is over at once."""
    earlier = ROW["until"] - timedelta(28)

    assert until(ROW, LOOKED) == ""
    assert until(ROW | {"until": earlier}, LOOKED) == "2026-04-30"
    assert until(ROW | {"gone": True}, LOOKED) == "2026-05-28"


def test_a_weekday_is_a_word() -> None:
    """In the language asked for; rows without one stay as they are."""
    assert weekday_named({"weekday": 7, "done": 3}, "zh") == {"weekday": "周日", "done": 3}
    assert weekday_named({"done": 3}, "en") == {"done": 3}
