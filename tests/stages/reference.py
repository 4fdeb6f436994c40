"""What should be told of a task that is seen for the first time, in plain Python: the query is held to it."""

from __future__ import annotations

from worklens.stages.settling import Fact
from worklens.tasks import NO_TIME, Moment, Task


def first_facts(task: Task, seen_at: int) -> list[Fact]:
    """The facts in the order they are told."""
    over = ("completed", task.completed) if task.completed else ("closed", task.closed)
    told = [("started", task.started), ("reviewed", task.reviewed), over, ("deleted", task.deleted)]
    known = [Fact(kind, Moment(seen_at, "seen") if at == NO_TIME else at) for kind, at in told if at]
    there = min([seen_at, *(fact.at.micros for fact in known)])
    return [Fact("created", task.created or Moment(there, "seen")), *known]
