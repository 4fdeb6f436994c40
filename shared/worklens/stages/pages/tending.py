"""What the page *Data* does besides telling: it takes problems up again, and forgets an account, one at a time.

Only where whoever serves the pages lends them the means: on one's own machine. A deployment's page may change nothing.
"""

from __future__ import annotations

import secrets
from collections import Counter, OrderedDict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from threading import Lock
from typing import Any

from worklens.render.told import Forgotten, Letter, Replayed, Stays
from worklens.sources.reasons import in_words
from worklens.stages import forgetting
from worklens.stages.care import Care, Hands
from worklens.stages.forgetting import Share
from worklens.stages.pages.asked import Asked
from worklens.stages.pages.visit import NotSo
from worklens.stages.quarantine import Plan
from worklens.stages.replaying import Chosen, dead_of, replayed
from worklens.stages.report import within

MOST = 20  # outcomes that are kept to be told; each is told at once
NOBODY = "There is no such account here."

Outcome = Replayed | Forgotten


@dataclass
class Tending:
    """The means, the account beyond which nothing may be touched (empty for none), and what came of it lately."""

    care: Care
    hands: Hands
    bound: str = ""
    turn: Lock = field(default_factory=Lock)
    outcomes: OrderedDict[str, Outcome] = field(default_factory=OrderedDict)

    # ----- Taking up again -----

    def may_replay(self, asked: Asked) -> bool:
        """Whether what is held of the account asked for is its own: of one person in a feed nobody can tell."""
        return not self.bound or asked.account.partition("/")[0] == self.bound

    def letters(self, feed: str) -> tuple[Letter, ...]:
        """The letters about a feed, or all of them."""
        return tuple(map(_letter, dead_of(self.care, feed)))

    def replay(self, asked: Asked, form: Mapping[str, str]) -> Replayed:
        """Try again what the form chooses: one letter, an account's records of one reason, or all. Raises NotSo and InUse."""
        feed = self._feed(form.get("of", ""), asked)
        with self.turn:
            chosen = self._chosen(feed, form.get("letter", ""), form.get("reason", ""))
            done, revived = replayed(self.care, self.hands, chosen)
        return Replayed(
            taken_in=sum(len(plan.readable) for plan in done),
            known_since=sum(len(plan.superseded) for plan in done),
            still_held=sum(len(plan.held) for plan in done),
            because=tuple(_because(done, asked.language)),
            letters=revived,
            left=self.letters(feed),
        )

    def _chosen(self, feed: str, letter: str, reason: str) -> Chosen:
        """All of the feed, or its records of one reason, or one letter. Raises NotSo for a letter that isn't there."""
        if not letter:
            return Chosen(feed, reason, [] if reason else None)
        found = [one["id"] for one in dead_of(self.care, feed) if str(one["id"]) == letter]
        if not found:
            raise NotSo(404, "There is no such message any more.")
        return Chosen(feed, letters=found, records=False)

    def _feed(self, named: str, asked: Asked) -> str:
        """The feed that is meant, empty for all. Raises NotSo for one that isn't there, or beyond the bound."""
        feed = (named or asked.account).partition("/")[0]
        if (self.bound and feed != self.bound) or (feed and self.care.state.feed(feed) is None):
            raise NotSo(404, NOBODY)
        return feed

    # ----- Forgetting -----

    def names(self) -> list[str]:
        """Whom one may forget here."""
        return sorted(one for one in forgetting.known(self.care) if not self.bound or within(one, self.bound))

    def check(self, name: str) -> None:
        """Raises NotSo for a name that isn't there, or beyond the bound."""
        if name not in self.names():
            raise NotSo(404, NOBODY)

    def share(self, name: str) -> Share:
        """How much would go."""
        return forgetting.share(self.care, name)

    def forget(self, name: str) -> Forgotten:
        """Forget whoever has exactly this name. Raises NotSo and InUse."""
        with self.turn:
            self.check(name)
            done = forgetting.forgotten(self.care, forgetting.target(self.care, name))
            self.outcomes.clear()  # they may tell of the same account
        service = done.feed.source if done.feed else ""
        return Forgotten(account=name, rows=dict(done.gone.rows), token=done.token, service=service)

    def end(self) -> None:
        """Return when what was begun is done; nothing is begun any more."""
        self.turn.acquire()

    # ----- What is told on the page that follows -----

    def keep(self, outcome: Outcome) -> str:
        """Keep it to be told; the name under which it is."""
        name = secrets.token_urlsafe(9)
        self.outcomes[name] = outcome
        while len(self.outcomes) > MOST:
            self.outcomes.popitem(last=False)
        return name

    def told(self, name: str) -> Outcome | None:
        """What is kept under a name."""
        return self.outcomes.get(name)


def _letter(one: Mapping[str, Any]) -> Letter:
    return Letter(
        letter=str(one["id"]),
        account=one["feed"],
        kind=one["type"],
        attempts=one["attempts"],
        reason=one["reason"],
    )


def _because(done: Sequence[Plan], language: Any) -> Iterable[Stays]:
    """Why records must stay, by account and reason; the words are those for the first of each."""
    counts = Counter((plan.feed, one.why) for plan in done for one in plan.held)
    params: dict[tuple[str, str], Mapping[str, str]] = {}
    for plan in done:
        for one in plan.held:
            params.setdefault((plan.feed, one.why), one.params)
    for (feed, why), records in counts.items():
        text = in_words(why, params[feed, why], language)
        yield Stays(account=feed, reason=why, records=records, text=text)
