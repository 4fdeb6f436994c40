"""One file a section of the page: the view's columns in, a finding with its chart out, or what evidence is missing."""

from __future__ import annotations

from worklens.render.sections.ageing import ageing
from worklens.render.sections.attention import attention
from worklens.render.sections.changes import changes
from worklens.render.sections.estimates import estimates, hours
from worklens.render.sections.flow import cumulative_flow
from worklens.render.sections.forecast import forecast
from worklens.render.sections.oldest import oldest, turning
from worklens.render.sections.open_work import open_work
from worklens.render.sections.pace import behaviour, pace
from worklens.render.sections.promises import promises
from worklens.render.sections.quality import as_of, quality
from worklens.render.sections.standing import standing
from worklens.render.sections.throughput import throughput
from worklens.render.sections.time_to_done import time_to_done, typical
from worklens.render.sections.when import when
from worklens.render.sections.where import where

__all__ = [
    "ageing",
    "as_of",
    "attention",
    "behaviour",
    "changes",
    "cumulative_flow",
    "estimates",
    "forecast",
    "hours",
    "oldest",
    "open_work",
    "pace",
    "promises",
    "quality",
    "standing",
    "throughput",
    "time_to_done",
    "turning",
    "typical",
    "when",
    "where",
]
