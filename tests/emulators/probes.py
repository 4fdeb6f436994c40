"""Messages that go behind all others: once they have come, nothing that was published before them is left to push."""

from __future__ import annotations

from itertools import count

from cloud_local.cloud import Cloud
from cloud_local.push import Push

MARK = "worklens-probe"  # an attribute; the emulator pushes it as a header
_rounds = count(1)


class Probes:
    """One to each subscription at a time. The emulator pushes a subscription's messages in the order they came in."""

    def __init__(self, cloud: Cloud) -> None:
        """None is sent yet."""
        self._cloud = cloud
        self._round, self._missing = "", set[str]()

    def send(self) -> None:
        """Send a new round; those of the round before count no more."""
        plan = self._cloud.plan
        self._round, self._missing = str(next(_rounds)), set(plan.subscriptions)
        for name, subscription in plan.subscriptions.items():
            marked = {MARK: f"{self._round} {name}"}
            self._cloud.pubsub.publish(plan.named(subscription.topic), b"{}", marked)

    def take(self, push: Push) -> bool:
        """Note a probe that came; False where it is none."""
        mark = next((value for key, value in push.headers.items() if key.lower() == MARK), "")
        sent, _, name = mark.partition(" ")
        if sent == self._round:
            self._missing.discard(name)
        return bool(mark)

    @property
    def came(self) -> bool:
        """Whether the whole round is here."""
        return bool(self._round) and not self._missing
