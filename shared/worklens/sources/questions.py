"""What remains to be asked of the person about a file, as keys with parameters; the words are in ``reasons``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

import msgspec

from worklens.sources.base import File, Json, Source


class Question(msgspec.Struct, frozen=True):
    """Something that was guessed or not understood: a message key with parameters, as every reason is."""

    key: str
    params: dict[str, str] = {}


class FileSource(Source, Protocol):
    """A source that is read from files and can say what it isn't sure of."""

    def questions(self, file: File, records: Sequence[bytes], settings: Mapping[str, Json]) -> list[Question]:
        """What remains to be asked about a file, given its raw records."""
        ...


def ask(key: str, **params: object) -> Question:
    """A question, its parameters as text."""
    return Question(key, {name: str(value) for name, value in params.items()})
