"""When a push that failed is tried again and when it is given up, in the place of the Pub/Sub emulator.

Under a retry policy the emulator never again delivers what failed, once two messages of a subscription fail at the same
time for the second time (docs/surprises.md). So it is told of no policy, and pushes each second what failed; here that is
turned away until its time has come, and put among the dead letters after the last attempt.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from http import HTTPStatus
from threading import Lock
from typing import NamedTuple

from cloud_local.push import Push, Send, acknowledges
from cloud_local.topology import Delivery

SOURCE = "CloudPubSubDeadLetterSource"  # begins the attributes that Pub/Sub gives a dead letter
Publish = Callable[[str, bytes, Mapping[str, str]], object]  # topic, data, attributes


class Tried(NamedTuple):
    """How often a message was pushed in vain, and when it may be pushed again (monotonic seconds)."""

    times: int = 0
    due: float = 0.0


class Redelivery:
    """The retry and dead-letter policies of a delivery."""

    def __init__(
        self, delivery: Delivery, publish: Publish, now: Callable[[], float] = time.monotonic
    ) -> None:
        """``publish`` takes what is given up."""
        self._delivery, self._publish, self._now = delivery, publish, now
        self._tried: dict[tuple[str, str], Tried] = {}
        self._lock = Lock()

    def serve(self, push: Push, send: Send) -> int:
        """Send the push where it is due; the status to answer the emulator with."""
        with self._lock:
            before = self._tried.get(push.message, Tried())
        if self._now() < before.due:
            return HTTPStatus.TOO_EARLY
        status = send(push)
        if acknowledges(status):
            self._forget(push)
            return status
        return self._failed(push, before.times + 1, status)

    def _failed(self, push: Push, times: int, status: int) -> int:
        if times >= self._delivery.max_delivery_attempts:
            self._bury(push, times)
            self._forget(push)
            return HTTPStatus.NO_CONTENT
        with self._lock:
            self._tried[push.message] = Tried(times, self._now() + self.backoff(times))
        return status

    def _forget(self, push: Push) -> None:
        with self._lock:
            self._tried.pop(push.message, None)

    def backoff(self, times: int) -> float:
        """Seconds to wait after so many attempts in vain: twice as long each time, within the policy's bounds."""
        longest = self._delivery.maximum_backoff_seconds
        return float(min(longest, self._delivery.minimum_backoff_seconds * 2 ** min(times - 1, 32)))

    def _bury(self, push: Push, times: int) -> None:
        """Give the message to its dead-letter topic, with where it came from."""
        _, project, _, subscription = push.about("subscription-name").split("/")
        about = {
            "DeliveryCount": str(times),
            "Subscription": subscription,
            "SubscriptionProject": project,
            "TopicPublishTime": push.about("publish-time"),
        }
        named = {SOURCE + name: value for name, value in about.items()}
        topic = subscription + self._delivery.dead_letter_suffix
        self._publish(topic, push.body, {**push.attributes, **named})
