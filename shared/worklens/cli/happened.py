"""Events within a window of the person's days."""

from __future__ import annotations

from typing import TYPE_CHECKING

from worklens.cli.days import Window, Zones
from worklens.stages.asking import OF_ACCOUNT, Rows, ask
from worklens.tasks import EVENT_KINDS

if TYPE_CHECKING:
    from worklens.cli.desk import Desk
    from worklens.stages.care import Asked

# What happened at the same time is told in the order in which it can have: created before completed.
RANK = {kind: rank for rank, kind in enumerate(EVENT_KINDS)}
ORDER = ("happened_at", "seen_at", "account", "task", "occurrence", "run", "kind", "event_id")


def events(session: Asked, platform: Desk, account: str, days: Window, *, task: str = "") -> Rows:
    """The events of an account, or of one task, on these days: by when they happened, then by when they were seen."""
    rest = f"WHERE {OF_ACCOUNT} AND ($task = '' OR task = $task)"
    rows = _ordered(ask(session, "known_events", rest, account=account, task=task))
    return _within(rows, Zones(platform.state.feeds()), days) if days else rows


def _ordered(rows: Rows) -> Rows:
    """By the order above. Sorted here: what sorts text differs between engines."""
    ranks = {**rows, "kind": [RANK[kind] for kind in rows["kind"]]}
    keys = list(zip(*(ranks[name] for name in ORDER), strict=True))
    places = sorted(range(len(keys)), key=keys.__getitem__)
    return {name: [values[place] for place in places] for name, values in rows.items()}


def _within(rows: Rows, zones: Zones, days: Window) -> Rows:
    moments = zip(rows["feed"], rows["happened_at"], rows["precision"], strict=True)
    kept = [days.holds(zones.day(*moment)) for moment in moments]
    return {name: [v for v, keep in zip(values, kept, strict=True) if keep] for name, values in rows.items()}


def touched(session: Asked, platform: Desk, account: str, days: Window) -> set[tuple[str, str, str]]:
    """The tasks to which something happened on these days."""
    rows = events(session, platform, account, days)
    return set(zip(rows["account"], rows["task"], rows["occurrence"], strict=True))
