"""Goes through the lists of an account, a round of questions each, and remembers how far it has come."""

from __future__ import annotations

from collections.abc import Generator, Iterator, Mapping, Sequence
from typing import Literal

import msgspec
from msgspec.structs import replace

from worklens.sources.base import Answer, Page, Request, Response
from worklens.sources.microsoft_todo.api import (
    FORBIDDEN,
    LOST,
    NOT_SHOWN,
    OK,
    Api,
    Row,
    TaskHead,
    ask,
    newest,
    page_of,
    record_of,
)

SCHEMA = 1  # of cursor and checkpoint; another one means that all is listed whole
PARENTS = 5_000  # tasks whose steps a run answers for; after more than that, the next whole listing does

Going = Generator[Request | Page, Answer, None]


class Place(msgspec.Struct, kw_only=True, frozen=True, omit_defaults=True):
    """Where an interrupted run stands in a list: the link of the next page.

    With ``steps`` the list itself is done and ``link`` is that of its changes; it is gone through again for steps.
    """

    key: str
    link: str
    came: Literal["", "bare", "rich"] = ""  # tasks so far: none, all without steps, some with theirs
    steps: bool = False


class Checkpoint(msgspec.Struct, kw_only=True, frozen=True, omit_defaults=True):
    """What a run has found: whose the lists are, the links to the changes of those that are done, which of all were
    listed whole, and the tasks whose steps were told completely.

    ``unsure`` are lists that broke off and were listed whole after some of their tasks had been told: what has gone
    between is not missed, so no link to their changes is kept, and the next run lists them whole again.
    """

    schema: int = SCHEMA
    owned: dict[str, bool]
    skipped: tuple[str, ...] = ()
    links: dict[str, str] = {}
    whole: tuple[str, ...] = ()
    parents: tuple[str, ...] = ()
    unsure: tuple[str, ...] = ()
    place: Place | None = None


