"""Word vectors as lines of text, as GloVe and word2vec write them: a word and its numbers; word2vec says first how many.

Read from any lines, so the file is the caller's affair. A file cut within its very last number can't be told from a whole one.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from worklens.analysis.learning.arrays import Reals
from worklens.analysis.words.vocabulary import UNKNOWN_WORD, Vocabulary, of

Row = NDArray[np.float32]
LARGEST = float(np.finfo(np.float32).max)
AGAIN = "the file is broken or was cut off; fetch it again"


def read(lines: Iterable[str], only: Container[str] | None = None) -> tuple[Vocabulary, Reals]:
    """The words, none of them counted, and their vectors (words, units) in float32; of a word met twice the first.

    Number 0 is `<unk>`, whose vector is the mean of all unless the lines hold one. With `only`, other words are left out,
    and of their numbers only the count is checked.
    Raises ValueError, with the line's number, for what isn't such a file or only a part of one.
    """
    found: dict[str, Row] = {}
    for number, word, fields in _rows(lines):
        if word not in found and (only is None or word == UNKNOWN_WORD or word in only):
            found[word] = _vector(number, fields)
    unknown = found.pop(UNKNOWN_WORD, None)
    if not found:
        raise ValueError("none of the words asked for is in the file; ask for others, or for all")
    known: Row = np.stack(list(found.values()))
    vectors = np.concatenate([[known.mean(axis=0) if unknown is None else unknown], known])
    return of([UNKNOWN_WORD, *found], [0] * len(vectors)), vectors


def write(vocabulary: Vocabulary, vectors: Reals) -> Iterator[str]:
    """The lines of a word2vec text file; each number reads back as it was in float32."""
    yield f"{len(vocabulary)} {vectors.shape[1]}\n"
    for word, row in zip(vocabulary.words, vectors.astype(np.float32), strict=True):
        yield f"{word} {' '.join(map(str, row.tolist()))}\n"


def _rows(lines: Iterable[str]) -> Iterator[tuple[int, str, list[str]]]:
    """Each line's number, word and numbers as text, of which there are as many as there should be."""
    numbered: Iterator[tuple[int, str]] = enumerate(lines, 1)
    first = next(numbered, (1, ""))[1].rstrip().split(" ")
    if len(first) < 2:
        raise ValueError(f"line 1 holds no vector: {AGAIN}")
    promised = _header(first)
    units = promised[1] if promised else len(first) - 1
    if not promised:
        numbered = chain([(1, " ".join(first))], numbered)
    count = 0
    for number, line in numbered:
        yield number, *_parted(number, line, units)
        count += 1
    if promised and count != promised[0]:
        raise ValueError(f"{count} words, where line 1 promises {promised[0]}: {AGAIN}")


def _header(fields: list[str]) -> tuple[int, int] | None:
    """How many words and units word2vec's first line promises; None if it is a vector already."""
    if len(fields) == 2 and all(field.isdecimal() for field in fields) and int(fields[1]):
        return int(fields[0]), int(fields[1])
    return None


def _parted(number: int, line: str, units: int) -> tuple[str, list[str]]:
    """A line's word, which may hold spaces, as some of GloVe's do, and its numbers."""
    word, *fields = line.rstrip().rsplit(" ", units)
    if len(fields) != units:
        raise ValueError(f"line {number} holds {len(fields)} numbers instead of {units}: {AGAIN}")
    return word, fields


def _vector(number: int, fields: list[str]) -> Row:
    try:
        values = [float(field) for field in fields]
    except ValueError:
        raise ValueError(f"line {number} holds what is no number: {AGAIN}") from None
    row = np.array(values)
    if not (np.abs(row) <= LARGEST).all():
        raise ValueError(f"line {number} holds NaN or infinity: {AGAIN}")
    return row.astype(np.float32)
