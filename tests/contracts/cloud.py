"""A deployment of its own on the emulators, for one test or many: topics, tables, and a drain in this process.

The drain takes messages by pull subscriptions and gives them to the stages, as the functions would; what fails is
delivered again.
"""

from __future__ import annotations

import itertools
import os
from collections.abc import Callable, Mapping
from typing import Any

from google.pubsub_v1.types import PullRequest

from worklens.google.platform import Platform, open_platform
from worklens.google.settings import Settings
from worklens.google.tables import install_tables
from worklens.messages import TOPICS, Message, decode
from worklens.ports import Clock, Ports
from worklens.stages.connect import connect
from worklens.stages.fetch import fetch
from worklens.stages.score import score
from worklens.stages.transform import parse, settle

Work = Callable[[Any, Ports], object]
serial = itertools.count()

WORK: Mapping[str, Work] = {
    "sync-requested": lambda message, ports: fetch(message, ports, connect),
    "tasks-fetched": lambda message, ports: parse([message], ports),
    "settle-requested": settle,
    "tasks-changed": score,
    "scores-ready": lambda message, ports: None,
    "alert-raised": lambda message, ports: None,
}


def deployment(clock: Clock | None = None, *, tables: bool = False) -> Platform:
    """A platform with names that no other test uses, and an empty topic for each kind of message."""
    number = f"{os.getpid()}-{next(serial)}"
    settings = Settings(
        project=f"worklens-{number}",
        location="europe-west1",
        dataset="worklens",
        bucket=f"worklens-{number}",
    )
    platform = open_platform(settings, clock)
    for topic in TOPICS:
        for name in (topic, f"{topic}-dead"):
            platform.clients.publisher.create_topic(name=settings.topic(name))
            platform.clients.subscriber.create_subscription(
                name=settings.subscription(name), topic=settings.topic(name)
            )
    if tables:
        platform.clients.storage.create_bucket(settings.bucket)
        install_tables(platform.clients, platform.ports.clock)
    return platform


def waiting(platform: Platform, *topics: str) -> list[Message]:
    """The messages that were published, taken off their subscriptions."""
    return [
        message for topic in topics or TOPICS for message, _ in _pulled(platform, topic, acknowledge=True)
    ]


def drain(platform: Platform, work: Mapping[str, Work] = WORK) -> int:
    """Work until no message is left; how many there were."""
    done = 0
    while taken := [(topic, one) for topic in TOPICS for one in _pulled(platform, topic)]:
        for topic, (message, ack) in taken:
            work[message.kind](message, platform.ports)
            platform.clients.subscriber.acknowledge(
                subscription=platform.settings.subscription(topic), ack_ids=[ack]
            )
            done += 1
    return done


def _pulled(platform: Platform, topic: str, *, acknowledge: bool = False) -> list[tuple[Message, str]]:
    subscription = platform.settings.subscription(topic)
    # Past the client, which warns of return_immediately: what the real service might leave, the emulator gives.
    asked = {"subscription": subscription, "max_messages": 100, "return_immediately": True}
    found = platform.clients.subscriber.transport.pull(PullRequest(asked)).received_messages
    if acknowledge and found:
        platform.clients.subscriber.acknowledge(
            subscription=subscription, ack_ids=[one.ack_id for one in found]
        )
    return [(decode(one.message.attributes["ce-type"], one.message.data), one.ack_id) for one in found]
