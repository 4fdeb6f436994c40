"""The alerts that were raised lately, in words."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import msgspec

from worklens.findings.alerts import told
from worklens.ports import Session
from worklens.stages.columns import rows_of
from worklens.stages.report import within
from worklens.tasks import DAY

LATELY = 14  # days for which an alert is shown: a person who looks each week sees it twice
SECOND = 1_000_000


class Raised(msgspec.Struct, frozen=True, kw_only=True):
    """An alert. ``began`` is the first of the person's days of which it is true; ``seen_at`` when that was known."""

    alert: str
    key: str
    account: str
    collection: str | None
    began: date | None
    seen_at: int
    params: dict[str, Any]
    evidence: dict[str, Any]
    text: str


def lately(
    session: Session,
    at: int,
    language: str = "en",
    *,
    accounts: Sequence[str] = (),
    days: int = LATELY,
    **when: Any,
) -> list[Raised]:
    """What was raised of these accounts, or of all, in the days up to an instant (microseconds), the newest first."""
    rows = session.query("alerts_raised", since=(at - days * DAY) // SECOND, **when)
    return [
        _of(row, language)
        for row in rows_of(rows)
        if row["seen_at"] <= at and (not accounts or any(within(row["account"], name) for name in accounts))
    ]


def _of(row: dict[str, Any], language: str) -> Raised:
    params, evidence = (msgspec.json.decode(row[name] or "{}") for name in ("params", "evidence"))
    names = {"account": row["account"], "collection_title": row["collection_title"] or row["collection"]}
    return Raised(
        alert=row["alert_id"],
        key=row["finding"],
        account=row["account"],
        collection=row["collection"],
        began=row["began_day"],
        seen_at=row["seen_at"],
        params=params,
        evidence=evidence,
        text=told(row["finding"], params | names, language),
    )
