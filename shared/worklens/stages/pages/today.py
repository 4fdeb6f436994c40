"""Today: the week in figures, what is worth knowing, what stands in the way, and which tasks wait for a decision."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from worklens.analysis.days import day_number
from worklens.findings.identity import LENGTH, LETTERS, name_of
from worklens.ports import Ports
from worklens.render.columns import flow
from worklens.render.digest import figures, trouble
from worklens.render.model import Language
from worklens.render.parts import chosen
from worklens.render.told import AlertView, Today
from worklens.render.week import week_of
from worklens.render.words import Words
from worklens.stages.answerable import of_alert
from worklens.stages.answers import VERDICTS, Standing, standing
from worklens.stages.insights import feed_of
from worklens.stages.notify import troubles
from worklens.stages.pages.facts import Facts
from worklens.stages.raised import lately
from worklens.stages.report import finding_views

SHOWN = ("attention", "turning", "oldest")


def data(facts: Facts, query: Mapping[str, str], ports: Ports) -> Today:
    """The numbers of the page."""
    language: Language = facts.asked.language
    shown, whole = facts.days
    history = facts.history
    now = facts.when["known_at"] or ports.clock.now()
    answered = facts.answered = standing(ports.state, now, facts.feeds)
    behind = troubles(ports, now, sorted(facts.connected))
    return Today(
        as_of=shown,
        last=whole,
        week=week_of(flow(facts.table("daily_flow"), day_number(whole))),
        findings=tuple(finding_views(history, language, answered)) if history else (),
        answered=_name(query.get("answered", "")),
        troubles=() if _past(facts) else tuple(one.trouble for one in behind),
        alerts=tuple(one for one in alerts(facts, ports) if not _hidden(one, answered)),
    )


def _hidden(one: AlertView, answered: Standing) -> bool:
    return answered.hides(of_alert(one.key, one.account, one.alert), [feed_of(one.account)])


def alerts(facts: Facts, ports: Ports) -> Iterator[AlertView]:
    """What was raised of the work in the two weeks before; of the looking itself, ``troubles`` tell what still holds."""
    when: dict[str, Any] = facts.when
    given = [at for name in ("known_at", "as_of") if (at := when[name])]
    at = min(given, default=ports.clock.now())
    accounts = [facts.account] if facts.account else []
    for one in lately(facts.session, at, facts.asked.language, accounts=accounts, **when):
        if not one.key.startswith("account_"):
            about = {name: getattr(one, name) for name in AlertView.__struct_fields__ if name != "name"}
            yield AlertView(**about, name=name_of(of_alert(one.key, one.account, one.alert)))


def _name(text: str) -> str:
    """The short name of a finding that was answered just now; empty for what is none."""
    return text if re.fullmatch(f"[{LETTERS}]{{{LENGTH}}}", text) else ""


def _past(facts: Facts) -> bool:
    return any(facts.when.values())


def shown(found: Today, facts: Facts, words: Words) -> dict[str, Any]:
    """What the page's template needs besides; the forecast in a sentence, where there is one."""
    ahead, *rest = chosen(facts.report, words, ("forecast", *SHOWN))
    return {
        "sections": rest,
        "ahead": ahead if ahead.chart else None,
        "now": not _past(facts),
        "verdicts": VERDICTS,
        "answered": found.answered,
        "figures": list(figures(found.week, words)),
        "troubles": [trouble(one, words) for one in found.troubles],
    }
