"""Notify: the weekly digest, and alerts for accounts whose record is behind.

A digest is what was known at its hour, so that a repeated request says the same, and ``/digest`` shows the last one
again without a copy being kept. It is marked as told once it is sent: a crash between the two sends it again.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Literal, NamedTuple

import msgspec

from worklens.analysis.days import day_number
from worklens.findings import action, text
from worklens.findings.alerts import Alert
from worklens.findings.history import History
from worklens.messages import HOUR, DigestRequested, ScoresReady
from worklens.ports import Feed, Ports, Session
from worklens.render import FindingView, Language
from worklens.render.columns import days_of, flow
from worklens.render.digest import Letter, Trouble, html, plain, subject
from worklens.render.week import Week, week_of
from worklens.stages.alerts import id_of, raised, rows
from worklens.stages.answers import Standing, standing
from worklens.stages.channel import NotTaken, Post, Settings, send
from worklens.stages.history import load
from worklens.stages.hours import is_paused
from worklens.stages.insights import findings_of
from worklens.stages.raised import lately
from worklens.stages.timers import HANDS, local_day
from worklens.tasks import DAY, digest

TOLD = "digest"  # a feed's pointer: the day whose digest was told last
ALERT = "alert"  # a feed's pointer: the last alert that was written
LOOKED = "looked"  # the deployment's pointer: the hour in which all accounts were looked at for alerts
WEEK = 7  # days of alerts in a digest
SILENT = 2 * DAY  # an account that is looked at each hour; two nights' listings were missed

Outcome = Literal["sent", "kept", "not-taken", "told", "nothing", "quiet"]


class Told(NamedTuple):
    """What became of a request: sent; kept, there being no channel; not taken by it; told before; nothing known; or
    quiet, for nothing was looked at since the last."""

    outcome: Outcome
    reason: str = ""


# ----- The digest -----


def tell(request: DigestRequested, ports: Ports, settings: Settings) -> Told:
    """Send the digest of the request's feeds, at most one a day of each. Raises Unsent where it may be sent later."""
    feeds = [feed for name in request.feeds if (feed := ports.state.feed(name))]
    due = [feed for feed in feeds if not _is_told(feed, request.at, ports)]
    if not due:
        return Told("told" if feeds else "nothing")
    with ports.warehouse.read() as session:
        looked = _looked(session, due, request.at)
        letter = compose(session, [feed.name for feed in due], request.at, settings, ports)
    if letter is None:
        return Told("nothing")
    if not letter.troubles and all(_looked_before(feed, looked, ports) for feed in due):
        return Told("quiet")
    told = _sent(_post(letter, due, request.at), settings)
    for feed in due:
        evidence = {"at": request.at, "looked": looked.get(feed.name, 0), "outcome": told.outcome}
        ports.state.point(feed.name, TOLD, local_day(feed, request.at).isoformat(), evidence)
    return told


def _is_told(feed: Feed, at: int, ports: Ports) -> bool:
    """Whether this day's, or a later one's, was told."""
    known = ports.state.pointer(feed.name, TOLD)
    return known is not None and known.version >= local_day(feed, at).isoformat()


def _looked(session: Session, feeds: Sequence[Feed], at: int) -> dict[str, int]:
    """When each feed was looked at last."""
    clocks = session.query("clocks", known_at=at)
    seen = dict(zip(clocks["feed"], clocks["now_at"], strict=True))
    return {feed.name: seen[feed.name] for feed in feeds if feed.name in seen}


def _looked_before(feed: Feed, looked: dict[str, int], ports: Ports) -> bool:
    """Whether nothing was looked at since the last digest: a file that came in once is told of once."""
    known = ports.state.pointer(feed.name, TOLD)
    return known is not None and known.evidence["looked"] == looked.get(feed.name, 0)


def _post(letter: Letter, feeds: Sequence[Feed], at: int) -> Post:
    key = digest("digest", str(at), *(feed.name for feed in feeds))
    return Post(key, at, subject(letter), plain(letter), html(letter))


def _sent(post: Post, settings: Settings) -> Told:
    if settings.channel is None:
        return Told("kept")
    try:
        send(post, settings.channel)
    except NotTaken as error:
        return Told("not-taken", str(error))  # again next week; the page shows it meanwhile
    return Told("sent")


def compose(
    session: Session, feeds: Sequence[str], at: int, settings: Settings, ports: Ports
) -> Letter | None:
    """The digest of these feeds as of what had been seen by then; None where nothing was settled."""
    history = load(session, feeds, told=True, known_at=at)
    if history is None:
        return None
    _, last = days_of(history)
    return Letter(
        language=settings.language,
        last=last,
        **msgspec.structs.asdict(_week(session, set(history.accounts), last, at)),
        findings=tuple(_findings(history, settings, standing(ports.state, at, feeds))),
        troubles=tuple(trouble for trouble, *_ in troubles(ports, at, feeds)),
        alerts=tuple(_alerts(session, feeds, at, settings)),
        link=settings.report,
    )


