"""Wunderlist's export files up to 2019: one object that holds the lists and tasks side by side, keys as the API's."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

import msgspec

from worklens.messages import Rejected
from worklens.sources.file_pull import Item
from worklens.sources.wunderlist.elements import (
    Raw,
    elements,
    encode,
    keyed,
    list_records,
    subtask_record,
    task_record,
)
from worklens.sources.wunderlist.records import Id
from worklens.tasks import micros


class Data(msgspec.Struct, gc=False):
    """What a backup holds, by type. Reminders and positions tell nothing about the work and are left out."""

    tasks: list[Raw]
    lists: list[Raw] | None = None
    subtasks: list[Raw] | None = None
    notes: list[Raw] | None = None


class Backup(msgspec.Struct, gc=False):
    """The form of 2014-2019."""

    data: Data
    user: Id | None = None
    exported: str | None = None


class Old(msgspec.Struct, gc=False):
    """The form of 2012-2014: subtasks are tasks with a parent, a note is a field of its task, ids are text."""

    lists: list[Raw]
    tasks: list[Raw]


class OfTask(msgspec.Struct, gc=False):
    """A note or subtask of a backup: whose it is."""

    task_id: Id


class OldKey(msgspec.Struct, gc=False):
    """What must be known of an old task."""

    id: Id
    list_id: Id | None = None
    parent_id: Id | None = None
    note: str | None = None


_of_task = msgspec.json.Decoder(OfTask)
_old_key = msgspec.json.Decoder(OldKey)
_fields = msgspec.json.Decoder(dict[str, Raw])


def exported_at(form: object) -> int | None:
    """When the file was true, in microseconds, where it says so: ``Fri Jan 13 2017 03:39:26 GMT+0000 (UTC)``."""
    if not isinstance(form, Backup) or not form.exported:
        return None
    try:
        text = form.exported.partition(" (")[0]
        return micros(datetime.strptime(text, "%a %b %d %Y %H:%M:%S GMT%z"))
    except ValueError:
        return None


def backup_items(backup: Backup, file: str) -> Iterator[Item]:
    """The raw records of a backup: lists, tasks with their notes, subtasks with the list of their task."""
    data, path = backup.data, f"{file}:data"
    yield from list_records(data.lists, f"{path}.lists")
    notes: dict[Id, list[bytes]] = {}
    for raw, note in elements(data.notes, _of_task, f"{path}.notes"):
        if isinstance(note, Rejected):
            yield note
        else:
            notes.setdefault(note.task_id, []).append(raw)
    lists: dict[Id, Id | None] = {}  # of the tasks, for their subtasks: of many tasks it is large
    for raw, key in keyed(data.tasks, f"{path}.tasks"):
        if isinstance(key, Rejected):
            yield key
        else:
            if data.subtasks:
                lists[key.id] = key.list_id
            yield task_record(raw, notes.get(key.id))
    for raw, subtask in elements(data.subtasks, _of_task, f"{path}.subtasks"):
        yield subtask if isinstance(subtask, Rejected) else subtask_record(raw, lists.get(subtask.task_id))


def old_items(old: Old, file: str) -> Iterator[Item]:
    """The raw records of the oldest form."""
    yield from list_records(old.lists, f"{file}:lists")
    for raw, task in elements(old.tasks, _old_key, f"{file}:tasks"):
        if isinstance(task, Rejected):
            yield task
        elif task.parent_id is None:
            yield task_record(raw, [encode({"content": task.note})] if task.note else None)
        else:
            yield subtask_record(_with(raw, task_id=task.parent_id), task.list_id)


def _with(raw: Raw, **fields: Any) -> bytes:
    return encode(_fields.decode(raw) | fields)
