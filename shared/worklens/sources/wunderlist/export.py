"""Wunderlist's export files of all three forms, and the zip the last of them came in.

``wunderlist-2`` is of 2012-2014, ``wunderlist-backup`` of 2014-2019, ``wunderlist-export`` of 2018-2020. The raw
records are those of ``wunderlist.py``, so that one ``parse`` reads them all.
"""

from __future__ import annotations

import codecs
import io
import re
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import count, repeat
from typing import Any, NamedTuple

import msgspec

from worklens.messages import Rejected
from worklens.sources.base import Context, Coverage, Done, File, Json, Parsed, Pull, Reading, Refused
from worklens.sources.file_pull import Item, ask_for_file, fingerprint, hand_on
from worklens.sources.questions import Question, ask
from worklens.sources.text import decode, is_utf8, mended
from worklens.sources.wunderlist.elements import SHOWN
from worklens.sources.wunderlist.flat import Backup, Old, backup_items, exported_at, old_items
from worklens.sources.wunderlist.nested import NestedList, nested_items
from worklens.sources.wunderlist.records import Id, read
from worklens.tasks import iso

VERSION = b"wunderlist files 1"  # of this reader: a file that was read by another one is read again
MAX_UNZIPPED = 512_000_000  # bytes; a hundred thousand tasks are 60 million, so more is a trap
ZIP = b"PK\x03\x04"

Form = Backup | Old | list[NestedList]
FORMS: dict[str, type[Any]] = {
    "wunderlist-backup": Backup,
    "wunderlist-export": list[NestedList],
    "wunderlist-2": Old,
}


class Cursor(msgspec.Struct, frozen=True, omit_defaults=True):
    """What was read last, and when it was true (microseconds) if it said so."""

    file: str
    exported: int = 0


class WunderlistExport:
    """Wunderlist's backups as a source."""

    name = "wunderlist"
    secret_fields: frozenset[str] = frozenset()

    def headers(self, token: str) -> dict[str, str]:
        """None: files need no token."""
        return {}

    def pull(self, context: Context) -> Pull:
        """Read the file once; nothing, if it was read before. A whole file is a whole listing.

        Raises Refused where the file is older than one that was imported before: it would undo what that one told.
        """
        file = yield from ask_for_file()
        key = fingerprint(file.content, VERSION)
        known = _saved(context.cursor)
        if key == known.file and not context.full:
            return Done(cursor=context.cursor)
        content = opened(file)
        seen = _seen(content.form, context.now)
        if seen and seen < known.exported:
            raise Refused("older-export", file=file.name, exported=iso(seen), newest=iso(known.exported))
        whole = yield from hand_on(
            items_of(content, file.name), key, context.checkpoint, total=size_of(content.form), seen=seen
        )
        cursor = Cursor(key, seen or known.exported)
        return Done(
            cursor=msgspec.json.encode(cursor).decode(),
            coverage=Coverage(listed="everything" if whole else "nothing", snapshot=True),
        )

    def parse(self, record: bytes, reading: Reading) -> Iterable[Parsed]:
        """The task, subtask or list of one raw record. Raises Unreadable."""
        return (read(record, reading),)

    def questions(self, file: File, records: Sequence[bytes], settings: Mapping[str, Json]) -> list[Question]:
        """Whose file it is, where it doesn't say."""
        return [] if account_of(opened(file).form) else [ask("account-unknown", file=file.name)]


class Opened(NamedTuple):
    """A file's content by its form, the form's name, and whether some of its bytes have no meaning."""

    format: str
    form: Form
    damaged: bool


def opened(file: File) -> Opened:
    """The file's content. Raises Refused: broken JSON with its place, or no form that we know."""
    content, damaged = json_of(file)
    found = _of_a_form(content, damaged) or _of_a_form(mended(content), damaged)
    if found:
        return found
    _complain(file, content)
    raise Refused("unknown-format", file=file.name, known=", ".join(FORMS))


