"""Words learnt elsewhere, carried over to a person's own tasks, where learning goes on.

Deep Learning Specialization, course 5, week 2. A few hundred titles teach little about words; vectors from a large corpus
know what is like what, and the titles say how this person uses them. `skip_gram.train` takes the result for its start.
"""

from __future__ import annotations

import numpy as np

from worklens.analysis.arrays import Bools
from worklens.analysis.learning.arrays import Reals
from worklens.analysis.words.skip_gram import Vectors
from worklens.analysis.words.vocabulary import UNKNOWN, Vocabulary


def carried(
    own: Vocabulary, known: Vocabulary, vectors: Reals, rng: np.random.Generator
) -> tuple[Vectors, Bools]:
    """A start for one's own words (own, units), and which of them were known, from vectors (known, units).

    A word that wasn't known begins near the unknown word's vector, a tenth of the usual spread away, so that such words
    differ. Contexts begin at zeros. Raises ValueError where vectors and words don't match.
    """
    if len(known) != len(vectors):
        raise ValueError(f"{len(vectors)} vectors for {len(known)} words; give those that were read together")
    numbers = known.encode(own.words)
    found = numbers != UNKNOWN
    centres = vectors[numbers].astype(np.float32)
    spread = vectors.std(axis=0) / 10
    centres[~found] += (rng.normal(size=(int((~found).sum()), vectors.shape[1])) * spread).astype(np.float32)
    return Vectors(centres, np.zeros_like(centres)), found
