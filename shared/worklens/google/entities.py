"""Datastore's entities: got, looked for, put and deleted, and transactions that are done again where one was in the way."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any, TypeVar

from worklens.google.clients import Clients
from worklens.google.packing import entity
from worklens.google.retrying import retried

Result = TypeVar("Result")
Item = TypeVar("Item")

MOST_KEYS = 500  # to a commit without transaction


class Entities:
    """Entities by kind and name. What is got or put within ``transact`` is of its transaction."""

    def __init__(self, clients: Clients) -> None:
        """Asks nothing yet."""
        self.clients = clients

    def key(self, kind: str, name: str) -> Any:
        """The key of an entity."""
        return self.clients.datastore.key(kind, name)

    def get(self, kind: str, name: str) -> Any:
        """The entity, or None; within a transaction as that sees it."""
        return self.clients.datastore.get(self.key(kind, name))

    def get_many(self, keys: Sequence[Any]) -> Iterable[Any]:
        """Those of the entities that there are."""
        found: Iterable[Any] = self.clients.datastore.get_multi(keys)
        return found

    def query(self, kind: str, limit: int | None = None, **equal: Any) -> Iterable[Any]:
        """The entities of a kind whose indexed properties have these values."""
        from google.cloud.datastore.query import PropertyFilter

        query = self.clients.datastore.query(kind=kind)
        for name, value in equal.items():
            query.add_filter(filter=PropertyFilter(name, "=", value))
        found: Iterable[Any] = query.fetch(limit=limit)
        return found

    def make(
        self, kind: str, name: str, values: Mapping[str, Any], indexed: frozenset[str] = frozenset()
    ) -> Any:
        """An entity of these values, not yet put."""
        return entity(self.clients.datastore, self.key(kind, name), values, indexed)

    def put(self, made: Any) -> None:
        """Put an entity outside a transaction."""
        retried(lambda: self.clients.datastore.put(made))

    def delete(self, keys: Sequence[Any]) -> None:
        """Delete entities outside a transaction."""
        for some in chunks(keys, MOST_KEYS):
            retried(lambda some=some: self.clients.datastore.delete_multi(some))  # type: ignore[misc]

    def transact(self, work: Callable[[Any], Result]) -> Result:
        """What the work gives, all or nothing; done again from the start where another one was in its way."""

        def attempt() -> Result:
            with self.clients.datastore.transaction() as transaction:
                return work(transaction)

        return retried(attempt)


def chunks(items: Sequence[Item], size: int) -> Iterator[list[Item]]:
    """The items in lists of at most ``size``."""
    remaining = iter(items)
    while some := list(islice(remaining, size)):
        yield some
