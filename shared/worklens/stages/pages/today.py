"""Today: the week in figures, what is worth knowing, what stands in the way, and which tasks wait for a decision."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from worklens.analysis.days import day_number
from worklens.ports import Ports
from worklens.render.columns import flow
from worklens.render.digest import figures, trouble
from worklens.render.model import Language
from worklens.render.parts import chosen
from worklens.render.told import Today
from worklens.render.week import week_of
from worklens.render.words import Words
from worklens.stages.answers import standing
from worklens.stages.notify import troubles
from worklens.stages.pages.facts import Facts
from worklens.stages.report import finding_views

SHOWN = ("turning", "oldest")


def data(facts: Facts, query: Mapping[str, str], ports: Ports) -> Today:
    """The numbers of the page."""
    language: Language = facts.asked.language
    shown, whole = facts.days
    history = facts.history
    now = facts.when["known_at"] or ports.clock.now()
    answered = standing(ports.state, now, facts.feeds)
    behind = troubles(ports, now, facts.feeds)
    return Today(
        as_of=shown,
        week=week_of(flow(facts.table("daily_flow"), day_number(whole))),
        findings=tuple(finding_views(history, language, answered)) if history else (),
        troubles=() if _past(facts) else tuple(one.trouble for one in behind),
    )


def _past(facts: Facts) -> bool:
    return any(facts.when.values())


def shown(found: Today, facts: Facts, words: Words) -> dict[str, Any]:
    """What the page's template needs besides; the forecast in a sentence, where there is one."""
    ahead, *rest = chosen(facts.report, words, ("forecast", *SHOWN))
    return {
        "sections": rest,
        "ahead": ahead if ahead.chart else None,
        "figures": list(figures(found.week, words)),
        "troubles": [trouble(one, words) for one in found.troubles],
    }
