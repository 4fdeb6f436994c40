"""Which answer an address has: pages for people, the API for programs, and what both load."""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable, Hashable, Mapping
from contextlib import AbstractContextManager, suppress
from dataclasses import dataclass, field
from datetime import date
from threading import Lock
from types import ModuleType
from typing import Any, NamedTuple

from worklens.findings.locales import PLAIN, locale_of, preferred, reader, reading
from worklens.ports import Busy, Ports, Session
from worklens.render.model import Language
from worklens.render.runtime import bundle
from worklens.render.site import PAGES as SHOWN
from worklens.render.site import Frame, compose
from worklens.render.words import LANGUAGES, Words
from worklens.stages.answers import standing
from worklens.stages.pages import (
    answering,
    api,
    assets,
    deeds,
    forecast,
    guard,
    record,
    story,
    tasks,
    times,
    today,
)
from worklens.stages.pages.asked import ABOUT, WEEKS, Asked, asked, check
from worklens.stages.pages.facts import Facts
from worklens.stages.pages.guard import enter
from worklens.stages.pages.keeping import LASTING, Kept
from worklens.stages.pages.limits import Limit
from worklens.stages.pages.openapi import document
from worklens.stages.pages.shelf import Shelf
from worklens.stages.pages.tending import Tending
from worklens.stages.pages.visit import GUARDED, HTML, Answer, NotSo, Visit, page, plain
from worklens.stages.report import NothingToReport, build
from worklens.warehouse import looker_studio
from worklens.warehouse.described import titles


class Page(NamedTuple):
    """A page: what makes its numbers and parts, and its template; ``ranged`` says whether one may choose weeks."""

    name: str
    module: ModuleType
    template: str
    ranged: bool = False


PAGES = {
    "/": Page("today", today, "today.html"),
    "/forecast": Page("forecast", forecast, "forecast.html"),
    "/time": Page("time", times, "sections.html", ranged=True),
    "/tasks": Page("tasks", tasks, "tasks.html"),
    "/tasks/story": Page("story", story, "story.html"),
    "/data": Page("data", record, "data.html"),
}
AHEAD = 12  # pages made again when the facts change: those of an account or two
ACCEPT = "accept-language"
GLANCE = 0.25  # seconds between two looks at the version
PLACES = {one.name: path for path, one in PAGES.items()}


def newest(ports: Ports) -> Hashable:
    """What changes when an account's run has come further: enough to know whether a page is still true."""
    runs = [ports.state.latest(feed.name) for feed in ports.state.feeds()]
    return tuple((one.run, one.status) for one in runs if one)


def _key(path: str, known: Asked, query: Mapping[str, str]) -> Hashable:
    rest = {name: value for name, value in query.items() if name not in ABOUT}
    return path, known, reader(), tuple(sorted(rest.items()))


def native(visit: Visit) -> Language:
    """The dearest to the reader's browser of the languages that are ours."""
    tags = preferred(visit.headers.get(ACCEPT, ""))
    ours = (language for tag in tags for language in LANGUAGES if tag.partition("-")[0] == language)
    return next(ours, "en")


def as_read(visit: Visit) -> AbstractContextManager[None]:
    """While this lasts, numbers and days are written as the reader's browser has them."""
    return reading(locale_of(preferred(visit.headers.get(ACCEPT, ""))))


