"""What a feed of Taskwarrior's has seen: each task's uuid with a short hash of its record, so that only changes travel.

``task`` can list what was modified since a time, but a change that another device made earlier may arrive later, and a
purged task leaves no trace. So every listing is whole, and compared with the last one.
"""

from __future__ import annotations

from base64 import b64decode, b64encode
from collections.abc import Iterable, Iterator, Mapping
from hashlib import blake2b
from uuid import UUID

import msgspec

SCHEMA = 1  # of the cursor; another one means a whole listing
UUID_BYTES = 16
HASH_BYTES = 6  # 20,000 tasks with these are 590 kB; two versions of a task have the same once in 2**48

Known = Mapping[bytes, bytes]
"""Hashes of records by the bytes of their uuid."""


class Cursor(msgspec.Struct, frozen=True, omit_defaults=True):
    """Of a listing: what it showed. Of a file: its fingerprint. ``newest`` is the last change in it (``modified``)."""

    schema: int = SCHEMA
    tasks: str = ""
    file: str = ""
    newest: str = ""


class _Key(msgspec.Struct, gc=False):
    uuid: str
    modified: str = ""


_key = msgspec.json.Decoder(_Key).decode


def saved(text: str) -> Cursor:
    """The cursor of the last run; an empty one where another reader left it, or there was none."""
    try:
        cursor = msgspec.json.decode(text or "{}", type=Cursor)
    except (msgspec.MsgspecError, UnicodeDecodeError):
        return Cursor()
    return cursor if cursor.schema == SCHEMA else Cursor()


def written(cursor: Cursor) -> str:
    """The cursor as text."""
    return msgspec.json.encode(cursor).decode()


def unpacked(tasks: str) -> dict[bytes, bytes]:
    """What a cursor's ``tasks`` says."""
    packed, size = b64decode(tasks), UUID_BYTES + HASH_BYTES
    chunks = (packed[at : at + size] for at in range(0, len(packed), size))
    return {chunk[:UUID_BYTES]: chunk[UUID_BYTES:] for chunk in chunks}


def packed(known: Known) -> str:
    """The text of a cursor's ``tasks``."""
    return b64encode(b"".join(key + hashed for key, hashed in known.items())).decode()


def hashes(records: Iterable[bytes]) -> Iterator[tuple[bytes, bytes]]:
    """The uuid and the hash of each record."""
    for record in records:
        yield UUID(_key(record).uuid).bytes, blake2b(record, digest_size=HASH_BYTES).digest()


def newest(records: Iterable[bytes]) -> str:
    """The last time anything was modified, as Taskwarrior writes it; "" where nothing says."""
    return max((_key(record).modified for record in records), default="")


def purged(key: bytes) -> bytes:
    """The raw record of a task that is listed no more."""
    return msgspec.json.encode({"purged": str(UUID(bytes=key))})
