"""The sources by name. A module is imported only when its source is asked for."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from typing import cast

from worklens.sources.base import Source
from worklens.sources.questions import FileSource

SOURCES: dict[str, str] = {
    "caldav": "worklens.sources.caldav.source:CalDav",
    "csv": "worklens.sources.csv.source:CsvFile",
    "dida365": "worklens.sources.ticktick.source:Dida365",
    "github": "worklens.sources.github.source:GitHub",
    "google_tasks": "worklens.sources.google_tasks.source:GoogleTasks",
    "icalendar": "worklens.sources.icalendar.source:ICalendarFile",
    "microsoft_todo": "worklens.sources.microsoft_todo.source:MicrosoftToDo",
    "taskwarrior": "worklens.sources.taskwarrior.source:Taskwarrior",
    "ticktick": "worklens.sources.ticktick.source:TickTick",
    "todoist": "worklens.sources.todoist.source:Todoist",
    "todotxt": "worklens.sources.todotxt.source:TodoTxt",
    "wunderlist": "worklens.sources.wunderlist.source:Wunderlist",
}
ONLY_FILES = frozenset({"csv", "icalendar"})
"""Sources that nothing but files comes from; to each of the others one can connect."""
FILES: dict[str, str] = {
    "csv": "worklens.sources.csv.source:CsvFile",
    "icalendar": "worklens.sources.icalendar.source:ICalendarFile",
    "taskwarrior": "worklens.sources.taskwarrior.export:TaskwarriorExport",
    "todotxt": "worklens.sources.todotxt.export:TodoTxtFile",
    "wunderlist": "worklens.sources.wunderlist.export:WunderlistExport",
}
"""The sources that files are read by; a feed may be pulled from its service and from files alike, since the raw
records of both are read by the one ``parse``."""


def services() -> tuple[str, ...]:
    """The names of the sources that one can connect to."""
    return tuple(name for name in SOURCES if name not in ONLY_FILES)


@cache
def source(name: str, *, file: bool = False) -> Source:
    """The source of this name, or what reads its files. Raises LookupError where there is none."""
    module, _, kind = (FILES if file else SOURCES)[name].partition(":")
    return cast("Source", getattr(import_module(module), kind)())


def file_source(name: str) -> FileSource:
    """What reads the files of this source. Raises LookupError where its data comes in no files."""
    return cast("FileSource", source(name, file=True))
