"""Few titles: nothing breaks, whatever is learnt is finite, and what can't be learnt from none is said."""

from __future__ import annotations

import numpy as np
import pytest

from worklens.analysis.words import glove, skip_gram, spectral
from worklens.analysis.words.cooccurrence import together
from worklens.analysis.words.cosine import unit
from worklens.analysis.words.duplicates import alike
from worklens.analysis.words.nearest import nearest
from worklens.analysis.words.principal import principal
from worklens.analysis.words.rarity import rarity
from worklens.analysis.words.similar import likeness
from worklens.analysis.words.texts import encode
from worklens.analysis.words.titles import title_vectors, without_common
from worklens.analysis.words.tokens import tokens
from worklens.analysis.words.tsne import tsne
from worklens.analysis.words.vocabulary import learn

FORMS = ("Call {} about the roof", "Pay {}", "{}", "给{}打电话", "…")
FIFTY = [form.format(f"name{number}") for number in range(10) for form in FORMS]


@pytest.mark.parametrize("count", [0, 1, 2, 5, 50])
def test_all_methods_on_few_titles(count: int) -> None:
    """From no title to fifty, some of them without a word: vectors of the right shape, finite, and with neighbours."""
    said, rng = [tokens(title) for title in FIFTY[:count]], np.random.default_rng(0)
    known = learn(said)
    texts, size = encode(said, known), len(known)
    learnt = [
        spectral.vectors(texts, size, 64, rng),
        spectral.vectors(texts, size, 64, rng, sparse=False),
        glove.train(together(texts, size), size, 8, rng, glove.Plan(epochs=2)).vectors,
        skip_gram.train(texts, skip_gram.begin(size, 8, rng), rng, skip_gram.Plan(epochs=2)).centres,
    ]
    for vectors in learnt:
        titles = without_common(title_vectors(texts, unit(vectors), rarity(texts, size)))
        which, _ = nearest(titles, titles, 3)

        assert vectors.shape[0] == size
        assert titles.shape[0] == count
        assert which.shape == (count, min(count, 3))
        assert np.isfinite(vectors).all()
        assert np.isfinite(titles).all()
    assert np.isfinite(tsne(titles, rng, steps=5)).all()
    if count:
        assert np.isfinite(principal(titles.astype(float)).directions).all()


def test_nothing_is_like_anything_where_there_is_nothing() -> None:
    """No titles, or titles without a word: no likeness, and no duplicates."""
    assert likeness(["call"], []).tolist() == []
    assert likeness([], [["call"], []]).tolist() == [0, 0]
    assert alike([]) == []
    assert alike(["…", "…", ""]) == []
