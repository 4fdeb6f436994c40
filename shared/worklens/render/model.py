"""What a report is made from: rendered findings and the columns of the warehouse's views, with nothing left to ask for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Literal

import msgspec

Language = Literal["en", "zh"]

Columns = Mapping[str, Sequence[Any]]
"""A table by its columns, all of one length: days as `date`, instants as microseconds since 1970, None for unknown."""


class FindingView(msgspec.Struct, frozen=True, kw_only=True):
    """A finding in the reader's language: what is so, why it can be said, and what could be done about it."""

    key: str
    text: str
    why: str = ""
    action: str = ""
    name: str = ""  # short: by it a person answers the finding


class Report(msgspec.Struct, frozen=True, kw_only=True):
    """All that stands on the page.

    `tables` holds views by their names, a missing one being an empty one: daily_flow, age_of_open_work, attention_first,
    work_by_collection, work_by_weekday_hour, merged_changes, data_quality, standing_forecasts, forecast_coverage, and with them what `stages.reckoned` makes of a
    history: lifetimes, whole_weeks, changes_of_pace, process_behaviour, rhythms, cycle_time_lately, estimates_by_list, list_hours. `columns.only_single` leaves in age_of_open_work what the curve of those lifetimes can be read for. Each has at least the columns its section reads, up to the last day; rows of several accounts are added up.
    """

    language: Language = "en"
    as_of: date  # the last day shown, in the person's zone
    whole_until: date | None = None  # the last day that was over when it was looked at; as_of where not given
    known_at: int | None = None  # microseconds; only what had been seen by then, where that was asked for
    newest_fact: int | None = None  # microseconds: when anything was last seen
    zone: str = "UTC"  # in which days begin
    accounts: tuple[str, ...] = ()
    findings: tuple[FindingView, ...] = ()
    weeks: int = 26  # over which it is told where work goes
    tables: Mapping[str, Columns] = {}
