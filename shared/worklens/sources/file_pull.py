"""What pulling any file has in common: it is asked for once, handed on in pages, and taken up where it was left."""

from __future__ import annotations

from collections.abc import Generator, Iterator
from hashlib import blake2b

import msgspec

from worklens.messages import Rejected
from worklens.sources.base import Answer, File, Page, Read, Refused

PAGE = 2_000  # records: a checkpoint at least every tenth of a second, at most a few hundred pages for the largest file

Item = bytes | Rejected  # a raw record, or what could not become one


class Checkpoint(msgspec.Struct, frozen=True):
    """How many items of which file have been handed on."""

    file: str
    items: int


def ask_for_file() -> Generator[Read, Answer, File]:
    """Ask for the file being imported. Raises Refused where there is none (a feed of files has nothing to sync)."""
    answer = yield Read()
    if not isinstance(answer, File):
        raise Refused("no-file")
    return answer


def fingerprint(content: bytes, how: bytes) -> str:
    """The key of a file's content and of how it is read: the same again has nothing new."""
    key = blake2b(how, digest_size=16).digest()
    return blake2b(content, digest_size=16, key=key).hexdigest()


def hand_on(
    items: Iterator[Item], key: str, checkpoint: str, *, total: int | None = None, seen: int | None = None
) -> Generator[Page, Answer, bool]:
    """Pages of items, less those handed on before the interruption; whether all items there are were records.

    ``items`` must come in the same order each time, and ``key`` tells the file they are of; ``total`` and ``seen``
    are put on each page.
    """
    done, count, whole = _items_done(checkpoint, key), 0, True
    records: list[bytes] = []
    rejected: list[Rejected] = []

    def page() -> Page:
        saved = msgspec.json.encode(Checkpoint(key, count)).decode()
        return Page(records=records, rejected=rejected, checkpoint=saved, total=total, seen=seen)

    for count, item in enumerate(items, start=1):
        if isinstance(item, Rejected):
            whole = False
            if count > done:
                rejected.append(item)
        elif count > done:
            records.append(item)
        if len(records) + len(rejected) == PAGE:
            yield page()
            records, rejected = [], []
    if records or rejected:
        yield page()
    return whole


def _items_done(checkpoint: str, key: str) -> int:
    """How far an interrupted run came; 0 if that was with another file or mapping."""
    try:
        saved = msgspec.json.decode(checkpoint or "{}", type=Checkpoint)
    except msgspec.MsgspecError:
        return 0
    return saved.items if saved.file == key else 0
