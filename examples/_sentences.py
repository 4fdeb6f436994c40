"""Sentences that a small grammar writes, so that what word vectors find in them is known beforehand.

Each sentence names a thing, says two words that go with what kind of thing it is, and two that go with it itself: "the king,
his beard, a throne and a crown". Trades are given to him or to her more often than not: that is the prejudice.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import permutations

import numpy as np

from worklens.analysis.words import glove, skip_gram, spectral
from worklens.analysis.words.association import effect
from worklens.analysis.words.cooccurrence import together
from worklens.analysis.words.cosine import analogy, cosine
from worklens.analysis.words.debiasing import bias_direction, debias
from worklens.analysis.words.texts import Texts, encode
from worklens.analysis.words.vocabulary import Vocabulary, learn

KINDS = (  # what goes with each column, and the rows: their words by column, and what goes with the row
    (
        ("he his him beard sir", "she her hers dress madam"),
        {
            "man woman": "adult grown person neighbour",
            "boy girl": "school small child playground",
            "king queen": "throne palace crown castle",
            "uncle aunt": "visit cousin nephew christmas",
            "father mother": "parent home family dinner",
            "brother sister": "sibling twin younger room",
        },
    ),
    (
        ("nation border people flag", "capital mayor city streets", "money pay exchange coin"),
        {
            "canada ottawa dollar": "maple moose hockey snow",
            "japan tokyo yen": "sushi cherry samurai island",
            "russia moscow ruble": "taiga ballet tea bear",
            "france paris franc": "wine cheese louvre bread",
            "kenya nairobi shilling": "savanna lion safari coffee",
        },
    ),
    (
        ("very so quite really", "than much even still"),
        {
            "big bigger": "elephant house huge whale",
            "tall taller": "tower giraffe tree ladder",
            "old older": "ruin museum ancient grandpa",
            "fast faster": "car race rocket runner",
            "warm warmer": "stove summer blanket sun",
        },
    ),
)
TRADES = {  # to whom the sentences give each more often, and what it is about
    "engineer": (0, "bridge steel plans"),
    "captain": (0, "ship harbour crew"),
    "carpenter": (0, "wood saw bench"),
    "pilot": (0, "plane runway clouds"),
    "nurse": (1, "ward fever bandage"),
    "librarian": (1, "books shelf catalogue"),
    "florist": (1, "tulips bouquet vase"),
    "teacher": (1, "blackboard lesson chalk"),
}
LEANING = 0.85  # of a trade's sentences
COURSE = (
    "man woman boy girl",
    "ottawa canada tokyo japan",
    "big bigger tall taller",
    "yen japan ruble russia",
)
UNITS = 24
OFTEN = 300.0  # pairs meet so often here; if they counted fully from 10 on, as in titles, chance meetings would count as much


def sentences(count: int = 9_000, seed: int = 0) -> list[list[str]]:
    """So many, of which every fourth is about a trade."""
    rng = np.random.default_rng(seed)
    return [
        [str(word) for word in (_trade(rng) if rng.random() < 0.25 else _thing(rng))] for _ in range(count)
    ]


def _thing(rng: np.random.Generator) -> list[str]:
    columns, rows = KINDS[rng.integers(len(KINDS))]
    words, own = list(rows.items())[rng.integers(len(rows))]
    column = rng.integers(len(columns))
    said = [
        words.split()[column],
        *rng.choice(columns[column].split(), 2, False),
        *rng.choice(own.split(), 2, False),
    ]
    return list(rng.permutation(said))


def _trade(rng: np.random.Generator) -> list[str]:
    name = str(rng.choice(list(TRADES)))
    usual, own = TRADES[name]
    whose = KINDS[0][0][usual if rng.random() < LEANING else 1 - usual]
    said = [name, *rng.choice(whose.split(), 2, False), *rng.choice(own.split(), 2, False)]
    return list(rng.permutation(said))


# ----- Vectors by each method -----


def vectors(method: str, texts: Texts, words: int, seed: int = 0):
    """Word vectors learnt by "spectral", "skip-gram" or "GloVe"."""
    rng = np.random.default_rng(seed)
    if method == "spectral":
        return spectral.vectors(texts, words, UNITS, rng)
    if method == "skip-gram":
        plan = skip_gram.Plan(epochs=12, threshold=1.0, places=1_024)
        return skip_gram.train(texts, skip_gram.begin(words, UNITS, rng), rng, plan).centres
    plan = glove.Plan(epochs=60, pairs=256, full=OFTEN)
    return glove.train(together(texts, words), words, UNITS, rng, plan).vectors


# ----- Analogies -----


def asked() -> Iterator[tuple[str, str, str, str]]:
    """Every analogy that the grammar carries: a is to b as c is to d, of any two columns and any two rows."""
    for columns, rows in KINDS:
        split = [row.split() for row in rows]
        for one, other in permutations(split, 2):
            for a, b in permutations(range(len(columns)), 2):
                yield one[a], one[b], other[a], other[b]


def answers(known: Vocabulary, found, questions: Sequence[Sequence[str]]) -> list[str]:
    """The nearest word to each question's first three."""
    return [known.words[int(analogy(found, *map(known.number, words[:3]))[0])] for words in questions]


# ----- The prejudice -----


def pairs(known: Vocabulary):
    """The words for him and for her, by which the direction is found."""
    return np.array([[known.number(word) for word in row.split()] for row in KINDS[0][1]])


def trades(known: Vocabulary, whose: int):
    """The trades given to him (0), or to her (1)."""
    return np.array([known.number(name) for name, (usual, _) in TRADES.items() if usual == whose])


def bias(known: Vocabulary, found) -> float:
    """WEAT's effect: how far his trades and hers lean apart, in standard deviations; 2 at most."""
    both = pairs(known)
    groups = (found[trades(known, 0)], found[trades(known, 1)], found[both[:, 0]], found[both[:, 1]])
    return effect(*groups)


def likeness(known: Vocabulary, found) -> float:
    """How often a word is more like one of its own row than like one of another's: what debiasing must not harm."""
    own = [[name, *about.split()] for name, (_, about) in TRADES.items()]
    hits = []
    for one, other in permutations(own, 2):
        name, near, far = (known.number(word) for word in (one[0], one[1], other[1]))
        hits.append(cosine(found[name], found[near]) > cosine(found[name], found[far]))
    return float(np.mean(hits))


def fair(known: Vocabulary, found):
    """The vectors with the trades neutralised and the pairs equalised."""
    neutral = np.concatenate([trades(known, 0), trades(known, 1)])
    return debias(found, pairs(known), neutral, bias_direction(found, pairs(known)))


# ----- All of it, by method -----

HEADS = (
    "method",
    "the course's four",
    "all analogies",
    "questions",
    "bias",
    "debiased",
    "likeness",
    "debiased",
)


def measured() -> list[tuple[object, ...]]:
    """A row a method: shares of analogies that come out right, and bias and likeness before and after."""
    written = sentences()
    known, rows = learn(written), []
    texts, every = encode(written, known), list(asked())
    four = [words.split() for words in COURSE]
    for method in ("spectral", "skip-gram", "GloVe"):
        found = vectors(method, texts, len(known))
        shares = [
            100
            * np.mean([one == words[3] for one, words in zip(answers(known, found, part), part, strict=True)])
            for part in (four, every)
        ]
        after = fair(known, found)
        biases = (f"{bias(known, found):.2f}", f"{bias(known, after):.2f}")
        alike = (f"{100 * likeness(known, one):.1f} %" for one in (found, after))
        rows.append((method, *(f"{share:.1f} %" for share in shares), len(every), *biases, *alike))
    return rows
