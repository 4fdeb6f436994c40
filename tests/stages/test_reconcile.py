"""What explains a difference between a service's own count and ours."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from worklens.sources.options import Totals
from worklens.stages.reconcile import compare

IDS = st.sets(st.sampled_from("abcdefgh"))


def totals(**made: int | None) -> Totals:
    """A service's own count, of the lists p and q."""
    return Totals(open=made, collections=frozenset("pq"))


def test_the_same_needs_no_explanation() -> None:
    """Nothing is said but the two numbers."""
    found = compare(totals(a=1, b=2), {"a": "p", "b": "q"}, looked=5, held=3)

    assert (found.theirs, found.ours, found.explained, found.unexplained) == (2, 2, {}, 0)


def test_each_reason_is_told() -> None:
    """Made since we looked, put aside here, in a list that is archived there; and the rest."""
    theirs = totals(both=1, fresh=9, held=1, lost=None)
    ours = {"both": "p", "archived": "gone", "done-there": "p"}

    found = compare(theirs, ours, looked=5, held=1)

    assert (found.theirs, found.ours) == (4, 3)
    assert found.explained == {"new": 1, "held": 1, "elsewhere": 1}
    assert found.unexplained == 2


@given(IDS, IDS, st.integers(0, 9), st.integers(0, 9))
def test_every_difference_is_counted_once(there: set[str], here: set[str], looked: int, held: int) -> None:
    """Explained and unexplained together are the tasks that are open on one side only."""
    found = compare(
        totals(**{key: ord(key) - ord("a") for key in there}),
        {key: "pqr"[ord(key) % 3] for key in here},
        looked,
        held,
    )

    assert sum(found.explained.values()) + found.unexplained == len(there ^ here)
    assert found.unexplained >= 0
