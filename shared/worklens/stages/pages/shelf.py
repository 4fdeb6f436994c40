"""What was read of one version of the facts, for every page that reads it: tables, histories, and what is reckoned from them."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable, Mapping
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from worklens.ports import Columns, Session

if TYPE_CHECKING:
    import numpy as np

T = TypeVar("T")

MOST = 128  # values: four pages of two accounts, now and as of another day
NOTHING = object()
ROOM = 100_000  # rows: what is longer is read anew, so that a large account doesn't fill the memory


class Keep(Protocol):
    """Gives the value of a key, making it where it isn't known."""

    def __call__(self, key: Hashable, make: Callable[[], T]) -> T:
        """`make` is called at most once for a key, unless what it makes is too large to be kept."""


def not_kept(key: Hashable, make: Callable[[], T]) -> T:
    """For whoever reads once."""
    return make()


class Shelf:
    """Values of one version at a time: those of another are let go of. Of many who ask for one, one makes it."""

    def __init__(self) -> None:
        self.version: Hashable = None
        self.values: OrderedDict[Hashable, Any] = OrderedDict()
        self.turns: dict[Hashable, threading.Lock] = {}
        self.lock = threading.Lock()

    def of(self, version: Hashable) -> Keep:
        """The shelf as of a version of the facts."""

        def keep(key: Hashable, make: Callable[[], T]) -> T:
            values, turn = self._place(version, key)
            with turn:
                known = values.get(key, NOTHING)  # one look: another thread may put it away between two
                if known is not NOTHING:
                    return known  # type: ignore[no-any-return]
                made = make()
                if _fits(made):
                    self._put(values, key, made)
                return made

        return keep

    def _place(self, version: Hashable, key: Hashable) -> tuple[OrderedDict[Hashable, Any], threading.Lock]:
        with self.lock:
            if version != self.version:
                self.version, self.values, self.turns = version, OrderedDict(), {}
            return self.values, self.turns.setdefault(key, threading.Lock())

    def _put(self, values: OrderedDict[Hashable, Any], key: Hashable, made: Any) -> None:
        with self.lock:
            values[key] = made
            if len(values) > MOST:
                oldest, _ = values.popitem(last=False)
                self.turns.pop(oldest, None)


def _fits(made: Any) -> bool:
    rows = getattr(made, "rows", None)
    if isinstance(made, Mapping):
        rows = len(next(iter(made.values()), ()))
    return not isinstance(rows, int) or rows <= ROOM


class Remembering:
    """A session whose answers are kept. They are shared: nobody changes what they get."""

    def __init__(self, session: Session, keep: Keep) -> None:
        """`keep` is of the version that the session reads."""
        self.session, self.keep = session, keep

    def query(self, name: str, **params: Any) -> dict[str, list[Any]]:
        """As of the session. What is asked of a single task is not kept: its page is."""
        if "task" in params or "tasks" in params:
            return self.session.query(name, **params)
        return self.keep(("query", name, *sorted(params.items())), lambda: self.session.query(name, **params))

    def arrays(self, name: str, **params: Any) -> dict[str, np.ndarray]:
        """As of the session."""
        return self.keep(
            ("arrays", name, *sorted(params.items())), lambda: self.session.arrays(name, **params)
        )

    def append(self, table: str, rows: Columns) -> None:
        """As of the session."""
        self.session.append(table, rows)

    def append_from(self, table: str, name: str, **params: Any) -> None:
        """As of the session."""
        self.session.append_from(table, name, **params)

    def hold(self) -> None:
        """As of the session."""
        self.session.hold()
