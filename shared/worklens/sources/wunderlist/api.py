"""What the walk through Wunderlist asks of its API, and how the answers become raw records, as the text they came as."""

from __future__ import annotations

from collections.abc import Generator, Iterable, Iterator
from typing import TypeVar

import msgspec

from worklens.sources.base import Answer, Request, Response
from worklens.sources.wunderlist.records import Id

OK = 200
NOT_SHOWN = (403, 404)  # of a list: the rest is walked all the same
COMPLETED = {"completed": "true"}
PARTS: tuple[tuple[str, dict[str, str]], ...] = (  # of a list
    ("/tasks", {}),
    ("/tasks", COMPLETED),
    ("/subtasks", {}),
    ("/subtasks", COMPLETED),
    ("/notes", {}),
)

Revisions = dict[str, int]  # by list id
Found = TypeVar("Found")
Asking = Generator[Request, Answer, Found]


class Tree(msgspec.Struct, kw_only=True, frozen=True):
    """The root's revision and the lists at one look. The root is asked first, so it is never the newer of the two."""

    root: int
    lists: Revisions
    records: dict[str, bytes]  # by list id


class Root(msgspec.Struct, gc=False):
    """The top of the tree; its revision is the newest of all."""

    revision: int


class Branch(msgspec.Struct, gc=False):
    """A list, to whose revision that of all in it has bubbled up."""

    id: Id
    revision: int


class Key(msgspec.Struct, gc=False):
    """What the walk itself must know of a task, subtask or note."""

    id: Id
    revision: int | None = None

    @property
    def age(self) -> int:
        """The revision, 0 where there is none."""
        return self.revision or 0


class NoteKey(msgspec.Struct, gc=False):
    """Whose note it is."""

    task_id: Id


_key = msgspec.json.Decoder(Key)
_root = msgspec.json.Decoder(Root)
_branches = msgspec.json.Decoder(list[Branch])
_note_key = msgspec.json.Decoder(NoteKey)
_elements = msgspec.json.Decoder(list[msgspec.Raw])


class Api:
    """The endpoints the walk needs. What they send goes on as the text it came as."""

    def __init__(self, base: str) -> None:
        """``base`` is the address without a slash at its end."""
        self.base = base

    def root(self) -> Asking[int]:
        """The revision of everything."""
        body = yield from self._ask("/root")
        return _root.decode(body).revision

    def lists(self, root: int) -> Asking[Tree]:
        """All lists, seen after the root stood at this revision."""
        body = yield from self._ask("/lists")
        branches = _branches.decode(body)
        elements = _elements.decode(body)
        return Tree(
            root=root,
            lists={str(branch.id): branch.revision for branch in branches},
            records={
                str(branch.id): b'{"list":%b}' % element
                for branch, element in zip(branches, elements, strict=True)
            },
        )

    def walk(self, key: str) -> Asking[list[bytes] | None]:
        """The records of one list, open and completed; None where the service does not show it."""
        parts = []
        for path, more in PARTS:
            body = yield from self._ask(path, list_id=key, **more)
            if not body:
                return None
            parts.append(_elements.decode(body))
        open_, done, open_subtasks, done_subtasks, notes = parts
        return [
            *_tasks([*open_, *done], _by_task(notes)),
            *_subtasks([*open_subtasks, *done_subtasks], key),
        ]

    def _ask(self, path: str, **params: str) -> Asking[bytes]:
        """A body; empty where a list is not shown to us. What is no JSON the driver asks for again."""
        accept = (OK, *NOT_SHOWN) if params else (OK,)
        response = yield Request(url=self.base + path, params=params, accept=accept)
        if not isinstance(response, Response):
            raise TypeError("a request is answered by a response")
        return _utf8(response.body) if response.status == OK else b""


def _utf8(body: bytes) -> bytes:
    """A body that is text: one bad byte in a title shall not stop the rest for ever."""
    try:
        body.decode()
    except UnicodeDecodeError:
        return body.decode("utf-8", "replace").encode()
    return body


def _tasks(elements: Iterable[msgspec.Raw], notes: dict[str, list[msgspec.Raw]]) -> Iterator[bytes]:
    for name, task in _newest(elements):
        if name in notes:
            yield b'{"task":%b,"notes":[%b]}' % (task, b",".join(notes[name]))
        else:
            yield b'{"task":%b}' % task


def _subtasks(elements: Iterable[msgspec.Raw], collection: str) -> Iterator[bytes]:
    for _, subtask in _newest(elements):
        yield b'{"subtask":%b,"list_id":%b}' % (subtask, msgspec.json.encode(collection))


def _newest(elements: Iterable[msgspec.Raw]) -> Iterator[tuple[str, msgspec.Raw]]:
    """Each element once, under its id: in its newest revision, where a change between two answers shows it twice.

    One without an id goes on too, for parse to say what is wrong with it.
    """
    found: dict[str, tuple[int, msgspec.Raw]] = {}
    for element in elements:
        try:
            key = _key.decode(element)
            name = str(key.id)
        except (msgspec.MsgspecError, ValueError):
            yield "", element
            continue
        if name not in found or found[name][0] <= key.age:
            found[name] = key.age, element
    yield from ((name, element) for name, (_, element) in found.items())


def _by_task(notes: Iterable[msgspec.Raw]) -> dict[str, list[msgspec.Raw]]:
    """Notes by their task's id, in the order of their own: another order of the answer is no change of a task.

    A note of no task is nobody's.
    """
    found: dict[str, list[msgspec.Raw]] = {}
    for _, note in sorted(_newest(notes), key=lambda pair: (len(pair[0]), pair[0])):
        try:
            found.setdefault(str(_note_key.decode(note).task_id), []).append(note)
        except (msgspec.MsgspecError, ValueError):
            continue
    return found
