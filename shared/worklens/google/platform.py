"""The whole platform on Google Cloud."""

from __future__ import annotations

from typing import NamedTuple

from worklens.google.blobs import CloudBlobs
from worklens.google.bus import CloudBus
from worklens.google.clients import Clients
from worklens.google.clock import SystemClock
from worklens.google.letters import Letters
from worklens.google.secrets import CloudSecrets
from worklens.google.settings import Settings, settings
from worklens.google.state import CloudState
from worklens.google.warehouse import CloudWarehouse
from worklens.ports import Clock, Ports


class Platform(NamedTuple):
    """The ports, and what only this platform has."""

    ports: Ports
    settings: Settings
    clients: Clients
    state: CloudState
    bus: CloudBus
    letters: Letters
    warehouse: CloudWarehouse
    blobs: CloudBlobs


def open_platform(given: Settings | None = None, clock: Clock | None = None) -> Platform:
    """The platform that the environment names. Makes no client yet. Raises BadSettings."""
    clients = Clients(given or settings())
    clock = clock or SystemClock()
    letters = Letters(clients)
    bus = CloudBus(clients, letters)
    state = CloudState(clients, bus)
    warehouse = CloudWarehouse(clients, clock)
    blobs = CloudBlobs(clients)
    ports = Ports(state, bus, warehouse, blobs, CloudSecrets(clients), clock)
    return Platform(ports, clients.settings, clients, state, bus, letters, warehouse, blobs)
