"""What looking after a person's data needs of a platform beyond the stages' ports: taking problems up again, and forgetting.

Whoever calls the stages fills it: the command line does, and lends it to the pages that it serves on this machine.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from typing import Any, NamedTuple, Protocol

from worklens.ports import Ports, Run, Session, StateStore


class InUse(RuntimeError):
    """Somebody is at work on the account. ``key`` names the words: in-other-hands, forget-in-use, forget-unfinished."""

    def __init__(self, key: str, **params: object) -> None:
        """``params`` are those of the words."""
        super().__init__(key, params)
        self.key = key
        self.params = params


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

    @property
    def name(self) -> str:
        """As a person calls it."""
        return self.account or self.feed


class Gone(NamedTuple):
    """What went from each table, and what remains for a while: a key of the catalogue with parameters each."""

    rows: Mapping[str, int]
    remains: Sequence[tuple[str, Mapping[str, object]]] = ()


class Care(Protocol):
    """A platform as those see it who look after what is in it."""

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

    def dead(self) -> list[dict[str, Any]]:
        """The dead letters, without their bodies."""
        ...

    def revive(self, ids: Sequence[Any]) -> int:
        """Let dead letters be worked off again; how many."""
        ...

    def check_idle(self, target: Target) -> None:
        """Raises InUse where somebody works on what is to be forgotten."""
        ...

    def forget(self, target: Target) -> Gone:
        """Remove everything about the target. Harmless when repeated."""
        ...


class Hands(NamedTuple):
    """How a platform comes to do what was asked of it."""

    take_up: Callable[[], object]  # first what was left by somebody before
    until_settled: Callable[[Sequence[str]], object]  # return when these runs are through, or failed
