"""Sees every push of the cloud's topology, and waits for what it is to come to; where it never comes, says what is known."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterator
from http import HTTPStatus
from pathlib import Path
from random import Random
from threading import Lock

from cloud_local.cloud import Cloud
from cloud_local.push import Push, Send, acknowledges
from tests.emulators.probes import Probes

QUIET = 0.5  # seconds without a push, before probes go out and once they are back: one may have passed another on its way
STILL = 150.0  # seconds in which no push begins or ends, after which none ever will: what failed comes again in seconds
LONGEST = 1_800.0  # seconds for all of it; a busy machine must not be mistaken for one that has stopped
LAST_LINES = 12  # of each log, where it never came


class Open:
    """A message that is not acknowledged yet."""

    def __init__(self, function: str) -> None:
        """It was just pushed for the first time."""
        self.function, self.since = function, time.monotonic()
        self.answers: list[int] = []
        self.under_way = 0

    def told(self, name: str) -> str:
        """In a line."""
        state = "being pushed" if self.under_way else "waiting"
        age = time.monotonic() - self.since
        return f"message {name} to {self.function}: {state}, for {age:.0f} s, answered {self.answers[-9:]}"


class Watch:
    """Sees every push through the forwarder; may let each be delivered twice, in another order."""

    def __init__(self, cloud: Cloud, dice: Random | None = None) -> None:
        """With ``dice`` the first delivery of every message is done and not acknowledged, and all wait a little."""
        self.cloud, self.dice = cloud, dice
        self.deliveries: Counter[tuple[str, str]] = Counter()  # by function and message
        self.open: dict[str, Open] = {}
        self.down: set[str] = set()  # functions that are out of order
        self._last = time.monotonic()
        self._probes, self._probed, self._back = Probes(cloud), 0.0, 0.0
        self._lock = Lock()
        cloud.forwarder.between = self._between

    def _between(self, push: Push, send: Send) -> int:
        if self._probes.take(push):
            return HTTPStatus.NO_CONTENT
        _, name = push.message
        first, wait = self._begin(push.function, name)
        time.sleep(wait)
        status = 503 if push.function in self.down else send(push)
        answer = 503 if self.dice and first else status
        self._end(name, answer)
        return answer

    def _begin(self, function: str, name: str) -> tuple[bool, float]:
        """Whether it is the message's first delivery, and how long it is to wait."""
        with self._lock:
            self._last = time.monotonic()
            self.open.setdefault(name, Open(function)).under_way += 1
            self.deliveries[function, name] += 1
            return self.deliveries[function, name] == 1, self.dice.random() / 2 if self.dice else 0.0

    def _end(self, name: str, answer: int) -> None:
        with self._lock:
            self._last = time.monotonic()
            if acknowledges(answer):
                self.open.pop(name, None)
            elif name in self.open:
                self.open[name].under_way -= 1
                self.open[name].answers.append(answer)

    def still(self) -> float:
        """For how many seconds no push began or ended."""
        return time.monotonic() - self._last

    def quiet(self) -> bool:
        """Whether nothing is on its way: all is acknowledged, and probes sent after that found nothing before them."""
        last = self._last
        if self.open or self.still() < QUIET:
            return False
        if self._probed != last:
            self._probed, self._back = last, 0.0
            self._probes.send()
        if self._probes.came and not self._back:
            self._back = time.monotonic()
        waited = bool(self._back) and time.monotonic() - self._back > QUIET
        return waited and not self.open and last == self._last

    def attempts(self, function: str) -> int:
        """How often a function was pushed to."""
        with self._lock:
            return sum(times for (name, _), times in self.deliveries.items() if name == function)

    def pushes(self, function: str) -> int:
        """How many messages a function got, each counted once."""
        with self._lock:
            return sum(name == function for name, _ in self.deliveries)

    def rest(self) -> None:
        """Wait until nothing is on its way."""
        self.until(self.quiet)

    def until(
        self,
        true: Callable[[], bool],
        *,
        meanwhile: Callable[[], None] | None = None,
        slow: float = 1.0,
    ) -> None:
        """Wait until it is true. Fails where nothing moves any more or all took too long, with what is known then.

        ``slow``: how many times the usual patience a large world needs.
        """
        began, still, longest = time.monotonic(), STILL * slow, LONGEST * slow
        while not true():
            now = time.monotonic()
            assert now - max(self._last, began) < still, self._told(f"nothing moved for {still:.0f} s")
            assert now - began < longest, self._told(f"it never came to rest in {longest:.0f} s")
            if meanwhile:
                meanwhile()
            time.sleep(0.1)

    def _told(self, problem: str) -> str:
        with self._lock:
            lines = [problem, *(one.told(name) for name, one in self.open.items())]
            counts = Counter(function for function, _ in self.deliveries.elements())
        lines.append(f"pushes: {dict(counts)}; out of order: {sorted(self.down)}")
        folders = (self.cloud.folder / "logs", self.cloud.emulators.logs)
        return "\n".join([*lines, *(line for folder in folders for line in _last_lines(folder))])


def _last_lines(folder: Path) -> Iterator[str]:
    for path in sorted(folder.glob("*.log")):
        last = path.read_text(encoding="utf-8", errors="replace").splitlines()[-LAST_LINES:]
        yield f"--- {path.name}"
        yield from last
