"""todo.txt on this machine, with the done.txt beside it, as one listing.

docs/sources/todotxt.md says what is read, and how a line without an id becomes a task with one.
"""

from __future__ import annotations

from collections.abc import Generator, Iterable

from worklens.sources.base import (
    Answer,
    Context,
    Coverage,
    Done,
    File,
    Parsed,
    Pull,
    Read,
    Reading,
    Refused,
)
from worklens.sources.file_pull import hand_on
from worklens.sources.options import Settings
from worklens.sources.shrinking import check_gone
from worklens.sources.todotxt.listing import Cursor, Look, compared, saved, text_of
from worklens.sources.todotxt.records import read

ROUNDS = 3  # of reading, while a program is at work on the files


class TodoTxt:
    """The files that the settings ``todo`` and ``done`` name."""

    name = "todotxt"
    secret_fields: frozenset[str] = frozenset()
    is_local = True
    settings = Settings(
        needs=("todo",),
        may=("done",),
        paths=frozenset({"todo", "done"}),
        variables={"todo": "TODO_FILE", "done": "DONE_FILE"},
        beside={"done": ("todo", "done.txt")},
    )

    def headers(self, token: str) -> dict[str, str]:
        """None: nothing is asked over HTTP."""
        return {}

    def pull(self, context: Context) -> Pull:
        """Read both files, and hand on what is new, changed or gone; everything the first time, or in full.

        Raises Refused where a done.txt that was there is not, or so much is gone that it is not believed.
        """
        cursor = saved(context.cursor)
        look = yield from _looked(cursor)
        if look.key == cursor.files and not context.full:
            return Done(cursor=context.cursor)
        found = compared(look, cursor.known)
        everything = context.full or not cursor.files
        if not everything:
            check_gone(self.name, len(found.gone), found.open_before)
        records = found.everything if everything else found.changed
        yield from hand_on(iter(records), look.key, context.checkpoint, total=len(records))
        after = Cursor(files=look.key, known=found.known, has_done=look.done is not None)
        return Done(cursor=after.text(), coverage=Coverage(listed="open" if everything else "nothing"))

    def parse(self, record: bytes, reading: Reading) -> Iterable[Parsed]:
        """The task of one raw record. Raises Unreadable."""
        return (read(record, reading),)


def _looked(cursor: Cursor) -> Generator[Read, Answer, Look]:
    """Both files at one instant: todo.txt is read again after done.txt, for lines are moved from one to the other.

    Raises Refused where they change all the time.
    """
    todo = yield from _text("todo")
    for _ in range(ROUNDS):
        done = yield from _archive(cursor)
        again = yield from _text("todo")
        if again == todo:
            return Look(todo, done)
        todo = again
    raise Refused("files-changing", source="todotxt")


def _text(name: str) -> Generator[Read, Answer, str]:
    answer = yield Read(name)
    if not isinstance(answer, File):
        raise Refused("no-file")
    return text_of(answer.name, answer.content)


def _archive(cursor: Cursor) -> Generator[Read, Answer, str | None]:
    """The text of done.txt; None where there never was one."""
    try:
        return (yield from _text("done"))
    except Refused as refused:
        if refused.reason not in {"file-missing", "no-file"} or cursor.has_done:
            raise
        return None
