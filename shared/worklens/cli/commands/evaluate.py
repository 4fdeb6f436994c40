"""``worklens evaluate``: how good the forecasts are on your own past, beside plain baselines."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from worklens.cli.options import Account, DataDir, Json, Language
from worklens.cli.shell import Shell

if TYPE_CHECKING:
    from worklens.cli.desk import Desk


def command(
    account: Account = "", json: Json = False, data_dir: DataDir = None, language: Language = None
) -> None:
    """Grade the forecasts on your own past.

    At every 14th day of it they are asked again, knowing nothing of what came later, over all accounts with at least 60
    tasks done on a known day. Days off that a calendar gives are left out of the past and skipped, as in every forecast.
    Cycle times are graded at each month's end, and estimates as they would have been corrected from earlier tasks. Beside
    all stand the plain baselines.
    """
    from worklens.cli.evaluated import show

    shell = Shell(data_dir, language, json=json)
    with shell.existing() as platform:
        found = evaluated(platform, shell, account)
    if json:
        shell.document(found)
    else:
        show(found, shell)


def evaluated(platform: Desk, shell: Shell, account: str) -> dict[str, Any]:
    """The document: a list of rows a part."""
    from worklens.cli.known import scope
    from worklens.cli.progress import steps
    from worklens.stages.evaluating import PARTS, Scope

    known = {feed.name: feed for feed in platform.state.feeds()}
    with platform.warehouse.read() as session:
        of = scope(session, account)
        about = Scope(of.feeds, of.accounts, known)
        loads = dict.fromkeys(part.load for part in PARTS.values())
        loaded = {load: load(session, about) for load in loads}
    found: dict[str, Any] = {}
    for name, part in PARTS.items():
        with steps(shell, f"evaluating-{name}") as tell:
            found[name] = part.grade(loaded[part.load], tell)
    return found
