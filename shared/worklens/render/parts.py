"""The sections by their names, over what several of them read: one page may hold all of them, or some."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import cached_property

from worklens.analysis.days import day_number
from worklens.render import sections
from worklens.render.columns import Flow, Lifetimes, flow, lifetimes
from worklens.render.model import Columns, Report
from worklens.render.section import Section
from worklens.render.sections.labels import labels
from worklens.render.sections.open_work import OpenWork
from worklens.render.sections.standing import Standing
from worklens.render.sections.time_to_done import Typical
from worklens.render.words import Words

NOTHING: Columns = {}


class Parts:
    """What sections are made from, each made once and only where a section reads it."""

    def __init__(self, report: Report, words: Words) -> None:
        """`words` are those of the report's language."""
        self.report, self.words = report, words
        self.last = day_number(report.as_of)

    def view(self, name: str) -> Columns:
        """A view of the report; an empty one where it isn't there."""
        return self.report.tables.get(name, NOTHING)

    @cached_property
    def daily(self) -> Flow | None:
        """Up to the last day shown."""
        return flow(self.view("daily_flow"), self.last)

    @cached_property
    def whole(self) -> Flow | None:
        """Up to the last day that was over."""
        return flow(self.view("daily_flow"), day_number(self.report.whole_until or self.report.as_of))

    @cached_property
    def lives(self) -> Lifetimes:
        """How long tasks took."""
        return lifetimes(self.view("lifetimes"))

    @cached_property
    def known(self) -> Typical | None:
        """What is typical of that."""
        return sections.typical(self.lives)

    @cached_property
    def work(self) -> OpenWork:
        """The open tasks beside it."""
        return sections.open_work(self.view("age_of_open_work"), self.known, self.last)

    @cached_property
    def standing(self) -> Mapping[str, Standing]:
        """What stands in the ledger of forecasts."""
        return sections.standing(self.view("standing_forecasts"))


SECTIONS: dict[str, Callable[[Parts], Section | None]] = {
    "forecast": lambda of: sections.forecast(of.standing, of.whole, of.words),
    "promises": lambda of: sections.promises(of.view("forecast_coverage"), of.standing, of.words),
    "throughput": lambda of: sections.throughput(of.whole, of.words),
    "flow": lambda of: sections.cumulative_flow(of.daily, of.words),
    "time": lambda of: sections.time_to_done(of.known, of.lives, of.words, of.view("cycle_time_lately")),
    "ageing": lambda of: sections.ageing(of.work, of.words, int(of.daily.open[-1]) if of.daily else 0),
    "changes": lambda of: sections.changes(of.view("merged_changes"), of.last, of.words),
    "attention": lambda of: sections.attention(
        of.view("attention_first"), of.words, of.view("rhythms"), of.report.as_of
    ),
    "turning": lambda of: sections.turning(of.work, of.words),
    "oldest": lambda of: sections.oldest(of.work, of.words),
    "where": lambda of: sections.where(of.view("work_by_collection"), of.last, of.words, of.report.weeks),
    "labels": lambda of: labels(of.view("work_by_label"), of.last, of.report.weeks, of.words),
    "when": lambda of: sections.when(
        of.view("work_by_weekday_hour"), of.words, of.view("rhythms"), of.report.as_of
    ),
    "pace": lambda of: sections.pace(of.view("changes_of_pace"), of.view("whole_weeks"), of.words),
    "behaviour": lambda of: sections.behaviour(of.view("process_behaviour"), of.words),
    "estimates": lambda of: sections.estimates(of.view("estimates_by_list"), of.words),
    "hours": lambda of: sections.hours(of.view("list_hours"), of.words),
    "quality": lambda of: sections.quality(of.view("data_quality"), of.report.zone, of.words),
    "as_of": lambda of: sections.as_of(of.report, of.words),
}
"""In the order of the one-file report, which holds them all."""


def chosen(report: Report, words: Words, names: Iterable[str] = SECTIONS) -> list[Section]:
    """The sections of these names that have something to say, or say what is lacking."""
    parts = Parts(report, words)
    shown = [SECTIONS[name](parts) for name in names]
    return [section for section in shown if section is not None]
