"""The course's analogies, on titles that a small grammar of ours writes so that they carry them."""

from __future__ import annotations

import numpy as np
import pytest

from worklens.analysis.words import skip_gram, spectral
from worklens.analysis.words.cosine import analogy
from worklens.analysis.words.texts import encode
from worklens.analysis.words.vocabulary import learn

KINDS = (  # what goes with each column, and the rows: their words by column, and what goes with the row
    (
        ("he his beard sir", "she her dress madam"),
        {
            "man woman": "adult grown person",
            "boy girl": "school small child",
            "king queen": "throne palace crown",
            "uncle aunt": "visit cousin nephew",
        },
    ),
    (
        ("nation border people", "capital mayor city", "money pay exchange"),
        {
            "canada ottawa dollar": "maple moose hockey",
            "japan tokyo yen": "sushi cherry samurai",
            "russia moscow ruble": "snow ballet tea",
            "france paris franc": "wine cheese louvre",
        },
    ),
    (
        ("very so quite", "than much even"),
        {
            "big bigger": "elephant house huge",
            "tall taller": "tower giraffe tree",
            "old older": "ruin museum ancient",
            "fast faster": "car race rocket",
        },
    ),
)
ASKED = [
    "man woman boy girl",
    "ottawa canada tokyo japan",
    "big bigger tall taller",
    "yen japan ruble russia",
]


def titles(count: int = 4_000) -> list[list[str]]:
    """Each a word, two that go with its column, and two that go with its row."""
    rng, found = np.random.default_rng(0), []
    for _ in range(count):
        columns, rows = KINDS[rng.integers(3)]
        words, own = list(rows.items())[rng.integers(4)]
        column = rng.integers(len(columns))
        said = [*rng.choice(columns[column].split(), 2, False), *rng.choice(own.split(), 2, False)]
        found.append([words.split()[column], *map(str, said)])
    return found


@pytest.mark.parametrize("method", ["skip-gram", "spectral"])
def test_the_courses_analogies(method: str) -> None:
    """Man to woman as boy to girl, Ottawa to Canada as Tokyo to Japan, big to bigger as tall to taller, yen to Japan as ruble to Russia."""
    rng, written = np.random.default_rng(0), titles()
    known = learn(written)
    read, size = encode(written, known), len(known)
    if method == "spectral":
        vectors = spectral.vectors(read, size, 16, rng)
    else:
        plan = skip_gram.Plan(epochs=10, threshold=1.0, places=1_024)
        vectors = skip_gram.train(read, skip_gram.begin(size, 24, rng), rng, plan).centres

    for asked in ASKED:
        a, b, c, answer = map(known.number, asked.split())
        assert analogy(vectors, a, b, c).tolist() == [answer], asked
