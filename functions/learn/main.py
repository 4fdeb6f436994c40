"""Learn: takes ``learn-requested``, writes models to the blob store."""

import functions_framework

from worklens.entry import Event, receive
from worklens.messages import LearnRequested
from worklens.platforms import ports
from worklens.stages.learn import learn


@functions_framework.cloud_event
def main(event: Event) -> None:
    """The entry point."""
    receive(event, {LearnRequested: learn}, ports())
