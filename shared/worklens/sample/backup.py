"""The person's tasks as they stood at an instant, in the form of a Wunderlist backup (its keys, in its order)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any

import msgspec

from worklens.sample.habits import CHORES, LISTS
from worklens.sample.stories import Shown, State, Story
from worklens.sample.world import NONE, World

USER = 1_000_007
LIST_IDS = {habit.title: 210_000_000 + 37 * number for number, habit in enumerate(LISTS)}
# Far apart, so that no two kinds of things share an id, and all but the small ones beyond 32 bits.
SUBTASK_IDS, REMINDER_IDS, NOTE_IDS = 9_100_000_000, 9_500_000_000, 9_700_000_000
_WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")

Row = dict[str, Any]


def backup(world: World, stories: list[Story], shown: Shown, begun: datetime, when: datetime) -> bytes:
    """The export of an instant as UTF-8 JSON: ``shown`` of ``stories``; ``begun`` is when the lists were made."""
    shown = sorted(shown, key=lambda pair: (LIST_IDS[pair[1].collection], pair[0].id))
    data = {
        "lists": list(_lists(stories, begun, when)),
        "tasks": [_task(world, story, state) for story, state in shown],
        "reminders": [row for story, _ in shown for row in _reminders(story, when)],
        "subtasks": [row for story, _ in shown for row in _subtasks(story, when)],
        "notes": [_note(story) for story, _ in shown if story.note],
        "task_positions": list(_task_positions(stories, shown, when)),
        "subtask_positions": [_subtask_position(story) for story, _ in shown if story.parts],
    }
    return msgspec.json.encode({"user": USER, "exported": _exported(when), "data": data})


def file_name(when: datetime) -> str:
    """The name the service gave its backups."""
    return f"wunderlist-{when:%Y%m%d-%H_%M_%S}.json"


@lru_cache(maxsize=1 << 16)  # most instants stand in many exports
def stamp(when: datetime) -> str:
    """An instant as the service wrote it: UTC, three digits of a second, Z."""
    return f"{when:%Y-%m-%dT%H:%M:%S}.{when.microsecond // 1000:03d}Z"


def _exported(when: datetime) -> str:
    """The time of the export in words that don't depend on this machine's language."""
    weekday, month = _WEEKDAYS[when.weekday()], _MONTHS[when.month - 1]
    return f"{weekday} {month} {when:%d %Y %H:%M:%S} GMT+0000 (UTC)"


def _request(number: int) -> str:
    return f"sample:{USER}:lw{number:x}"


def _lists(stories: list[Story], begun: datetime, when: datetime) -> Iterator[Row]:
    """A list's revision counts all that ever happened in it."""
    for habit in LISTS:
        here = [story for story in stories if story.collection == habit.title and story.created <= when]
        revision = 1 + sum(1 + sum(change.at <= when for change in story.changes) for story in here)
        number = LIST_IDS[habit.title]
        inbox = habit.title == "inbox"
        yield {
            "id": number,
            "title": habit.title,
            "owner_type": "user",
            "owner_id": USER,
            "list_type": "inbox" if inbox else "list",
            "public": False,
            "revision": revision,
            "created_at": stamp(begun),
            **({} if inbox else {"created_by_request_id": _request(number)}),
            "type": "list",
        }


def _task(world: World, story: Story, state: State) -> Row:
    """Keys that are not set are absent, as in the real file."""
    row: Row = {
        "id": story.id,
        "created_at": stamp(story.created),
        "created_by_id": USER,
        "created_by_request_id": _request(story.id),
    }
    if state.due:
        row["due_date"] = state.due
    if world.chore[story.row] != NONE:
        chore = CHORES[world.chore[story.row]]
        row |= {"recurrence_type": chore.unit, "recurrence_count": chore.every}
    row["completed"] = state.completed is not None
    if state.completed:
        row |= {"completed_at": stamp(state.completed), "completed_by_id": USER}
    return row | {
        "starred": state.starred,
        "list_id": LIST_IDS[state.collection],
        "revision": state.revision,
        "title": state.title,
        "type": "task",
    }


def _reminders(story: Story, when: datetime) -> Iterator[Row]:
    """A moved reminder stands twice in a backup, with one id: so it was in the real one."""
    if story.reminder is None:
        return
    moves = [change.at for change in story.changes if change.kind == "rescheduled" and change.at <= when]
    dates = [(story.reminder, story.created)]
    if moves and story.moved_reminder:
        dates.insert(0, (story.moved_reminder, moves[-1]))
    for date, updated in dates:
        yield {
            "id": REMINDER_IDS + story.row,
            "date": stamp(date),
            "task_id": story.id,
            "revision": 1,
            "created_at": stamp(story.created + timedelta(seconds=30)),
            "updated_at": stamp(updated + timedelta(seconds=30)),
            "created_by_request_id": _request(REMINDER_IDS + story.row),
            "type": "reminder",
        }


def _subtask_id(story: Story, number: int) -> int:
    return SUBTASK_IDS + 10 * story.row + number


def _subtasks(story: Story, when: datetime) -> Iterator[Row]:
    for number, part in enumerate(story.parts):
        if part.created > when:
            continue
        done = part.completed if part.completed and part.completed <= when else None
        yield {
            "id": _subtask_id(story, number),
            "task_id": story.id,
            "completed": done is not None,
            **({"completed_at": stamp(done)} if done else {}),
            "created_at": stamp(part.created),
            "created_by_id": USER,
            "created_by_request_id": f"subtask:{_request(_subtask_id(story, number))}",
            "revision": 2 if done else 1,
            "title": part.title,
            "type": "subtask",
        }


def _note(story: Story) -> Row:
    return {
        "id": NOTE_IDS + story.row,
        "revision": 1,
        "content": story.note,
        "type": "note",
        "task_id": story.id,
        "created_by_request_id": _request(NOTE_IDS + story.row),
    }


def _task_positions(stories: list[Story], shown: Shown, when: datetime) -> Iterator[Row]:
    """The order of each list's open tasks, newest first; ids of tasks thrown away stay in it, as they did."""
    alive = {story.id: state for story, state in shown}
    gone = [(story, story.collection) for story in stories if story.created <= when and story.id not in alive]
    open_ = [(story, state.collection) for story, state in shown if state.completed is None]
    for title, number in LIST_IDS.items():
        values = sorted((story.id for story, place in open_ + gone if place == title), reverse=True)
        yield {
            "id": number,
            "list_id": number,
            "revision": len(values),
            "values": values,
            "type": "task_position",
        }


def _subtask_position(story: Story) -> Row:
    values = [_subtask_id(story, number) for number in range(len(story.parts))]
    return {
        "id": story.id,
        "task_id": story.id,
        "revision": len(values),
        "values": values,
        "type": "subtask_position",
    }
