"""Score: takes ``tasks-changed``, publishes ``scores-ready``."""

import functions_framework

from worklens.entry import Event, receive
from worklens.messages import TasksChanged
from worklens.platforms import ports
from worklens.stages.score import score


@functions_framework.cloud_event
def main(event: Event) -> None:
    """The entry point."""
    receive(event, {TasksChanged: score}, ports())
