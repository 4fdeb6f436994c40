"""Works off the queue in this process: the local stand-in for push subscriptions."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextlib import contextmanager
from functools import partial
from typing import Any

from worklens.local.platform import Platform
from worklens.local.queue import Letter
from worklens.messages import VERSION, Message, UnknownMessage
from worklens.ports import Busy, StaleLease
from worklens.sources.base import Refused

# Batches are claimed so many at a time, since a claim holds several times its bytes in memory. A unit of work goes on to
# the next claim: each commit packs again the rows that the last one left in a group half full, and that took as long as
# all the rest the warehouse does. But readers wait while it lasts.
CLAIM = 64
CLAIM_BYTES = 5_000_000
UNIT_SECONDS = 1.0
SEVERAL = {"tasks-fetched"}  # what is done several to a unit of work
# A fetch pauses while more than this waits in the queue. It costs room on the disk; a fetch that waits holds its page, or the
# whole file that it reads, in memory.
BACKLOG_BYTES = 100_000_000
LOOK_SECONDS = 0.05  # between two looks at it: a claim takes longer

Handler = Callable[[Iterable[Any]], None]
Claim = Callable[[], list[Letter]]

# What to do first: what is nearest to the end, so that the queue stays short.
ORDER = (
    "scores-ready",
    "tasks-changed",
    "settle-requested",
    "tasks-fetched",
    "sync-requested",
    "learn-requested",
)


class Pump:
    """Takes messages from the queue and gives them to the stages."""

    def __init__(self, platform: Platform, handlers: Mapping[str, Handler]) -> None:
        """``handlers`` by message kind; each is given messages of one kind, once over, and several only for batches."""
        self.platform = platform
        self.handlers = handlers
        self.beside: Future[None] | None = None  # batches being worked off while a fetch goes on

    def drain(self, *, only: Sequence[str] = ORDER) -> int:
        """Work until nothing that is due is left; how many messages were done."""
        done = 0
        while self._step(only):
            done += 1
        if done:
            self.platform.database.tidy()
        return done

    def relieve(self) -> None:
        """Have batches worked off beside the fetch, which calls this between its pages and waits if too many are left.

        Most of what the stores do goes on without the interpreter, so that two stages at once use two processors. The
        first page is enough where the warehouse has yet to be made.
        """
        waiting = self.platform.queue.depth()
        while waiting > BACKLOG_BYTES and self.beside and not self.beside.done():
            wait([self.beside], LOOK_SECONDS)
            waiting = self.platform.queue.depth()
        if self.beside and self.beside.done():
            self._wait()
        is_worth_it = waiting > CLAIM_BYTES or not self.platform.warehouse.path.exists()
        if is_worth_it and not self.beside:
            helper = ThreadPoolExecutor(1)
            self.beside = helper.submit(self._work_off_batches)
            helper.shutdown(wait=False)

    def _work_off_batches(self) -> None:
        try:
            while self._work_off("tasks-fetched"):
                pass
        finally:
            self.platform.database.leave()

    def _wait(self) -> None:
        """Until nothing is worked on beside; raises what went wrong there."""
        beside, self.beside = self.beside, None
        if beside:
            beside.result()

    def _step(self, only: Sequence[str]) -> bool:
        return any(self._work_off(kind, then=self._wait) for kind in only)

    def _work_off(self, kind: str, then: Callable[[], None] = lambda: None) -> bool:
        """Do a unit of work, and ``then`` what is to follow it however it went; whether there was any to do."""
        claim = partial(self._claim, kind)
        letters = claim() if kind in self.handlers else []
        if letters:
            try:
                self._work(kind, letters, claim if kind in SEVERAL else list)
            finally:
                then()
        return bool(letters)

    def _claim(self, kind: str) -> list[Letter]:
        types = [f"worklens.{kind}.v{VERSION}", f"worklens.{kind}.v{VERSION - 1}"]
        most = CLAIM if kind in SEVERAL else 1
        now = self.platform.ports.clock.now()
        return self.platform.queue.claim(types, now, most, CLAIM_BYTES)

    def _work(self, kind: str, letters: list[Letter], claim: Claim) -> None:
        """Done: acknowledged. Refused: the run says why, and the next request goes on. Else: put back, for later."""
        queue = self.platform.queue
        taken = _emptied(letters)
        try:
            with _uncollected():
                self.handlers[kind](self._messages(letters, claim, taken))
        except Refused:
            queue.acknowledge(taken)
            raise
        except BaseException as error:
            if len(taken) > 1 and isinstance(error, Exception):
                self._one_by_one(kind, taken)
                return
            queue.put_back(taken, self.platform.ports.clock.now(), _reason(error))
            raise
        queue.acknowledge(taken)

    def _messages(self, letters: list[Letter], claim: Claim, taken: list[Letter]) -> Iterator[Message]:
        """The messages of a unit of work: of these letters, and of what ``claim`` gives while there is time.

        These join what was ``taken``. A message that can't be read is kept aside with its reason.
        """
        until = time.monotonic() + UNIT_SECONDS
        while letters:
            for letter in letters:
                try:
                    yield letter.message
                except UnknownMessage as error:
                    self.platform.queue.bury([letter], str(error))
                    # SQLite may give its number to the next message, which must not be acknowledged in its stead.
                    taken[:] = [one for one in taken if one.id != letter.id]
            letters = claim() if time.monotonic() < until else []
            taken += _emptied(letters)

    def _one_by_one(self, kind: str, letters: list[Letter]) -> None:
        """Do by itself what could not be done together: one bad apple must not hold the rest."""
        queue = self.platform.queue
        queue.release(letters)
        for letter in letters:
            again = queue.take(letter)
            if again:
                self._work(kind, [again], list)


def _emptied(letters: Sequence[Letter]) -> list[Letter]:
    """What must be known of letters that are being worked on: all but their bodies, which weigh."""
    return [letter._replace(body=b"") for letter in letters]


@contextmanager
def _uncollected() -> Iterator[None]:
    """A stage makes many small objects and no cycles: to look for some takes a twentieth of its time."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


def _reason(error: BaseException) -> str:
    """The error's kind, and its words where they are ours: other people's may quote a title."""
    ours = isinstance(error, Busy | StaleLease)
    return f"{type(error).__name__}: {error}" if ours else type(error).__name__
