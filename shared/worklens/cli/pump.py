"""Works off the queue in this process: the local stand-in for push subscriptions."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any

from worklens.local.platform import Platform
from worklens.local.queue import Letter
from worklens.messages import VERSION, Message, UnknownMessage
from worklens.ports import Busy, StaleLease
from worklens.sources.base import Refused

# Batches to one unit of work. Fewer units would be faster, for the warehouse packs rows in groups and packs again what a
# unit left half full; but a unit holds several times its bytes in memory.
GROUP = 256
GROUP_BYTES = 14_000_000
BACKLOG_BYTES = 60_000_000  # a fetch pauses for the queue to be worked off beyond this

Handler = Callable[[Sequence[Any]], None]

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
        """``handlers`` by message kind; each is given messages of one kind, several only for batches."""
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
        if waiting > BACKLOG_BYTES or (self.beside and self.beside.done()):
            self._wait()
        is_worth_it = waiting > GROUP_BYTES or not self.platform.warehouse.path.exists()
        if is_worth_it and not self.beside:
            helper = ThreadPoolExecutor(1)
            self.beside = helper.submit(self._work_off_batches)
            helper.shutdown(wait=False)

    def _work_off_batches(self) -> None:
        try:
            while letters := self._claim("tasks-fetched"):
                self._handle("tasks-fetched", letters)
        finally:
            self.platform.database.leave()

    def _wait(self) -> None:
        """Until nothing is worked on beside; raises what went wrong there."""
        beside, self.beside = self.beside, None
        if beside:
            beside.result()

    def _step(self, only: Sequence[str]) -> bool:
        for kind in only:
            letters = self._claim(kind)
            if letters:
                try:
                    self._handle(kind, letters)
                finally:
                    self._wait()
                return True
        return False

    def _claim(self, kind: str) -> list[Letter]:
        if kind not in self.handlers:
            return []
        types = [f"worklens.{kind}.v{VERSION}", f"worklens.{kind}.v{VERSION - 1}"]
        most = GROUP if kind == "tasks-fetched" else 1
        now = self.platform.ports.clock.now()
        return self.platform.queue.claim(types, now, most, GROUP_BYTES)

    def _handle(self, kind: str, letters: list[Letter]) -> None:
        """Give readable messages to the stage; what can't be read is kept aside with its reason."""
        readable, messages = [], []
        for letter in letters:
            try:
                messages.append(letter.message)
                readable.append(letter)
            except UnknownMessage as error:
                self.platform.queue.bury([letter], str(error))
        if readable:
            self._work(kind, readable, messages)

    def _work(self, kind: str, letters: list[Letter], messages: list[Message]) -> None:
        """Done: acknowledged. Refused: the run says why, and the next request goes on. Else: put back, for later."""
        queue = self.platform.queue
        try:
            with _uncollected():
                self.handlers[kind](messages)
        except Refused:
            queue.acknowledge(letters)
            raise
        except BaseException as error:
            if len(letters) > 1 and isinstance(error, Exception):
                for letter, message in zip(
                    letters, messages, strict=True
                ):  # one bad apple must not hold the rest
                    self._work(kind, [letter], [message])
                return
            queue.put_back(letters, self.platform.ports.clock.now(), _reason(error))
            raise
        queue.acknowledge(letters)


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