def _of_a_form(content: bytes, damaged: bool) -> Opened | None:
    for name, kind in FORMS.items():
        try:
            form = msgspec.json.decode(content, type=kind)
        except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
            continue
        if not isinstance(form, list) or any(one.tasks is not None for one in form):
            return Opened(name, form, damaged)
    return None


def _seen(form: Form, now: int) -> int | None:
    """When the file was true, where it says so; a clock that was ahead of ours is not believed."""
    exported = exported_at(form)
    return min(exported, now) if exported else None


def size_of(form: Form) -> int:
    """How many records to expect; subtasks that stand inside their tasks aren't counted."""
    if isinstance(form, Backup):
        data = form.data
        return len(data.tasks) + len(data.lists or ()) + len(data.subtasks or ())
    return (
        len(form.lists) + len(form.tasks)
        if isinstance(form, Old)
        else sum(len(x.tasks or ()) + 1 for x in form)
    )


def items_of(opened: Opened, name: str) -> Iterator[Item]:
    """The raw records of a file: lists, tasks and subtasks, each damaged one rejected by itself."""
    form = opened.form
    if isinstance(form, Backup):
        items = backup_items(form, name)
    else:
        items = old_items(form, name) if isinstance(form, Old) else nested_items(form, name)
    return map(_legible, items, count(1), repeat(name)) if opened.damaged else items


def _legible(item: Item, number: int, name: str) -> Item:
    """The item, or its rejection if it holds bytes without a meaning."""
    if isinstance(item, Rejected) or is_utf8(item):
        return item
    shown = item[:SHOWN].decode("utf-8", "backslashreplace")
    return Rejected(place=f"{name}:record {number}", reason="wrong-bytes", payload=shown)


def account_of(form: Form) -> str:
    """The account a file belongs to, or "" where it doesn't say."""
    user: Id | None = form.user if isinstance(form, Backup) else None
    return f"wunderlist:{user}" if user is not None else ""


def json_of(file: File) -> tuple[bytes, bool]:
    """The JSON text of a file in UTF-8, out of the zip where it is in one; and whether some bytes have no meaning.

    Raises Refused.
    """
    content = _unzipped(file) if file.content.startswith(ZIP) else file.content
    if is_utf8(content):
        return _compact(content.removeprefix(codecs.BOM_UTF8)), False
    text = decode(file.name, content)
    return _compact(text.text.encode("utf-8", "surrogateescape")), text.damaged


def _compact(content: bytes) -> bytes:
    """Indentation is half of a backup that is written for people to read."""
    if b"\n" not in content[:1_000]:
        return content
    try:
        return msgspec.json.format(content, indent=-1)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        return content  # broken: whoever reads it says where


def _complain(file: File, content: bytes) -> None:
    """Say where JSON is broken, if it is."""
    try:
        msgspec.json.decode(content, type=msgspec.Raw)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        message = str(error)
        place = re.search(r"\(byte (\d+)\)", message)
        at = place[1] if place else str(len(content))
        raise Refused("broken-json", file=file.name, byte=at, size=str(len(content))) from None


def _unzipped(file: File) -> bytes:
    """The first ``Tasks.json`` in the zip. Raises Refused: no such file in it, a damaged zip, or one that never ends."""
    try:
        with zipfile.ZipFile(io.BytesIO(file.content)) as archive:
            names = [name for name in archive.namelist() if name.rpartition("/")[2].lower() == "tasks.json"]
            if not names:
                raise Refused("zip-without-tasks", file=file.name)
            with archive.open(names[0]) as member:
                content = member.read(MAX_UNZIPPED + 1)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, NotImplementedError, ValueError):
        raise Refused("broken-zip", file=file.name) from None
    if len(content) > MAX_UNZIPPED:
        raise Refused("zip-too-large", file=file.name, limit=str(MAX_UNZIPPED))
    return content


def _saved(cursor: str) -> Cursor:
    """The cursor of the last file; of none where the feed was pulled from the service or never."""
    try:
        return msgspec.json.decode(cursor or "{}", type=Cursor)
    except (msgspec.MsgspecError, UnicodeDecodeError):
        return Cursor("")
