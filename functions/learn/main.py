"""Learn: takes ``learn-requested``, writes models to the blob store; says each night how far its account is behind."""

import functions_framework
from flask import Request

from worklens.entry import Answer, answer
from worklens.logs import log
from worklens.messages import LearnRequested
from worklens.platforms import ports
from worklens.ports import Ports
from worklens.stages.freshness import hours_behind
from worklens.stages.learn import learn


def _learn(request: LearnRequested, ports: Ports) -> None:
    """Learn is asked for each night, whether or not the syncs come through: an alert stands on this line."""
    learn(request, ports)
    hours = hours_behind(request.feed, request.at, ports)
    if hours is not None:
        log("INFO", "freshness", hours=round(hours, 1))


@functions_framework.http
def main(request: Request) -> Answer:
    """The entry point."""
    return answer(request, {LearnRequested: _learn}, ports)
