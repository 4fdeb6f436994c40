"""Feeds, cursors, leases, runs and their batches in Datastore.

There is no outbox here that a transaction could share with Pub/Sub. So batches are published before the checkpoint moves;
requests to settle are published after the commit that made them due, by whoever next looks at the run, and so at least
once; requests that were kept are moved aside in the commit that frees the feed, and struck off when they are published.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from itertools import islice
from typing import Any, TypeVar

import msgspec

from worklens.google.bus import CloudBus
from worklens.google.clients import Clients
from worklens.google.packing import entity, packed, unpacked
from worklens.google.records import (
    BATCH,
    FEED,
    FORGOTTEN,
    NUMBERED,
    POINTER,
    RUN,
    as_text,
    feed_of,
    new_feed,
    requests,
    run_entity,
    run_of,
    with_kept,
)
from worklens.google.retrying import retried
from worklens.messages import Batch, Message, SettleRequested, SyncRequested
from worklens.ports import LEASE_SECONDS, Begun, Feed, Pointer, Run, StaleLease
from worklens.tasks import digest

Result = TypeVar("Result")
Item = TypeVar("Item")

LEASE = LEASE_SECONDS * 1_000_000
MOST_GROUPS = 20  # entities to a transaction: the older Datastore takes 25 groups
MOST_KEYS = 500  # to a commit without transaction
SENT, DONE, EARLY = (
    "sent",
    "done",
    "early",
)  # a batch: published; parsed; parsed before it was noted as published
OPEN = frozenset({"fetching", "failed"})


class CloudState:
    """The state store on Datastore."""

    def __init__(self, clients: Clients, bus: CloudBus) -> None:
        """``bus`` takes what follows from a change."""
        self.clients = clients
        self.bus = bus

    # ----- feeds -----

    def feed(self, name: str) -> Feed | None:
        """The feed, or None where it was never connected (or was forgotten)."""
        found = self._get(FEED, name)
        return feed_of(found) if found else None

    def feeds(self) -> list[Feed]:
        """All feeds, by name."""
        found = self.clients.datastore.query(kind=FEED).fetch()
        return sorted(map(feed_of, found), key=lambda feed: feed.name)

    def save_feed(self, feed: Feed) -> None:
        """Create the feed, or change its source, zones and settings (never its cursor)."""

        def save(transaction: Any) -> None:
            found = self._get(FEED, feed.name) or self._new(feed.name)
            found["source"] = feed.source
            found["zones"] = packed(_json(feed.zones))
            found["settings"] = packed(_json(feed.settings))
            transaction.put(found)

        self._transact(save)

    def _new(self, name: str) -> Any:
        """A feed's entity. Where one of that name was forgotten, its runs' numbers aren't given again."""
        forgotten = self._get(FORGOTTEN, digest(name))
        runs = forgotten["runs"] if forgotten else 0
        return new_feed(self.clients.datastore, self._key(FEED, name), name, runs)

    def drop_feed(self, name: str) -> None:
        """Remove the feed with its runs, batches and pointers; how many runs it had stays, under a hash of its name."""
        found = self._get(FEED, name)
        runs = self.runs(name)
        for run in runs:
            self._delete_batches(run.run)
        keys = [self._key(RUN, run.run) for run in runs]
        keys += [self._key(NUMBERED, _numbered(name, run.number)) for run in runs]
        keys += [pointer.key for pointer in self._query(POINTER, feed=name)]
        if found:
            about = {"runs": found["runs"]}
            self._put(entity(self.clients.datastore, self._key(FORGOTTEN, digest(name)), about))
            keys.append(found.key)
        self._delete(keys)

    # ----- runs -----

    def run(self, run: str) -> Run | None:
        """The run by its id."""
        found = self._get(RUN, run)
        return run_of(found) if found else None

    def runs(self, feed: str | None = None) -> list[Run]:
        """The runs, newest first."""
        found = self._query(RUN) if feed is None else self._query(RUN, feed=feed)
        return sorted(map(run_of, found), key=lambda run: (run.now, run.number), reverse=True)

    def latest(self, feed: str) -> Run | None:
        """The feed's newest run that was not withdrawn, whatever became of it."""
        known = self.feed(feed)
        for number in range(known.runs if known else 0, 0, -1):
            named = self._get(NUMBERED, _numbered(feed, number))
            run = self.run(named["run"]) if named else None
            if run is None or run.status != "withdrawn":
                return run
        return None

    def begin(self, request: SyncRequested, now: int) -> Begun:
        """Take the feed's lease and begin the run, or go on with the feed's unfinished one."""
        self._flush(request.feed)
        begun, unsettled = self._transact(lambda transaction: self._begin(transaction, request, now))
        if unsettled:  # whoever was to ask for it may have died before
            self._ask_to_settle(unsettled)
        return begun

    def _begin(self, transaction: Any, request: SyncRequested, now: int) -> tuple[Begun, str]:
        """What came of it, and the run that waits to be settled."""
        feed, known = self._get(FEED, request.feed), self._get(RUN, request.run)
        if feed is None:
            return Begun(None, "unknown-feed"), ""
        if known and known["status"] not in OPEN:
            return Begun(None, known["status"]), request.run
        current = self._get(RUN, feed["current"]) if feed["current"] else None
        unsettled = current is not None and current["status"] == "fetched"
        if unsettled or _held(feed, request.run, now):
            feed["again"] = as_text(with_kept(requests(feed, "again"), request))
            transaction.put(feed)
            return Begun(None, "held"), feed["current"] if unsettled else ""
        return Begun(self._take(transaction, feed, current, request, now)), ""

    def _take(self, transaction: Any, feed: Any, current: Any, request: SyncRequested, now: int) -> Run:
        if current and request.input and current["status"] == "failed":
            current["status"] = "withdrawn"  # a sync that could not go on is not in a file's way
            transaction.put(current)
            current = None
        if current is None:
            current = self._insert_run(transaction, feed, request, now)
        elif current["run"] != request.run and (
            current["input"] != request.input or request.full > current["full"]
        ):
            feed["again"] = as_text(
                with_kept(requests(feed, "again"), request)
            )  # first what was begun, then this
        current |= {"status": "fetching", "error": ""}
        feed |= {
            "current": current["run"],
            "lease_run": current["run"],
            "lease_epoch": feed["lease_epoch"] + 1,
            "lease_until": now + LEASE,
        }
        transaction.put(current)
        transaction.put(feed)
        return run_of(current, feed["lease_epoch"])

    def _insert_run(self, transaction: Any, feed: Any, request: SyncRequested, now: int) -> Any:
        number = feed["runs"] + 1
        run = Run(
            run=request.run,
            feed=request.feed,
            number=number,
            window=request.window,
            now=min(now, request.seen_at or now),
            full=request.full,
            input=request.input,
            name=request.name,
        )
        feed["runs"] = number
        client = self.clients.datastore
        key = self._key(NUMBERED, _numbered(request.feed, number))
        transaction.put(entity(client, key, {"run": request.run}))
        return run_entity(client, self._key(RUN, request.run), run, now)

    def advance(self, run: Run, checkpoint: str, batches: Sequence[Batch], now: int = 0) -> Run:
        """Publish a page's batches, then move the checkpoint and renew the lease. Raises StaleLease."""
        _check_lease(self._get(FEED, run.feed), run)
        self.bus.publish(batches)
        *before, last = list(_chunks([batch.batch for batch in batches], MOST_GROUPS)) or [[]]
        for names in before:
            self._transact(partial(self._note, run=run.run, names=names, state=SENT))
        after = msgspec.structs.replace(
            run,
            checkpoint=checkpoint,
            pages=run.pages + 1,
            records=run.records + sum(len(batch.records) for batch in batches),
            rejected=run.rejected + sum(len(batch.rejected) for batch in batches),
        )
        self._transact(lambda transaction: self._advance(transaction, after, last, now))
        return after

    def _advance(self, transaction: Any, run: Run, names: Sequence[str], now: int) -> None:
        feed = self._get(FEED, run.feed)
        _check_lease(feed, run)
        self._note(transaction, run.run, names, SENT)
        found = self._get(RUN, run.run)
        counts = {"pages": run.pages, "records": run.records, "rejected": run.rejected}
        found |= counts | {"checkpoint": packed(run.checkpoint)}
        feed["lease_until"] = max(feed["lease_until"], now + LEASE)
        transaction.put(found)
        transaction.put(feed)

    def fetched(self, run: Run, cursor: str, coverage: str) -> None:
        """The pull is complete: move the feed's cursor, and ask to settle once all batches are parsed."""

        def fetched(transaction: Any) -> None:
            feed, found = self._get(FEED, run.feed), self._get(RUN, run.run)
            _check_lease(feed, run)
            found |= {"status": "fetched", "now": run.now}
            found |= {"cursor": packed(cursor), "coverage": packed(coverage)}
            feed |= {"cursor": packed(cursor), "runs": run.number}
            transaction.put(found)
            transaction.put(feed)

        self._transact(fetched)
        self._ask_to_settle(run.run)

    def failed(self, run: Run, error: str) -> None:
        """The pull can't go on: release the lease. Unless it read a file, the next request goes on from its last page."""

        def failed(transaction: Any) -> None:
            feed, found = self._get(FEED, run.feed), self._get(RUN, run.run)
            _check_lease(feed, run)
            found |= {"status": "refused" if run.input else "failed", "error": packed(error)}
            kept = [one for one in requests(feed, "again") if one.input or run.input]
            feed |= {"lease_until": 0, "again": "[]", "outgoing": _more(feed, kept)}
            feed["current"] = "" if run.input else feed["current"]  # the same file would be refused again
            transaction.put(found)
            transaction.put(feed)

        self._transact(failed)
        self._flush(run.feed)

    def parsed(self, batches: Sequence[Batch]) -> None:
        """These batches are in the warehouse; ask to settle each run that is now whole."""
        for batch in batches:
            self._transact(partial(self._note, run=batch.run, names=[batch.batch], state=DONE))
        for run in sorted({batch.run for batch in batches}):
            self._ask_to_settle(run)

    def _note(self, transaction: Any, run: str, names: Sequence[str], state: str) -> None:
        """Note that batches were published (``sent``) or parsed (``done``): a run is whole when none is only sent."""
        keys = {f"{run}/{name}": self._key(BATCH, f"{run}/{name}") for name in names}
        have = {one.key.name: one["state"] for one in self.clients.datastore.get_multi(list(keys.values()))}
        for name, key in keys.items():
            after = _noted(have.get(name, ""), state)
            if after != have.get(name):
                about = {"run": run, "state": after}
                transaction.put(entity(self.clients.datastore, key, about, frozenset(about)))

    def _ask_to_settle(self, name: str) -> None:
        """Ask for the run where it is fetched and has no batch left to parse: once too often rather than never."""
        run = self.run(name)
        if (
            run is None
            or run.status != "fetched"
            or any(True for _ in self._query(BATCH, 1, run=name, state=SENT))
        ):
            return
        self.bus.publish([SettleRequested(feed=run.feed, run=name, window=run.window, number=run.number)])

    def unparsed(self, run: str | None = None) -> int:
        """Batches that were published and not parsed yet: of a run, or of all."""
        about = {"state": SENT} if run is None else {"state": SENT, "run": run}
        return len(list(self._query(BATCH, None, **about)))

    def settled(self, run: Run, messages: Sequence[Message]) -> None:
        """Publish what follows from a settled run and release the lease; repeat the requests kept meanwhile."""

        def settled(transaction: Any) -> None:
            feed, found = self._get(FEED, run.feed), self._get(RUN, run.run)
            if found and found["status"] != "withdrawn":
                found["status"] = "settled"
                transaction.put(found)
            if feed and run.run in {feed["current"], feed["lease_run"]}:
                feed |= {"again": "[]", "outgoing": _more(feed, requests(feed, "again"))} | _free(feed, run)
                transaction.put(feed)

        self._transact(settled)
        self.bus.publish(messages)
        self._flush(run.feed)
        self._delete_batches(run.run)

    def withdraw(self, run: Run) -> None:
        """Undo: the run counts no more, and the next pull starts from the beginning."""
        self._withdraw(run, lambda feed: {"cursor": ""})

    def abandon(self, run: Run) -> None:
        """Give up a run that can never be completed, so that the feed's next one can begin; the cursor stays."""
        self._withdraw(run, lambda feed: _free(feed, run))
        self._delete_batches(run.run)

    def _withdraw(self, run: Run, change: Callable[[Mapping[str, Any]], Mapping[str, Any]]) -> None:
        """Let the run count no more, and change its feed, where there is one, in the same transaction."""

        def withdraw(transaction: Any) -> None:
            feed, found = self._get(FEED, run.feed), self._get(RUN, run.run)
            if found:
                found["status"] = "withdrawn"
                transaction.put(found)
            if feed:
                feed |= change(feed)
                transaction.put(feed)

        self._transact(withdraw)

    def _flush(self, name: str) -> None:
        """Publish the requests that are to go out, then strike them off: if we die between, they go out twice."""
        feed = self._get(FEED, name)
        due = requests(feed, "outgoing") if feed else []
        if not due:
            return
        self.bus.publish(due)

        def strike(transaction: Any) -> None:
            found = self._get(FEED, name)
            if found:
                found["outgoing"] = as_text([one for one in requests(found, "outgoing") if one not in due])
                transaction.put(found)

        self._transact(strike)

    # ----- pointers -----

    def point(self, feed: str, name: str, version: str, evidence: Mapping[str, Any] = {}) -> None:
        """Let a name of the feed stand for this version from now on; of a feed that is no more nothing is kept."""

        def point(transaction: Any) -> None:
            if feed and self._get(FEED, feed) is None:
                return
            about = {"feed": feed, "version": version, "evidence": packed(_json(evidence))}
            key = self._key(POINTER, digest(feed, name))
            transaction.put(entity(self.clients.datastore, key, about, frozenset({"feed"})))

        self._transact(point)

    def pointer(self, feed: str, name: str) -> Pointer | None:
        """What the name stands for, or None."""
        found = self._get(POINTER, digest(feed, name))
        if found is None:
            return None
        return Pointer(found["version"], msgspec.json.decode(unpacked(found["evidence"])))

    # ----- Datastore -----

    def _key(self, kind: str, name: str) -> Any:
        return self.clients.datastore.key(kind, name)

    def _get(self, kind: str, name: str) -> Any:
        """The entity, or None; within a transaction as that sees it."""
        return self.clients.datastore.get(self._key(kind, name))

    def _query(self, kind: str, limit: int | None = None, **equal: Any) -> Iterable[Any]:
        from google.cloud.datastore.query import PropertyFilter

        query = self.clients.datastore.query(kind=kind)
        for name, value in equal.items():
            query.add_filter(filter=PropertyFilter(name, "=", value))
        found: Iterable[Any] = query.fetch(limit=limit)
        return found

    def _put(self, made: Any) -> None:
        retried(lambda: self.clients.datastore.put(made))

    def _delete(self, keys: Sequence[Any]) -> None:
        for some in _chunks(keys, MOST_KEYS):
            retried(lambda some=some: self.clients.datastore.delete_multi(some))  # type: ignore[misc]

    def _delete_batches(self, run: str) -> None:
        self._delete([found.key for found in self._query(BATCH, run=run)])

    def _transact(self, work: Callable[[Any], Result]) -> Result:
        """What the work gives, all or nothing; done again from the start where another one was in its way."""

        def attempt() -> Result:
            with self.clients.datastore.transaction() as transaction:
                return work(transaction)

        return retried(attempt)


