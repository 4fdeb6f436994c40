"""How like two titles are."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from worklens.analysis.words.similar import likeness

WORDS = st.lists(st.sampled_from("abcdef"), max_size=5)


@given(WORDS, st.lists(WORDS, min_size=1, max_size=6))
def test_as_a_library_reckons_it(text: list[str], others: list[list[str]]) -> None:
    """Scikit-learn's TF-IDF says the same, where every word asked about is known."""
    library = pytest.importorskip("sklearn.feature_extraction.text")
    there = {word for other in others for word in other}
    text = [word for word in text if word in there]
    if not there:
        return
    reference = library.TfidfVectorizer(analyzer=lambda words: words)
    rows = reference.fit_transform(others)
    expected = (rows @ reference.transform([text]).T).toarray()[:, 0]

    assert np.allclose(likeness(text, others), expected)


def test_rare_words_say_more() -> None:
    """The client's name tells more than "invoice", and an unknown word makes all less like it."""
    others = [["invoice", "nordwind"], ["invoice", "rotkamp"], ["letter", "nordwind"], ["invoice"]]
    by_name, by_kind = likeness(["invoice", "nordwind"], others)[[2, 1]]

    assert by_name > by_kind > 0
    assert (
        likeness(["invoice", "nordwind", "tuesday"], others) < likeness(["invoice", "nordwind"], others)
    ).all()


@pytest.mark.parametrize("others", [[], [[]], [["a"], []]])
def test_nothing_to_be_like(others: list[list[str]]) -> None:
    """No texts, or none with words: nothing is like anything, and nothing crashes."""
    assert likeness(["b"], others).tolist() == [0] * len(others)
    assert likeness([], others).tolist() == [0] * len(others)
