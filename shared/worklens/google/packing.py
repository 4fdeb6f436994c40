"""Values as properties of Datastore entities, which hold a megabyte in all: long text is kept compressed."""

from __future__ import annotations

import zlib
from collections.abc import Mapping
from typing import Any

PLAIN = 10_000  # characters; shorter text stays readable in the console


def packed(text: str) -> str | bytes:
    """The text, compressed where it is long."""
    return zlib.compress(text.encode("utf-8", "surrogatepass")) if len(text) > PLAIN else text


def unpacked(value: str | bytes | None) -> str:
    """The text that was packed; empty where there is none."""
    if isinstance(value, bytes):
        return zlib.decompress(value).decode("utf-8", "surrogatepass")
    return value or ""


def entity(client: Any, key: Any, values: Mapping[str, Any], indexed: frozenset[str] = frozenset()) -> Any:
    """An entity of these values. Only what is asked for is indexed: an indexed text may have 1,500 bytes."""
    from google.cloud import datastore

    made = datastore.Entity(key=key, exclude_from_indexes=tuple(set(values) - indexed))
    made.update(values)
    return made
