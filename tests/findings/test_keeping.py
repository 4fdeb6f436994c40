"""What our own promises are worth is told where it is news, or too little."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest

from tests.findings.makers import dealt, history, of_truth
from worklens.findings import text
from worklens.findings.choose import find
from worklens.findings.history import History, Promises
from worklens.findings.promises import LEAST_GRADED
from worklens.sample import generate

WHO = "test:me"
NOBODY = history([0] * 10, [1] * 10, 400)


def promised(kept: Sequence[int], n: int = 10, *, lately: int = 0, made: History = NOBODY) -> History:
    """A history with so many kept of n in each 28 days."""
    months = [
        Promises(WHO, block, 28 * block, 28 * block + 27, n, good, lately) for block, good in enumerate(kept)
    ]
    return replace(made, promises=tuple(months))


def keys(made: History) -> list[str]:
    """What is told of promises."""
    return [one.key for one in find(made) if one.family == "promises"]


def test_too_few_kept_are_told() -> None:
    """In every month about half, where 85 % was said: in both languages, with what to do until it mends."""
    (found,) = [one for one in find(promised([5, 6, 5, 4, 6, 5, 5, 6])) if one.family == "promises"]

    assert found.key == "promises_low"
    assert text(found) == "Our 85 % came true only 52 % of the time, n = 80."
    assert text(found, "zh") == "我们的 85% 承诺只有 52% 兑现，n = 80。"
    assert found.evidence["p"] < 0.05


@pytest.mark.parametrize("kept", [[9] * 8, [8] * 8, [0, 10, 10, 10, 10, 10, 10, 10], [3, 3, 3]])
def test_what_holds_or_is_one_bad_month_is_not_told(kept: list[int]) -> None:
    """Nor are three months of them: they share their days."""
    assert keys(promised(kept)) == []


def test_the_first_figure_is_told_once() -> None:
    """In the week in which the twentieth was over, and never again."""
    month = LEAST_GRADED + 1

    assert keys(promised([18], month, lately=2)) == ["promises_kept"]
    assert keys(promised([18], month, lately=0)) == []
    assert keys(promised([18], LEAST_GRADED - 1, lately=5)) == []


def test_promises_that_hold_are_seldom_called_too_few() -> None:
    """Of 200 ledgers whose months come true together, more or less, at most one in twenty."""
    rng = np.random.default_rng(8)
    told = 0
    for _ in range(200):
        chance = rng.beta(8.5, 1.5, 12)
        told += "promises_low" in keys(promised(rng.binomial(20, chance).tolist(), 20))

    assert told <= 10


def test_permuted_histories_with_promises_that_hold_say_nothing_of_tasks() -> None:
    """What forecasts are worth is no word about tasks."""
    real = of_truth(generate(count=1).truth)
    made = promised([17] * 12, 20, made=dealt(real, np.random.default_rng(1)))

    assert not [one for one in find(made, most=99) if one.evidence["about"] == "tasks"]
    assert keys(made) == []


def test_other_peoples_promises_are_not_told() -> None:
    """Only those of the accounts that are asked for."""
    made = promised([5, 6, 5, 4, 6, 5, 5, 6])

    assert keys(made.of([WHO])) == ["promises_low"]
    assert made.of([]).promises == ()
