"""Rows as JSON has them: instants as ISO 8601 in UTC, dates as dates, and what a moment's precision makes of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from worklens.tasks import Moment, iso, source_of

MOMENTS = ("created", "started", "reviewed", "due", "completed", "closed", "deleted")
FIELDS = (
    "collection", "collection_title", "parent", "title", "labels", "priority", "recurrence", "estimate_seconds",
    "spent_seconds", "assignee", "link", "kind",
)  # fmt: skip


def moments(row: Mapping[str, Any]) -> dict[str, Any]:
    """The row with its instants as text; a date-only moment as its date."""
    return {name: _moment(name, value, row) for name, value in row.items()}


def _moment(name: str, value: Any, row: Mapping[str, Any]) -> Any:
    if value is None or not name.endswith("_at"):
        return value
    return at(value, row.get(name.removesuffix("_at") + "_precision"))


def at(micros: int, precision: str | None) -> str:
    """A date where only that is known, else an instant ending in Z."""
    return str(Moment(micros, "day")) if precision == "day" else iso(micros)


def event(row: Mapping[str, Any]) -> dict[str, Any]:
    """An event's line."""
    import msgspec

    line = {
        "event_id": row["event_id"],
        "kind": row["kind"],
        "source": source_of(row["account"]),
        "account": row["account"],
        "task": row["task"],
        "occurrence": row["occurrence"],
        "at": at(row["happened_at"], row["precision"]),
        "precision": row["precision"],
        "seen_at": iso(row["seen_at"]),
    }
    return line | ({"detail": msgspec.json.decode(row["detail"])} if row["detail"] else {})


def task(row: Mapping[str, Any]) -> dict[str, Any]:
    """A task's line: its identity and status, each moment that is set with its precision, and what else is set."""
    line = {
        "source": source_of(row["account"]),
        "account": row["account"],
        "task": row["task"],
        "occurrence": row["occurrence"],
        "status": row["status"],
    }
    for name in MOMENTS:
        if row[f"{name}_at"] is not None:
            precision = row[f"{name}_precision"] or "instant"
            line |= {name: at(row[f"{name}_at"], precision), f"{name}_precision": precision}
    line |= {name: row[name] for name in FIELDS if row[name] not in {None, ""} and row[name] != ()}
    if row["age_days"] is not None:
        line["age_days"] = round(row["age_days"], 3)
    return line | {"seen_at": iso(row["seen_at"])}
