"""All that `status` shows, as data."""

from __future__ import annotations

from itertools import dropwhile
from typing import TYPE_CHECKING

import msgspec
from msgspec.structs import replace

from worklens.cli.reconciling import Check, checked, limits, trouble
from worklens.cli.runs import name_of
from worklens.stages.asking import OF_ACCOUNT, Rows, ask, records
from worklens.stages.hours import is_paused
from worklens.tasks import iso

if TYPE_CHECKING:
    from worklens.cli.desk import Desk
    from worklens.ports import Feed, Run
    from worklens.stages.care import Asked

STATUSES = ("open", "completed", "closed", "deleted")
WEEKS = 26  # half a year is what fits in a line beside its words


class Week(msgspec.Struct, frozen=True):
    """A week from its Monday, and how many tasks were done in it."""

    week: str
    done: int


class AccountView(msgspec.Struct, frozen=True, kw_only=True):
    """An account as it stands; one that holds several people stands for all of them."""

    account: str
    source: str
    people: int
    zone: str
    connected: bool
    paused: bool
    tasks: dict[str, int]
    last_look: str
    age_seconds: int | None  # since the last look
    quarantined: int
    weeks: list[Week]
    trouble: str  # why the service is not read, where only a person can mend it
    limits: list[dict[str, object]]  # the requests that the service allows
    check: Check | None = None  # its own count, where that was asked for


class RunView(msgspec.Struct, frozen=True, kw_only=True):
    """A run; ``run`` is the name to undo it by."""

    run: str
    status: str
    seen_at: str
    file: str
    records: int
    events: int
    quarantined: int


class Overview(msgspec.Struct, frozen=True, kw_only=True):
    """Everything here."""

    data_dir: str
    accounts: list[AccountView]
    runs: list[RunView]
    waiting: int
    dead: int


def overview(platform: Desk, account: str, *, check: bool = False) -> Overview:
    """What is here of an account, or of all; with ``check`` the services are asked for their own count.

    Raises Problem for an account that isn't known.
    """
    from worklens.cli.accounts import resolve

    feeds = platform.state.feeds()
    if account:
        wanted = resolve(account, [feed.name for feed in feeds])
        feeds = [feed for feed in feeds if feed.name == wanted]
    names = {feed.name for feed in feeds}
    with platform.warehouse.read() as session:
        accounts = [_account(session, platform, feed) for feed in feeds]
        events = _events(session)
    if check:
        accounts = [
            replace(one, check=checked(platform, feed)) if one.connected else one
            for one, feed in zip(accounts, feeds, strict=True)
        ]
    runs = [run for run in platform.state.runs() if run.feed in names]
    return Overview(
        data_dir=platform.place,
        accounts=accounts,
        runs=[_run(run, events.get((run.feed, run.number), (0, run.rejected))) for run in runs],
        waiting=platform.waiting(),
        dead=len(platform.dead()),
    )


def _events(session: Asked) -> dict[tuple[str, int], tuple[int, int]]:
    rows = ask(
        session, "sync_runs", "WHERE status = 'settled'", columns="DISTINCT feed, run, events, rejected"
    )
    keys = zip(rows["feed"], rows["run"], strict=True)
    return dict(zip(keys, zip(rows["events"], rows["rejected"], strict=True), strict=True))


def _run(run: Run, counts: tuple[int, int]) -> RunView:
    return RunView(
        run=name_of(run.feed, run.number),
        status=run.status,
        seen_at=iso(run.now),
        file=run.name,
        records=run.records,
        events=counts[0],
        quarantined=counts[1],
    )


def _account(session: Asked, platform: Desk, feed: Feed) -> AccountView:
    where = "WHERE feed = $feed GROUP BY status"
    counts = ask(session, "current_tasks", where, columns="status, COUNT(*) AS n", feed=feed.name)
    found = dict(zip(counts["status"], counts["n"], strict=True))
    people = ask(
        session, "current_tasks", "WHERE feed = $feed", columns="COUNT(DISTINCT account) AS n", feed=feed.name
    )
    quality = ask(
        session, "data_quality", "WHERE account = $feed", columns="last_seen_at, quarantined", feed=feed.name
    )
    looked = quality["last_seen_at"][0] if quality["last_seen_at"] else None
    connected = bool(platform.ports.secrets.get(feed.name))
    return AccountView(
        account=feed.name,
        source=feed.source,
        people=people["n"][0],
        zone=feed.zone,
        connected=connected,
        paused=is_paused(feed),
        tasks={status: found.get(status, 0) for status in STATUSES},
        last_look=iso(looked)[:16].replace("T", " ") + "Z" if looked else "",
        age_seconds=(platform.ports.clock.now() - looked) // 1_000_000 if looked else None,
        quarantined=quality["quarantined"][0] if quality["quarantined"] else 0,
        weeks=_weeks(_done(session, feed.name)),
        trouble=trouble(platform.state.latest(feed.name)),
        limits=limits(feed) if connected else [],
    )


def _done(session: Asked, feed: str) -> Rows:
    """The feed's weeks, newest first."""
    rest = f"WHERE {OF_ACCOUNT} GROUP BY week ORDER BY week DESC"
    return ask(session, "throughput_weekly", rest, columns="week, SUM(value) AS done", account=feed)


def _weeks(rows: Rows) -> list[Week]:
    """The last weeks, up to the last in which anything was done, oldest first."""
    newest = [Week(row["week"].isoformat(), int(row["done"])) for row in records(rows)]
    return list(reversed(list(dropwhile(lambda week: not week.done, newest))[:WEEKS]))
