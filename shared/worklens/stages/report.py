"""Report: the page from what the warehouse knows, as of any past."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any, NamedTuple, cast

from worklens.findings import action, text, why
from worklens.findings.history import History
from worklens.findings.identity import name_of
from worklens.ports import Ports, Session
from worklens.render import Columns, FindingView, Language, Report, page
from worklens.render.columns import days_of, only_single, tally
from worklens.stages.answers import NONE, Standing, standing
from worklens.stages.history import load
from worklens.stages.insights import findings_of
from worklens.tasks import instant, micros

VIEWS = (
    "daily_flow",
    "age_of_open_work",
    "work_by_collection",
    "work_by_weekday_hour",
    "merged_changes",
    "data_quality",
    "standing_forecasts",
    "forecast_coverage",
)
HEADERS = {
    "Content-Type": "text/html; charset=utf-8",
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}
"""What whoever serves the page says of it: kept nowhere, framed by nobody. What may run in it stands in the page."""

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
    tables = {view: _of_account(session.query(view, **when), account) for view in VIEWS}
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
        zone=_zone(session, scope.feeds[0], max(clocks["now_at"][row] for row in rows), when),
        accounts=scope.names,
        findings=tuple(_findings(history, language, answered)) if history else (),
        tables={**tables, **_single(tables, history)},
    )


def _of_account(table: Columns, account: str) -> Columns:
    """The rows of the account, and of those within it; of all where none is named."""
    if not account:
        return table
    kept = [_within(name, account) for name in table["account"]]
    return {
        name: [value for value, keep in zip(values, kept, strict=True) if keep]
        for name, values in table.items()
    }


def _within(name: str, account: str) -> bool:
    return name == account or name.startswith(f"{account}/")


def _scope(session: Session, feeds: list[str], account: str, when: Mapping[str, Any]) -> Scope:
    if not account:
        return Scope(sorted(feeds), load(session, sorted(feeds), **when), tuple(sorted(feeds)))
    chosen = sorted(feed for feed in feeds if _within(feed, account) or _within(account, feed))
    history = load(session, chosen, **when)
    accounts = [name for name in history.accounts if _within(name, account)] if history else []
    if history is None or not accounts:
        return Scope([], None, (account,))
    return Scope(chosen, history.of(accounts), (account,))


def _zone(session: Session, feed: str, at: int, when: Mapping[str, Any]) -> str:
    """Where the person lived at an instant."""
    zones = session.query("latest_zones", **when)
    rows = zip(zones["feed"], zones["zone"], zones["starts_at"], zones["ends_at"], strict=True)
    return next((zone for name, zone, start, end in rows if name == feed and start <= at < end), "UTC")


def _findings(history: History, language: str, answered: Standing) -> Iterator[FindingView]:
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
    return {
        "age_of_open_work": only_single(tables["age_of_open_work"], history),
        "lifetimes": tally(history),
    }


def _micros(when: When) -> int | None:
    return micros(when) if isinstance(when, datetime) else when


# ----- Over HTTP -----


def respond(
    method: str, query: Mapping[str, str], ports: Ports, path: str = "/"
) -> tuple[str, int, dict[str, str]]:
    """The answer to a request for the page, or at ``/digest`` for the last digest: body, status, headers.

    ``query`` may name account, language, as_of and known_at (ISO 8601 instants with their offset).
    """
    if method not in {"GET", "HEAD"}:
        return _plain("This page can only be read.", 405)
    if path.rstrip("/") == "/digest":
        return _digest("zh" if query.get("language") == "zh" else "en", ports)
    try:
        about: dict[str, Any] = {name: _instant(query.get(name, "")) for name in ("as_of", "known_at")}
        about["answered"] = standing(ports.state, about["known_at"] or ports.clock.now())
        with ports.warehouse.read() as session:
            language = "zh" if query.get("language") == "zh" else "en"
            body = build(session, account=query.get("account", ""), language=language, **about)
    except NothingToReport:
        return _plain("Nothing was taken in by then that could be shown.", 404)
    except ValueError:
        return _plain("as_of and known_at are instants such as 2026-03-01T12:00:00Z.", 400)
    return body, 200, HEADERS


def _digest(language: Language, ports: Ports) -> tuple[str, int, dict[str, str]]:
    from worklens.stages.notify import shown

    body = shown(language, ports)
    if body is None:
        return _plain("Nothing was taken in yet that could be told.", 404)
    return body, 200, HEADERS | {"Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'"}


def _plain(text: str, status: int) -> tuple[str, int, dict[str, str]]:
    return f"{text}\n", status, HEADERS | {"Content-Type": "text/plain; charset=utf-8"}


def _instant(text: str) -> int | None:
    """Raises ValueError for what is no instant, or has no offset."""
    return instant(text).micros if text else None
