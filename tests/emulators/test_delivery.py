"""Push delivery as the topology sets it up: what arrives, what acknowledges, what is tried again, what is dead."""

from __future__ import annotations

import itertools
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest
from msgspec.structs import replace

from cloud_local.emulators import Emulators
from cloud_local.forwarder import Forwarder
from cloud_local.processes import Ports
from cloud_local.pubsub import PubSub
from cloud_local.redelivery import Redelivery
from cloud_local.tokens import Signer
from cloud_local.topology import Function, Subscription, topology
from worklens.entry import read_event
from worklens.oidc import Door, admit, fixed_keys

ACCOUNT = "push@p.iam.gserviceaccount.com"
serial = itertools.count()
Got = tuple[dict[str, str], bytes]


class Stand:
    """A function that notes what it is sent and answers as it is told."""

    def __init__(self) -> None:
        """It listens at once."""
        self.got: list[Got] = []
        self.answers: Iterator[int] = itertools.repeat(204)
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()

    @property
    def port(self) -> int:
        """Where."""
        return int(self._server.server_address[1])

    def close(self) -> None:
        """Stop."""
        self._server.shutdown()
        self._server.server_close()

    def wait(self, pushes: int) -> list[Got]:
        """What came, once that many came."""
        until(lambda: len(self.got) >= pushes)
        return self.got


def _handler(stand: Stand) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            stand.got.append((dict(self.headers.items()), body))
            self.send_response(next(stand.answers))
            self.end_headers()

        def log_message(self, *args: object) -> None:
            pass

    return Handler


def until(true: Callable[[], bool], seconds: float = 240.0) -> None:
    """Wait until it is true; fail where it never is."""
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "it never came"
        time.sleep(0.05)


class Delivery:
    """One topic pushed to a stand, through the forwarder."""

    def __init__(self, pubsub: PubSub, forwarder: Forwarder, stand: Stand, signer: Signer) -> None:
        """A prefix of its own keeps it apart."""
        self.pubsub, self.forwarder, self.stand, self.signer = pubsub, forwarder, stand, signer
        function = Function("fetch", "main", "", 60, 1)
        subscription = {"sync-requested": Subscription("sync-requested", "fetch")}
        self.plan = replace(
            topology(),
            prefix=f"delivery{next(serial)}",
            topics=("sync-requested",),
            functions={"fetch": function},
            subscriptions=subscription,
        )
        forwarder.instances = {"fetch": (stand.port,)}
        pubsub.create(self.plan, {"fetch": forwarder.endpoint("fetch")})

    def publish(self, data: bytes, **attributes: str) -> str:
        """Publish one message."""
        named = {f"ce-{name}": value for name, value in attributes.items()}
        return self.pubsub.publish(self.plan.named("sync-requested"), data, named)

    def dead(self) -> list[dict[str, object]]:
        """What lies in the dead-letter subscription."""
        return self.pubsub.pull(self.plan.dead("sync-requested"))


@pytest.fixture
def delivery(emulators: Emulators, free_ports: Ports) -> Iterator[Delivery]:
    """A delivery with nothing in it."""
    signer, stand, pubsub = Signer(ACCOUNT), Stand(), PubSub(emulators.pubsub)
    quick = replace(
        topology().delivery, minimum_backoff_seconds=1, maximum_backoff_seconds=1, max_delivery_attempts=5
    )
    with Forwarder(free_ports.take(), signer, Redelivery(quick, pubsub.publish)) as forwarder:
        yield Delivery(pubsub, forwarder, stand, signer)
    stand.close()


def test_what_arrives_is_an_event_with_a_token(delivery: Delivery) -> None:
    """Attributes as headers, the data as the body, when it was published, and our signature."""
    before = time.time()
    delivery.publish("bytes \0 字".encode(), type="worklens.x.v1", specversion="1.0", id="1", source="test")
    ((headers, body),) = delivery.stand.wait(1)
    event = read_event({name.title(): value for name, value in headers.items()} | headers, body)

    assert (event.type, event.data) == ("worklens.x.v1", "bytes \0 字".encode())
    assert event.published is not None
    assert abs(event.published / 1e6 - before) < 60
    audience = [delivery.forwarder.audience("fetch")]
    admit(headers["Authorization"], Door(audience, frozenset({ACCOUNT}), fixed_keys(delivery.signer.keys)))


def test_only_2xx_acknowledges(delivery: Delivery) -> None:
    """Anything else and it comes again; once acknowledged it doesn't."""
    delivery.stand.answers = itertools.chain([500, 401, 302], itertools.repeat(204))
    delivery.publish(b"again")
    assert [body for _, body in delivery.stand.wait(4)] == [b"again"] * 4
    delivery.publish(b"another")
    delivery.stand.wait(5)
    time.sleep(1.5)

    assert len(delivery.stand.got) == 5


def test_an_outage_loses_nothing(delivery: Delivery) -> None:
    """While no instance listens the push is answered 503, and comes when one does."""
    delivery.forwarder.instances = {"fetch": (1,)}
    delivery.publish(b"patient")
    time.sleep(1.5)
    delivery.forwarder.instances = {"fetch": (delivery.stand.port,)}

    assert delivery.stand.wait(1)[0][1] == b"patient"


def test_what_fails_together_comes_again_until_it_is_taken(delivery: Delivery) -> None:
    """Many messages, each refused several times at about the same moment: none is forgotten."""
    delivery.stand.answers = itertools.chain(itertools.repeat(500, 60), itertools.repeat(204))
    for number in range(20):
        delivery.publish(f"message {number}".encode())
    got = delivery.stand.wait(80)

    assert {body for _, body in got[60:]} == {f"message {number}".encode() for number in range(20)}


def test_what_is_never_taken_is_a_dead_letter(delivery: Delivery) -> None:
    """After as many attempts as are set, whole, and with where it came from."""
    delivery.stand.answers = itertools.repeat(500)
    delivery.publish(b"hopeless", type="worklens.x.v1")
    delivery.stand.wait(5)
    found: list[dict[str, object]] = []
    until(lambda: bool(found) or bool(found.extend(delivery.dead()) or found))

    assert found[0]["data"] == "aG9wZWxlc3M="
    attributes = found[0]["attributes"]
    assert isinstance(attributes, dict)
    assert attributes["ce-type"] == "worklens.x.v1"
    assert attributes["CloudPubSubDeadLetterSourceDeliveryCount"] == "5"
