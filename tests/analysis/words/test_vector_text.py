"""Word vectors from lines of text."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from worklens.analysis.words.vector_text import read, write
from worklens.analysis.words.vocabulary import of

GLOVE = ["the 1 2\n", ". . . 3 -4e-1\n", "tea 5 6\n"]
WORD2VEC = ["3 2\n", *GLOVE]


@pytest.mark.parametrize("lines", [GLOVE, WORD2VEC, [line.strip() for line in WORD2VEC]])
def test_both_forms_are_read(lines: list[str]) -> None:
    """With a header and without, a word with spaces too; unknown words have the mean of all."""
    known, vectors = read(lines)

    assert known.words == ("<unk>", "the", ". . .", "tea")
    assert np.allclose(vectors, [[3, 7.6 / 3], [1, 2], [3, -0.4], [5, 6]])
    assert vectors.dtype == np.float32


def test_only_what_is_asked_for_is_kept() -> None:
    """And the file's own vector for unknown words; of a word met twice the first."""
    known, vectors = read([*GLOVE, "<unk> 9 9\n", "tea 0 0\n"], only={"tea"})

    assert known.words == ("<unk>", "tea")
    assert vectors.tolist() == [[9, 9], [5, 6]]


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        ([], "line 1 holds no vector"),
        (["\n"], "line 1 holds no vector"),
        (["\x1f\x8b garbage\n"], "line 1 holds what is no number"),
        ([*GLOVE, "cof"], "line 4 holds 0 numbers instead of 2"),
        ([*GLOVE, "coffee 7\n", "x 1 2\n"], "line 4 holds 1 numbers instead of 2"),
        ([*GLOVE, "coffee 7 -\n"], "line 4 holds what is no number"),
        ([*GLOVE, "coffee 7 nan\n"], "line 4 holds NaN"),
        ([*GLOVE, "coffee 7 1e39\n"], "line 4 holds NaN or infinity"),
        (WORD2VEC[:3], "2 words, where line 1 promises 3"),
        ([*WORD2VEC, "more 1 2\n"], "4 words, where line 1 promises 3"),
    ],
)
def test_what_is_broken_is_refused(lines: list[str], said: str) -> None:
    """With the line's number and what to do; nothing is read of half a file."""
    with pytest.raises(ValueError, match=f"{said}.*fetch it again"):
        read(lines)


def test_no_word_of_those_asked_for() -> None:
    """It is said that the words are to blame, not the file."""
    with pytest.raises(ValueError, match="ask for others"):
        read(GLOVE, only={"水"})


@settings(max_examples=25, deadline=None)
@given(st.lists(st.floats(width=32, allow_nan=False, allow_infinity=False), min_size=4, max_size=4))
def test_what_is_written_reads_back(numbers: list[float]) -> None:
    """Every float32 as it was, and the words in their order."""
    known = of(["<unk>", "茶"], [0, 0])
    vectors = np.array(numbers, dtype=np.float32).reshape(2, 2)
    again, found = read(write(known, vectors))

    assert again.words == known.words
    assert np.array_equal(found, vectors)
