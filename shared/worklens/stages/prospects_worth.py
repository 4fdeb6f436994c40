"""What the hazard model's chances were worth on a person's own past, as rows of `worklens evaluate`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from worklens.analysis.hazard import grading
from worklens.analysis.hazard.grading import Graded
from worklens.ports import Session
from worklens.stages.records import Told, load

Row = dict[str, Any]
Tell = Callable[[int, int], None]


class Pasts:
    """The records of some feeds, graded once however many parts ask."""

    def __init__(self, feeds: list[Told], accounts: list[str] | None) -> None:
        self._feeds, self._accounts = feeds, accounts
        self._graded: Graded | None = None
        self._asked = False

    def graded(self, tell: Tell) -> Graded | None:
        """Each feed's model learnt from all its people, and graded on the accounts asked for; None without a past."""
        if not self._asked:
            found = [one for feed in self._feeds if (one := self._feed(feed, tell)) is not None]
            self._graded = grading.joined(found) if found else None
            self._asked = True
        return self._graded

    def _feed(self, feed: Told, tell: Tell) -> Graded | None:
        graded = grading.grade(feed.records, feed.end, tell=tell)
        if graded is None or self._accounts is None:
            return graded
        codes = [code for code, name in enumerate(feed.accounts) if name in self._accounts]
        return graded.those(np.isin(graded.person, codes))


def pasts_of(session: Session, scope: Any) -> Pasts:
    """The records of the feeds in a scope."""
    told = [found for feed in scope.feeds if (found := load(session, feed)) is not None]
    return Pasts(told, None if scope.accounts is None else list(scope.accounts))


def score_rows(pasts: Pasts, tell: Tell) -> list[Row]:
    """A row a horizon; none without a past."""
    graded = pasts.graded(tell)
    return grading.score_rows(graded) if graded else []


def late_rows(pasts: Pasts, tell: Tell) -> list[Row]:
    """One row of the chances to miss a due date; none without due dates."""
    graded = pasts.graded(tell)
    return grading.late_rows(graded) if graded else []
