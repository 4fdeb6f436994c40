"""``worklens disconnect ACCOUNT``: the token is forgotten, here and at the service; what was recorded stays."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from worklens.cli.options import DataDir, Json, Language
from worklens.cli.shell import Shell

if TYPE_CHECKING:
    from worklens.ports import Feed, Ports

Whose = Annotated[
    str, typer.Argument(metavar="ACCOUNT", show_default=False, help="As status shows it, such as todoist:me.")
]


def command(account: Whose, json: Json = False, data_dir: DataDir = None, language: Language = None) -> None:
    """Forget an account's token; what was recorded stays.

    A consent that was given by signing in is given back to the service, where it has a way for that.
    """
    from worklens.cli.accounts import resolve

    shell = Shell(data_dir, language, json=json)
    with shell.existing() as platform:
        feeds = {feed.name: feed for feed in platform.state.feeds()}
        feed = feeds[resolve(account, feeds)]
        outcome = disconnected(feed, platform.ports)
    if json:
        shell.document({"account": feed.name, "outcome": outcome})
    shell.line(
        f"disconnected-{outcome}",
        account=feed.name,
        source=feed.source,
        forget=shell.command(f"forget {feed.name}"),
    )


def disconnected(feed: Feed, ports: Ports) -> str:
    """Forget the token, and say what became of it: given-back, here (only), or not-connected.

    It is forgotten here whatever the service says.
    """
    from worklens.sources.base import Refused
    from worklens.sources.oauth import read_grant
    from worklens.sources.options import is_local, oauth_of
    from worklens.sources.registry import source
    from worklens.stages.driver import Unavailable
    from worklens.stages.signing_in import give_back

    kept = ports.secrets.get(feed.name)
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
