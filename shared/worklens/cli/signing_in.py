"""Signing in at a service from a terminal: by a code that is typed elsewhere, or by a browser that comes back here."""

from __future__ import annotations

import secrets
import sys
import time
from typing import TYPE_CHECKING

from worklens.cli.failures import Problem

if TYPE_CHECKING:
    from worklens.cli.shell import Shell
    from worklens.sources.oauth import Client, Code, Grant, OAuth

NOBODY = 8467  # the port that is named where any will do; nobody need listen there
ENTROPY = 48  # random bytes of a state and a verifier: 64 characters
PATIENCE = 300.0  # seconds in which a person consents in the browser; a code is good for no longer anyway


def sign_in(how: OAuth, client: Client, shell: Shell, *, paste: bool = False) -> Grant:
    """What the person consents to; with ``paste`` in a browser of another machine. Raises Problem, Refused, Unavailable."""
    if how.device_url:
        return _by_code_shown(how, client, shell)
    return _by_paste(how, client, shell) if paste else _by_browser(how, client, shell)


def _by_code_shown(how: OAuth, client: Client, shell: Shell) -> Grant:
    from worklens.stages.signing_in import by_device

    def show(code: Code) -> None:
        shell.note("type-code", url=code.verification_uri, code=code.user_code)

    return by_device(how, client, show, time.sleep, _now)


def _by_browser(how: OAuth, client: Client, shell: Shell) -> Grant:
    from webbrowser import open as open_browser

    from worklens.cli.redirect import Redirect
    from worklens.sources.oauth import authorize
    from worklens.stages.signing_in import by_code

    state, verifier = secrets.token_urlsafe(ENTROPY), secrets.token_urlsafe(ENTROPY)
    with Redirect(how, state, shell.say("come-back")) as redirect:
        url = authorize(how, client, redirect.url, state, verifier)
        shell.note("open-page", url=url)
        open_browser(url)
        code = redirect.wait(PATIENCE)
        return by_code(how, client, code, redirect.url, verifier, _now())


def _by_paste(how: OAuth, client: Client, shell: Shell) -> Grant:
    """The browser ends at an address of its own machine, where nobody listens; that address holds the code."""
    from worklens.cli.redirect import code_in, read_visit
    from worklens.sources.oauth import authorize
    from worklens.stages.signing_in import by_code

    state, verifier = secrets.token_urlsafe(ENTROPY), secrets.token_urlsafe(ENTROPY)
    redirect = f"http://{how.host}:{how.port or NOBODY}{how.path}"
    shell.note("open-elsewhere", url=authorize(how, client, redirect, state, verifier), redirect=redirect)
    visit = read_visit(sys.stdin.readline().strip(), how, state)
    if visit is None:
        raise Problem("paste-wrong", redirect=redirect)
    return by_code(how, client, code_in(visit), redirect, verifier, _now())


def _now() -> int:
    return time.time_ns() // 1_000
