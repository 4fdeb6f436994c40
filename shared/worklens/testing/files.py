"""Pulls a file through its source without a stage, and interrupts it where a test likes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from worklens.messages import Rejected
from worklens.sources.base import (
    Answer,
    Context,
    Done,
    File,
    Json,
    Page,
    Parsed,
    Read,
    Reading,
    Source,
    Unreadable,
)


class Pulled(NamedTuple):
    """What a pull handed on, and its end (None where it was interrupted)."""

    pages: list[Page]
    done: Done | None

    @property
    def records(self) -> list[bytes]:
        """All raw records."""
        return [record for page in self.pages for record in page.records]

    @property
    def rejected(self) -> list[Rejected]:
        """All that could not become a record."""
        return [item for page in self.pages for item in page.rejected]


def pull_file(
    source: Source,
    content: bytes,
    *,
    name: str = "tasks.csv",
    settings: Mapping[str, Json] | None = None,
    feed: str = "csv:me",
    cursor: str = "",
    checkpoint: str = "",
    now: int = 0,
    full: bool = False,
    pages: int | None = None,
) -> Pulled:
    """Give the source the file it asks for; stop after some pages, as a crash would."""
    context = Context(
        feed=feed, now=now, cursor=cursor, checkpoint=checkpoint, full=full, settings=settings or {}
    )
    pull, answer, taken = source.pull(context), None, list[Page]()
    file: Answer = File(name=name, content=content, modified=0)
    while pages is None or len(taken) < pages:
        try:
            asked = pull.send(answer)
        except StopIteration as stop:
            return Pulled(taken, stop.value)
        if isinstance(asked, Page):
            taken.append(asked)
        answer = file if isinstance(asked, Read) else None
    pull.close()
    return Pulled(taken, None)


class Understood(NamedTuple):
    """What records were read into, and the reasons of those that could not be."""

    items: list[Parsed]
    unreadable: list[Unreadable]


def parse_all(source: Source, records: Iterable[bytes], reading: Reading) -> Understood:
    """Read every record by itself, as transform does."""
    understood = Understood([], [])
    for record in records:
        try:
            understood.items.extend(source.parse(record, reading))
        except Unreadable as error:
            understood.unreadable.append(error)
    return understood
