"""What promises came to: of those made, or of as many tried on the past as long as few are over."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import numpy as np

from worklens.analysis.forecast.questions import LEVELS
from worklens.findings.promises import LEAST_GRADED, TOLD
from worklens.render.columns import column
from worklens.render.model import Columns
from worklens.render.section import DataTable, Section
from worklens.render.sections.standing import Graded, Standing
from worklens.render.words import Words


def promises(coverage: Columns, told: Mapping[str, Standing], words: Words) -> Section | None:
    """The share of each level's promises that were kept: of those made, or of as many tried on the past as long as few
    are over. None without either.
    """
    made = _made(coverage)
    if made[TOLD][0] >= LEAST_GRADED:
        return _kept("made", made, words)
    tried = [one.tried for one in told.values()]
    summed = {level: _sum(each[level] for each in tried) for level in LEVELS}
    return _kept("tried", summed, words) if summed[TOLD][0] >= LEAST_GRADED else None


def _made(coverage: Columns) -> Graded:
    rows = list(zip(*(column(coverage, name) for name in ("level", "n", "kept")), strict=True))
    return {level: _sum((n, good) for at, n, good in rows if at == level) for level in LEVELS}


def _sum(pairs: Iterable[tuple[int, int]]) -> tuple[int, int]:
    whole, good = np.array([(0, 0), *pairs]).sum(axis=0).tolist()
    return whole, good


def _kept(way: str, graded: Graded, words: Words) -> Section:
    n, good = graded[TOLD]
    columns = (words("promises.column_level"), words("promises.column_kept"), words("promises.column_n"))
    rows = tuple(
        (words.percent(level), words.percent(good / n) if n else words("forecast.unknown"), words.number(n))
        for level, (n, good) in graded.items()
    )
    return Section(
        key="promises",
        title=words(
            f"promises.{way}", level=words.percent(TOLD), share=words.percent(good / n), n=words.number(n)
        ),
        subtitle=words(f"promises.subtitle_{way}"),
        table=DataTable(columns, rows),
    )
