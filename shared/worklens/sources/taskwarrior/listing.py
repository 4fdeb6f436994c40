"""Takes apart what ``task export`` wrote, in all the forms it had, into raw records one by one.

An array (from 2.5 on); an object a line, with ``rc.json.array=off``; or the same with commas between, as older versions had it.
What is computed anew at each export (``id``, ``urgency``) is left out, so that the same task is the same record.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

import msgspec

from worklens.messages import Rejected
from worklens.sources.base import Refused
from worklens.sources.file_pull import Item
from worklens.sources.text import decode, mended

SHOWN = 4_096  # characters of a damaged line that are kept with it
COMPUTED = ("id", "urgency")
_UUID = re.compile(r'"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}"')
_LINE = re.compile(rb"\s*\[?\s*(.*?)[\s,]*\]?[\s,]*", re.DOTALL)

Fields = dict[str, msgspec.Raw]
_array = msgspec.json.Decoder(list[msgspec.Raw]).decode
_fields = msgspec.json.Decoder(Fields).decode
_encode = msgspec.json.Encoder().encode


class Listed(NamedTuple):
    """The records of an export in its order, and whether every task in it became one."""

    items: list[Item]
    whole: bool


def listed(name: str, content: bytes) -> Listed:
    """What an export holds. Raises Refused where it holds nothing like a task."""
    text = decode(name, content).text
    items = list(_items(name, mended(_sound(text))))
    damaged = [item for item in items if isinstance(item, Rejected)]
    if damaged and len(damaged) == len(items):
        raise Refused("broken-json", file=name, byte="0", size=str(len(content)))
    return Listed(items, not damaged)


def looks_like_one(start: str) -> bool:
    """Whether the beginning of a file is that of an export."""
    marks = ('"uuid"', '"status"', '"entry"', '"description"')
    return start[:1] in ("{", "[") and bool(_UUID.search(start)) and sum(mark in start for mark in marks) >= 3


def _sound(text: str) -> bytes:
    """The text in UTF-8, with � for each byte that had no meaning."""
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace").encode()


def _items(name: str, content: bytes) -> Iterator[Item]:
    try:
        raws = _array(content)
    except (msgspec.MsgspecError, RecursionError):
        yield from _lines(name, content)
        return
    for number, raw in enumerate(raws, start=1):
        yield _record(bytes(raw), f"{name}:task {number}")


def _lines(name: str, content: bytes) -> Iterator[Item]:
    """Line by line: one that is damaged, as some versions wrote them, costs no other."""
    for number, line in enumerate(content.split(b"\n"), start=1):
        found = _LINE.fullmatch(line)
        if found and found[1]:
            yield _record(found[1], f"{name}:line {number}")


def _record(raw: bytes, place: str) -> Item:
    shown = raw[:SHOWN].decode("utf-8", "replace")
    try:
        fields = _fields(raw)
    except (msgspec.MsgspecError, RecursionError) as error:
        return Rejected(place=place, reason="wrong-shape", params={"error": str(error)}, payload=shown)
    if not _UUID.fullmatch(bytes(fields.get("uuid", b"")).decode()):
        about = {"error": "Object missing required field `uuid`"}
        return Rejected(place=place, reason="wrong-shape", params=about, payload=shown)
    for name in COMPUTED:
        fields.pop(name, None)
    return _encode(fields)
