"""The correction: which number is promised, when a promise is judged, and that the level comes true in the long run."""

from __future__ import annotations

import numpy as np
import pytest

from worklens.analysis.arrays import Floats, Ints
from worklens.analysis.forecast.conformal import FIRM, MARGIN, STEP, correct, rounded
from worklens.analysis.forecast.questions import LEVELS, LONGEST, HowMany, When

ASKED = np.array(LEVELS)
FIRM_ONES = ASKED >= FIRM


def geometric(rows: int, share: float) -> Floats:
    """P(N <= k) of a geometric count, the same at each origin."""
    return np.tile(1 - share ** np.arange(1, 80), (rows, 1))


def test_the_nearer_number_is_promised_from_firm_levels_on() -> None:
    """P(at least 1) = 0.84 is nearer to 85 % than certainty is; at 70 % the surer number stays."""
    table = np.array([[0.16, 0.31, 0.9]])

    said = rounded(table, HowMany(1), ASKED[None], FIRM_ONES)

    assert said.promises.tolist() == [[2, 1, 1, 0]]
    assert said.chances[0] == pytest.approx([0.69, 0.84, 0.84, 1])


def test_the_nearer_date_is_promised_from_firm_levels_on() -> None:
    """Day 2 has 84 %, day 3 has 99 %: 85 % is day 2, 95 % day 3; what is never reached is inf."""
    table = np.array([[0.0, 0.4, 0.84, 0.99]])

    said = rounded(table, When(1), np.array([[0.5, 0.7, 0.85, 0.95]]), FIRM_ONES)

    assert said.promises.tolist() == [[2, 2, 2, 3]]
    assert rounded(table[:, :2], When(1), ASKED[None], FIRM_ONES).promises.tolist() == [[np.inf] * 4]


def by_chance(rows: int, share: float, seed: int = 1) -> tuple[Ints, Floats]:
    """Origins two weeks apart, and geometric answers."""
    drawn = np.random.default_rng(seed).geometric(1 - share, rows) - 1
    return np.arange(1, rows + 1) * 14, drawn.astype(np.float64)


@pytest.mark.parametrize("claimed", [0.8, 0.9, 0.95])
def test_a_table_that_is_wrong_comes_true_in_the_end(claimed: float) -> None:
    """Whatever the table claims of counts whose share is 0.9, from firm levels on as many are kept as is said."""
    origins, came = by_chance(3000, 0.9)

    said = correct(geometric(3000, claimed), HowMany(14), ASKED, origins, came, 14)
    kept = (came[:, None] >= said.promises)[300:].mean(axis=0)

    assert kept[FIRM_ONES] == pytest.approx(ASKED[FIRM_ONES], abs=0.015)
    assert (kept[~FIRM_ONES] >= ASKED[~FIRM_ONES] - 0.02).all()


def test_a_table_that_is_right_is_left_alone() -> None:
    """Its levels stay near what was asked."""
    origins, came = by_chance(2000, 0.97)

    said = correct(geometric(2000, 0.97), HowMany(14), ASKED, origins, came, 14)

    assert said.asked.mean(axis=0) == pytest.approx(ASKED, abs=0.03)


def test_a_promise_counts_when_it_is_over_and_not_before() -> None:
    """A hit of 28 days at origin 0 is seen at 28; one step down in log-odds, halved since two such promises overlap."""
    table = np.tile(np.linspace(0, 0.99, 100), (4, 1))
    origins, came = np.array([0, 14, 28, 42]), np.array([50.0, 50, 50, 50])

    asked = correct(table, HowMany(28), np.array([0.85]), origins, came, 14).asked[:, 0]

    aim = 0.85 + MARGIN * 0.15
    steps = np.array([0, 0, 0.5, 1]) * STEP / (0.85 * 0.15) * (aim - 1)
    assert np.log(asked / (1 - asked)) == pytest.approx(np.log(aim / (1 - aim)) + steps)


def test_a_date_is_judged_on_the_date() -> None:
    """A quick success isn't seen before the day that was promised, a failure no later than on it."""
    table = np.tile(np.linspace(0, 1, LONGEST + 1) ** 0.1, (12, 1))  # promises 85 % within 72 days
    origins = np.arange(12) * 14
    quick, slow = (
        correct(table, When(3), np.array([0.85]), origins, np.full(12, days), 14) for days in (1.0, np.inf)
    )
    seen = int(np.ceil(quick.promises[0, 0] / 14))

    for each in (quick, slow):
        assert each.asked[:seen, 0] == pytest.approx(0.85 + MARGIN * 0.15)
    assert quick.asked[seen, 0] < 0.85 + MARGIN * 0.15 < slow.asked[seen, 0]


def test_a_row_of_misses_asks_for_more_by_and_by() -> None:
    """Three misses in a row bring 95 % to 98 %, not to certainty, of which a table knows nothing."""
    origins = np.arange(1, 6) * 14
    table = np.tile(1 - 0.5 ** np.arange(80), (5, 1))  # 95 % within five days

    asked = correct(table, When(1), np.array([0.95]), origins, np.full(5, np.inf), 14).asked[:, 0]

    assert (np.diff(asked) > 0).all()
    assert asked[3] == pytest.approx(0.985, abs=0.003)


def test_levels_never_cross() -> None:
    """A surer promise is asked at a level that is as high at least."""
    origins, came = by_chance(400, 0.9)

    said = correct(geometric(400, 0.5), HowMany(14), ASKED, origins, came, 14)

    assert (np.diff(said.asked, axis=1) >= 0).all()
