"""Report: the page over HTTP, for whoever the platform lets in."""

import functions_framework
from flask import Request

from worklens.platforms import ports
from worklens.stages.report import respond


@functions_framework.http
def main(request: Request) -> tuple[str, int, dict[str, str]]:
    """The entry point."""
    return respond(request.method, request.args, ports())