def _alerts(session: Session, feeds: Sequence[str], at: int, settings: Settings) -> Iterator[str]:
    """What was raised of the work in the week; ``troubles`` tell of the looking itself."""
    for one in lately(session, at, settings.language, accounts=feeds, days=WEEK, known_at=at):
        if not one.key.startswith("account_") and (settings.titles or not one.collection):
            yield one.text


def _week(session: Session, accounts: set[str], last: date, at: int) -> Week:
    """The week's sums, from the view that the report's charts are drawn from."""
    daily = session.query("daily_flow", known_at=at)
    kept = [row for row, name in enumerate(daily["account"]) if name in accounts]
    return week_of(
        flow({name: [values[row] for row in kept] for name, values in daily.items()}, day_number(last))
    )


def _findings(history: History, settings: Settings, answered: Standing) -> Iterator[FindingView]:
    language: Language = settings.language
    for one in findings_of(history, standing=answered):
        if settings.titles or "collection_title" not in one.params:
            yield FindingView(key=one.key, text=text(one, language), action=action(one, language))


def shown(language: Language, ports: Ports) -> str | None:
    """The last digest that was told, as HTML; before the first, what it would say now. None where nothing is known."""
    feeds, at = _last_told(ports)
    with ports.warehouse.read() as session:
        letter = compose(session, feeds, at, Settings(language=language), ports)
    return html(letter) if letter else None


def _last_told(ports: Ports) -> tuple[list[str], int]:
    """Of which feeds, and as of when."""
    known = {feed.name: ports.state.pointer(feed.name, TOLD) for feed in ports.state.feeds()}
    told = {name: int(pointer.evidence["at"]) for name, pointer in known.items() if pointer}
    if not told:
        return list(known), ports.clock.now()
    at = max(told.values())
    return [name for name, when in told.items() if when == at], at


# ----- Alerts -----


class Behind(NamedTuple):
    """A trouble, with the run it is known from and since when it could be known."""

    trouble: Trouble
    run: str
    seen_at: int

    @property
    def alert(self) -> Alert:
        """What is told of it; the same for the same trouble of the same run."""
        feed, key = self.trouble.feed, self.trouble.key
        return Alert(key=f"account_{key}", account=feed, evidence={"run": self.run})


def troubles(ports: Ports, now: int, feeds: Sequence[str] | None = None) -> Iterator[Behind]:
    """The accounts that a service refuses, or that were not looked at for two days; files and paused ones are not asked."""
    for feed in ports.state.feeds():
        if is_paused(feed) or (feeds is not None and feed.name not in feeds):
            continue
        latest = ports.state.latest(feed.name)
        if latest is None or latest.input:
            continue
        if latest.status == "failed" and latest.error in HANDS:
            yield Behind(Trouble(feed.name, "refused"), latest.run, latest.now)
        elif now - latest.now > SILENT:
            yield Behind(Trouble(feed.name, "silent"), latest.run, latest.now + SILENT)


def alert(ready: ScoresReady, ports: Ports) -> list[Trouble]:
    """Raise an alert for each account that has fallen behind, once a run; which those are.

    Any account's scores are an occasion to look after all, once an hour: one that is refused brings none of its own.
    """
    hour = str(ports.clock.now() // HOUR)
    known = ports.state.pointer("", LOOKED)
    if known and known.version == hour:
        return []
    found = [one for one in troubles(ports, ports.clock.now()) if not _is_written(one, ports)]
    if found:
        _tell_of(found, ready, ports)
    ports.state.point("", LOOKED, hour)
    return [one.trouble for one in found]


def _tell_of(found: Sequence[Behind], ready: ScoresReady, ports: Ports) -> None:
    """Write and publish; it is marked last, as with any alert."""
    with ports.warehouse.write() as session:
        for one in found:
            session.append("alerts", rows([one.alert], one.trouble.feed, one.seen_at))
    about = [msgspec.structs.replace(ready, feed=one.trouble.feed, run=one.run) for one in found]
    ports.bus.publish(
        [message for one, said in zip(found, about, strict=True) for message in raised([one.alert], said)]
    )
    for one in found:
        ports.state.point(one.trouble.feed, ALERT, id_of(one.alert))


def _is_written(one: Behind, ports: Ports) -> bool:
    known = ports.state.pointer(one.trouble.feed, ALERT)
    before = digest(
        one.trouble.feed, one.trouble.key, one.run
    )  # what it was called before alerts had a topic
    return known is not None and known.version in {id_of(one.alert), before}
