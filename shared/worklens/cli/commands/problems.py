"""``worklens problems``: what could not be read, and taking it up again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from worklens.cli.options import Account, DataDir, Json, Language
from worklens.cli.shell import Shell

if TYPE_CHECKING:
    from worklens.cli.desk import Desk
    from worklens.stages.quarantine import Group, Plan

Replay = Annotated[
    bool, typer.Option("--replay", help="Read what was put aside again, as this version reads it.")
]
DryRun = Annotated[
    bool, typer.Option("--dry-run", help="With --replay: say what it would do, and do nothing.")
]


def command(
    replay: Replay = False,
    dry_run: DryRun = False,
    account: Account = "",
    json: Json = False,
    data_dir: DataDir = None,
    language: Language = None,
) -> None:
    """What could not be read, and taking it up again.

    Records in quarantine by reason, each with where it stood, and messages that no stage could work off. Nothing of
    them is lost: --replay reads them again.
    """
    from worklens.cli.tending import hands
    from worklens.stages.quarantine import plans
    from worklens.stages.replaying import Chosen, dead_of, replayed

    shell = Shell(data_dir, language, json=json)
    with shell.existing() as platform:
        feed = _feed_of(platform, account)
        if not replay:
            _look(platform, shell, feed)
            return
        if dry_run:
            found = plans(platform, feed)
            _told([_plan(plan, shell) for plan in found], len(dead_of(platform, feed)), shell, "replay-would")
            return
        done, revived = replayed(platform, hands(platform, shell), Chosen(feed))
        _told([_plan(plan, shell) for plan in done], revived, shell, "replay-did")


def _feed_of(platform: Desk, account: str) -> str:
    """The feed that --account means: records are held before anyone knows whose of its people they are."""
    from worklens.cli.accounts import resolve

    return resolve(account, [feed.name for feed in platform.state.feeds()]).partition("/")[0]


def _plan(plan: Plan, shell: Shell) -> dict[str, Any]:
    return {
        "account": plan.feed,
        "readable": len(plan.readable),
        "known_since": len(plan.superseded),
        "still_held": len(plan.held),
        "because": _because(plan, shell),
    }


def _because(plan: Plan, shell: Shell) -> list[dict[str, Any]]:
    """Why records must stay, by the reason; the words are those for the first record of each."""
    found: dict[str, dict[str, Any]] = {}
    for row, why, params in plan.held:
        told = {"reason": why, "count": 0, "text": shell.reason(why, params), "place": row["place"]}
        one = found.setdefault(why, told)
        one["count"] += 1
    return list(found.values())


def _told(plans: list[dict[str, Any]], letters: int, shell: Shell, key: str) -> None:
    if shell.json:
        shell.document({"accounts": plans, "dead_letters": letters})
        return
    for plan in plans:
        shell.line(key, **plan)
        for one in plan["because"]:
            shell.line("replay-kept", **one)
    if letters:
        shell.line(f"{key}-letters", n=letters)
    if not plans and not letters:
        shell.line("no-problems")


def _look(platform: Desk, shell: Shell, feed: str) -> None:
    """What there is, by reason."""
    from worklens.stages.quarantine import groups
    from worklens.stages.replaying import dead_of

    found, dead = groups(platform, feed), dead_of(platform, feed)
    if shell.json:
        shell.document({"quarantine": [_group(one, shell) for one in found], "dead_letters": dead})
        return
    for group in found:
        _print(group, shell)
    for letter in dead:
        shell.line("dead-letter", **{name: letter[name] for name in ("id", "type", "attempts", "reason")})
    if found or dead:
        shell.line("replay-next", replay=shell.command("problems --replay"))
    else:
        shell.line("no-problems")


def _group(group: Group, shell: Shell) -> dict[str, Any]:
    return {
        "account": group.feed,
        "reason": group.reason,
        "text": shell.reason(group.reason, group.params),
        "count": group.count,
        "places": group.places,
    }


def _print(group: Group, shell: Shell) -> None:
    from worklens.cli.tables import number, others, styled
    from worklens.render.safe import clean

    head = shell.say("group", count=group.count, account=clean(group.feed), reason=group.reason)
    shell.out.print(styled(head, "bold"), soft_wrap=True)
    shell.paragraph(others(shell.reason(group.reason, group.params), 600), indent=2)
    for place in group.places:
        shell.out.print(f"  {clean(place)}", style="dim", soft_wrap=True)
    if group.count > len(group.places):
        shell.line("more-places", n=number(group.count - len(group.places)))
    shell.out.print()
