"""Addresses that open a new Looker Studio report with our views as its data sources.

Looker Studio is told by the address alone what to connect to (its Linking API,
https://developers.google.com/looker-studio/integrate/linking-api). Nothing of anyone's data stands in one.
"""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import quote, urlencode

from worklens.warehouse.metrics import Words

CREATE = "https://lookerstudio.google.com/reporting/create"

# The views that each page's numbers come from, the one to begin with first.
PAGES: dict[str, tuple[Words, tuple[str, ...]]] = {
    "today": (Words("Today", "今天"), ("attention", "age_of_open_work", "daily_flow", "rescheduling")),
    "forecast": (
        Words("Forecast", "预测"),
        (
            "throughput_weekly", "cumulative_flow", "cycle_time", "forecast_ledger", "forecast_coverage",
            "forecast_grades",
        ),
    ),
    "time": (
        Words("Time", "时间"),
        (
            "throughput_daily", "work_by_collection", "work_by_label", "work_by_weekday_hour", "estimate_vs_actual",
            "lead_time_for_changes",
        ),
    ),
    "tasks": (Words("Tasks", "任务"), ("current_tasks", "age_of_open_work", "cycle_time")),
    "data": (Words("Data", "数据"), ("data_quality",)),
}  # fmt: skip


Titles = Mapping[str, Words]  # of the views made for people, by their names


def page_addresses(titles: Titles, project: str, dataset: str, language: str = "en") -> dict[str, str]:
    """For each page by its name, the address of a report on the views behind it."""
    return {
        name: address(
            f"Worklens: {title[language]}", {view: titles[view][language] for view in views}, project, dataset
        )
        for name, (title, views) in PAGES.items()
    }


def view_addresses(titles: Titles, project: str, dataset: str, language: str = "en") -> dict[str, str]:
    """For each view by its name, the address of a report on it alone."""
    return {
        view: address(f"Worklens: {title[language]}", {view: title[language]}, project, dataset)
        for view, title in titles.items()
    }


def address(title: str, sources: Mapping[str, str], project: str, dataset: str) -> str:
    """The address of a new report of this title. ``sources`` gives each view's name and what it is called there."""
    asked = {"c.mode": "edit", "r.reportName": title}
    for place, (view, called) in enumerate(sources.items()):
        source = {
            "connector": "bigQuery",
            "datasourceName": called,
            "type": "TABLE",
            "projectId": project,
            "datasetId": dataset,
            "tableId": view,
        }
        asked |= {f"ds.ds{place}.{name}": value for name, value in source.items()}
    return f"{CREATE}?{urlencode(asked, quote_via=quote, safe='')}"


def templates(titles: Titles) -> dict[str, dict[str, str]]:
    """The addresses of pages and views with PROJECT and DATASET in their places, for Terraform to fill in."""
    given = (titles, "PROJECT", "DATASET")
    return {"pages": page_addresses(*given), "views": view_addresses(*given)}