def _held(feed: Mapping[str, Any], run: str, now: int) -> bool:
    """Whether a run other than this one has the feed in hand, and its time is not over."""
    return feed["lease_run"] not in {"", run} and feed["lease_until"] > now


def _check_lease(feed: Mapping[str, Any] | None, run: Run) -> None:
    if feed is None or (feed["lease_run"], feed["lease_epoch"]) != (run.run, run.epoch):
        raise StaleLease(f"another run of {run.feed} has taken over")


def _free(feed: Mapping[str, Any], run: Run) -> dict[str, Any]:
    """The changes to a feed that let go of a run."""
    freed: dict[str, Any] = {"current": ""} if feed["current"] == run.run else {}
    return freed | ({"lease_run": "", "lease_until": 0} if feed["lease_run"] == run.run else {})


def _more(feed: Mapping[str, Any], kept: Sequence[SyncRequested]) -> str | bytes:
    """The requests that are to go out, with these."""
    return as_text([*requests(feed, "outgoing"), *kept])


def _noted(have: str, state: str) -> str:
    """A batch's state after one more thing is known of it."""
    if state == SENT:
        return {"": SENT, EARLY: DONE}.get(have, have)
    return {"": EARLY, SENT: DONE}.get(have, have)


def _numbered(feed: str, number: int) -> str:
    return f"{feed}#{number}"


def _json(value: object) -> str:
    return msgspec.json.encode(value).decode()


def _chunks(items: Sequence[Item], size: int) -> Iterator[list[Item]]:
    remaining = iter(items)
    while some := list(islice(remaining, size)):
        yield some
