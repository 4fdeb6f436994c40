"""Canonical structs as rows by column, and back."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, cast

from worklens.tasks import Collection, Moment, Precision, Removal, Task, TaskEvent, state_hash

Rows = dict[str, list[Any]]

# The fields of a task that a column holds as it is; text that was not set is NULL in the table.
_KEYS = ("account", "task", "occurrence")
_TEXT = ("collection", "parent", "title", "notes", "recurrence", "assignee", "link")
_NUMBERS = ("priority", "estimate_seconds", "spent_seconds")
_MOMENTS = (
    "created",
    "started",
    "due",
    "completed",
    "deleted",
)  # closed is always "unknown", updated an instant


def task_rows(tasks: Sequence[Task], *, feed: str, run: int, position: int, seen_at: int) -> Rows:
    """Rows of ``task_states``; ``position`` is the first task's order within the run."""
    n = len(tasks)
    rows: Rows = {"feed": [feed] * n, "run": [run] * n, "seen_at": [seen_at] * n, "removal": [False] * n}
    rows["position"] = list(range(position, position + n))
    rows["state_hash"] = [state_hash(task) for task in tasks]
    for name in _KEYS + _NUMBERS:
        rows[name] = [getattr(task, name) for task in tasks]
    for name in _TEXT:
        rows[name] = [getattr(task, name) or None for task in tasks]
    rows["labels"] = [task.labels for task in tasks]
    for name in _MOMENTS:
        moments = [getattr(task, name) for task in tasks]
        rows[f"{name}_at"] = [moment.micros if moment else None for moment in moments]
        rows[f"{name}_precision"] = [moment.precision if moment else None for moment in moments]
    rows["due_zone"] = [task.due.zone if task.due else None for task in tasks]
    rows["closed_at"] = [task.closed.micros if task.closed else None for task in tasks]
    rows["updated_at"] = [task.updated.micros if task.updated else None for task in tasks]
    return rows


def tasks_of(rows: Mapping[str, Sequence[Any]]) -> Iterator[Task]:
    """The tasks of full ``task_states`` rows, the inverse of ``task_rows``."""
    names = tuple(rows)
    for values in zip(*rows.values(), strict=True):
        yield _task(dict(zip(names, values, strict=True)))


def _task(row: dict[str, Any]) -> Task:
    fields = {name: row[name] for name in _KEYS + _NUMBERS}
    fields |= {name: row[name] or "" for name in _TEXT}
    fields |= {name: _moment(row[f"{name}_at"], row[f"{name}_precision"]) for name in _MOMENTS}
    if fields["due"] and row["due_zone"]:
        fields["due"] = Moment(row["due_at"], row["due_precision"], row["due_zone"])
    return Task(
        **fields,
        labels=tuple(row["labels"] or ()),
        closed=_moment(row["closed_at"], "unknown"),
        updated=_moment(row["updated_at"], "instant"),
    )


def _moment(at: int | None, precision: str | None) -> Moment | None:
    return None if at is None else Moment(at, cast("Precision", precision))


def removal_rows(removals: Sequence[Removal], *, feed: str, run: int, position: int, seen_at: int) -> Rows:
    """Rows of ``task_states`` that say only that a task is gone."""
    n = len(removals)
    return {
        "feed": [feed] * n,
        "run": [run] * n,
        "seen_at": [seen_at] * n,
        "removal": [True] * n,
        "position": list(range(position, position + n)),
        "state_hash": ["removed"] * n,
        "account": [removal.account for removal in removals],
        "task": [removal.task for removal in removals],
        "occurrence": [removal.occurrence for removal in removals],
        "deleted_at": [removal.at.micros if removal.at else seen_at for removal in removals],
        "deleted_precision": [removal.at.precision if removal.at else "seen" for removal in removals],
    }


def collection_rows(items: Sequence[Collection], *, feed: str, run: int, position: int, seen_at: int) -> Rows:
    """Rows of ``collections``."""
    n = len(items)
    return {
        "feed": [feed] * n,
        "run": [run] * n,
        "seen_at": [seen_at] * n,
        "position": list(range(position, position + n)),
        "account": [item.account for item in items],
        "collection": [item.collection for item in items],
        "title": [item.title for item in items],
        "parent": [item.parent or None for item in items],
        "deleted": [item.deleted for item in items],
    }


EVENT_COLUMNS = (
    "event_id", "account", "task", "occurrence", "kind", "happened_at", "precision", "seen_at",
    "previous_state", "state", "detail",
)  # fmt: skip


def event_of(row: Mapping[str, Any]) -> TaskEvent:
    """The event of one ``task_events`` row."""
    return TaskEvent(
        event_id=row["event_id"],
        kind=row["kind"],
        account=row["account"],
        task=row["task"],
        occurrence=row["occurrence"],
        at=Moment(row["happened_at"], row["precision"]),
        seen_at=row["seen_at"],
        detail=row["detail"] or "",
    )