@dataclass
class Site:
    """What answers: the platform, whose work it may show, and what it keeps between two visits."""

    ports: Ports
    bound: str = ""  # the account beyond which nothing is shown; empty for all
    key: str = ""  # without which nothing is shown; empty where the platform lets in whom it should
    language: Language | None = None  # where an address names none; None: the reader's own
    usual: Mapping[str, str] = field(default_factory=dict)  # of what is asked, where an address doesn't say
    runtime: Callable[[], str] = bundle
    version: Callable[[], Hashable] | None = None  # None: by the accounts' newest runs
    facts: Callable[[], Hashable] | None = (
        None  # the warehouse's part of the version, where answers move it, too
    )
    connect: bool = False  # whether accounts can be connected on a page
    bigquery: tuple[str, str] | None = (
        None  # the views' project and data set, where Looker Studio can read them
    )
    tending: Tending | None = None  # what may be done on Data; None where the pages may only read
    command: Callable[[str], str] | None = None  # how one is typed for this data, where that isn't plain
    kept: Kept = field(default_factory=Kept)
    shelf: Shelf = field(default_factory=Shelf)
    opened: OrderedDict[Hashable, Visit] = field(default_factory=OrderedDict)  # the last ones
    speaks: str = ""  # the Accept-Language of whoever came last: for them pages are made ahead
    lock: Lock = field(default_factory=Lock)  # for what was opened: visits come in threads
    limit: Limit = field(default_factory=Limit)
    seen: Hashable = None  # the version at the last glance
    looked: float = float("-inf")  # when that was

    def respond(self, visit: Visit) -> Answer:
        """The answer to a visit; whatever an address holds, it is 4xx and never 5xx."""
        told = api.problem if visit.path.startswith("/api/") else plain
        try:
            return enter(visit, self.key) or guard.with_token(self._routed(visit), visit)
        except NotSo as error:
            more = {"Allow": error.allow} if error.status == 405 else {}
            return told(error.text, error.status, **more)
        except NothingToReport:
            return told("Nothing was taken in by then that could be shown.", 404)
        except Busy:
            return told("The record is being written to. Try again in a moment.", 503, **{"Retry-After": "5"})

    def _routed(self, visit: Visit) -> Answer:
        path = visit.path.rstrip("/") or "/"
        if visit.method == "POST" and path == "/answer":
            return self._answered(visit)
        if path in deeds.OURS:
            return self._deed(path, visit)
        if not visit.reads:
            raise NotSo(405, "This page can only be read.")
        if path.startswith("/assets/"):
            return assets.asset(path, visit.headers.get("if-none-match", ""), self.runtime)
        if path == api.DOCUMENT:
            return api.answer(document(), visit.headers.get("if-none-match", ""))
        if path.startswith("/api/"):
            return self._api(path, visit)
        with as_read(visit):
            return self._page(path, visit, self._asked(visit.query, native(visit)))

    def _asked(self, query: Mapping[str, str], language: Language = "en") -> Asked:
        return asked({**self.usual, **query}, self.bound, self.language or language)

    def _api(self, path: str, visit: Visit) -> Answer:
        wait = self.limit.wait(visit.client)
        if wait:
            return api.problem("Asked too often.", 429, **{"Retry-After": str(wait)})
        route, known = api.route_of(path, visit.query), self._asked(visit.query)
        body = self._kept(_key(path, known, visit.query), lambda: self._told(route, known, visit.query))
        return api.answer(body, visit.headers.get("if-none-match", ""))

    def _told(self, route: api.Route, known: Asked, query: Mapping[str, str]) -> bytes:
        with self.ports.warehouse.read() as session:
            facts = self._facts(session, known)
            return api.encoded(route.data(facts, query, self.ports))

    def _facts(self, session: Session, known: Asked) -> Facts:
        version = self.facts() if self.facts else self._version()
        # Without a version of the facts' own, scores that come after a run show after a minute.
        lasting = None if self.version else int(time.monotonic() // LASTING)
        return Facts(session, known, self.ports.state.feeds(), self.shelf.of((version, lasting)))

    def _page(self, path: str, visit: Visit, known: Asked) -> Answer:
        if path == "/digest":
            return self._digest(known)
        if path == "/report":
            return self._whole(known)
        if path not in PAGES:
            raise NotSo(404, "There is no such page.")
        key = _key(path, known, visit.query)
        made = page(self._kept(key, lambda: self._made(path, known, visit.query)))
        self._remember(key, visit)
        return made

    def _remember(self, key: Hashable, visit: Visit) -> None:
        """That it was opened just now."""
        with self.lock:
            self.speaks = visit.headers.get(ACCEPT, "")
            self.opened[key] = visit
            self.opened.move_to_end(key)
            while len(self.opened) > AHEAD:
                self.opened.popitem(last=False)

    def refresh(self) -> None:
        """Make again the pages that every reader has, and those that were opened last, where the facts have changed since."""
        with self.lock:
            opened, headers = list(self.opened.values()), {ACCEPT: self.speaks}
        usual = [Visit("GET", path, headers=headers) for path, one in PAGES.items() if one.name in SHOWN]
        for visit in (*usual, *opened):
            with suppress(NotSo, NothingToReport, Busy):
                self._routed(visit)

    def current(self) -> Hashable:
        """The version, looked up now."""
        self.looked = float("-inf")
        return self._version()

    def _answered(self, visit: Visit) -> Answer:
        """Keep the answer, and lead back to the page, which then offers to take it back."""
        guard.check_form(visit)
        check(visit.form)
        about = {name: value for name, value in visit.form.items() if name in ABOUT}
        known, name = self._asked(about, native(visit)), visit.form.get("finding", "")
        answering.take(self.ports, known, name, visit.form.get("verdict", ""))
        self.kept.clear()
        told = "" if visit.form.get("verdict") == answering.AGAIN else name
        back = known.address("/", answered=told)
        return "", 303, GUARDED | {"Location": back, "Content-Type": HTML}

    def _deed(self, path: str, visit: Visit) -> Answer:
        """What *Data* asks and does; unless nothing was done, what was kept of before is shown no more."""
        if self.tending is None:
            raise NotSo(404, "This is done on the command line: worklens problems --replay, worklens forget.")
        deeds.check_method(path, visit.method)
        wait = self.limit.wait(visit.client) if path.startswith("/api/") else 0
        if wait:
            return api.problem("Asked too often.", 429, **{"Retry-After": str(wait)})
        given = (
            visit.query if visit.reads else {name: visit.form[name] for name in ABOUT if name in visit.form}
        )
        for_program = path.startswith("/api/")  # which is told the same wherever it runs
        known = self._asked(given) if for_program else self._asked(given, native(visit))
        door = deeds.Door(visit, known, self.tending, lambda: self._bare(path, known, visit.query))
        with reading(PLAIN) if for_program else as_read(visit):
            return deeds.open_door(path, door) if visit.reads else self._done(path, door)

    def _done(self, path: str, door: deeds.Door) -> Answer:
        try:
            answer = deeds.open_door(path, door)
        except NotSo:  # refused: a stranger's form must not empty what is kept
            raise
        except BaseException:
            self._changed()
            raise
        self._changed()
        return answer

    def _changed(self) -> None:
        """Something was changed by our own hand."""
        self.kept.clear()
        self.shelf = Shelf()
        with self.lock:
            self.opened.clear()
        self.current()

    def _bare(self, path: str, known: Asked, query: Mapping[str, str]) -> Frame:
        """The frame of a page that tells nothing of the facts: there may be none any more."""
        rest = {name: value for name, value in query.items() if name not in ABOUT}
        links = self._links("data", path, known, rest)
        return Frame(
            language=known.language,
            page="data",
            account=known.account if known.account != self.bound else "",
            links={**links, "here": PLACES["data"]},
            token=guard.PLACE,
        )

    def _kept(self, key: Hashable, make: Callable[[], Any]) -> Any:
        return self.kept.get(key, self._version(), make)

    def _version(self) -> Hashable:
        """The facts' version as of the last glance: of fifty who ask at once one looks."""
        now = time.monotonic()
        if now - self.looked > GLANCE:
            self.seen = self.version() if self.version else newest(self.ports)
            self.looked = now
        return self.seen

    def _made(self, path: str, known: Asked, query: Mapping[str, str]) -> str:
        one, words = PAGES[path], Words(known.language)
        with self.ports.warehouse.read() as session:
            facts = self._facts(session, known)
            found = one.module.data(facts, query, self.ports)
            parts = one.module.shown(found, facts, words)
            if one.module is record:
                parts |= deeds.parts(self.tending, known, sorted(facts.connected), query, self._typed)
        frame = self._frame(one, path, facts, query, found.as_of)
        return compose(one.template, frame, found=found, **parts)

    def _typed(self, rest: str) -> str:
        """A command as it is typed for this data."""
        if self.command:
            return self.command(rest)
        return f"worklens {rest}{' --platform google' * bool(self.bigquery)}"

    def _frame(self, one: Page, path: str, facts: Facts, query: Mapping[str, str], day: date) -> Frame:
        known = facts.asked
        rest = {name: value for name, value in query.items() if name not in ABOUT}
        return Frame(
            language=known.language,
            page=one.name,
            day=day,
            account=known.account if known.account != self.bound else "",
            accounts=() if self.bound else tuple(sorted(facts.people)),
            as_of=known.as_of,
            known_at=known.known_at,
            weeks=known.weeks,
            ranges=WEEKS if one.ranged else (),
            links=self._links(one.name, path, known, rest),
            token=guard.PLACE,
        )

    def _links(self, page: str, path: str, known: Asked, rest: Mapping[str, str]) -> Mapping[str, str]:
        """Where one may go from a page; ``rest`` is what it was asked beyond what every page is."""
        other = "en" if known.language == "zh" else "zh"
        tending = self.tending
        return {name: known.address(place) for name, place in PLACES.items() if name != "story"} | {
            "here": path,
            "now": known.address(path, **rest, as_of="", known_at=""),
            "other": known.address(path, **rest, language=other),
            "whole": known.address("/report"),
            "digest": known.address("/digest"),
            "api": api.DOCUMENT,
            "answer": "/answer",
            "connect": f"/connect?language={known.language}" if self.connect else "",
            "replay": deeds.REPLAY if tending and tending.may_replay(known) else "",
            "forget": deeds.FORGET if tending else "",
            "looker_studio": self._looker_studio(page, known.language),
            **assets.names(),
        }

    def _looker_studio(self, page: str, language: str) -> str:
        """Where the views behind a page are opened in Looker Studio; empty on this machine."""
        if self.bigquery is None:
            return ""
        return looker_studio.page_addresses(titles(), *self.bigquery, language).get(page, "")

    def _whole(self, known: Asked) -> Answer:
        """The one-file report, which can be kept and sent."""

        def make() -> str:
            with self.ports.warehouse.read() as session:
                facts = self._facts(session, known)
                now = facts.when["known_at"] or self.ports.clock.now()
                about: dict[str, Any] = {"account": known.account, "language": known.language, **facts.when}
                about["answered"] = standing(self.ports.state, now)
                return build(facts.session, **about, runtime=self.runtime())

        whole = self._kept(_key("/report", known, {}), make)
        return whole, 200, GUARDED | {"Content-Type": HTML}  # its policy stands in it

    def _digest(self, known: Asked) -> Answer:
        from worklens.stages.notify import shown

        body = shown(known.language, self.ports) if not self.bound else None
        if body is None:
            return plain("Nothing was taken in yet that could be told.", 404)
        policy = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'"
        return body, 200, page("")[2] | {"Content-Security-Policy": policy}
