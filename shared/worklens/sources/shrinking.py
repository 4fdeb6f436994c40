"""When a whole listing shows so much less than before that it is not believed."""

from __future__ import annotations

from worklens.sources.base import Refused

HANDFUL, FEW = 5, 20  # tasks; a handful may go at once, and of a few most may


def check_gone(source: str, gone: int, known: int) -> None:
    """Raises Refused where all of more than a handful are gone at once, or more than half of many."""
    if (gone == known >= HANDFUL) or (known >= FEW and 2 * gone > known):
        raise Refused("listing-shrunk", source=source, gone=str(gone), known=str(known))
