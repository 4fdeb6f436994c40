"""Learn: takes ``learn-requested``, writes models to the blob store."""

import functions_framework
from flask import Request

from worklens.entry import Answer, answer
from worklens.messages import LearnRequested
from worklens.platforms import ports
from worklens.stages.learn import learn


@functions_framework.http
def main(request: Request) -> Answer:
    """The entry point."""
    return answer(request, {LearnRequested: learn}, ports)
