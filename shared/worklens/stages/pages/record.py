"""Data: how fresh, complete and readable the record is, what is held aside and why, and where the accounts stand."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec

from worklens.ports import Feed, Ports
from worklens.render.digest import trouble
from worklens.render.parts import chosen
from worklens.render.shown import accounts, problems
from worklens.render.told import Problem, Quality, Record, Standing
from worklens.render.words import Words
from worklens.sources.names import name_of
from worklens.sources.reasons import in_words
from worklens.stages.hours import is_paused
from worklens.stages.notify import troubles
from worklens.stages.pages.facts import Facts
from worklens.stages.pages.rows import in_order, records


def data(facts: Facts, query: Mapping[str, str], ports: Ports) -> Record:
    """The numbers of the page."""
    feeds = [feed for feed in ports.state.feeds() if feed.name in facts.connected]
    held = records(facts.ask("problems"), Problem)
    behind = troubles(ports, ports.clock.now(), sorted(facts.connected))
    return Record(
        as_of=facts.today,
        zone=facts.zone,
        quality=in_order(facts.table("data_quality"), Quality),
        accounts=tuple(_standing(feed, ports, facts.asked.language) for feed in feeds),
        problems=tuple(one for one in held if one.account in facts.connected),
        troubles=tuple(one.trouble for one in behind),
    )


def _standing(feed: Feed, ports: Ports, language: Any) -> Standing:
    latest = ports.state.latest(feed.name)
    return Standing(
        account=feed.name,
        service=name_of(feed.source, language),
        status=latest.status if latest else "never",
        paused=is_paused(feed),
        number=latest.number if latest else 0,
        records=latest.records if latest else 0,
        complete=bool(latest and latest.full),
    )


def shown(found: Record, facts: Facts, words: Words) -> dict[str, Any]:
    """What the page's template needs besides."""
    held = [(one, in_words(one.reason, _params(one), words.language)) for one in found.problems]
    return {
        "sections": chosen(facts.report, words, ("quality", "as_of")),
        "accounts": accounts(found.accounts, words),
        "problems": problems(held, words),
        "troubles": [trouble(one, words) for one in found.troubles],
    }


def _params(one: Problem) -> dict[str, str]:
    told = msgspec.json.decode(one.params) if one.params else {}
    return {name: str(value) for name, value in told.items()}
