"""What pulling any file has in common: it is asked for once, handed on in pages, and taken up where it was left."""

from __future__ import annotations

from collections.abc import Generator, Iterator
from hashlib import blake2b
from itertools import islice

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
    done = _items_done(checkpoint, key)
    whole = not any(isinstance(item, Rejected) for item in islice(items, done))
    while page := list(islice(items, PAGE)):
        done += len(page)
        rejected = [item for item in page if isinstance(item, Rejected)]
        records = [item for item in page if not isinstance(item, Rejected)]
        whole = whole and not rejected
        saved = msgspec.json.encode(Checkpoint(key, done)).decode()
        yield Page(records=records, rejected=rejected, checkpoint=saved, total=total, seen=seen)
    return whole


def _items_done(checkpoint: str, key: str) -> int:
    """How far an interrupted run came; 0 if that was with another file or mapping."""
    try:
        saved = msgspec.json.decode(checkpoint or "{}", type=Checkpoint)
    except msgspec.MsgspecError:
        return 0
    return saved.items if saved.file == key else 0
