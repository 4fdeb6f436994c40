"""Taskwarrior's export files as a source: the raw records are those of the live listing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from worklens.sources.base import Context, Coverage, Done, File, Json, Parsed, Pull, Reading, Refused
from worklens.sources.file_pull import ask_for_file, fingerprint, hand_on
from worklens.sources.questions import Question
from worklens.sources.taskwarrior.known import Cursor, newest, saved, written
from worklens.sources.taskwarrior.listing import listed
from worklens.sources.taskwarrior.records import read

VERSION = b"taskwarrior files 1"  # of this reader: a file that was read by another one is read again


class TaskwarriorExport:
    """What ``task export > tasks.json`` wrote, in all its forms."""

    name = "taskwarrior"
    secret_fields: frozenset[str] = frozenset()

    def headers(self, token: str) -> dict[str, str]:
        """None: files need no token."""
        return {}

    def pull(self, context: Context) -> Pull:
        """Read the file once; nothing, if it was read before. A whole file is a whole listing.

        Raises Refused where the last change in the file is older than one that is known: it would undo what came after.
        """
        file = yield from ask_for_file()
        key = fingerprint(file.content, VERSION)
        known = saved(context.cursor)
        if key == known.file and not context.full:
            return Done(cursor=context.cursor)
        listing = listed(file.name, file.content)
        latest = newest(item for item in listing.items if isinstance(item, bytes))
        if latest < known.newest:
            raise Refused("older-export", file=file.name, exported=latest, newest=known.newest)
        yield from hand_on(iter(listing.items), key, context.checkpoint, total=len(listing.items))
        return Done(
            cursor=written(Cursor(file=key, newest=latest)),
            coverage=Coverage(listed="everything" if listing.whole else "nothing", snapshot=True),
        )

    def parse(self, record: bytes, reading: Reading) -> Iterable[Parsed]:
        """The task of one raw record. Raises Unreadable."""
        return (read(record, reading),)

    def questions(self, file: File, records: Sequence[bytes], settings: Mapping[str, Json]) -> list[Question]:
        """None: a task says all that is asked."""
        return []