class Rounds:
    """The rounds of one run; ``plan`` is how far it has come."""

    def __init__(self, api: Api, plan: Checkpoint) -> None:
        """Nothing is gone through but what the plan says."""
        self.api, self.plan = api, plan
        # The tasks told in this run with the list they were in, which is forgotten by an interruption.
        self._shown: dict[str, str] = dict.fromkeys(plan.parents, "")

    def through(self, known: Mapping[str, str]) -> Going:
        """All lists: changes where a link to them is known, and after those the rest whole. A task that was moved and
        is gone from one list is then told of the other last.
        """
        if self.plan.place is not None:
            yield from self._go_on(self.plan.place)
        todo = [key for key in self.plan.owned if key not in self.plan.links]
        changed = [key for key in todo if known.get(key) and key not in self.plan.whole]
        answers = yield from self.api.several([known[key] for key in changed], (OK, FORBIDDEN, *LOST))
        done = set()
        for key, answer in zip(changed, answers, strict=True):
            if answer.status not in LOST:
                done.add(key)
            if answer.status == OK:
                yield from self._pages(Place(key=key, link=""), answer)
        for key in todo:
            if key not in done:
                yield from self._list(key)

    def _go_on(self, place: Place) -> Going:
        """From the page where the run was interrupted."""
        if place.steps:
            yield from self._steps(place)
            return
        answer = yield from ask(place.link, (OK, FORBIDDEN, *LOST))
        if answer.status == OK:
            yield from self._pages(place, answer)
        else:
            yield from self._broken_off(place.key, answer)

    def _list(self, key: str) -> Going:
        """A list whole, where it is shown."""
        answer = yield from ask(self.api.first_link(key), (OK, 400, *NOT_SHOWN))
        if answer.status == 400:  # it takes no `$expand` here
            answer = yield from ask(self.api.first_link(key, expand=False), (OK, *NOT_SHOWN))
        if answer.status == OK:
            self.plan = replace(self.plan, whole=_with(self.plan.whole, key))
            yield from self._pages(Place(key=key, link=""), answer)

    def _pages(self, place: Place, answer: Response) -> Going:
        """The pages of a round, of which the first is here."""
        while True:
            page = page_of(answer)
            rows = list(newest(page.rows()))
            place = replace(place, link=page.next_link or "", came=_came(place, rows))
            records = yield from self._told(place.key, rows)
            if page.next_link is None:
                break
            yield self._page(records, place)
            answer = yield from ask(page.next_link, (OK, FORBIDDEN, *LOST))
            if answer.status != OK:
                yield from self._broken_off(place.key, answer)
                return
        yield from self._ended(place, records, page.delta_link or "")

    def _broken_off(self, key: str, answer: Response) -> Going:
        """The next page is not known any more: the list is listed whole, but not a second time in one run."""
        if answer.status == FORBIDDEN or key in self.plan.unsure:
            return
        self.plan = replace(self.plan, unsure=_with(self.plan.unsure, key))
        yield from self._list(key)

    def _ended(self, place: Place, records: list[bytes], link: str) -> Going:
        """The last page of a round; where no task came with steps, a whole list is gone through for them."""
        if place.came == "bare" and place.key in self.plan.whole:
            place = Place(key=place.key, link=link, steps=True)
            yield self._page(records, place)
            yield from self._steps(place)
        else:
            yield self._page(records, None, {place.key: link})

    def _steps(self, place: Place) -> Going:
        """A list once more, by the question whose answer is known to hold the steps."""
        link: str | None = self.api.plain_link(place.key)
        while link:
            page = page_of((yield from ask(link)))
            records = yield from self._told(place.key, list(newest(page.rows())))
            link = page.next_link
            yield self._page(records, place if link else None, {} if link else {place.key: place.link})

    def _told(self, key: str, rows: Sequence[Row]) -> Generator[Request, Answer, list[bytes]]:
        """The records of a page. Of changes it is remembered whose they are: a step of theirs that isn't told is gone."""
        if key not in self.plan.whole:
            rows = yield from self._completed(key, rows)
            names = [row.head.id for row in rows if row.head]
            told = dict.fromkeys((*self.plan.parents, *names))
            self.plan = replace(self.plan, parents=tuple(told)[:PARENTS])
        return list(self._records(key, rows))

    def _completed(self, key: str, rows: Sequence[Row]) -> Generator[Request, Answer, list[Row]]:
        """The rows, those that came in part or without their steps asked for whole."""
        lacking = {row.head.id for row in rows if row.head and _lacks(row.head)}
        found = yield from self.api.tasks(key, sorted(lacking))
        return [row for row in rows if row.head is None or row.head.id not in lacking] + found

    def _records(self, key: str, rows: Sequence[Row]) -> Iterator[bytes]:
        """The rows as raw records. What this run has shown in another list was moved, and isn't gone."""
        for row in rows:
            if row.head is None or row.head.removed is None:
                yield record_of(row, key)
                if row.head:
                    self._shown[row.head.id] = key
            elif self._shown.get(row.head.id, key) == key:
                yield b'{"removed":%b}' % msgspec.json.encode(row.head.id)

    def _page(
        self, records: list[bytes], place: Place | None, links: Mapping[str, str] | None = None
    ) -> Page:
        """The records, with how far the run has come with them."""
        kept = {key: "" if key in self.plan.unsure else link for key, link in (links or {}).items()}
        self.plan = replace(self.plan, place=place, links={**self.plan.links, **kept})
        return Page(records=records, checkpoint=msgspec.json.encode(self.plan).decode())


def _came(place: Place, rows: Sequence[Row]) -> Literal["", "bare", "rich"]:
    """How tasks have come so far: a service that leaves out empty checklists is asked once more, to be sure."""
    heads = [row.head for row in rows if row.head and row.head.removed is None]
    if place.came == "rich" or any(head.steps is not None for head in heads):
        return "rich"
    return "bare" if heads else place.came


def _lacks(head: TaskHead) -> bool:
    return head.removed is None and (head.steps is None or not head.is_whole)


def _with(keys: tuple[str, ...], key: str) -> tuple[str, ...]:
    return keys if key in keys else (*keys, key)
