"""Transform: takes ``tasks-fetched`` (batches, and requests to settle), publishes ``tasks-changed``."""

import functions_framework

from worklens.entry import Event, receive
from worklens.messages import Batch, SettleRequested
from worklens.platforms import ports
from worklens.stages.transform import parse, settle


@functions_framework.cloud_event
def main(event: Event) -> None:
    """The entry point."""
    stages = {Batch: lambda batch, ports: parse([batch], ports), SettleRequested: settle}
    receive(event, stages, ports())
