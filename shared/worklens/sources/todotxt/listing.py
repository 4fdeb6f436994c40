"""What a feed of todo.txt's takes in: lines compared with those that were known, as records of what changed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

import msgspec

from worklens.sources.file_pull import fingerprint
from worklens.sources.text import decode, readable
from worklens.sources.todotxt.identity import Known, identified, known_as, without_doubles
from worklens.sources.todotxt.lines import Line
from worklens.sources.todotxt.records import Record

SCHEMA = 1  # of the cursor; another one means that everything is told anew
VERSION = b"todo.txt 1"  # of this reader

_encode = msgspec.json.Encoder().encode


class Cursor(msgspec.Struct, frozen=True, omit_defaults=True):
    """What was known after the last look: the files' fingerprint, and each line without its text."""

    schema: int = SCHEMA
    files: str = ""
    known: tuple[Known, ...] = ()
    has_done: bool = False  # there was a done.txt

    def text(self) -> str:
        """As it is kept."""
        return msgspec.json.encode(self).decode()


class Look(NamedTuple):
    """The text of todo.txt and of done.txt; None of one that was not looked at."""

    todo: str | None
    done: str | None

    @property
    def key(self) -> str:
        """The same for the same texts."""
        parts = (b"" if text is None else text.encode("utf-8", "surrogatepass") for text in self)
        return fingerprint(b"\x1f".join(parts), VERSION)


class Compared(NamedTuple):
    """All lines as they are now known, the records of those that changed and of all, and what is gone of the open ones."""

    known: tuple[Known, ...]
    changed: list[bytes]
    everything: list[bytes]
    gone: list[str]
    open_before: int


def saved(text: str) -> Cursor:
    """The cursor of the last run; an empty one where another reader left it, or there was none."""
    try:
        cursor = msgspec.json.decode(text or "{}", type=Cursor)
    except (msgspec.MsgspecError, UnicodeDecodeError):
        return Cursor()
    return cursor if cursor.schema == SCHEMA else Cursor()


def text_of(name: str, content: bytes) -> str:
    """A file's text; bytes without a meaning are written out."""
    return readable(decode(name, content).text)


def lines_of(text: str | None) -> list[Line]:
    """The tasks in a file, in its order."""
    lines = (Line(line) for line in (text or "").splitlines())
    return [line for line in lines if line.is_task]


def compared(look: Look, before: Sequence[Known]) -> Compared:
    """What a look shows, beside what was known. Lines of a file that was not looked at stay as they were."""
    texts: dict[int, str] = {}
    todo, done = _remembered(look.todo, texts, archived=False), _remembered(look.done, texts, archived=True)
    now = identified([*without_doubles(todo, done), *done], before)
    known = {one.id: one for one in before}
    records = [_record(one, texts[one.number]) for one in now]
    changed = [record for one, record in zip(now, records, strict=True) if _stale(known.get(one.id), one)]
    here = {one.id for one in now}
    absent = [one for one in before if one.id not in here]
    gone = [one.id for one in absent if not one.done] if look.todo is not None else []
    stays = [one for one in absent if one.done or look.todo is None]
    told = [_encode(Record(gone=key)) for key in gone]
    open_before = sum(not one.done for one in before)
    return Compared((*stays, *now), [*changed, *told], records, gone, open_before)


def _remembered(text: str | None, texts: dict[int, str], *, archived: bool) -> list[Known]:
    found = []
    for line in lines_of(text):
        number = len(texts)
        texts[number] = line.text.strip()
        found.append(known_as(line, number, archived=archived))
    return found


def _record(one: Known, text: str) -> bytes:
    """Of a line that says less than it once did, that too."""
    line = Line(text)
    priority = "" if line.priority else one.priority
    return _encode(Record(id=one.id, line=text, priority=priority, created=one.made))


def _stale(was: Known | None, now: Known) -> bool:
    return was is None or was.line != now.line


def is_archive(lines: Iterable[Line]) -> bool:
    """Whether a file holds nothing that is open, as done.txt does."""
    return all(line.done for line in lines)
