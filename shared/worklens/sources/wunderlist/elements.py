"""The elements of Wunderlist's export files: read one by one, so that a damaged one costs only itself."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TypeVar

import msgspec

from worklens.messages import Rejected
from worklens.sources.file_pull import Item
from worklens.sources.wunderlist.records import Id

Raw = msgspec.Raw
Shape = TypeVar("Shape")

SHOWN = 4_096  # bytes of a damaged element that are kept with it

encode = msgspec.json.Encoder().encode


class Key(msgspec.Struct, gc=False):
    """What every list and task has; a task names its list too."""

    id: Id
    list_id: Id | None = None


_key = msgspec.json.Decoder(Key)


def elements(
    raws: Iterable[Raw] | None, decoder: msgspec.json.Decoder[Shape], path: str
) -> Iterator[tuple[Raw, Shape | Rejected]]:
    """Each element with its shape, or with its rejection; ``path`` names the array for people."""
    decode = decoder.decode
    for index, raw in enumerate(raws or ()):
        shape: Shape | Rejected
        try:
            shape = decode(raw)
        except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
            shape = _damaged(raw, f"{path}[{index}]", error)
        yield raw, shape


def _damaged(raw: Raw, place: str, error: Exception) -> Rejected:
    shown = bytes(raw)[:SHOWN].decode("utf-8", "backslashreplace")
    return Rejected(place=place, reason="wrong-shape", params={"error": str(error)}, payload=shown)


def keyed(raws: Iterable[Raw] | None, path: str) -> Iterator[tuple[Raw, Key | Rejected]]:
    """Each list or task with its key."""
    return elements(raws, _key, path)


def list_records(lists: Iterable[Raw] | None, path: str) -> Iterator[Item]:
    """The raw records of lists."""
    for raw, key in keyed(lists, path):
        yield key if isinstance(key, Rejected) else b'{"list":%b}' % raw


def task_record(task: bytes, notes: Sequence[bytes] | None = None) -> bytes:
    """The raw record of a task with its notes."""
    if not notes:
        return b'{"task":%b}' % task
    return b'{"task":%b,"notes":[%b]}' % (task, b",".join(notes))


def subtask_record(subtask: bytes, list_id: Id | None) -> bytes:
    """The raw record of a subtask, in the list of its task where that is known."""
    if list_id is None:
        return b'{"subtask":%b}' % subtask
    return b'{"subtask":%b,"list_id":%b}' % (subtask, encode(list_id))
