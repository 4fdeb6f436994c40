"""Events within a window of the person's days."""

from __future__ import annotations

from typing import TYPE_CHECKING

from worklens.cli.asking import OF_ACCOUNT, Rows, ask
from worklens.cli.days import Window, Zones
from worklens.tasks import EVENT_KINDS

if TYPE_CHECKING:
    from worklens.local.platform import Platform
    from worklens.local.warehouse import LocalSession

# What happened at the same time is told in the order in which it can have: created before completed.
_RANK = f"list_position([{', '.join(repr(kind) for kind in EVENT_KINDS)}], kind)"
ORDER = f"happened_at, seen_at, account, task, occurrence, run, {_RANK}, event_id"


def events(session: LocalSession, platform: Platform, account: str, days: Window, *, task: str = "") -> Rows:
    """The events of an account, or of one task, on these days: by when they happened, then by when they were seen."""
    rest = f"WHERE {OF_ACCOUNT} AND ($task = '' OR task = $task) ORDER BY {ORDER}"
    rows = ask(session, "known_events", rest, account=account, task=task)
    return _within(rows, Zones(platform.state.feeds()), days) if days else rows


def _within(rows: Rows, zones: Zones, days: Window) -> Rows:
    moments = zip(rows["feed"], rows["happened_at"], rows["precision"], strict=True)
    kept = [days.holds(zones.day(*moment)) for moment in moments]
    return {name: [v for v, keep in zip(values, kept, strict=True) if keep] for name, values in rows.items()}


def touched(
    session: LocalSession, platform: Platform, account: str, days: Window
) -> set[tuple[str, str, str]]:
    """The tasks to which something happened on these days."""
    rows = events(session, platform, account, days)
    return set(zip(rows["account"], rows["task"], rows["occurrence"], strict=True))
