"""Transform: takes ``tasks-fetched`` (batches, and requests to settle), publishes ``tasks-changed``."""

import functions_framework

from worklens.entry import Event, receive
from worklens.messages import Batch, SettleRequested
from worklens.platforms import ports
from worklens.ports import Ports
from worklens.stages.transform import parse, settle


def _parse_one(batch: Batch, ports: Ports) -> None:
    parse([batch], ports)


@functions_framework.cloud_event
def main(event: Event) -> None:
    """The entry point."""
    receive(event, {Batch: _parse_one, SettleRequested: settle}, ports())
