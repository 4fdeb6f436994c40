"""What each account stands promised: the newest answers of the ledger, by what was asked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from worklens.analysis.days import day_number
from worklens.analysis.forecast.questions import LEVELS
from worklens.findings.promises import TOLD
from worklens.render.columns import column
from worklens.render.model import Columns

Graded = Mapping[float, tuple[int, int]]
"""Each level's promises that are over: how many, and how many were kept."""

EVEN, TOLD_AT = 0, LEVELS.index(TOLD)  # places among the levels


class Standing(NamedTuple):
    """What one account was promised on its newest day: each amount's answers by level, None for "not within a year"."""

    origin: int  # the first day that is told of: days since 1970
    how_many: Mapping[int, Sequence[float | None]]  # days ahead
    when: Mapping[int, Sequence[float | None]]  # tasks more
    tried: Graded  # on the past before


def standing(rows: Columns) -> dict[str, Standing]:
    """The view standing_forecasts by account."""
    accounts = column(rows, "account")
    return {
        name: _standing(rows, [row for row, account in enumerate(accounts) if account == name])
        for name in sorted(set(accounts))
    }


def _standing(table: Columns, rows: Sequence[int]) -> Standing:
    answers: dict[tuple[str, int], dict[float, float | None]] = {}
    tried = dict.fromkeys(LEVELS, (0, 0))
    for row in rows:
        kind, amount, level = (table[name][row] for name in ("kind", "amount", "level"))
        answers.setdefault((kind, amount), {})[level] = table["value"][row]
        n, good = tried[level]
        tried[level] = (n + (table["tried"][row] or 0), good + (table["tried_kept"][row] or 0))
    whole = {
        key: [by_level[level] for level in LEVELS]
        for key, by_level in answers.items()
        if set(by_level) >= set(LEVELS)
    }
    return Standing(
        day_number(table["origin_day"][rows[0]]),
        {amount: values for (kind, amount), values in sorted(whole.items()) if kind == "how_many"},
        {amount: values for (kind, amount), values in sorted(whole.items()) if kind == "when"},
        tried,
    )
