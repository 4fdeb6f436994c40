"""The state store on Datastore: leases, and runs from their beginning to their end.

There is no outbox here that a transaction could share with Pub/Sub. So batches are published before the checkpoint moves;
requests to settle are published after the commit that made them due, by whoever next looks at the run, and so at least
once; requests that were kept are moved aside in the commit that frees the feed, and struck off when they are published.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

import msgspec

from worklens.google.batches import DONE, SENT, Batches
from worklens.google.bus import CloudBus
from worklens.google.clients import Clients
from worklens.google.entities import Entities, chunks
from worklens.google.feeds import Feeds
from worklens.google.leases import check_lease, freed, is_held, kept, let_out, renewed, struck_off, taken
from worklens.google.packing import packed
from worklens.google.pointers import Pointers
from worklens.google.records import FEED, RUN, requests, run_of
from worklens.google.runs import Runs
from worklens.messages import Batch, Message, SettleRequested, SyncRequested
from worklens.ports import Begun, Run

MOST_GROUPS = 20  # entities to a transaction: the older Datastore takes 25 groups
OPEN = frozenset({"fetching", "failed"})


class CloudState(Feeds, Runs, Pointers):
    """The state store on Datastore."""

    def __init__(self, clients: Clients, bus: CloudBus) -> None:
        """``bus`` takes what follows from a change."""
        self.entities = Entities(clients)
        self.batches = Batches(self.entities)
        self.bus = bus

    def drop_feed(self, name: str) -> None:
        """Remove the feed with its runs, batches and pointers; how many runs it had stays, under a hash of its name."""
        for run in self.runs(name):
            self.batches.delete(run.run)
        self._delete_runs(name)
        self.drop_pointers(name)
        self._forget(name)

    # ----- a run begins -----

    def begin(self, request: SyncRequested, now: int) -> Begun:
        """Take the feed's lease and begin the run, or go on with the feed's unfinished one."""
        self._flush(request.feed)
        begun, unsettled = self.entities.transact(lambda transaction: self._begin(transaction, request, now))
        if unsettled:  # whoever was to ask for it may have died before
            self._ask_to_settle(unsettled, again=True)
        return begun

    def _begin(self, transaction: Any, request: SyncRequested, now: int) -> tuple[Begun, str]:
        """What came of it, and the run that waits to be settled."""
        feed, known = self.entities.get(FEED, request.feed), self.entities.get(RUN, request.run)
        if feed is None:
            return Begun(None, "unknown-feed"), ""
        if known and known["status"] not in OPEN:
            return Begun(None, known["status"]), request.run
        current = self.entities.get(RUN, feed["current"]) if feed["current"] else None
        unsettled = current is not None and current["status"] == "fetched"
        if unsettled or is_held(feed, request.run, now):
            feed |= kept(feed, request)
            transaction.put(feed)
            return Begun(None, "held"), feed["current"] if unsettled else ""
        return Begun(self._take(transaction, feed, current, request, now)), ""

    def _take(self, transaction: Any, feed: Any, current: Any, request: SyncRequested, now: int) -> Run:
        if current and request.input and current["status"] == "failed":
            current["status"] = "withdrawn"  # a sync that could not go on is not in a file's way
            transaction.put(current)
            current = None
        if current is None:
            current = self._number(transaction, feed, request, now)
        elif current["run"] != request.run and (
            current["input"] != request.input or request.full > current["full"]
        ):
            feed |= kept(feed, request)  # first what was begun, then this
        current |= {"status": "fetching", "error": ""}
        feed |= taken(feed, current["run"], now)
        transaction.put(current)
        transaction.put(feed)
        return run_of(current, feed["lease_epoch"])

    # ----- it is pulled -----

    def advance(self, run: Run, checkpoint: str, batches: Sequence[Batch], now: int = 0) -> Run:
        """Publish a page's batches, then move the checkpoint and renew the lease. Raises StaleLease."""
        check_lease(self.entities.get(FEED, run.feed), run)
        self.bus.publish(batches)
        *before, last = list(chunks([batch.batch for batch in batches], MOST_GROUPS)) or [[]]
        for names in before:
            self.entities.transact(partial(self.batches.note, run=run.run, names=names, state=SENT))
        after = msgspec.structs.replace(
            run,
            checkpoint=checkpoint,
            pages=run.pages + 1,
            records=run.records + sum(len(batch.records) for batch in batches),
            rejected=run.rejected + sum(len(batch.rejected) for batch in batches),
        )
        self.entities.transact(lambda transaction: self._advance(transaction, after, last, now))
        return after

    def _advance(self, transaction: Any, run: Run, names: Sequence[str], now: int) -> None:
        feed = self.entities.get(FEED, run.feed)
        check_lease(feed, run)
        self.batches.note(transaction, run.run, names, SENT)
        found = self.entities.get(RUN, run.run)
        counts = {"pages": run.pages, "records": run.records, "rejected": run.rejected}
        found |= counts | {"checkpoint": packed(run.checkpoint)}
        feed |= renewed(feed, now)
        transaction.put(found)
        transaction.put(feed)

    def fetched(self, run: Run, cursor: str, coverage: str) -> None:
        """The pull is complete: move the feed's cursor, and ask to settle once all batches are parsed."""

        def fetched(transaction: Any) -> None:
            feed, found = self.entities.get(FEED, run.feed), self.entities.get(RUN, run.run)
            check_lease(feed, run)
            found |= {"status": "fetched", "now": run.now}
            found |= {"cursor": packed(cursor), "coverage": packed(coverage)}
            feed |= {"cursor": packed(cursor), "runs": run.number}
            transaction.put(found)
            transaction.put(feed)

        self.entities.transact(fetched)
        self._ask_to_settle(run.run)

    def failed(self, run: Run, error: str) -> None:
        """The pull can't go on: release the lease. Unless it read a file, the next request goes on from its last page."""

        def failed(transaction: Any) -> None:
            feed, found = self.entities.get(FEED, run.feed), self.entities.get(RUN, run.run)
            check_lease(feed, run)
            found |= {"status": "refused" if run.input else "failed", "error": packed(error)}
            waiting = [one for one in requests(feed, "again") if one.input or run.input]
            feed |= {"lease_until": 0} | let_out(feed, waiting)
            feed["current"] = "" if run.input else feed["current"]  # the same file would be refused again
            transaction.put(found)
            transaction.put(feed)

        self.entities.transact(failed)
        self._flush(run.feed)

    # ----- its batches are parsed, and it is settled -----

    def parsed(self, batches: Sequence[Batch]) -> None:
        """These batches are in the warehouse; ask to settle each run that is now whole."""
        for batch in batches:
            self.entities.transact(partial(self.batches.note, run=batch.run, names=[batch.batch], state=DONE))
        for run in sorted({batch.run for batch in batches}):
            self._ask_to_settle(run)

    def unparsed(self, run: str | None = None) -> int:
        """Batches that were published and not parsed yet: of a run, or of all."""
        return self.batches.unparsed(run)

    def _ask_to_settle(self, name: str, *, again: bool = False) -> None:
        """Ask for the run where it is fetched and has no batch left to parse: once too often rather than never.

        It is noted after the request is out, and then only ``again`` asks once more: many batches may come twice.
        """
        found = self.entities.get(RUN, name)
        if found is None or found["status"] != "fetched" or (found.get("asked") and not again):
            return
        if not self.batches.any_unparsed(name):
            run = run_of(found)
            self.bus.publish([SettleRequested(feed=run.feed, run=name, window=run.window, number=run.number)])
            self.entities.transact(lambda transaction: self._asked(transaction, name))

    def _asked(self, transaction: Any, name: str) -> None:
        found = self.entities.get(RUN, name)
        if found and found["status"] == "fetched":
            found["asked"] = True
            transaction.put(found)

    def settled(self, run: Run, messages: Sequence[Message]) -> None:
        """Publish what follows from a settled run and release the lease; repeat the requests kept meanwhile."""

        def settled(transaction: Any) -> None:
            feed, found = self.entities.get(FEED, run.feed), self.entities.get(RUN, run.run)
            if found and found["status"] != "withdrawn":
                found["status"] = "settled"
                transaction.put(found)
            if feed and run.run in {feed["current"], feed["lease_run"]}:
                feed |= let_out(feed, requests(feed, "again")) | freed(feed, run)
                transaction.put(feed)

        self.entities.transact(settled)
        self.bus.publish(messages)
        self._flush(run.feed)
        self.batches.delete(run.run)

    def _flush(self, name: str) -> None:
        """Publish the requests that are to go out, then strike them off: if we die between, they go out twice."""
        feed = self.entities.get(FEED, name)
        due = requests(feed, "outgoing") if feed else []
        if not due:
            return
        self.bus.publish(due)

        def strike(transaction: Any) -> None:
            found = self.entities.get(FEED, name)
            if found:
                found |= struck_off(found, due)
                transaction.put(found)

        self.entities.transact(strike)

    # ----- or it is given up -----

    def withdraw(self, run: Run) -> None:
        """Undo: the run counts no more, and the next pull starts from the beginning."""
        self._withdraw(run, lambda feed: {"cursor": ""})

    def abandon(self, run: Run) -> None:
        """Give up a run that can never be completed, so that the feed's next one can begin; the cursor stays."""
        self._withdraw(run, lambda feed: freed(feed, run))
        self.batches.delete(run.run)

    def _withdraw(self, run: Run, change: Callable[[Mapping[str, Any]], Mapping[str, Any]]) -> None:
        """Let the run count no more, and change its feed, where there is one, in the same transaction."""

        def withdraw(transaction: Any) -> None:
            feed, found = self.entities.get(FEED, run.feed), self.entities.get(RUN, run.run)
            if found:
                found["status"] = "withdrawn"
                transaction.put(found)
            if feed:
                feed |= change(feed)
                transaction.put(feed)

        self.entities.transact(withdraw)
