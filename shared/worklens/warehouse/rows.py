"""Canonical structs as rows by column, and back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import repeat
from operator import attrgetter
from typing import Any, cast

from msgspec.structs import astuple

from worklens.tasks import Collection, Happened, Moment, Precision, Removal, Task, TaskEvent, state_hash

Rows = dict[str, list[Any]]

# The fields of a task that a column holds as it is; text that was not set is NULL in the table.
_KEYS = ("account", "task", "occurrence")
_TEXT = ("collection", "parent", "title", "notes", "recurrence", "assignee", "link", "kind")
_NUMBERS = ("priority", "estimate_seconds", "spent_seconds")
# A closing has no precision, for it is always "unknown"; nor has a change, for it is always an instant.
_MOMENTS = ("created", "started", "reviewed", "due", "completed", "deleted")


def task_rows(tasks: Sequence[Task], *, feed: str, run: int, position: int, seen_at: int) -> Rows:
    """Rows of ``task_states``; ``position`` is the first task's order within the run."""
    n = len(tasks)
    values: Iterable[Sequence[Any]] = zip(*map(astuple, tasks), strict=True) if tasks else repeat(())
    field = dict(zip(Task.__struct_fields__, values, strict=False))
    rows: Rows = {"feed": [feed] * n, "run": [run] * n, "seen_at": [seen_at] * n, "removal": [False] * n}
    rows["position"] = list(range(position, position + n))
    rows["state_hash"] = list(map(state_hash, tasks))
    rows |= {name: list(field[name]) for name in (*_KEYS, "labels", *_NUMBERS)}
    rows |= {name: _texts(field[name]) for name in _TEXT}
    for name in _MOMENTS:
        rows |= {
            f"{name}_at": _each(field[name], "micros"),
            f"{name}_precision": _each(field[name], "precision"),
        }
    return rows | {
        "due_zone": _each(field["due"], "zone"),
        "closed_at": _each(field["closed"], "micros"),
        "updated_at": _each(field["updated"], "micros"),
    }


def _texts(values: Sequence[str]) -> list[str | None]:
    return [text or None for text in values] if any(values) else [None] * len(values)


def _each(moments: Sequence[Moment | None], part: str) -> list[Any]:
    """One part of each moment; most tasks have few of them."""
    get = attrgetter(part)
    return [get(moment) if moment else None for moment in moments] if any(moments) else [None] * len(moments)


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


def removal_rows(
    removals: Sequence[Removal],
    tasks_before: Sequence[int],
    *,
    feed: str,
    run: int,
    position: int,
    seen_at: int,
) -> Rows:
    """Rows of ``task_states`` that say only that a task is gone.

    ``tasks_before`` says of each how many tasks were told before it: it has the position of the one told next, and is
    older than that.
    """
    n = len(removals)
    return {
        "feed": [feed] * n,
        "run": [run] * n,
        "seen_at": [seen_at] * n,
        "removal": [True] * n,
        "position": [position + before for before in tasks_before],
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


def happened_rows(words: Sequence[Happened], *, feed: str, run: int, seen_at: int) -> Rows:
    """Rows of ``task_events`` for what a source told of itself: they lie between no states of ours."""
    n = len(words)
    return {
        "event_id": [one.event for one in words],
        "feed": [feed] * n,
        "account": [one.account for one in words],
        "task": [one.task for one in words],
        "occurrence": [one.occurrence for one in words],
        "run": [run] * n,
        "kind": [one.kind for one in words],
        "happened_at": [one.at.micros for one in words],
        "precision": [one.at.precision for one in words],
        "seen_at": [seen_at] * n,
        "state": [""] * n,
    }


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
