"""A history whose completion times were permuted among its tasks yields no finding about tasks.

Three ways to permute: dealt anew, no time before its task's creation; shuffled among the done tasks, whatever comes of
it; shuffled among all tasks, so that also who is done at all is luck.
"""

from __future__ import annotations

import numpy as np
import pytest

from tests.findings.makers import dealt, history, of_truth, person, shuffled
from worklens.analysis.arrays import NEVER
from worklens.findings.choose import everything
from worklens.findings.history import History
from worklens.findings.permuted import order_of, too_many_impossible
from worklens.sample import generate


@pytest.fixture(scope="module")
def real() -> History:
    """The sample's person, who has much to tell."""
    return of_truth(generate(count=1).truth)


def permutations(real: History, seed: int) -> list[History]:
    """The history permuted in each way."""
    rng = np.random.default_rng(seed)
    return [dealt(real, rng), shuffled(real, rng, real.done < NEVER), shuffled(real, rng, real.gone == NEVER)]


def told_of_tasks(made: History) -> list[str]:
    """The keys of the findings that are about tasks."""
    return [finding.key for finding in everything(made).findings if finding.evidence["about"] == "tasks"]


def test_the_history_itself_tells_of_its_tasks(real: History) -> None:
    """So that silence below means something."""
    assert len(told_of_tasks(real)) >= 5


@pytest.mark.parametrize("seed", range(4))
def test_permuted_times_tell_nothing_of_tasks(real: History, seed: int) -> None:
    """However the times are permuted."""
    assert [told_of_tasks(made) for made in permutations(real, seed)] == [[], [], []]


@pytest.mark.deep
def test_permuted_times_tell_nothing_of_tasks_in_many_lives() -> None:
    """Not once in 300 permuted histories of ten lives of the sample."""
    lives = [of_truth(generate(seed=seed, count=1).truth) for seed in range(10)]

    told = [told_of_tasks(made) for life in lives for seed in range(10) for made in permutations(life, seed)]

    assert told == [[]] * 300


@pytest.mark.parametrize("seed", range(3))
def test_what_permuting_leaves_alone_is_still_told(real: History, seed: int) -> None:
    """When work is done is the same, so the best time of the week is, and the dip."""
    keys = {finding.key for finding in everything(permutations(real, seed)[0]).findings}

    assert {"best_time", "dip", "order_unclear"} <= keys


def test_the_measure_of_order_is_standard_normal_without_any(real: History) -> None:
    """Over dealt histories its mean is near 0 and its spread near 1."""
    z = [order_of(dealt(real, np.random.default_rng(seed))).z for seed in range(60)]

    assert abs(np.mean(z)) < 0.45
    assert 0.8 < np.std(z) < 1.25


def test_young_first_and_old_first_are_both_an_order() -> None:
    """Last in, first out is above 0; first in, first out below."""
    created = np.repeat(np.arange(300), 2)
    queue = history(created, created + 10 + np.arange(600) % 2, today=400)
    stack = history(np.arange(400), 1000 - np.arange(400), today=1100)

    assert order_of(queue).z < -5
    assert order_of(stack).z > 5


def test_few_completions_show_no_order_and_say_what_is_missing() -> None:
    """Below the least number it is said how many more are needed."""
    few = order_of(person(np.random.default_rng(1), days=40, a_day=2.0))

    assert not few.matters
    assert not few.looks_like_chance
    assert few.missing == 100 - few.n


def test_a_vague_order_needs_more_completions() -> None:
    """Where an order shows, but not beyond doubt, it is said how many more would do."""
    seeds = range(30)
    orders = [order_of(person(np.random.default_rng(seed), days=90, a_day=2.5)) for seed in seeds]
    vague = [order for order in orders if order.n >= 100 and 3 <= abs(order.z) < 5]

    assert vague
    assert all(order.missing > 0 and not order.looks_like_chance for order in vague)


def test_times_before_creations_silence_what_is_said_of_tasks(real: History) -> None:
    """With more than one completion in twenty before its creation, the record is not believed."""
    wrong = shuffled(real, np.random.default_rng(0), real.done < NEVER)

    keys = {finding.key for finding in everything(wrong).findings}

    assert too_many_impossible(wrong)
    assert "impossible_many" in keys
