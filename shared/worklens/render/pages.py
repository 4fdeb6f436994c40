"""The page: sections in their order, set into the template with the charts' runtime and the policy."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

import msgspec

from worklens.analysis.days import day_number
from worklens.render import runtime, safe, sections
from worklens.render.columns import flow, lifetimes
from worklens.render.model import Columns, Report
from worklens.render.section import Section, Spec
from worklens.render.words import Words

if TYPE_CHECKING:
    from jinja2 import Environment

NOTHING: Columns = {}


def compose(report: Report, script: str | None = None) -> str:
    """The HTML document; `script` is what `runtime.bundle` gives, for callers who kept it."""
    words = Words(report.language)
    charts, drawing = script or runtime.bundle(), template("page.js")
    return (
        environment()
        .get_template("page.html")
        .render(
            report=report,
            words=words,
            sections=all_sections(report, words),
            accounts=[safe.clean(account) for account in report.accounts],
            style=template("page.css"),
            scripts=(charts, drawing),
            policy=runtime.policy((charts, drawing)),
        )
    )


def all_sections(report: Report, words: Words) -> list[Section]:
    """Every section in the order of the page."""
    last = day_number(report.as_of)

    def view(name: str) -> Columns:
        return report.tables.get(name, NOTHING)

    daily = flow(view("daily_flow"), last)
    whole = flow(view("daily_flow"), day_number(report.whole_until or report.as_of))
    lives = lifetimes(view("lifetimes"))
    known = sections.typical(lives)
    work = sections.open_work(view("age_of_open_work"), known, last)
    standing = sections.standing(view("standing_forecasts"))
    shown = [
        sections.forecast(standing, whole, words),
        sections.promises(view("forecast_coverage"), standing, words),
        sections.throughput(whole, words),
        sections.cumulative_flow(daily, words),
        sections.time_to_done(known, lives, words),
        sections.changes(view("merged_changes"), last, words),
        sections.ageing(work, words, int(daily.open[-1]) if daily else 0),
        sections.turning(work, words),
        sections.oldest(work, words),
        sections.where(view("work_by_collection"), last, words),
        sections.when(view("work_by_weekday_hour"), words),
        sections.quality(view("data_quality"), report.zone, words),
        sections.as_of(report, words),
    ]
    return [section for section in shown if section is not None]


@cache
def environment() -> Environment:
    """Jinja with everything escaped; a name that is not there is an error.

    Raises ImportError, naming the remedy, where the extra `report` isn't installed.
    """
    try:
        from jinja2 import Environment, PackageLoader, StrictUndefined
    except ImportError as error:
        raise ImportError('the page needs the extra "report": pip install "worklens[report]"') from error
    made = Environment(
        loader=PackageLoader("worklens.render"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters["sentence"] = sentence
    made.filters["data"] = data
    return made


def sentence(text: str) -> str:
    """A finding's text, which may hold titles, made fit for the page."""
    return safe.clean(text, safe.SENTENCE)


def data(spec: Spec) -> str:
    """JSON that can't end the script element it stands in."""
    return msgspec.json.encode(spec).decode().replace("<", r"\u003c")


def template(name: str) -> str:
    """A file beside the page's template, as it is."""
    return files("worklens.render").joinpath("templates", name).read_text(encoding="utf-8")
