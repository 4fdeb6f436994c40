"""``worklens disconnect ACCOUNT``: the token is forgotten, here and at the service; what was recorded stays."""

from __future__ import annotations

from typing import Annotated

import typer

from worklens.cli.options import DataDir, Json, Language
from worklens.cli.shell import Shell

Whose = Annotated[
    str, typer.Argument(metavar="ACCOUNT", show_default=False, help="As status shows it, such as todoist:me.")
]


def command(account: Whose, json: Json = False, data_dir: DataDir = None, language: Language = None) -> None:
    """Forget an account's token; what was recorded stays.

    A consent that was given by signing in is given back to the service, where it has a way for that.
    """
    from worklens.cli.accounts import resolve
    from worklens.sources.options import secret_kind
    from worklens.sources.registry import source
    from worklens.stages.giving_back import disconnected

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
        kind=shell.say(f"kind-{secret_kind(source(feed.source))}"),
        forget=shell.command(f"forget {feed.name}"),
    )
