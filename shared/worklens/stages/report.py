"""Report: the page from what the warehouse knows, as of any past."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any, NamedTuple, cast

from worklens.findings import action, text, why
from worklens.findings.history import History
from worklens.findings.identity import name_of
from worklens.ports import Session
from worklens.render import Columns, FindingView, Language, Report, page
from worklens.render.columns import days_of, only_single
from worklens.stages.answerable import unanswered
from worklens.stages.answers import NONE, Standing
from worklens.stages.history import load
from worklens.stages.insights import findings_of
from worklens.stages.reckoned import RECKONED, Known
from worklens.tasks import micros

VIEWS = (
    "daily_flow",
    "age_of_open_work",
    "attention_first",
    "work_by_collection",
    "work_by_weekday_hour",
    "merged_changes",
    "data_quality",
    "standing_forecasts",
    "forecast_coverage",
)
When = datetime | int | None


class NothingToReport(LookupError):
    """No run of such an account was settled, or none by then."""


class Scope(NamedTuple):
    """What the page is about: feeds, the history of the accounts in them that it shows, and how it calls them."""

    feeds: list[str]
    history: History | None
    names: tuple[str, ...]


def build(
    session: Session,
    *,
    account: str = "",
    language: str = "en",
    as_of: When = None,
    known_at: When = None,
    runtime: str | None = None,
    answered: Standing = NONE,
) -> str:
    """The page about an account (``csv:team`` with all in it), or about everything.

    Raises NothingToReport where nothing was settled, and ImportError where the extra ``report`` isn't installed.
    ``runtime`` is the charts' JavaScript, for callers who keep it; ``answered`` what was answered to findings.
    """
    report = model(
        session, account=account, language=language, as_of=as_of, known_at=known_at, answered=answered
    )
    return page(report, runtime)


def model(
    session: Session,
    *,
    account: str = "",
    language: str = "en",
    as_of: When = None,
    known_at: When = None,
    answered: Standing = NONE,
) -> Report:
    """What the page is made from. Raises NothingToReport."""
    when: dict[str, Any] = {"as_of": as_of, "known_at": known_at}
    clocks = session.query("clocks", **when)
    tables = {view: of_account(session.query(view, **when), account) for view in VIEWS}
    tables["attention_first"] = unanswered(tables["attention_first"], answered)
    scope = _scope(session, clocks["feed"], account, when)
    rows = [place for place, feed in enumerate(clocks["feed"]) if feed in scope.feeds]
    if not rows:
        raise NothingToReport(account)
    history = scope.history
    today = max(clocks["now_day"][row] for row in rows)
    as_of_day, whole_until = days_of(history) if history else (today, today)
    return Report(
        language=cast("Language", language),
        as_of=as_of_day,
        whole_until=whole_until,
        known_at=_micros(known_at),
        newest_fact=max(tables["data_quality"]["last_seen_at"], default=None),
        zone=zone_at(session, scope.feeds[0], max(clocks["now_at"][row] for row in rows), when),
        accounts=scope.names,
        findings=tuple(finding_views(history, language, answered)) if history else (),
        tables={**tables, **_single(tables, history), **_reckoned(session, scope, when)},
    )


def of_account(table: Columns, account: str) -> Columns:
    """The rows of the account, and of those within it; of all where none is named."""
    if not account:
        return table
    kept = [within(name, account) for name in table["account"]]
    return {
        name: [value for value, keep in zip(values, kept, strict=True) if keep]
        for name, values in table.items()
    }


def within(name: str, account: str) -> bool:
    """Whether the account is this one, or one in it."""
    return name == account or name.startswith(f"{account}/")


def _scope(session: Session, feeds: list[str], account: str, when: Mapping[str, Any]) -> Scope:
    if not account:
        return Scope(sorted(feeds), load(session, sorted(feeds), told=True, **when), tuple(sorted(feeds)))
    chosen = sorted(feed for feed in feeds if within(feed, account) or within(account, feed))
    history = load(session, chosen, told=True, **when)
    accounts = [name for name in history.accounts if within(name, account)] if history else []
    if history is None or not accounts:
        return Scope([], None, (account,))
    return Scope(chosen, history.of(accounts), (account,))


def zone_at(session: Session, feed: str, at: int, when: Mapping[str, Any]) -> str:
    """Where the person lived at an instant."""
    zones = session.query("latest_zones", **when)
    rows = zip(zones["feed"], zones["zone"], zones["starts_at"], zones["ends_at"], strict=True)
    return next((zone for name, zone, start, end in rows if name == feed and start <= at < end), "UTC")


def finding_views(history: History, language: str, answered: Standing) -> Iterator[FindingView]:
    """What is worth knowing, in words, but for what was answered."""
    for one in findings_of(history, standing=answered):
        yield FindingView(
            key=one.key,
            name=name_of(one),
            text=text(one, language),
            why=why(one, language),
            action=action(one, language),
        )


def _single(tables: Mapping[str, Columns], history: History | None) -> dict[str, Columns]:
    """What is told of tasks that stand by themselves, neither repeating nor parts of others, as the findings count."""
    if history is None:
        return {}
    return {"age_of_open_work": only_single(tables["age_of_open_work"], history)}


def _reckoned(session: Session, scope: Scope, when: Mapping[str, Any]) -> dict[str, Columns]:
    if scope.history is None:
        return {}
    known = Known(session, scope.feeds, scope.history, when)
    return {name: reckon(known) for name, reckon in RECKONED.items()}


def _micros(when: When) -> int | None:
    return micros(when) if isinstance(when, datetime) else when
