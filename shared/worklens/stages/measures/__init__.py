"""The metrics that take more than a query: each a function from what the warehouse knows to the rows of one account.

Their columns stand in ``warehouse/metrics.toml`` as those of the views do.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from worklens.ports import Feed, Session
from worklens.stages.history import load
from worklens.stages.measures.estimates import estimates_by_kind
from worklens.stages.measures.flow import flow_efficiency, law, wip
from worklens.stages.measures.ground import Ground, Past, Rows
from worklens.stages.measures.pace import changes_of_pace, process_behaviour
from worklens.stages.measures.rhythms import blocks
from worklens.stages.measures.times import SHARES, cycle_time_lately, residual_time, time_to_done
from worklens.stages.measures.working_time import working_time

Measure = Callable[[Ground], Rows]


def measured(
    name: str, session: Session, feeds: Sequence[Feed], accounts: Sequence[str] | None = None, **when: Any
) -> Rows:
    """The rows of a metric of MEASURES for these accounts (None: all of the feeds), in their order.

    Empty where nothing was settled. Of a feed its name is needed, and its settings where a calendar counts.
    """
    found: list[Rows] = []
    for feed in sorted(feeds, key=lambda feed: feed.name):
        history = load(session, [feed.name], **when)
        if history is None:
            continue
        past = Past(session, feed, history, when)
        for account in sorted(history.accounts):
            if accounts is None or account in accounts:
                rows = MEASURES[name](Ground(history.of([account]), account, past))
                found.append({"account": [account] * len(next(iter(rows.values()))), **rows})
    return {key: [value for rows in found for value in rows[key]] for key in found[0]} if found else {}


MEASURES: Mapping[str, Measure] = {
    "wip": wip,
    "time-to-done": time_to_done,
    "working-time": working_time,
    "cycle-time-lately": cycle_time_lately,
    "residual-time": residual_time,
    "changes-of-pace": changes_of_pace,
    "process-behaviour": process_behaviour,
    "rhythms": blocks,
    "littles-law": law,
    "flow-efficiency": flow_efficiency,
    "estimates-by-kind": estimates_by_kind,
}

__all__ = ["MEASURES", "SHARES", "Ground", "Past", "Rows", "measured"]
