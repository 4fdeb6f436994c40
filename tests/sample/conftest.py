"""The sample of the fixed seed, made once for all its tests, and its last backup as one who finds the file reads it."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

import pytest

from worklens.sample import Sample, generate
from worklens.sample.truth import TaskTruth

ZONE = ZoneInfo("Europe/Berlin")


class Seen(NamedTuple):
    """A task of the last backup, with the times in the person's zone."""

    id: int
    title: str
    list: str
    recurring: bool
    created: datetime
    completed: datetime | None
    due: str | None


@pytest.fixture(scope="session")
def sample() -> Sample:
    """The sample of the default arguments."""
    return generate()


@pytest.fixture(scope="session")
def backup(sample: Sample) -> dict[str, Any]:
    """The last export, parsed."""
    parsed: dict[str, Any] = json.loads(sample.backup)
    return parsed


@pytest.fixture(scope="session")
def tasks(backup: dict[str, Any]) -> list[Seen]:
    """The tasks of the last export."""
    titles = {row["id"]: row["title"] for row in backup["data"]["lists"]}
    return [
        Seen(
            id=row["id"],
            title=row["title"],
            list=titles[row["list_id"]],
            recurring="recurrence_type" in row,
            created=local(row["created_at"]),
            completed=local(row["completed_at"]) if row["completed"] else None,
            due=row.get("due_date"),
        )
        for row in backup["data"]["tasks"]
    ]


@pytest.fixture(scope="session")
def hidden(sample: Sample) -> dict[int, TaskTruth]:
    """The truth of each task by its id."""
    return {task.id: task for task in sample.truth.tasks}


def local(text: str) -> datetime:
    """An instant of the file in the person's zone."""
    return datetime.fromisoformat(text).astimezone(ZONE)
