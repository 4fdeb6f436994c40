"""Learning because a person asks: what a timer does in the cloud, and a sync's day here."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from worklens.cli.desk import Desk


def learn_anew(platform: Desk, feeds: Iterable[str]) -> None:
    """Learn from these feeds' pasts what is due, and tell the scores of their newest runs by what then speaks."""
    from worklens.messages import LearnRequested, TasksChanged
    from worklens.stages.learn import learn
    from worklens.stages.score import score

    ports = platform.ports
    for feed in feeds:
        run = next((run for run in platform.state.runs(feed) if run.status == "settled"), None)
        if run is not None:
            learn(LearnRequested(feed=feed, run=run.run, window="learn", at=ports.clock.now()), ports)
            changed = TasksChanged(
                feed=feed, run=run.run, window=run.window, number=run.number, seen_at=run.now
            )
            score(changed, ports)
