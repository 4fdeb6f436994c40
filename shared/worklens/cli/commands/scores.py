"""``worklens scores``: what becomes of each open task: when it will be done, whether late or never, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from worklens.cli.options import Account, DataDir, Json, Language
from worklens.cli.shell import Shell

if TYPE_CHECKING:
    from collections.abc import Iterable

    from worklens.cli.desk import Desk
    from worklens.stages.care import Asked

SHOWN = 25  # rows: a screenful
NEEDS = (
    "late",
    "never",
    "soon",
    "wait",
    "unknown",
    "theirs",
)  # what a task calls for, as the view attention has it
ABOUT = (
    "account", "task", "occurrence", "model", "version", "features", "origin_day", "age_days", "at_risk",
    "soonest_days", "median_days", "latest_days", "deleted_30d", "never", "late", "reasons",
)  # fmt: skip

List = Annotated[
    str,
    typer.Option("--list", metavar="LIST", show_default=False, help="Only of this list, by its title or id."),
]

Learn = Annotated[
    bool,
    typer.Option(
        "--learn",
        help="First see what your past teaches: after an import; after a sync it is done by itself.",
    ),
]


def command(
    list_: List = "",
    learn: Learn = False,
    account: Account = "",
    json: Json = False,
    data_dir: DataDir = None,
    language: Language = None,
) -> None:
    """Say what becomes of each open task.

    Its chances to be done within a day, a week, two and a month, after how many days it is done with 20, 50 and 80 %, its
    chance to miss its due date and never to be done, and what moved them most: + speaks for it, - against, beside the others. What is likely late comes first, then what is
    likely never done, then what is soon done.
    """
    from worklens.cli.known import whose

    shell = Shell(data_dir, language, json=json)
    with shell.existing() as platform:
        if learn:
            _learn(platform, account, shell)
        with platform.warehouse.read() as session:
            found = sorted(open_tasks(session, whose(session, account), list_), key=attention)
    if json:
        shell.document({"scores": found})
    else:
        show(found, shell)


def _learn(platform: Desk, account: str, shell: Shell) -> None:
    """Of the feeds that the account comes from: one learns from all its people together."""
    from worklens.cli.known import scope
    from worklens.cli.learning import learn_anew
    from worklens.cli.progress import steps

    with platform.warehouse.read() as session:
        feeds = scope(session, account).feeds
    with steps(shell, "scores-learning") as tell:
        for done, feed in enumerate(feeds):
            tell(done, len(feeds))
            learn_anew(platform, [feed])


def open_tasks(session: Asked, account: str, list_: str = "") -> list[dict[str, Any]]:
    """What holds of each open task, with its title, list and due day."""
    from worklens.stages.asking import OF_ACCOUNT, ask, records

    where = f"WHERE {OF_ACCOUNT} AND ($list = '' OR collection = $list OR collection_title = $list)"
    columns = "account, task, occurrence, title, collection, collection_title, due_day, need"
    rows = ask(session, "attention", where, columns=columns, account=account, list=list_)
    told = prospects_of(session, account)
    keys = ("account", "task", "occurrence")
    return [
        {
            **told[key],
            "title": row["title"],
            "collection": row["collection_title"] or row["collection"],
            "due": row["due_day"],
            "need": row["need"],
        }
        for row in records(rows)
        for key in [tuple(row[name] for name in keys)]
    ]


def prospects_of(session: Asked, account: str, task: str = "") -> dict[tuple[Any, ...], dict[str, Any]]:
    """What holds, by account, task and occurrence."""
    from worklens.stages.asking import OF_ACCOUNT, ask, records

    found: dict[tuple[Any, ...], dict[str, Any]] = {}
    where = f"WHERE {OF_ACCOUNT} AND ($task = '' OR task = $task) ORDER BY horizon_days"
    for row in records(ask(session, "latest_scores", where, account=account, task=task)):
        key = (row["account"], row["task"], row["occurrence"])
        one = found.setdefault(key, _about(row))
        one["chances"][str(row["horizon_days"])] = row["probability"]
    return found


def _about(row: dict[str, Any]) -> dict[str, Any]:
    import msgspec

    plain = {name: row[name] for name in ABOUT}
    evidence = plain.pop("at_risk")
    reasons = msgspec.json.decode(plain.pop("reasons") or "{}")
    days = {name: plain.pop(f"{name}_days") for name in ("soonest", "median", "latest")}
    return {**plain, "evidence": evidence, "chances": {}, "remaining_days": days, "reasons": reasons}


def attention(one: dict[str, Any]) -> tuple[Any, ...]:
    """The order of what needs attention: likely late, likely never, soon done; what nobody knows at last."""
    chances = {
        "late": one["late"],
        "never": one["never"],
        "unknown": 0.0,
        "theirs": one["chances"].get("7") or 0.0,
    }
    worth = chances.get(one["need"], one["chances"]["7"])
    return NEEDS.index(one["need"]), -worth, one["account"], one["task"], one["occurrence"]


def show(found: list[dict[str, Any]], shell: Shell) -> None:
    """The first ones as a table."""
    from worklens.cli.tables import Table, others

    shell.line(
        "scores-count", count=len(found), known=sum(one["chances"].get("7") is not None for one in found)
    )
    if not found:
        return
    names = ("task", "title", "week", "month", "half", "late", "never", "why")
    made = Table(*(shell.say(f"scores-{name}") for name in names), flexible=shell.say("scores-title"))
    for one in found[:SHOWN]:
        half = one["remaining_days"]["median"]
        made.add(
            others(one["task"], 16),
            others(one["title"] or ""),
            percent(one["chances"].get("7")),
            percent(one["chances"].get("30")),
            "" if half is None else shell.say("scores-days", days=f"{half:.0f}"),
            percent(one["late"]),
            percent(one["never"]),
            ", ".join(in_words(one["reasons"], shell)),
        )
    made.print(shell.out)
    if len(found) > SHOWN:
        shell.line("more-tasks", shown=SHOWN, json=shell.command("scores --json"))


def in_words(reasons: dict[str, float], shell: Shell, most: int = 2) -> Iterable[str]:
    """The reasons that weigh most, each with its direction."""
    order = sorted(reasons.items(), key=lambda one: -abs(one[1]))[:most]
    return [
        shell.say(f"reason-{'for' if by > 0 else 'against'}", what=shell.say(f"reason-{name}"))
        for name, by in order
    ]


def percent(chance: float | None) -> str:
    """A chance in whole percent, never 0 or 100; empty where nobody knows."""
    if chance is None:
        return ""
    return "<1 %" if chance < 0.01 else ">99 %" if chance > 0.99 else f"{100 * chance:.0f} %"
