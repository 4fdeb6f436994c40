"""What a person's tasks are about: titles that lie together, named by the words that set them apart.

The themes are looked at anew each time there are a quarter more titles, from those alone that were there by then, and begin
as they were; a title leaves its theme only for one that is clearly nearer. So a week's tasks change nothing in most weeks,
and little in the others. Titles are directions of weighed words (TF-IDF), themes their means (spherical k-means; Dhillon
and Modha 2001), and nothing is drawn at random.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from worklens.analysis.arrays import Floats, Ints
from worklens.analysis.learning.arrays import Reals
from worklens.analysis.words.cosine import unit
from worklens.analysis.words.duplicates import spelt
from worklens.analysis.words.rarity import rarity, text_counts
from worklens.analysis.words.texts import Texts, chosen, encode
from worklens.analysis.words.tokens import tokens
from worklens.analysis.words.vocabulary import Vocabulary, learn

LEAST = 100  # different titles: among fewer, words meet by chance
MOST = 12  # themes: more are a list to search, not a picture
SHARE = 50  # a theme is one in so many titles at least, and never fewer than FEWEST
FEWEST = 5
WORDS = 1_000  # the commonest: no theme hangs on the others, and 20,000 titles stay at 80 MB
LOOSE = 0.2  # cosine to its centre below which a title has no theme
LOYAL = 0.15  # by so much another theme has to be nearer
GROWTH = 1.25  # times as many titles as when the themes were looked at last
ROUNDS = 3  # of k-means each time; it goes on the next time
NAMED = 3  # words
NONE = -1

_ENGLISH = """
a about after again all also an and any are as ask at back be before but by can check do don't find for from get got had has
have he her his how i if in into is it its just list look make me more my new next no not now of off on one or our out over
re see send set she so some take than that the their them then there these they this to try up us use via was we what when
where which who why will with you your
"""
_CHINESE = "的 了 和 在 是 与 及 把 给 我 你 他 她 去 要 到 个 一个 对 为 从 下 上 中 请 并 或 就 不 有"
SILENT = frozenset((_ENGLISH + _CHINESE).split())
"""Words that say nothing of what a task is about."""


class Theme(NamedTuple):
    """The words that stand out most in it, and the places of its titles."""

    words: tuple[str, ...]
    places: tuple[int, ...]


def themes(titles: Sequence[str]) -> list[Theme]:
    """The themes of these titles, the largest first; none where fewer than LEAST differ. Not every title has one.

    A title that comes again counts once for what the themes are, and each time for what belongs to them.
    """
    once, which = _different(titles)
    if len(once) < LEAST:
        return []
    said = [[word for word in tokens(title) if speaks(word)] for title in once]
    known = learn(said, least=2, most=WORDS)
    texts = encode([[word for word in words if word in known] for words in said], known)
    of_title = _belonging(texts, len(known))
    names = _names(texts, known, of_title)
    found = [
        Theme(name, tuple(np.flatnonzero(of_title[which] == k).tolist())) for k, name in enumerate(names)
    ]
    return sorted(found, key=lambda theme: (-len(theme.places), theme.words))


def speaks(word: str) -> bool:
    """Whether a word may say what a task is about: no number, no single letter, nothing that stands everywhere."""
    return (
        word not in SILENT and not any(sign.isdigit() for sign in word) and (len(word) > 1 or word > "\u3400")
    )


def _different(titles: Sequence[str]) -> tuple[list[str], Ints]:
    """The titles that differ in more than signs, and of each title which of them it is."""
    numbers: dict[str, int] = {}
    which = [numbers.setdefault(spelt(title), len(numbers)) for title in titles]
    return list(numbers), np.array(which, dtype=np.int64)


def _belonging(texts: Texts, words: int) -> Ints:
    """(texts,): the theme of each, or NONE."""
    of_title: Ints = np.zeros(0, dtype=np.int64)
    for size in _sizes(len(texts)):
        seen = chosen(texts, np.arange(size))
        weights = _weights(seen, words)
        vectors = _weighed(seen, weights)
        of_title = np.append(of_title, np.full(size - len(of_title), NONE))
        of_title, centres = _settled(vectors, of_title, max(FEWEST, size // SHARE))
    newer = chosen(texts, np.arange(len(of_title), len(texts)))
    return np.append(of_title, _nearest(_weighed(newer, weights), centres))


def _settled(vectors: Reals, of_title: Ints, fewest: int) -> tuple[Ints, Reals]:
    """The titles' themes and the themes' centres, from the themes before: some grow, some are new, some are too few."""
    centres = _means(vectors, of_title, int(of_title.max(initial=NONE)) + 1)
    of_title = _nearest(vectors, centres, of_title)
    centres = np.concatenate([centres, _further(vectors[of_title == NONE], MOST - len(centres), fewest)])
    for _ in range(ROUNDS):
        of_title = _nearest(vectors, centres, of_title)
        centres = _means(vectors, of_title, len(centres))
    kept = np.bincount(of_title[of_title != NONE], minlength=len(centres)) >= fewest
    numbers = np.append(np.where(kept, np.cumsum(kept) - 1, NONE), NONE)
    return numbers[of_title], centres[kept]


def _sizes(count: int) -> list[int]:
    """After how many titles themes are looked at anew: each time there are so many more."""
    sizes = [LEAST]
    while sizes[-1] * GROWTH <= count:
        sizes.append(int(sizes[-1] * GROWTH))
    return sizes


def _weights(texts: Texts, words: int) -> Floats:
    """(words,): what each says; nothing if it stands in one title alone, or in more than half."""
    counts = text_counts(texts, words)
    return np.where((counts > 1) & (counts <= len(texts) / 2), rarity(texts, words), 0)


def _weighed(texts: Texts, weights: Floats) -> Reals:
    """(texts, words) at length 1: which words stand in each, by what they weigh."""
    found = np.zeros((len(texts), len(weights)), np.float32)
    found[texts.which, texts.words] = weights[texts.words]
    return unit(found)


def _further(free: Reals, most: int, fewest: int) -> Reals:
    """(themes, words): word by word, the middle of those that hold the one most of the free titles are about."""
    found = [free[:0]]
    for _ in range(most):
        best = int((free * free).sum(axis=0).argmax())
        holds = free[:, best] > 0
        if holds.sum() < fewest:
            break
        found.append(unit(free[holds].mean(axis=0, keepdims=True)))
        free = free[~holds]
    return np.concatenate(found)


def _nearest(vectors: Reals, centres: Reals, before: Ints | None = None) -> Ints:
    """(titles,): the centre each lies next to, NONE where even that is far; where it was `before` seems nearer by LOYAL."""
    if not len(centres):
        return np.full(len(vectors), NONE)
    likeness = vectors @ centres.T
    if before is not None:
        rows = np.flatnonzero(before != NONE)
        likeness[rows, before[rows]] += LOYAL
    found: Ints = np.where(likeness.max(axis=1) >= LOOSE, likeness.argmax(axis=1), NONE)
    return found


def _means(vectors: Reals, of_title: Ints, count: int) -> Reals:
    """(count, words): the direction of each theme's titles."""
    found = [vectors[of_title == theme].sum(axis=0) for theme in range(count)]
    return unit(np.stack(found)) if found else vectors[:0]


def _names(texts: Texts, known: Vocabulary, of_title: Ints) -> list[tuple[str, ...]]:
    """Of each theme the words that stand out most: by the log of their odds in it against the rest, in standard errors.

    Monroe, Colaresi and Quinn 2008, with half a title of each word before any is counted.
    """
    everywhere = text_counts(texts, len(known))
    names = []
    for theme in range(int(of_title.max(initial=NONE)) + 1):
        own = text_counts(chosen(texts, np.flatnonzero(of_title == theme)), len(known))
        names.append(tuple(known.words[word] for word in _outstanding(own, everywhere - own)))
    return names


def _outstanding(own: Ints, rest: Ints) -> Ints:
    here, there = own + 0.5, rest + 0.5
    odds: Floats = np.log(here / (here.sum() - here)) - np.log(there / (there.sum() - there))
    error = odds / np.sqrt(1 / here + 1 / there)
    first = np.argsort(-error, kind="stable")[:NAMED]
    return first[own[first] > 1]
