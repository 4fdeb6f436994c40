"""Transform: takes ``tasks-fetched`` (batches, and requests to settle), publishes ``tasks-changed``."""

import functions_framework
from flask import Request

from worklens.entry import Answer, answer
from worklens.messages import Batch, SettleRequested
from worklens.platforms import ports
from worklens.ports import Ports
from worklens.stages.transform import parse, settle


def _parse_one(batch: Batch, ports: Ports) -> None:
    parse([batch], ports)


@functions_framework.http
def main(request: Request) -> Answer:
    """The entry point."""
    return answer(request, {Batch: _parse_one, SettleRequested: settle}, ports)
