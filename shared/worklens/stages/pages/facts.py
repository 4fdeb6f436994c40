"""The facts about what is asked, each looked up at most once for an answer."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import cached_property
from typing import Any

from worklens.findings.history import History
from worklens.ports import Feed, Session
from worklens.render.columns import days_of, only_single
from worklens.render.model import Columns, Report
from worklens.stages.answerable import unanswered
from worklens.stages.answers import NONE, Standing
from worklens.stages.history import load
from worklens.stages.pages.asked import Asked
from worklens.stages.pages.shelf import Keep, Remembering, not_kept
from worklens.stages.reckoned import RECKONED, Known
from worklens.stages.report import NothingToReport, of_account, within, zone_at

EMPTY: Columns = {}


def zone_of(feeds: Sequence[Feed], account: str) -> str:
    """Where the account's person lives now: in whose days the address speaks."""
    own = [feed.zone for feed in feeds if within(account, feed.name) or within(feed.name, account)]
    return (own or [feed.zone for feed in feeds] or ["UTC"])[0]


class Facts:
    """One reading of the warehouse about the account, as of the times asked for."""

    def __init__(self, session: Session, asked: Asked, feeds: Sequence[Feed], keep: Keep = not_kept) -> None:
        """`keep` holds what was read of the same version before.

        Raises NothingToReport where nothing was settled of such an account, and NotSo for times that are none.
        """
        self.asked = asked
        self.account = asked.account
        self.when = asked.times(zone_of(feeds, asked.account))
        # Always asked, and a part of each key: what is kept is of the runs that the session sees, in whatever order.
        clocks = session.query("clocks", **self.when)
        seen = (*self.when.items(), frozenset(zip(*clocks.values(), strict=True)))
        self.keep: Keep = lambda key, make: keep((key, seen), make)
        self.session: Session = Remembering(session, self.keep)
        rows = [row for row, feed in enumerate(clocks["feed"]) if self._concerns(feed)]
        if not rows:
            raise NothingToReport(asked.account)
        self.feeds: list[str] = sorted(clocks["feed"][row] for row in rows)
        known = () if any(self.when.values()) else (feed.name for feed in feeds if self._concerns(feed.name))
        self.connected: set[str] = {*self.feeds, *known}  # also those that nothing was taken in from yet
        self.now: int = max(clocks["now_at"][row] for row in rows)  # of the last look
        self.today: date = max(clocks["now_day"][row] for row in rows)
        self.tables: dict[str, Columns] = {}
        self.answered: Standing = NONE  # what is not told again, where the page respects it
        self.people: set[str] = set(
            clocks["feed"]
        )  # whose work one may ask for: feeds, and the accounts met in views

    def _concerns(self, feed: str) -> bool:
        return not self.account or within(feed, self.account) or within(self.account, feed)

    def table(self, view: str) -> Columns:
        """The view's rows of the account, and of those within it."""
        if view not in self.tables:
            self.tables[view] = self.ours(self.session.query(view, **self.when))
        return self.tables[view]

    def ours(self, table: Columns) -> Columns:
        """The rows of the account, and of those within it."""
        self.people.update(table["account"])
        return of_account(table, self.account)

    def ask(self, query: str, **params: Any) -> Columns:
        """A named query of these times, as it answers."""
        return self.session.query(query, **params, **self.when)

    @cached_property
    def zone(self) -> str:
        """Where the person lived at the last look."""
        return zone_at(self.session, self.feeds[0], self.now, self.when)

    @cached_property
    def history(self) -> History | None:
        """The tasks of the accounts as arrays. Raises NothingToReport for a person whom their feed doesn't know."""
        self.session.hold()  # whoever needs them needs more
        return self.keep(("history", self.account), self._history)

    def _history(self) -> History | None:
        history = load(self.session, self.feeds, told=True, **self.when)
        if history is None or not self.account:
            return history
        accounts = self.accounts_of(history)
        if not accounts:
            raise NothingToReport(self.account)
        return history.of(accounts)

    def accounts_of(self, history: History | None) -> list[str]:
        """Those within the one asked for: a history of some knows the names of all."""
        return [name for name in history.accounts if within(name, self.account)] if history else []

    @cached_property
    def known(self) -> Known:
        """What is reckoned from them. Raises NothingToReport without any."""
        if self.history is None:
            raise NothingToReport(self.account)
        return Known(self.session, self.feeds, self.history, self.when)

    @cached_property
    def days(self) -> tuple[date, date]:
        """The last day shown, and the last one that was over when it was looked at."""
        return days_of(self.history) if self.history else (self.today, self.today)

    @cached_property
    def report(self) -> Report:
        """What sections are made from; each view is asked for when a section reads it."""
        shown, whole = self.days
        return Report(
            language=self.asked.language,
            as_of=shown,
            whole_until=whole,
            known_at=self.when["known_at"],
            zone=self.zone,
            weeks=self.asked.weeks,
            tables=_Tables(self),
        )


class _Tables(Mapping[str, Columns]):
    """The views of the facts, single tasks alone, and what is reckoned from the history."""

    def __init__(self, facts: Facts) -> None:
        self.facts = facts

    def __getitem__(self, name: str) -> Columns:
        history = self.facts.history
        if name in RECKONED:
            return self._reckoned(name) if history else EMPTY
        table = self.facts.table(name)
        if name == "attention_first":
            return unanswered(table, self.facts.answered)
        return only_single(table, history) if name == "age_of_open_work" and history else table

    def _reckoned(self, name: str) -> Columns:
        facts = self.facts
        return facts.keep(("reckoned", name, facts.account), lambda: RECKONED[name](facts.known))

    def __iter__(self) -> Iterator[str]:
        return iter(self.facts.tables)

    def __len__(self) -> int:
        return len(self.facts.tables)
