"""Removes a person from every service of a deployment, and says what remains there for a while.

First the runs are withdrawn, so that the views show nothing of them from then on; then everything is deleted. What
BigQuery has streamed in within the last half hour or so can't be deleted yet: then the same command has to be given again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from worklens.google.platform import Platform
from worklens.google.warehouse import CloudSession
from worklens.ports import Run
from worklens.tasks import digest
from worklens.warehouse.schema import tables

Belongs = Callable[[str], bool]

BUFFER_MINUTES = 90  # the longest that BigQuery takes until what was streamed in can be deleted
TRAVEL_DAYS = 7  # BigQuery's time travel, and Datastore's point-in-time recovery
FAIL_SAFE_DAYS = 14  # BigQuery's: time travel, then seven days in which only Google can restore
TOPIC_DAYS = 7  # retention of the subscriptions, where a message is not acknowledged
AT_ONCE = 1_000  # keys to a statement


class Gone(NamedTuple):
    """Rows that went by table, and the tables whose newest rows can't be deleted yet."""

    rows: Mapping[str, int]
    held: Sequence[str]


def forget(platform: Platform, feed: str, account: str, belongs: Belongs) -> Gone:
    """Remove everything about a feed, or about one person in it. Harmless when repeated.

    What names a person besides the facts goes before them, since these alone tell the name to whoever was stopped in between;
    and once more after them, for what a function wrote meanwhile.
    """
    if account:
        _forget_learnt(platform, feed, whole=False)
    with platform.warehouse.write() as session:
        if not account:
            _withdraw(platform, session, platform.state.runs(feed))
        rows, held = _forget_facts(session, feed, account, belongs)
    _forget_learnt(platform, feed, whole=not account)
    if not account:
        platform.ports.secrets.delete(feed)
        platform.state.drop_feed(feed)
    return Gone(rows, held)


def _forget_learnt(platform: Platform, feed: str, *, whole: bool) -> None:
    """What was told of the feed's people and learnt of them, and messages about them."""
    platform.state.drop_pointers(feed)
    _forget_blobs(platform, feed, whole=whole)
    platform.letters.forget(feed)


def _withdraw(platform: Platform, session: CloudSession, runs: Sequence[Run]) -> None:
    """Let no run of the feed count any more, before anything is deleted."""
    if not runs:
        return
    n, now = len(runs), platform.ports.clock.now()
    zeros = dict.fromkeys(("records", "rejected", "states", "events"), [0] * n)
    session.load(  # streamed in, they could not be deleted with the rest
        "sync_runs",
        {
            "feed": [run.feed for run in runs],
            "run": [run.number for run in runs],
            "run_id": [run.run for run in runs],
            "status": ["withdrawn"] * n,
            "seen_at": [now] * n,
            "run_window": ["forget"] * n,
            "listed": ["nothing"] * n,
            **zeros,
        },
    )


def _forget_blobs(platform: Platform, feed: str, *, whole: bool) -> None:
    """Records that were too large, and what was learnt; of a feed that goes whole, the files it still had to read too."""
    ours = (f"oversized/{digest(feed)}/", f"models/{digest(feed)}/")
    names = [name for prefix in ours for name in platform.blobs.names(prefix)]
    if whole:
        names += [run.input for run in platform.state.runs(feed) if run.input]
    for name in names:
        platform.blobs.delete(name)


# ----- BigQuery -----


def _forget_facts(
    session: CloudSession, feed: str, account: str, belongs: Belongs
) -> tuple[dict[str, int], list[str]]:
    """Rows that went by table, and the tables whose newest rows can't be deleted yet."""
    gone: dict[str, int] = {}
    held: list[str] = []
    for table, columns in tables().items():
        names = {column.name for column in columns}
        for where, params in _theirs(session, table, names, feed, account, belongs):
            count = session.delete(table, where, params)
            if count is None:
                held.append(table)
            elif count:
                gone[table] = gone.get(table, 0) + count
    return gone, sorted(set(held))


Condition = tuple[str, dict[str, Any]]


def _theirs(
    session: CloudSession, table: str, names: set[str], feed: str, account: str, belongs: Belongs
) -> Iterator[Condition]:
    """Which rows of a table are theirs."""
    if not account:
        of_account = "account = @feed OR STARTS_WITH(account, CONCAT(@feed, '/'))"
        if {"feed", "account"} <= names:  # the column may have come later than a row: then its account tells
            yield f"feed = @feed OR (feed IS NULL AND ({of_account}))", {"feed": feed}
        elif "feed" in names:
            yield "feed = @feed", {"feed": feed}
        elif "account" in names:
            yield of_account, {"feed": feed}
    elif "account" in names:
        yield "account = @account", {"account": account}
    elif table == "raw_records":
        yield from _by_text(
            session, table, "record", "CONCAT(batch, ' ', CAST(position AS STRING))", feed, belongs
        )
    elif table == "quarantine":
        yield from _by_text(session, table, "payload", "quarantine_id", feed, belongs)


def _by_text(
    session: CloudSession, table: str, column: str, key: str, feed: str, belongs: Belongs
) -> Iterator[Condition]:
    """Rows without an account: by what their raw record tells."""
    rows = session.ask(table, "WHERE feed = $feed", columns=f"{key} AS key, {column} AS text", feed=feed)
    found = sorted({one for one, text in zip(rows["key"], rows["text"], strict=True) if belongs(text or "")})
    for start in range(0, len(found), AT_ONCE):
        keys = found[start : start + AT_ONCE]
        yield f"feed = @feed AND {key} IN UNNEST(@keys)", {"feed": feed, "keys": keys}
