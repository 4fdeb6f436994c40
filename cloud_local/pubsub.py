"""Topics, push subscriptions and dead letters in the Pub/Sub emulator, over its REST interface."""

from __future__ import annotations

import base64
import urllib.request
from collections.abc import Mapping
from typing import Any

import msgspec

from cloud_local.emulators import PROJECT
from cloud_local.topology import Topology


class PubSub:
    """The emulator at ``host:port``."""

    def __init__(self, host: str, project: str = PROJECT) -> None:
        """Nothing is asked yet."""
        self._root = f"http://{host}/v1/"
        self._project = f"projects/{project}"

    def topic(self, name: str) -> str:
        """A topic's path."""
        return f"{self._project}/topics/{name}"

    def subscription(self, name: str) -> str:
        """A subscription's path."""
        return f"{self._project}/subscriptions/{name}"

    def create(self, plan: Topology, endpoints: Mapping[str, str]) -> None:
        """Make all topics, and for each subscription a push to its function's endpoint, with its dead letters.

        When a push is tried again is not said here: ``redelivery`` says why.
        """
        for name in plan.topics:
            self._call("PUT", self.topic(plan.named(name)), {})
        for name, wanted in plan.subscriptions.items():
            self._create_dead(plan.dead(name))
            body = self._push(plan, name, endpoints[wanted.function])
            self._call("PUT", self.subscription(plan.named(name)), body)

    def _create_dead(self, name: str) -> None:
        """Without a subscription of its own a dead-letter topic drops what it is given."""
        self._call("PUT", self.topic(name), {})
        self._call("PUT", self.subscription(name), {"topic": self.topic(name), "ackDeadlineSeconds": 600})

    def _push(self, plan: Topology, name: str, endpoint: str) -> dict[str, Any]:
        delivery = plan.delivery
        return {
            "topic": self.topic(plan.named(plan.subscriptions[name].topic)),
            "ackDeadlineSeconds": delivery.ack_deadline_seconds,
            "messageRetentionDuration": f"{delivery.retention_seconds}s",
            "expirationPolicy": {},
            "pushConfig": {"pushEndpoint": endpoint, "noWrapper": {"writeMetadata": True}},
        }

    def publish(self, topic: str, data: bytes, attributes: Mapping[str, str]) -> str:
        """Publish one message; its id."""
        message = {"data": base64.b64encode(data).decode(), "attributes": dict(attributes)}
        answer = self._call("POST", f"{self.topic(topic)}:publish", {"messages": [message]})
        return str(answer["messageIds"][0])

    def pull(self, subscription: str, most: int = 100) -> list[dict[str, Any]]:
        """Messages that lie in a pull subscription now, taken off it."""
        path = self.subscription(subscription)
        body = {"maxMessages": most, "returnImmediately": True}
        received = self._call("POST", f"{path}:pull", body).get("receivedMessages", [])
        if received:
            self._call("POST", f"{path}:acknowledge", {"ackIds": [one["ackId"] for one in received]})
        return [one["message"] for one in received]

    def _call(self, method: str, path: str, body: Mapping[str, Any]) -> Any:
        request = urllib.request.Request(
            self._root + path, msgspec.json.encode(body), {"Content-Type": "application/json"}, method=method
        )
        with urllib.request.urlopen(request, timeout=60) as answer:
            return msgspec.json.decode(answer.read() or b"{}")
