"""Score: takes ``tasks-changed``, publishes ``scores-ready``."""

import functions_framework
from flask import Request

from worklens.entry import Answer, answer
from worklens.messages import TasksChanged
from worklens.platforms import ports
from worklens.stages.score import score


@functions_framework.http
def main(request: Request) -> Answer:
    """The entry point."""
    return answer(request, {TasksChanged: score}, ports)
