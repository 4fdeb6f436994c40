"""One file a section of the page: the view's columns in, a finding with its chart out, or what evidence is missing."""

from __future__ import annotations

from worklens.render.sections.ageing import ageing, oldest, turning
from worklens.render.sections.changes import changes
from worklens.render.sections.flow import cumulative_flow
from worklens.render.sections.forecast import forecast, promises
from worklens.render.sections.quality import as_of, quality
from worklens.render.sections.throughput import throughput
from worklens.render.sections.time_to_done import time_to_done, typical
from worklens.render.sections.when import when
from worklens.render.sections.where import where

__all__ = [
    "ageing",
    "as_of",
    "changes",
    "cumulative_flow",
    "forecast",
    "oldest",
    "promises",
    "quality",
    "throughput",
    "time_to_done",
    "turning",
    "typical",
    "when",
    "where",
]
