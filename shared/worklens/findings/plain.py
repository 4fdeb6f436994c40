"""Plain values for params and evidence: days as ISO dates, shares rounded to what the evidence can carry."""

from __future__ import annotations

import math
from typing import Any

from worklens.analysis.days import date_of
from worklens.findings.model import About, Plain

DIGITS = 4  # significant, of a share, a ratio or a p-value


def iso(day: int) -> str:
    """A day counted from 1970-01-01 as ISO 8601 text."""
    return date_of(day).isoformat()


def rounded(value: float) -> float | None:
    """A float to DIGITS significant digits; None where it is no number."""
    number = float(value)
    return float(f"{number:.{DIGITS}g}") if math.isfinite(number) else None


def evidence(
    about: About, method: str, n: int, window: tuple[int, int], *, effect: float, baseline: float, **more: Any
) -> Plain:
    """What stands behind a claim. ``n`` is the number of observations, ``baseline`` what the effect compares with."""
    return {
        "about": about,
        "method": method,
        "n": int(n),
        "window": [iso(window[0]), iso(window[1])],
        "effect": rounded(effect),
        "baseline": rounded(baseline),
        **more,
    }


def unusual(ratio: float) -> float:
    """How far a ratio lies from 1, either way: 0 for no difference, 1 for all or nothing; 0 where it is unknown."""
    if not ratio > 0:
        return 1.0 if ratio == 0 else 0.0
    return float(1 - min(ratio, 1 / ratio))
