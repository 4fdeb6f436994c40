"""One function a chart: plain columns in, a Vega-Lite specification out.

Colours are the page's CSS variables, so that a chart follows light, dark and print by itself.
"""

from __future__ import annotations

from worklens.render.charts.ageing import ageing
from worklens.render.charts.fan import fan, shade
from worklens.render.charts.flow import cumulative_flow
from worklens.render.charts.heat import steps, week_by_collection, weekday_by_hour
from worklens.render.charts.throughput import throughput
from worklens.render.charts.time_to_done import time_to_done
from worklens.render.charts.weeks import behaviour, paces

__all__ = [
    "ageing",
    "behaviour",
    "cumulative_flow",
    "fan",
    "paces",
    "shade",
    "steps",
    "throughput",
    "time_to_done",
    "week_by_collection",
    "weekday_by_hour",
]
