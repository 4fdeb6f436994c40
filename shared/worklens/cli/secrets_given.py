"""What `connect` keeps of a person: a token or password as they give it, or what they consent to at the service."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from worklens.cli.failures import Problem, Usage

if TYPE_CHECKING:
    from worklens.cli.shell import Shell
    from worklens.sources.base import Source
    from worklens.sources.oauth import Client, OAuth


class Way(NamedTuple):
    """How the person wants to sign in: the application's id, whether at all, and whether they bring the answer back.

    ``before``: the application by which they signed in the last time.
    """

    client_id: str = ""
    oauth: bool = False
    paste: bool = False
    before: Client | None = None


def kept_secret(
    source: Source,
    settings: dict[str, Any],
    file: Path | None,
    shell: Shell,
    *,
    way: Way,
) -> str:
    """What is to be kept for the account; empty for a source that needs nothing. Raises Problem, Refused, Unavailable."""
    from worklens.cli.signing_in import sign_in
    from worklens.sources.options import is_local, oauth_of, secret_kind, secret_of

    if is_local(source):
        return ""
    how = oauth_of(source, settings)
    if (way.oauth or way.paste) and how is None:
        raise Usage("no-oauth", source=source.name)
    if how and (way.oauth or way.paste or how.only):
        shell.note("allows", source=source.name, scopes=", ".join(how.scopes))
        client = client_of(source, how, way, shell)
        return sign_in(how, client, shell, paste=way.paste).text()
    typed = given(variable(source, secret_kind(source)), secret_kind(source), file, shell)
    return secret_of(source, typed, settings)


def variable(source: Source, what: str) -> str:
    """The variable that may hold a secret of the source: WORKLENS_TODOIST_TOKEN."""
    return f"WORKLENS_{source.name}_{what}".upper().replace("-", "_")


def client_of(source: Source, how: OAuth, way: Way, shell: Shell) -> Client:
    """The person's own application at the service: as given, else as before. Raises Problem where nothing says which."""
    from worklens.sources.oauth import Client

    name = way.client_id or os.environ.get(variable(source, "client_id"), "")
    if way.before and not name:
        return way.before
    if not name:
        raise Usage("client-missing", source=source.name, variable=variable(source, "client_id"))
    secret = variable(source, "client_secret")
    if not how.needs_secret:
        return Client(name, os.environ.get(secret, ""))
    return Client(name, given(secret, "client-secret", None, shell))


def given(variable_: str, what: str, file: Path | None, shell: Shell) -> str:
    """A secret as the person gives it: in a file, in the environment, at the prompt or on stdin. Raises Problem."""
    from worklens.cli.files import content_of

    if file is not None:
        text = content_of(file).decode("utf-8", "replace")
    elif os.environ.get(variable_):
        text = os.environ[variable_]
    elif sys.stdin.isatty():
        from getpass import getpass

        text = getpass(shell.say(f"ask-for-{what}"))
    else:
        text = sys.stdin.readline()
    if not text.strip():
        raise Problem("token-empty", kind=shell.say(f"kind-{what}"), variable=variable_)
    return text.strip()
