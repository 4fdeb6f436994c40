"""Forecast: how much by when and how sure that is, what such promises came to, and the flow they are made from."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from worklens.ports import Ports
from worklens.render.parts import chosen
from worklens.render.told import Forecast, Kept, Promise
from worklens.render.words import Words
from worklens.stages.pages.facts import Facts
from worklens.stages.pages.rows import records

SHOWN = (
    "forecast",
    "promises",
    "throughput",
    "flow",
    "time",
    "ageing",
    "changes",
    "pace",
    "behaviour",
    "hours",
)


def data(facts: Facts, query: Mapping[str, str], ports: Ports) -> Forecast:
    """The numbers of the page."""
    return Forecast(
        as_of=facts.days[0],
        promises=records(facts.table("standing_forecasts"), Promise),
        came_to=records(facts.table("forecast_coverage"), Kept),
    )


def shown(found: Forecast, facts: Facts, words: Words) -> dict[str, Any]:
    """What the page's template needs besides."""
    return {"sections": chosen(facts.report, words, SHOWN)}
