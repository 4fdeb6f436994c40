"""Files to import: a table of a team's tasks, and Wunderlist backups."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable
from datetime import date, timedelta
from pathlib import Path

FIELDS = ("id", "who", "title", "list", "created", "due", "completed")
START = date(2026, 1, 5)
MEANING = {"who": "account", "list": "collection"}  # columns whose name here isn't the task's field


def mapping(fields: Iterable[str], account: str = "me") -> str:
    """The mapping of a table with these columns, a whole listing of the account."""
    columns = "\n".join(f'{MEANING.get(name, name)} = "{name}"' for name in fields)
    return f"""\
[columns]
{columns}

[formats]
date = "%Y-%m-%d"

[file]
whole_listing = true
account = "{account}"
"""


MAPPING = mapping(FIELDS, "team")


def in_files(folder: Path, head: str, rows: Iterable[str]) -> tuple[str | Path, ...]:
    """A table of these lines and its mapping in a folder, as what comes after `import`."""
    (folder / "map.toml").write_text(mapping(head.split(",")))
    (folder / "work.csv").write_text("\n".join([head, *rows]) + "\n")
    return folder / "work.csv", "--mapping", folder / "map.toml"


def table(rows: int = 240, *, canary: str = "", broken: int = 0) -> str:
    """A table of two people's tasks, every other one done; ``broken`` rows of Ann's hold no date where one should be."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(FIELDS)
    for n in range(rows):
        writer.writerow(_row(n, canary))
    for n in range(broken):
        writer.writerow([f"b{n}", "ann", f"broken {n}{canary}", "home", "someday", "", ""])
    return out.getvalue()


def _row(n: int, canary: str) -> list[object]:
    created = START + timedelta(days=n % 200)
    who = "ann" if n % 3 else "bob"
    title = f"task {n}{canary if who == 'ann' else ''}"
    done = (created + timedelta(days=1 + n % 7)).isoformat() if n % 2 else ""
    due = (created + timedelta(days=5)).isoformat() if n % 5 == 0 else ""
    return [n, who, title, ("home", "work")[n % 2], created.isoformat(), due, done]


def backup(*titles: str, day: int = 13, done: frozenset[int] = frozenset()) -> str:
    """A Wunderlist backup of January 2017 with these tasks; those whose number is in ``done`` are."""
    tasks = [
        {
            "id": n,
            "title": title,
            "list_id": 1,
            "created_at": "2017-01-02T08:00:00.000Z",
            "completed": n in done,
            **({"completed_at": "2017-01-05T09:30:00.000Z"} if n in done else {}),
            "starred": False,
            "revision": 1,
            "type": "task",
        }
        for n, title in enumerate(titles, start=1)
    ]
    empty = ("reminders", "subtasks", "notes", "task_positions", "subtask_positions")
    data = {"lists": [{"id": 1, "title": "inbox", "revision": 1, "type": "list"}], "tasks": tasks}
    weekday = date(2017, 1, day).strftime("%a")
    return json.dumps(
        {
            "user": 7,
            "exported": f"{weekday} Jan {day} 2017 03:39:26 GMT+0000 (UTC)",
            "data": data | {name: [] for name in empty},
        }
    )
