"""What each source is called where a person reads of it; its id stands only where one types it."""

from __future__ import annotations

from typing import Literal

NAMES: dict[str, tuple[str, str]] = {
    "caldav": ("CalDAV", "CalDAV"),
    "csv": ("tables (CSV, TSV)", "表格（CSV、TSV）"),
    "dida365": ("Dida365", "滴答清单"),
    "github": ("GitHub", "GitHub"),
    "google_tasks": ("Google Tasks", "Google Tasks"),
    "icalendar": ("calendar files (.ics)", "日历文件（.ics）"),
    "microsoft_todo": ("Microsoft To Do", "Microsoft To Do"),
    "taskwarrior": ("Taskwarrior", "Taskwarrior"),
    "ticktick": ("TickTick", "TickTick"),
    "todoist": ("Todoist", "Todoist"),
    "todotxt": ("todo.txt", "todo.txt"),
    "wunderlist": ("Wunderlist", "Wunderlist"),
}


def name_of(source: str, language: Literal["en", "zh"] = "en") -> str:
    """The name of a source in a language; of one that nobody knows, its id."""
    return NAMES.get(source, (source, source))[language == "zh"]
