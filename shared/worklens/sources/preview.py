"""What an import would take in, without taking it in: the first tasks as understood, counts, and open questions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

import msgspec

from worklens.messages import Rejected
from worklens.sources.base import (
    Answer,
    Context,
    File,
    Json,
    Page,
    Parsed,
    Pull,
    Read,
    Reading,
    Refused,
    Unreadable,
)
from worklens.sources.home import Stay
from worklens.sources.questions import FileSource, Question, ask
from worklens.tasks import Task


class Preview(msgspec.Struct, frozen=True, kw_only=True):
    """The first tasks, how many there are, the records that can't be read, and what remains to be asked."""

    tasks: list[Task]
    total: int
    rejected: list[Rejected]
    questions: list[Question]


def preview(
    source: FileSource,
    file: File,
    settings: Mapping[str, Json],
    zone: str,
    n: int = 10,
    feed: str = "preview",
    earlier: tuple[Stay, ...] = (),
) -> Preview:
    """Read the whole file as an import would; ``zone`` and ``earlier`` are a Reading's. Raises Refused, as the import would."""
    records, rejected = _pulled(source.pull(Context(feed=feed, now=file.modified, settings=settings)), file)
    reading = Reading(feed=feed, seen_at=file.modified, zone=zone, earlier=earlier, settings=settings)
    tasks: list[Task] = []
    keys: Counter[tuple[str, str, str]] = Counter()
    for item in _parsed(source, records, reading, rejected):
        if isinstance(item, Task):
            keys[item.account, item.task, item.occurrence] += 1
            if len(tasks) < n:
                tasks.append(item)
    questions = [
        *source.questions(file, records, settings),
        *_about_rejected(rejected),
        *_about_repeated(sum(count > 1 for count in keys.values())),
    ]
    return Preview(tasks=tasks, total=len(keys), rejected=rejected, questions=questions)


def _pulled(pull: Pull, file: File) -> tuple[list[bytes], list[Rejected]]:
    """All that a pull hands on when it is given the file."""
    records: list[bytes] = []
    rejected: list[Rejected] = []
    answer: Answer = None
    while (asked := _next(pull, answer)) is not None:
        answer = None
        if isinstance(asked, Page):
            records += asked.records
            rejected += asked.rejected
        elif isinstance(asked, Read):
            answer = file
        else:
            raise Refused("no-file")
    return records, rejected


def _next(pull: Pull, answer: Answer) -> object | None:
    try:
        return pull.send(answer)
    except StopIteration:
        return None


def _parsed(
    source: FileSource, records: Sequence[bytes], reading: Reading, rejected: list[Rejected]
) -> Iterator[Parsed]:
    """What the records are read into; those that can't be are added to the rejected."""
    for index, record in enumerate(records, start=1):
        try:
            yield from source.parse(record, reading)
        except Unreadable as error:
            params = dict(error.params)
            place = params.pop("place", f"record {index}")
            rejected.append(Rejected(place=place, reason=error.reason, params=params))


def _about_rejected(rejected: Sequence[Rejected]) -> Iterator[Question]:
    firsts: dict[str, Rejected] = {}
    for item in rejected:
        firsts.setdefault(item.reason, item)
    counts = Counter(item.reason for item in rejected)
    for reason, first in firsts.items():
        yield Question(
            "rejected", {"count": str(counts[reason]), "reason": reason, **first.params, "place": first.place}
        )


def _about_repeated(repeated: int) -> Iterator[Question]:
    if repeated:
        yield ask("repeated-ids", count=repeated)
