"""A todo.txt or done.txt that is imported: each by itself, matched with what is known of the account."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from worklens.sources.base import Context, Coverage, Done, File, Json, Parsed, Pull, Reading
from worklens.sources.file_pull import ask_for_file, hand_on
from worklens.sources.questions import Question
from worklens.sources.todotxt.listing import Cursor, Look, compared, is_archive, lines_of, saved, text_of
from worklens.sources.todotxt.records import read

_MARKS = re.compile(
    r"x (?:\d{4}-\d{2}-\d{2} ){1,2}\S|\([A-Z]\) \S|\d{4}-\d{2}-\d{2} \S|.*\s(?:[+@][^\s\W]\S*|(?:due|t|rec|pri):\S+)(?:\s|$)"
)
SHARE = 0.5  # of the lines must look like tasks for a text to be taken for a todo.txt


class TodoTxtFile:
    """A file by itself. One in which nothing is open is a done.txt, which says nothing of what is missing in it."""

    name = "todotxt"
    secret_fields: frozenset[str] = frozenset()

    def headers(self, token: str) -> dict[str, str]:
        """None: files need no token."""
        return {}

    def pull(self, context: Context) -> Pull:
        """Read the file and hand on what is new, changed or gone."""
        file = yield from ask_for_file()
        cursor = saved(context.cursor)
        text = text_of(file.name, file.content)
        archive = is_archive(lines_of(text))
        look = Look(None, text) if archive else Look(text, None)
        if look.key == cursor.files and not context.full:
            return Done(cursor=context.cursor)
        found = compared(look, cursor.known)
        everything = context.full or not cursor.files
        records = found.everything if everything else found.changed
        yield from hand_on(iter(records), look.key, context.checkpoint, total=len(records))
        after = Cursor(files=look.key, known=found.known)
        listed = Coverage(listed="open" if everything and not archive else "nothing")
        return Done(cursor=after.text(), coverage=listed)

    def parse(self, record: bytes, reading: Reading) -> Iterable[Parsed]:
        """The task of one raw record. Raises Unreadable."""
        return (read(record, reading),)

    def questions(self, file: File, records: Sequence[bytes], settings: Mapping[str, Json]) -> list[Question]:
        """None: a line says all that is asked."""
        return []


def looks_like_one(text: str) -> bool:
    """Whether the beginning of a file is that of a todo.txt; the last line may be cut."""
    lines = [line for line in text.splitlines() if line.strip()]
    return bool(lines) and sum(bool(_MARKS.match(line)) for line in lines) >= SHARE * len(lines)
