"""The report: findings and tables in, one self-contained HTML page out.

It asks no store and no clock; the charts and templates are loaded only when a page is made.
"""

from __future__ import annotations

from worklens.render.model import Columns, FindingView, Language, Report

__all__ = ["Columns", "FindingView", "Language", "Report", "page"]


def page(report: Report, runtime: str | None = None) -> str:
    """The report as one HTML document that needs no network.

    `runtime` is the charts' JavaScript where the caller kept it (`worklens.render.runtime.bundle` takes two seconds the
    first time in a process). Raises ImportError, naming the remedy, where the extra `report` isn't installed.
    """
    from worklens.render.pages import compose

    return compose(report, runtime)
