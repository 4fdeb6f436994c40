"""Report: the page over HTTP, for whoever the platform lets in; and notify, which takes pushes alone."""

import os
from functools import lru_cache

import functions_framework
from flask import Request

from worklens import iap
from worklens.entry import Answer, answer
from worklens.logs import configure, log
from worklens.messages import DigestRequested, ScoresReady
from worklens.oidc import NoKeys, NotAdmitted
from worklens.platforms import bigquery, ports
from worklens.ports import Ports
from worklens.stages.channel import read_settings
from worklens.stages.notify import Told, alert, tell
from worklens.stages.pages.router import Site
from worklens.stages.pages.visit import GUARDED, Visit, base_of, plain
from worklens.stages.pages.visit import Answer as PageAnswer


@functions_framework.http
def main(request: Request) -> tuple[str | bytes, int, dict[str, str]]:
    """The entry point of the page; of the page for connecting too, where the deployment has that switched on."""
    refused = refusal(request.headers.get(iap.HEADER, ""))
    if refused is not None:
        return refused
    if os.environ.get("WORKLENS_CONNECTING") and request.path.startswith("/connect"):
        return _connect(request)
    return site().respond(visit_of(request))


def refusal(assertion: str) -> PageAnswer | None:
    """What is answered where Identity-Aware Proxy should have let the reader in, and hasn't."""
    gate = iap.gate()
    try:
        if gate is not None:
            iap.admit(assertion, gate)
    except NotAdmitted as error:
        configure()
        log("WARNING", "reader-refused", reason=error.reason)
        return plain("Open this page through Identity-Aware Proxy, signed in.", error.status)
    except NoKeys:
        return plain("It can't be told now who asks. Try again in a moment.", 503, **{"Retry-After": "5"})
    return None


@lru_cache(maxsize=1)
def site() -> Site:
    """What answers; it is kept with what it has made while the process lives."""
    return Site(ports(), connect=bool(os.environ.get("WORKLENS_CONNECTING")), bigquery=bigquery())


def visit_of(request: Request) -> Visit:
    """A request as the pages see it."""
    return Visit(
        method=request.method,
        path=request.path,
        base=base_of(request.url_root, request.headers.get("X-Forwarded-Proto", "")),
        query=request.args.to_dict(),
        form=request.form.to_dict(),
        cookies=request.cookies,
        headers={name.lower(): value for name, value in request.headers.items()},
        client=request.headers.get("X-Forwarded-For", request.remote_addr or "").rpartition(",")[2].strip(),
    )


def _connect(request: Request) -> tuple[str | bytes, int, dict[str, str]]:
    from worklens.stages import connecting

    visit = connecting.Visit(
        method=request.method,
        path=request.path,
        base=base_of(request.url_root, request.headers.get("X-Forwarded-Proto", "")),
        query=request.args,
        form=request.form,
        cookies=request.cookies,
        origin=request.headers.get("Origin", ""),
    )
    return connecting.respond(visit, ports(), GUARDED)


def _tell(request: DigestRequested, ports: Ports) -> Told:
    """Send it as WORKLENS_DIGEST says: JSON, which the platform fills from a secret."""
    return tell(request, ports, read_settings(os.environ.get("WORKLENS_DIGEST", "")))


@functions_framework.http
def notify(request: Request) -> Answer:
    """The entry point of pushes: ``digest-requested`` and ``scores-ready``."""
    return answer(request, {DigestRequested: _tell, ScoresReady: alert}, ports)
