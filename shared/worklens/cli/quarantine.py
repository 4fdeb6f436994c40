"""Records in quarantine: what is held, why, and which of it could be read today."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import msgspec

from worklens.cli.asking import ask, records
from worklens.cli.runs import params_of

if TYPE_CHECKING:
    from worklens.cli.shell import Shell
    from worklens.local.platform import Platform
    from worklens.local.warehouse import LocalSession
    from worklens.ports import Feed
    from worklens.stages.transform import Parsed
    from worklens.tasks import Task

PLACES = 5  # of each reason, shown to a person
PAYLOAD = 65_536  # a longer record is kept by its beginning only, with the whole in a blob or at its source

# Held: never replayed, and of no run that was withdrawn.
HELD = (
    "WHERE ($feed = '' OR feed = $feed)"
    " AND NOT EXISTS (SELECT 1 FROM sync_runs AS w WHERE w.feed = asked.feed AND w.run = asked.run"
    " AND w.status = 'withdrawn')"
    " QUALIFY bool_and(status = 'held') OVER (PARTITION BY quarantine_id)"
    " AND row_number() OVER (PARTITION BY quarantine_id ORDER BY run DESC) = 1"
)


class Group(msgspec.Struct, frozen=True, kw_only=True):
    """The records of an account that are held for one reason; the words are those for the first of them."""

    account: str
    reason: str
    text: str
    count: int
    places: list[str]


class Plan(NamedTuple):
    """What would become of a feed's records, by the rows of ``quarantine``."""

    feed: str
    readable: list[dict[str, Any]]  # they give tasks now
    superseded: list[dict[str, Any]]  # a later run brought the same tasks
    held: list[dict[str, Any]]  # as before


def held(session: LocalSession, account: str) -> list[dict[str, Any]]:
    """The rows that are held, in the order in which they were seen."""
    rows = list(records(ask(session, "quarantine", HELD, feed=account)))
    return sorted(rows, key=lambda row: (row["feed"], row["seen_at"], len(row["place"]), row["place"]))


def groups(platform: Platform, shell: Shell, account: str) -> list[Group]:
    """What is held by account and reason, the most frequent first."""
    with platform.warehouse.read() as session:
        rows = held(session, _feed_of(platform, account))
    found: dict[tuple[str, str], list[dict[str, Any]]] = {}
    for row in rows:
        found.setdefault((row["feed"], row["reason"]), []).append(row)
    made = [
        Group(
            account=feed,
            reason=reason,
            text=shell.reason(reason, params_of(some[0]["params"])),
            count=len(some),
            places=[row["place"] for row in some[:PLACES]],
        )
        for (feed, reason), some in found.items()
    ]
    return sorted(made, key=lambda group: (-group.count, group.account, group.reason))


def _feed_of(platform: Platform, account: str) -> str:
    """The feed that --account means: records are held before anyone knows whose of its people they are."""
    from worklens.cli.accounts import resolve

    return resolve(account, [feed.name for feed in platform.state.feeds()]).partition("/")[0]


def plans(platform: Platform, account: str) -> list[Plan]:
    """For each feed, what of its held records could be taken today."""
    with platform.warehouse.read() as session:
        rows = held(session, _feed_of(platform, account))
        feeds = {feed.name: feed for feed in platform.state.feeds()}
        return [_plan(session, feeds[name], [row for row in rows if row["feed"] == name]) for name in
                sorted({row["feed"] for row in rows} & set(feeds))]  # fmt: skip


def _plan(session: LocalSession, feed: Feed, rows: list[dict[str, Any]]) -> Plan:
    plan = Plan(feed.name, [], [], [])
    for row in rows:
        tasks = tasks_of(feed, row)
        if not tasks:
            plan.held.append(row)
        elif all(_seen_since(session, task, row) for task in tasks):
            plan.superseded.append(row)
        else:
            plan.readable.append(row)
    return plan


def tasks_of(feed: Feed, row: dict[str, Any]) -> list[Task]:
    """The tasks of a held record as the present reader understands it; none where it still doesn't."""
    payload = row["payload"] or ""
    if row["blob"] or len(payload) >= PAYLOAD:
        return []
    return parsed(feed, payload, row["seen_at"]).tasks


def parsed(feed: Feed, text: str, seen_at: int = 0) -> Parsed:
    """What a raw record is read into; nothing where it can't be."""
    from worklens.sources.registry import source
    from worklens.stages.transform import Parsed, read_records
    from worklens.stages.zones import reading

    if not _is_json(text):
        return Parsed()
    return read_records(source(feed.source), [msgspec.Raw(text.encode())], reading(feed, seen_at), "")


def _is_json(text: str) -> bool:
    try:
        msgspec.json.decode(text, type=msgspec.Raw)
    except (msgspec.DecodeError, RecursionError):
        return False
    return True


def _seen_since(session: LocalSession, task: Task, row: dict[str, Any]) -> bool:
    """Whether a run after the record's brought this task: what it says then is newer."""
    found = ask(
        session,
        "settled_states",
        "WHERE account = $account AND task = $task AND occurrence = $occurrence AND feed = $feed AND run > $run",
        columns="COUNT(*) AS n",
        account=task.account,
        task=task.task,
        occurrence=task.occurrence,
        feed=row["feed"],
        run=row["run"],
    )
    return bool(found["n"][0])
