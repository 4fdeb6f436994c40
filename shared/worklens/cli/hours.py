"""Hours as a person gives and reads them: ``8,13,18``, ``8-18``, ``never``, ``usual``."""

from __future__ import annotations

import re
from collections.abc import Sequence

from worklens.cli.failures import Usage

PART = re.compile(r"(\d{1,2})(?:-(\d{1,2}))?")
LAST = 23


def hours_from(option: str, text: str) -> Sequence[int] | None:
    """The hours an option gives, in order; None for the usual ones. Raises Problem."""
    if text == "usual":
        return None
    if text == "never":
        return ()
    parts = [PART.fullmatch(part.strip()) for part in text.split(",")]
    spans = [(int(part[1]), int(part[2] or part[1])) for part in parts if part]
    if len(spans) < len(parts) or any(not first <= last <= LAST for first, last in spans):
        raise Usage("not-hours", option=option, text=text)
    return sorted({hour for first, last in spans for hour in range(first, last + 1)})


def shown(hours: Sequence[int]) -> str:
    """The hours as they would be given, runs of three and more as one span; empty for never."""
    spans: list[list[int]] = []
    for hour in sorted(hours):
        if spans and spans[-1][-1] == hour - 1:
            spans[-1].append(hour)
        else:
            spans.append([hour])
    return ",".join(f"{span[0]}-{span[-1]}" if len(span) > 2 else ",".join(map(str, span)) for span in spans)
