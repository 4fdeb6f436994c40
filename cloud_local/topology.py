"""What runs where, as ``terraform/topology.json`` says: the file that Terraform reads too."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import msgspec

FILE = Path(__file__).resolve().parent.parent / "terraform" / "topology.json"


class Function(msgspec.Struct, frozen=True):
    """A deployable: the folder it comes from and its entry point in it."""

    source: str
    entry_point: str
    memory: str
    timeout_seconds: int
    max_instances: int


class Subscription(msgspec.Struct, frozen=True):
    """Which function a topic's messages are pushed to."""

    topic: str
    function: str


class Delivery(msgspec.Struct, frozen=True):
    """How often and how long a message is tried."""

    ack_deadline_seconds: int
    minimum_backoff_seconds: int
    maximum_backoff_seconds: int
    max_delivery_attempts: int
    retention_seconds: int
    dead_letter_suffix: str


class Job(msgspec.Struct, frozen=True):
    """A timer that publishes a message, with the fields of Terraform's ``google_cloud_scheduler_job``."""

    schedule: str
    time_zone: str
    topic: str
    attributes: dict[str, str]
    data: Any
    description: str = ""


class Topology(msgspec.Struct, frozen=True):
    """All of it, each thing by its name."""

    prefix: str
    topics: tuple[str, ...]
    functions: dict[str, Function]
    subscriptions: dict[str, Subscription]
    delivery: Delivery
    jobs: dict[str, Job]

    def named(self, name: str) -> str:
        """The name a thing bears in the project."""
        return f"{self.prefix}-{name}"

    def dead(self, subscription: str) -> str:
        """The name of a subscription's dead-letter topic, and of the subscription that holds what is in it."""
        return self.named(subscription) + self.delivery.dead_letter_suffix

    @property
    def private(self) -> set[str]:
        """The functions that take pushes, and nothing else."""
        return {subscription.function for subscription in self.subscriptions.values()}


@cache
def topology() -> Topology:
    """The topology."""
    return msgspec.json.decode(FILE.read_bytes(), type=Topology)
