"""Who is told how work goes on, and what is said of a feed whose pull could not."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from worklens.ports import Run


class Failure(NamedTuple):
    """A feed's pull that could not go on, and why."""

    feed: str
    error: Exception


class Watch:
    """Told of progress; this one keeps quiet."""

    def fetched(self, run: Run, records: int, total: int | None) -> None:
        """A page was published."""

    def parsed(self, records: int) -> None:
        """Batches were read into states."""

    def settling(self) -> None:
        """A run is compared with what was known."""


QUIET = Watch()
