"""Fetch: takes ``sync-requested``, publishes ``tasks-fetched``."""

import time

import functions_framework

from worklens.entry import Event, receive, seconds_allowed
from worklens.messages import SyncRequested
from worklens.platforms import ports
from worklens.ports import Ports
from worklens.stages.connect import connect
from worklens.stages.fetch import fetch


def _within_time(request: SyncRequested, ports: Ports) -> None:
    until = time.monotonic() + seconds_allowed()
    fetch(request, ports, connect, out_of_time=lambda: time.monotonic() > until)


@functions_framework.cloud_event
def main(event: Event) -> None:
    """The entry point."""
    receive(event, {SyncRequested: _within_time}, ports())
