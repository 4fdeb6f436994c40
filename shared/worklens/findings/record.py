"""What is wrong with the record itself, before anything is read from it: plain counts, no tests."""

from __future__ import annotations

import numpy as np

from worklens.analysis.arrays import NEVER, Bools
from worklens.findings.history import History
from worklens.findings.model import Answer, Claim, Finding
from worklens.findings.permuted import order_of, too_many_impossible
from worklens.findings.plain import evidence, iso, rounded

LEAST_ENDED = 20  # tasks that are over; of fewer no share is worth telling
MUCH = 0.2  # of the tasks: below, what is known still speaks for the rest
LEAST_IMPOSSIBLE = 0.01
OLD_DAYS = 90  # a quarter: a record that old is about the past
FEW = 5  # single slips of a clock are in every record
ACTIONABLE = {
    "times_unknown": 0.9,
    "created_unknown": 0.7,
    "impossible_times": 0.9,
    "impossible_many": 0.9,
    "record_ended": 1.0,  # all else is then to be read in its light
    "order_unclear": 0.5,
}


def ask(history: History, rng: np.random.Generator) -> Answer:
    """All that limits what can be said."""
    found = [_times_unknown(history), _created_unknown(history), _impossible(history), _ended(history)]
    found.append(_order_unclear(history))
    return Answer(tuple(Claim(finding, 0.0) for finding in found if finding))


def _times_unknown(history: History) -> Finding | None:
    over = (history.done < NEVER) | history.closed
    unknown = over & ~(history.timed & (history.done < NEVER))
    return _share(history, "times_unknown", unknown, over, MUCH)


def _created_unknown(history: History) -> Finding | None:
    return _share(
        history, "created_unknown", history.created == NEVER, np.ones(history.rows, dtype=bool), MUCH
    )


def _impossible(history: History) -> Finding | None:
    rows = history.timed & (history.done <= history.end)
    key = "impossible_many" if too_many_impossible(history) else "impossible_times"
    found = _share(history, key, history.impossible & rows, rows, LEAST_IMPOSSIBLE)
    return found if found and found.params["count"] >= FEW else None


def _share(history: History, key: str, some: Bools, of: Bools, much: float) -> Finding | None:
    count, total = int(some.sum()), int(of.sum())
    if total < LEAST_ENDED or count < much * total:
        return None
    return _finding(
        history, key, total, count / total, {"count": count, "total": total, "share": rounded(count / total)}
    )


def _ended(history: History) -> Finding | None:
    if history.end == history.today - 1 or not history.completed.size:
        return None
    days = history.today - history.end
    age = min(1.0, days / OLD_DAYS)
    return _finding(history, "record_ended", history.rows, age, {"day": iso(history.end), "days": days})


def _order_unclear(history: History) -> Finding | None:
    order = order_of(history)
    if not order.looks_like_chance:
        return None
    return _finding(history, "order_unclear", order.n, 1.0, {"completions": order.n}, z=rounded(order.z))


def _finding(
    history: History, key: str, n: int, share: float, params: dict[str, object], **more: object
) -> Finding:
    window = (history.first, history.end)
    return Finding(
        key=key,
        family=key,
        params=params,
        evidence=evidence("record", "count", n, window, effect=share, baseline=0.0, **more),
        score=share * ACTIONABLE[key],
    )
