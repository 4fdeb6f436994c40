"""Lets go of an account's token, and gives its consent back to the service where that has a way for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from worklens.ports import Feed, Ports


def disconnected(feed: Feed, ports: Ports) -> str:
    """Forget the token, and say what became of it: given-back, here (only), or not-connected.

    It is forgotten here whatever the service says, also by who may forget it and not read it.
    """
    from worklens.sources.base import Refused
    from worklens.sources.oauth import read_grant
    from worklens.sources.options import is_local, oauth_of
    from worklens.sources.registry import source
    from worklens.stages.driver import Unavailable
    from worklens.stages.signing_in import give_back

    try:
        kept = ports.secrets.get(feed.name)
    except PermissionError:
        kept = "?"
    if not kept:
        return "not-connected"
    one = source(feed.source)
    grant, how = read_grant(kept), oauth_of(one, feed.settings)
    try:
        given_back = bool(grant and how and give_back(how, grant))
    except (Refused, Unavailable):
        given_back = False
    ports.secrets.delete(feed.name)
    return "given-back" if given_back else "local" if is_local(one) else "here"
