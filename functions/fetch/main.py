"""Fetch: takes ``sync-requested`` and publishes ``tasks-fetched``; takes the hour's ``tick`` and publishes requests."""

import time

import functions_framework
from flask import Request

from worklens.entry import Answer, Later, answer, seconds_allowed
from worklens.logs import log
from worklens.messages import SyncRequested, Tick
from worklens.platforms import ports
from worklens.ports import Ports
from worklens.sources.base import Refused
from worklens.stages.connect import connect
from worklens.stages.driver import Unavailable
from worklens.stages.fetch import Fetched, fetch
from worklens.stages.timers import fan_out


def _within_time(request: SyncRequested, ports: Ports) -> Fetched:
    """Fetch until the time is up. What the source refuses stands with the run by then; asking again won't help."""
    until = time.monotonic() + seconds_allowed()
    try:
        return fetch(request, ports, connect, out_of_time=lambda: time.monotonic() > until)
    except Refused as refused:
        log("WARNING", "source-refused", reason=refused.reason)
        return Fetched("refused")
    except Unavailable as error:
        raise Later(error.reason) from None


@functions_framework.http
def main(request: Request) -> Answer:
    """The entry point."""
    return answer(request, {SyncRequested: _within_time, Tick: fan_out}, ports)
