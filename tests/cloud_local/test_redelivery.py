"""A push that fails waits longer each time, is given up in the end, and is forgotten once it is taken."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import repeat

from msgspec.structs import replace

from cloud_local.push import Push
from cloud_local.redelivery import Redelivery
from cloud_local.topology import topology

POLICY = replace(
    topology().delivery, minimum_backoff_seconds=10, maximum_backoff_seconds=60, max_delivery_attempts=4
)
HEADERS = {
    "X-Goog-Pubsub-Subscription-Name": "projects/p/subscriptions/w-tick",
    "X-Goog-Pubsub-Message-Id": "7",
    "X-Goog-Pubsub-Publish-Time": "2026-01-01T00:00:00Z",
    "User-Agent": "Java",
    "Content-Type": "application/x-www-form-urlencoded",
    "ce-type": "worklens.tick.v1",
}
PUSH = Push("fetch", HEADERS, b"{}")


class Endpoint:
    """Answers as it is told, at times that it is told; notes what it was sent, and what was buried."""

    def __init__(self, answers: Iterator[int]) -> None:
        """It is nought o'clock."""
        self.now, self.answers = 0.0, answers
        self.sent: list[float] = []
        self.buried: list[tuple[str, bytes, Mapping[str, str]]] = []
        self.redelivery = Redelivery(POLICY, self.bury, lambda: self.now)

    def bury(self, topic: str, body: bytes, attributes: Mapping[str, str]) -> None:
        """A dead letter."""
        self.buried.append((topic, body, attributes))

    def push(self, push: Push = PUSH) -> int:
        """Serve a push; the status."""
        return self.redelivery.serve(push, self._send)

    def _send(self, push: Push) -> int:
        self.sent.append(self.now)
        return next(self.answers)

    def every_second(self, seconds: int) -> list[int]:
        """As the emulator does; the statuses but for those that were turned away."""
        answers = []
        for self.now in map(float, range(seconds)):
            answers.append(self.push())
            if answers[-1] == 204:
                break
        return [answer for answer in answers if answer != 425]


def test_each_wait_is_twice_the_last() -> None:
    """Until it is taken, which ends it."""
    endpoint = Endpoint(iter([500, 503, 500, 204]))

    assert endpoint.every_second(100) == [500, 503, 500, 204]
    assert endpoint.sent == [0, 10, 30, 70]


def test_a_wait_has_a_longest() -> None:
    """However often it failed."""
    waits = [Redelivery(POLICY, lambda *told: None).backoff(times) for times in (1, 2, 3, 4, 1_000)]

    assert waits == [10, 20, 40, 60, 60]


def test_the_last_attempt_is_buried_and_acknowledged() -> None:
    """With its attributes and where it came from, and without what HTTP added."""
    endpoint = Endpoint(repeat(500))

    assert endpoint.every_second(1_000) == [500, 500, 500, 204]
    ((topic, body, attributes),) = endpoint.buried
    assert (topic, body) == ("w-tick-dead", b"{}")
    assert attributes == {
        "ce-type": "worklens.tick.v1",
        "CloudPubSubDeadLetterSourceDeliveryCount": "4",
        "CloudPubSubDeadLetterSourceSubscription": "w-tick",
        "CloudPubSubDeadLetterSourceSubscriptionProject": "p",
        "CloudPubSubDeadLetterSourceTopicPublishTime": "2026-01-01T00:00:00Z",
    }


def test_one_message_does_not_wait_for_another() -> None:
    """Nor the same one in another subscription; and one that was taken begins anew."""
    endpoint = Endpoint(iter([500, 204, 500, 204]))
    other = Push("fetch", {**HEADERS, "X-Goog-Pubsub-Subscription-Name": "projects/p/subscriptions/x"}, b"")

    assert [endpoint.push(), endpoint.push(), endpoint.push(other)] == [500, 425, 204]
    assert endpoint.push(other) == 500
    endpoint.now = 10
    assert endpoint.push() == 204
