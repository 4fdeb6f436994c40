"""What the commands need of a platform beyond its ports: the same words for this machine and for Google Cloud."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

from worklens.ports import Ports, Run, Session, StateStore

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from worklens.cli.check import Check
    from worklens.cli.voice import Voice
    from worklens.cli.watch import Failure, Watch
    from worklens.messages import AlertRaised


class Asked(Session, Protocol):
    """A session that also answers what commands ask."""

    def ask(self, view: str, rest: str = "", *, columns: str = "*", **params: Any) -> dict[str, list[Any]]:
        """Columns of a view or table by what stands after FROM, its values given as ``$name``."""
        ...


class Facts(Protocol):
    """A warehouse whose sessions answer commands."""

    def write(self) -> AbstractContextManager[Asked]:
        """Open for appending."""
        ...

    def read(self) -> AbstractContextManager[Asked]:
        """Open for reading."""
        ...


class State(StateStore, Protocol):
    """A state store in which a person may look around and put things right."""

    def runs(self, feed: str | None = None) -> list[Run]:
        """The runs, newest first."""
        ...

    def withdraw(self, run: Run) -> None:
        """Undo: the run counts no more."""
        ...

    def abandon(self, run: Run) -> None:
        """Give up a run that can never be completed."""
        ...


class Files(Protocol):
    """A blob store that lists its names."""

    def put(self, name: str, content: bytes) -> None:
        """Store."""
        ...

    def get(self, name: str) -> bytes:
        """The content; raises KeyError."""
        ...

    def delete(self, name: str) -> None:
        """Remove it, if it is there."""
        ...

    def names(self, prefix: str = "") -> list[str]:
        """The names that begin so."""
        ...


class Target(NamedTuple):
    """Who is forgotten: a feed, or one person in it (``account``), whose records ``belongs`` tells from the others'."""

    feed: str
    account: str = ""
    belongs: Callable[[str], bool] = bool


class Gone(NamedTuple):
    """What went from each table, and what remains for a while: a key of the catalogue with parameters each."""

    rows: Mapping[str, int]
    remains: Sequence[tuple[str, Mapping[str, object]]] = ()


class Desk(Protocol):
    """A platform as commands see it."""

    @property
    def ports(self) -> Ports:
        """What the stages see of it."""
        ...

    @property
    def state(self) -> State:
        """Feeds and runs."""
        ...

    @property
    def warehouse(self) -> Facts:
        """Facts."""
        ...

    @property
    def blobs(self) -> Files:
        """Files."""
        ...

    @property
    def place(self) -> str:
        """Where the data lies, in words."""
        ...

    @property
    def folder(self) -> Path:
        """Where a report is written unless it is said otherwise."""
        ...

    def dead(self) -> list[dict[str, Any]]:
        """The dead letters, without their bodies."""
        ...

    def revive(self, ids: Sequence[Any]) -> int:
        """Let dead letters be worked off again; how many."""
        ...

    def waiting(self) -> int:
        """How many messages wait, as far as that is known."""
        ...

    def take_alerts(self) -> list[AlertRaised]:
        """The alerts on the topic, which are then no longer there; a hundred at most. Raises Problem."""
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

    def check_idle(self, target: Target) -> None:
        """Raises Problem where somebody works on what is to be forgotten."""
        ...

    def forget(self, target: Target) -> Gone:
        """Remove everything about the target. Harmless when repeated."""
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
