"""Wunderlist's last export files (2018-2020): an array of lists, their tasks inside, keys in camelCase."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import msgspec

from worklens.messages import Rejected
from worklens.sources.file_pull import Item
from worklens.sources.wunderlist.elements import Raw, elements, encode, subtask_record, task_record
from worklens.sources.wunderlist.records import Id
from worklens.tasks import digest


class NestedList(msgspec.Struct, gc=False):
    """A list with its tasks. Its folder, and who shares it, tell nothing about the work."""

    tasks: list[Raw] | None = None
    id: Id | None = None
    title: str | None = None


class NestedSubtask(msgspec.Struct, rename="camel", gc=False):
    """A subtask. What is not set is null, absent, or the text "null"."""

    id: Id | None = None
    title: str | None = None
    created_at: str | None = None
    completed: bool | None = None
    completed_at: str | None = None


class NestedTask(NestedSubtask, rename="camel", gc=False):
    """A task with what stands inside it."""

    due_date: str | None = None
    starred: bool | None = None
    notes: list[Raw] | None = None
    subtasks: list[Raw] | None = None


class ServiceTask(msgspec.Struct, omit_defaults=True, gc=False):
    """A task or subtask with the keys the service uses."""

    id: Id
    title: str
    created_at: str | None = None
    completed: bool = False
    completed_at: str | None = None
    due_date: str | None = None
    starred: bool = False
    list_id: Id | None = None
    task_id: Id | None = None


_task = msgspec.json.Decoder(NestedTask)
_subtask = msgspec.json.Decoder(NestedSubtask)


class Ids:
    """Ids for what has none: a hash of what is constant about it, alike ones told apart by their order."""

    def __init__(self) -> None:
        """Start with none given."""
        self.given: dict[tuple[str, ...], int] = {}

    def of(self, id_: Id | None, *parts: str | None) -> Id:
        """The id there is, else the next one for an element with these parts."""
        if id_ is not None:
            return id_
        key = tuple(part or "" for part in parts)
        self.given[key] = self.given.get(key, 0) + 1
        return digest(*key, str(self.given[key]))


def nested_items(lists: Sequence[NestedList], file: str) -> Iterator[Item]:
    """The raw records of the file: each list, then its tasks, each followed by its subtasks."""
    ids = Ids()
    for index, one in enumerate(lists):
        list_id = ids.of(one.id, "list", one.title)
        yield encode({"list": {"id": list_id, "title": one.title or ""}})
        tasks = elements(one.tasks, _task, f"{file}:[{index}].tasks")
        for number, (_, task) in enumerate(tasks):
            if isinstance(task, Rejected):
                yield task
            else:
                yield from _task_items(task, list_id, ids, f"{file}:[{index}].tasks[{number}]")


def _task_items(task: NestedTask, list_id: Id, ids: Ids, path: str) -> Iterator[Item]:
    task_id = ids.of(task.id, str(list_id), task.title, task.created_at)
    due, starred = _set(task.due_date), bool(task.starred)
    service = _service_task(task, task_id, due_date=due, starred=starred, list_id=list_id)
    yield task_record(encode(service), [note for note in task.notes or () if bytes(note) != b"null"])
    for _, subtask in elements(task.subtasks, _subtask, f"{path}.subtasks"):
        if isinstance(subtask, Rejected):
            yield subtask
        else:
            own = ids.of(subtask.id, str(task_id), subtask.title, subtask.created_at)
            yield subtask_record(encode(_service_task(subtask, own, task_id=task_id)), list_id)


def _service_task(task: NestedSubtask, id_: Id, **more: Any) -> ServiceTask:
    return ServiceTask(
        id=id_,
        title=task.title or "",
        created_at=_set(task.created_at),
        completed=bool(task.completed),
        completed_at=_set(task.completed_at),
        **more,
    )


def _set(text: str | None) -> str | None:
    return None if text in {"", "null"} else text
