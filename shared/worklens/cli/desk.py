"""What the commands need of a platform beyond its ports: the same words for this machine and for Google Cloud."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from worklens.stages.care import Care

if TYPE_CHECKING:
    from worklens.cli.check import Check
    from worklens.cli.voice import Voice
    from worklens.cli.watch import Failure, Watch
    from worklens.messages import AlertRaised


class Desk(Care, Protocol):
    """A platform as commands see it."""

    @property
    def place(self) -> str:
        """Where the data lies, in words."""
        ...

    @property
    def folder(self) -> Path:
        """Where a report is written unless it is said otherwise."""
        ...

    def waiting(self) -> int:
        """How many messages wait, as far as that is known."""
        ...

    def take_alerts(self) -> Iterator[AlertRaised]:
        """The alerts on the topic; they are gone from there once they were gone through. Raises Problem."""
        ...

    def version(self) -> int:
        """A number that changes with the facts."""
        ...

    def written(self) -> int | None:
        """How often the warehouse was written to; None where that isn't counted, and looking costs something."""
        ...

    def take_up(self, voice: Voice, watch: Watch) -> None:
        """First what an earlier command left."""
        ...

    def until_settled(
        self, runs: Sequence[str], voice: Voice, watch: Watch, *, scores: bool = True
    ) -> list[Failure]:
        """Return when these runs are through, or failed; without ``scores`` those may be left for later."""
        ...

    def finish(self, watch: Watch) -> list[Failure]:
        """What was left for later."""
        ...

    def let_go(self) -> None:
        """Delete what is kept for a time only, and its time is over."""
        ...

    def export(self, folder: Path) -> dict[str, int]:
        """Write each table and view as Parquet; how many rows each has."""
        ...

    def checks(self, voice: Voice) -> Iterator[Check]:
        """What the doctor looks at."""
        ...

    def page_key(self) -> str:
        """What opens the pages served here, the same each time."""
        ...

    def leave(self) -> None:
        """Let go of what this thread holds, while others go on."""
        ...

    def close(self) -> None:
        """Let go of what is open."""
        ...
