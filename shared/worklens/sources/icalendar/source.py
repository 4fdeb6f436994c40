"""iCalendar files: the to-dos in what calendars and task apps export as ``.ics``."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

import msgspec

from worklens.sources.base import Context, Coverage, Done, File, Json, Parsed, Pull, Reading, Refused
from worklens.sources.file_pull import Item, ask_for_file, fingerprint, hand_on
from worklens.sources.icalendar.components import CALENDAR, Split, Todo, split
from worklens.sources.icalendar.lines import unfolded
from worklens.sources.icalendar.records import Calendar, encoded, read
from worklens.sources.questions import Question, ask
from worklens.sources.text import decode

VERSION = b"icalendar-1"  # of how a file is read: another one reads the same file anew
BEGINS = f"BEGIN:{CALENDAR}"


class Cursor(msgspec.Struct, frozen=True):
    """The last file."""

    file: str = ""


class ICalendarFile:
    """The file format as a source."""

    name = "icalendar"
    secret_fields: frozenset[str] = frozenset()

    def headers(self, token: str) -> dict[str, str]:
        """No service is asked."""
        return {}

    def pull(self, context: Context) -> Pull:
        """Read the file once; nothing, if it was read before. A file is a whole listing of the calendars it names.

        Raises Refused where it is none, or holds no to-do.
        """
        file = yield from ask_for_file()
        key = fingerprint(file.content, VERSION)
        if key == _saved(context.cursor).file and not context.full:
            return Done(cursor=context.cursor)
        found = opened(file)
        total = len(found.items) + len(found.calendars)
        whole = yield from hand_on(_items(found), key, context.checkpoint, total=total)
        return Done(
            cursor=msgspec.json.encode(Cursor(key)).decode(), coverage=coverage_of(found, whole=whole)
        )

    def parse(self, record: bytes, reading: Reading) -> Iterable[Parsed]:
        """The to-do with its occurrences, or the list, of one raw record. Raises Unreadable."""
        return read(record, reading)

    def questions(self, file: File, records: Sequence[bytes], settings: Mapping[str, Json]) -> list[Question]:
        """What was left out."""
        others = opened(file).others
        return [ask("other-components", count=others)] if others else []


def opened(file: File) -> Split:
    """The to-dos of a file. Raises Refused where it is no calendar, or has none."""
    text = decode(file.name, unfolded(file.content)).text
    if not text.lstrip()[: len(BEGINS)].upper() == BEGINS:
        raise Refused("unknown-format", file=file.name, known="icalendar")
    found = split(text, file.name)
    if not found.items:
        raise Refused("no-todos", file=file.name, others=str(found.others))
    return found


def coverage_of(found: Split, *, whole: bool) -> Coverage:
    """A file that names its calendars lists those, and one that doesn't is all there is of its account."""
    if not whole:
        return Coverage(snapshot=True)
    named = tuple(sorted(found.calendars)) if all(found.calendars) else None
    return Coverage(listed="everything", collections=named, snapshot=True)


def account_of(found: Split, otherwise: str) -> str:
    """Whose a file is: files that name their calendars go together, and any other stands for itself."""
    return "me" if all(found.calendars) else otherwise


def _items(found: Split) -> Iterator[Item]:
    yield from (encoded(Calendar(name, name)) for name in found.calendars if name)
    for item in found.items:
        yield encoded(item) if isinstance(item, Todo) else item


def _saved(cursor: str) -> Cursor:
    try:
        return msgspec.json.decode(cursor or "{}", type=Cursor)
    except (msgspec.MsgspecError, UnicodeDecodeError):
        return Cursor()
