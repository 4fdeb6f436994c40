"""Follows a source over real HTTP with the least that is needed: requests, a set of current tasks, and patience."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import msgspec

from worklens.sources.base import (
    Answer,
    Asked,
    Command,
    Context,
    Coverage,
    Done,
    Page,
    Parsed,
    Read,
    Reading,
    Request,
    Response,
    Source,
    Unreadable,
)
from worklens.sources.options import signal_of
from worklens.sources.whole import whole
from worklens.tasks import Collection, Happened, Removal, Task

PATIENCE = 50  # tries at one request; no waiting between them, for the fakes only say they want it


class Follower:
    """Keeps the current tasks of a source, sync after sync, as settle would: what a source's tests compare.

    ``tasks`` are those not deleted, by id and occurrence; ``unreadable`` are the reasons of rejected records.
    ``local`` answers what a pull asks of this machine: programs and files.
    """

    def __init__(
        self,
        source: Source,
        token: str,
        settings: dict[str, Any],
        feed: str = "service:me",
        local: Callable[[Command | Read], Answer] | None = None,
    ) -> None:
        """Nothing is known yet."""
        self.source, self.settings, self.feed, self.local = source, settings, feed, local
        self.headers = source.headers(token)
        self._signal = signal_of(source)
        self.cursor = self.checkpoint = ""
        self.tasks: dict[tuple[str, str], Task] = {}
        self.collections: dict[str, Collection] = {}
        self.happened: dict[str, Happened] = {}  # by their ids at the source
        self.unreadable: list[str] = []
        self.coverage = Coverage()
        self._shown: set[tuple[str, str]] = set()

    def sync(self, now: int, *, full: bool = False, pages: int | None = None) -> bool:
        """Pull and take in; stop short after some pages, as a crash would. Says whether it came to its end."""
        from requests import Session

        context = Context(
            feed=self.feed,
            now=now,
            cursor=self.cursor,
            checkpoint=self.checkpoint,
            full=full,
            settings=self.settings,
        )
        with Session() as session:
            session.trust_env = False
            done = self._drive(context, session, pages)
        if done is None:
            return False
        self._take_absence(done.coverage)
        self.cursor, self.checkpoint, self.coverage = done.cursor, "", done.coverage
        self._shown = set()
        return True

    def _drive(self, context: Context, session: Any, pages: int | None) -> Done | None:
        pull = self.source.pull(context)
        answer: Answer = None
        while True:
            try:
                asked: Asked = pull.send(answer)
            except StopIteration as stop:
                return msgspec.convert(stop.value, Done)
            if isinstance(asked, Request):
                answer = self._ask(asked, session)
                continue
            if isinstance(asked, Command | Read):
                answer = self.local(asked) if self.local else None
                continue
            if pages == 0:
                return None
            pages = None if pages is None else pages - 1
            answer = None
            if isinstance(asked, Page):
                self._take_page(asked, context.now)

    def _ask(self, request: Request, session: Any) -> Response:
        from requests import RequestException

        for _ in range(PATIENCE):
            try:
                got = session.request(
                    request.method,
                    request.url,
                    params=dict(request.params),
                    data=request.form or request.body,
                    json=request.json,
                    headers={**_typed(request), **request.headers, **self.headers},
                    allow_redirects=301 not in request.accept,
                )
            except RequestException:
                continue
            headers = {name.lower(): text for name, text in got.headers.items()}
            response = Response(status=got.status_code, headers=headers, body=got.content)
            if self._signal(response) is not None:
                continue
            if response.status in request.accept:
                came = whole(response) if response.status in {200, 207} else response
                if came is not None:
                    return came
            elif response.status != 429 and response.status < 500:
                raise ConnectionRefusedError(f"{response.status} for {request.url}")
        raise ConnectionError(f"no answer from {request.url}")

    def _take_page(self, page: Page, now: int) -> None:
        reading = Reading(feed=self.feed, seen_at=now, settings=self.settings)
        for record in page.records:
            try:
                for item in self.source.parse(record, reading):
                    self._take(item)
            except Unreadable as error:
                self.unreadable.append(error.reason)
        self.checkpoint = page.checkpoint

    def _take(self, item: Parsed) -> None:
        if isinstance(item, Happened):
            self.happened[item.event] = item
            return
        if isinstance(item, Collection):
            self.collections[item.collection] = item
            return
        key = (item.task, item.occurrence)
        self._shown.add(key)
        if isinstance(item, Removal) or item.deleted:
            self.tasks.pop(key, None)
        else:
            self.tasks[key] = item

    def _take_absence(self, coverage: Coverage) -> None:
        for key, task in list(self.tasks.items()):
            if key not in self._shown and _is_covered(task, coverage):
                del self.tasks[key]


def _is_covered(task: Task, coverage: Coverage) -> bool:
    """Whether a task that is not shown is gone."""
    if task.parent in coverage.parents and task.task.startswith(f"{task.parent}/"):
        return True
    within = coverage.collections is None or task.collection in coverage.collections
    return within and (
        coverage.listed == "everything" or (coverage.listed == "open" and task.status == "open")
    )


def _typed(request: Request) -> dict[str, str]:
    return {"Content-Type": request.content_type} if request.content_type else {}
