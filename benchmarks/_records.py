"""The task records of the benchmark of the pipeline, made up by a fixed seed, and the files they come in.

Two kinds: a Wunderlist backup's, narrow (up to 13 fields, 380 bytes, nothing repeated), and Todoist's, wide (25
columns once nested objects are laid flat, 670 bytes, with a list of labels). The wide ones come as Todoist's own answer
and as a table.
"""

from __future__ import annotations

import csv
import json
import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

SINCE = datetime(2020, 1, 1, tzinfo=UTC)
YEARS = 5
LISTS = 20
PERSON = 1_000_000
LABELS = ("work", "home", "errand", "phone", "computer", "waiting", "reading", "health", "money", "garden")
Json = dict[str, Any]


def created(dice: random.Random) -> datetime:
    """An instant within five years."""
    return SINCE + timedelta(milliseconds=dice.randrange(YEARS * 365 * 86_400_000))


def finished(dice: random.Random, since: datetime) -> datetime | None:
    """When a task was done: four of five are, within a month."""
    return since + timedelta(seconds=dice.randrange(30 * 86_400)) if dice.random() < 0.8 else None


def due(dice: random.Random, since: datetime) -> str | None:
    """The day it was due: two of five have one."""
    return (since + timedelta(days=dice.randrange(30))).date().isoformat() if dice.random() < 0.4 else None


def written(when: datetime, digits: str = "milliseconds") -> str:
    """An instant as the services write it."""
    return when.replace(tzinfo=None).isoformat(timespec=digits) + "Z"


# ----- Narrow -----


def backup_tasks(count: int) -> Iterator[Json]:
    """Tasks as a Wunderlist backup has them."""
    dice = random.Random(2026)
    for number in range(count):
        since = created(dice)
        task: Json = {
            "id": 2_440_793_065 + number,
            "created_at": written(since),
            "created_by_id": PERSON,
            "created_by_request_id": f"66b6a7c710ca932826f5:{_uuid(dice)}:{_uuid(dice)}:{PERSON}:lw{_uuid(dice)}",
            "completed": False,
            "starred": dice.random() < 0.1,
            "list_id": 285_861_916 + number % LISTS,
            "revision": 3,
            "title": f"Write the report about thing {number} and call",
            "type": "task",
        }
        if day := due(dice, since):
            task["due_date"] = day
        if end := finished(dice, since):
            task |= {"completed": True, "completed_at": written(end), "completed_by_id": PERSON}
        yield task


def _uuid(dice: random.Random) -> str:
    return str(UUID(int=dice.getrandbits(128)))


def write_backup(path: Path, count: int) -> None:
    """A backup of so many tasks in twenty lists, written a task at a time."""
    lists = [
        {"id": 285_861_916 + n, "title": f"list {n}", "type": "list", "revision": 5} for n in range(LISTS)
    ]
    rest = {name: [] for name in ("reminders", "subtasks", "notes", "task_positions", "subtask_positions")}
    head = json.dumps({"user": PERSON, "exported": "Fri Jan 16 2026 03:39:26 GMT+0000 (UTC)"})[:-1]
    with path.open("w") as file:
        file.write(f'{head}, "data": {{"lists": {json.dumps(lists)}, "tasks": [')
        for number, task in enumerate(backup_tasks(count)):
            file.write(f"{',' if number else ''}{json.dumps(task)}")
        file.write(f"], {json.dumps(rest)[1:-1]}}}}}")


# ----- Wide -----


def items(count: int) -> Iterator[Json]:
    """Tasks as Todoist's API has them."""
    dice = random.Random(2026)
    projects = [_id(dice) for _ in range(LISTS)]
    for number in range(count):
        since = created(dice)
        end, day = finished(dice, since), due(dice, since)
        yield {
            "user_id": str(PERSON),
            "id": _id(dice),
            "project_id": projects[number % LISTS],
            "section_id": None,
            "parent_id": None,
            "added_by_uid": str(PERSON),
            "assigned_by_uid": None,
            "responsible_uid": None,
            "labels": dice.sample(LABELS, dice.choice((0, 0, 1, 1, 2))),
            "deadline": None,
            "duration": {"amount": 30, "unit": "minute"} if dice.random() < 0.2 else None,
            "is_collapsed": False,
            "checked": end is not None,
            "is_deleted": False,
            "added_at": written(since, "microseconds"),
            "completed_at": written(end, "microseconds") if end else None,
            "completed_by_uid": str(PERSON) if end else None,
            "updated_at": written(since + timedelta(days=1), "microseconds"),
            "due": _due(day) if day else None,
            "priority": dice.choice((1, 1, 1, 2, 3, 4)),
            "child_order": number % 100,
            "content": f"Write the report about thing {number} and call",
            "description": "",
            "note_count": 0,
            "day_order": -1,
        }


def _id(dice: random.Random) -> str:
    return "6" + "".join(dice.choices("23456789CFGHJMPQRVWXcfghjmpqrvwx", k=15))


def _due(day: str) -> Json:
    return {"date": day, "timezone": None, "string": day, "lang": "en", "is_recurring": False}


def write_answer(path: Path, count: int) -> None:
    """The items in an answer of Todoist's: what changed, all of it."""
    with path.open("w") as file:
        file.write('{"full_sync": true, "sync_token": "one", "projects": [], "items": [')
        for number, item in enumerate(items(count)):
            file.write(f"{',' if number else ''}{json.dumps(item)}")
        file.write("]}")


def write_table(path: Path, count: int) -> None:
    """The items as a table: what is nested laid flat, labels in one cell."""
    with path.open("w", newline="") as file:
        rows = map(_flat, items(count))
        first = next(rows)
        table = csv.DictWriter(file, list(first))
        table.writeheader()
        table.writerow(first)
        table.writerows(rows)


def _flat(item: Json) -> Json:
    dated = item.pop("due") or dict.fromkeys(_due(""))
    lasting = item.pop("duration") or {"amount": None, "unit": None}
    labels = ",".join(item.pop("labels"))
    nested = {f"due_{name}": value for name, value in dated.items()}
    nested |= {f"duration_{name}": value for name, value in lasting.items()}
    return item | {"labels": labels} | nested


# What the table's columns mean to us.
MAPPING: Json = {
    "columns": {
        "id": "id",
        "title": "content",
        "notes": "description",
        "collection": "project_id",
        "parent": "parent_id",
        "labels": "labels",
        "created": "added_at",
        "due": "due_date",
        "completed": "completed_at",
        "assignee": "responsible_uid",
        "estimate": "duration_amount",
    },
    "formats": {"label_separator": ",", "estimate": "minutes"},
    "file": {"whole_listing": True},
}
