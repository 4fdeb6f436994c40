"""What if: days off and a list less, beside the account as it is."""

from __future__ import annotations

from datetime import date

import numpy as np

from worklens.analysis.days import date_of
from worklens.stages.paces import Pace
from worklens.stages.what_if import Outcome, outcomes, ways

DAYS, FIRST = 120, 17_000
WHOLE, LIST = "csv:me", "home"


def pace(collection: str, daily: int) -> Pace:
    """So many tasks come and are done each day, one more on every third."""
    done = daily + (np.arange(DAYS) % 3 == 0).astype(np.int64)
    return Pace(
        account=WHOLE, collection=collection, first=FIRST, done=done, arrived=done // 2, gone=done,
        open=40 if not collection else 10, ended=False,
    )  # fmt: skip


PACES = (pace("", 4), pace(LIST, 1))


def asked(**wish: object) -> dict[tuple[str, str, int], Outcome]:
    """The outcomes by way and question."""
    told = outcomes(ways(PACES, WHOLE, **wish))  # type: ignore[arg-type]
    return {(one.way, one.kind, one.amount): one for one in told}


def known(one: Outcome, level: float) -> float:
    """The answer at a level; here there is one."""
    value = one.values[level]
    assert value is not None
    return value


def test_days_off_cost_what_is_done_on_them() -> None:
    """Ten of fourteen days off leave four days' work; what is asked beyond is later by as much."""
    first = date_of(FIRST + DAYS)
    found = asked(off=(first, date_of(FIRST + DAYS + 9)))
    as_is, free = (known(found[way, "how_many", 14], 0.5) for way in ("as_is", "days_off"))
    sooner, later = (known(found[way, "when", 30], 0.5) for way in ("as_is", "days_off"))

    assert 3 < as_is / free < 4
    assert later - sooner == 10


def test_days_off_that_are_over_change_nothing() -> None:
    """Nor those of a year after next: it is told as it is alone."""
    assert {way for way, *_ in asked(off=(date(2001, 1, 1), date(2001, 2, 1)))} == {"as_is"}


def test_a_list_less_is_told_both_ways() -> None:
    """The rest alone does what it did; with all the time it does as much as the whole, and is through sooner than either."""
    found = asked(without=LIST)
    many = [known(found[way, "how_many", 30], 0.5) for way in ("as_is", "rest_alone", "rest_gets_all")]
    through = [
        known(found[way, "as_many_as_open", open_], 0.85)
        for way, open_ in (("as_is", 40), ("rest_alone", 30), ("rest_gets_all", 30))
    ]

    assert many[0] == many[2]
    assert many[1] < many[0]
    assert through[2] < through[0]


def test_days_off_hold_without_the_list_too() -> None:
    """Four ways, and with the days off each does less than without them."""
    first, last = date_of(FIRST + DAYS), date_of(FIRST + DAYS + 9)
    bare, free = asked(without=LIST), asked(without=LIST, off=(first, last))

    assert {way for way, *_ in free} == {"as_is", "days_off", "rest_alone", "rest_gets_all"}
    for way in ("rest_alone", "rest_gets_all"):
        assert known(free[way, "how_many", 30], 0.5) < known(bare[way, "how_many", 30], 0.5)


def test_an_account_or_list_that_is_not_there() -> None:
    """Nothing is told of the one, and nothing changes without the other."""
    assert ways(PACES, "csv:other") == []
    assert {way for way, *_ in asked(without="nowhere")} == {"as_is"}
