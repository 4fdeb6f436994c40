"""From a row's cells to the task it stands for, by the file's mapping."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from contextlib import suppress
from datetime import tzinfo
from typing import Any

from worklens.sources.base import Unreadable
from worklens.sources.csv.mapping import FileMapping, named_columns
from worklens.sources.dates import dates
from worklens.sources.spans import spans
from worklens.tasks import Moment, Task, after, digest

Cells = Mapping[str, str]
Fields = dict[str, Any]  # of a Task; only those that are set

TEXTS = ("collection", "parent", "title", "notes", "recurrence", "assignee", "link")
MOMENTS = ("created", "started", "due", "completed", "deleted")
SPANS = {"estimate": "estimate_seconds", "spent": "spent_seconds"}

_WORDS = {"high": 1, "medium": 5, "normal": 5, "low": 9, "高": 1, "中": 5, "低": 9}
PRIORITIES = {str(n): n for n in range(1, 10)} | _WORDS | {w.capitalize(): n for w, n in _WORDS.items()}


class Reader:
    """Reads rows by one mapping; ``zone`` is where times without an offset are read, unless the mapping says."""

    def __init__(self, mapping: FileMapping, feed: str, zone: str | tzinfo) -> None:
        """Look up once what every row needs; a field without a column then costs nothing."""
        columns, formats, values = mapping.columns, mapping.formats, mapping.values
        self.mapping = mapping
        self.feed = feed
        self.columns = columns
        self.named = tuple(column for _, column in named_columns(mapping))
        self.separator = formats.label_separator
        self.dates = dates(mapping.date_formats, formats.time_zone or zone)
        self.estimate = spans(formats.estimate, formats.decimal)
        self.spent = spans(formats.spent, formats.decimal)
        self.texts = [(name, column) for name in TEXTS if (column := getattr(columns, name))]
        self.moments = [(name, column) for name in MOMENTS if (column := getattr(columns, name))]
        self.spans = [
            (SPANS[name], column, getattr(self, name)) for name in SPANS if (column := getattr(columns, name))
        ]
        self.labels_from = mapping.labels
        self.priorities = PRIORITIES | mapping.values.priority
        self.done = stripped(values.done)
        self.over = self.done | stripped(values.closed)
        self.gone = stripped(values.deleted)

    def task(self, cells: Cells, copy: int) -> Task:
        """The task of a row; ``copy`` tells rows apart that have no id and are alike. Raises Unreadable."""
        fields = self.fields(cells, copy)
        status = self.text(cells, self.columns.status)
        if status in self.over or status in self.gone:
            _end(fields, status in self.gone)
        return Task(**fields)

    def fields(self, cells: Cells, copy: int) -> Fields:
        """What the columns say, each by itself. Raises Unreadable."""
        fields: Fields = {"account": self.account(cells), "task": self.identity(cells, copy)}
        for name, column in self.texts:
            if text := cells.get(column, "").strip():
                fields[name] = text
        self.read_moments(cells, fields)
        self.read_spans(cells, fields)
        if self.labels_from:
            fields["labels"] = self.labels(cells)
        if self.columns.priority:  # a value that is no priority and isn't mapped is unknown, not an error
            fields["priority"] = self.priorities.get(self.text(cells, self.columns.priority))
        return fields

    def text(self, cells: Cells, column: str) -> str:
        """A cell's text; a field without a column is empty."""
        return cells.get(column, "").strip()

    def account(self, cells: Cells) -> str:
        """The feed, and below it whose task it is where a column says so."""
        who = self.columns.account and self.text(cells, self.columns.account)
        return f"{self.feed}/{who}" if who else self.feed

    def identity(self, cells: Cells, copy: int) -> str:
        """The row's id, else a hash of what else is constant about it. Raises Unreadable."""
        columns = self.columns
        name = self.text(cells, columns.id or columns.title)
        if not name:
            raise Unreadable("no-id" if columns.id else "no-title", column=columns.id or columns.title)
        return name if columns.id else digest(*likeness(self.mapping, cells), str(copy))

    def moment(self, cells: Cells, column: str) -> Moment | None:
        """A cell's date or time. Raises Unreadable naming the column and the formats expected."""
        fields: Fields = {}
        self.read_moments(cells, fields, [("moment", column)])
        return fields.get("moment")

    def read_moments(
        self, cells: Cells, fields: Fields, moments: list[tuple[str, str]] | None = None
    ) -> None:
        """Set the fields whose cells hold a date or a time. Raises Unreadable."""
        column = ""
        try:
            for name, column in self.moments if moments is None else moments:
                text = cells.get(column, "").strip()
                if text:
                    fields[name] = self.dates[text]
        except ValueError:
            raise Unreadable("bad-date", column=column, expected=self.dates.expected) from None

    def read_spans(self, cells: Cells, fields: Fields) -> None:
        """Set the fields whose cells hold a span of time, in seconds. Raises Unreadable naming the column."""
        column = ""
        try:
            for name, column, read in self.spans:
                text = cells.get(column, "").strip()
                if text:
                    fields[name] = read[text]
        except ValueError:
            raise Unreadable("bad-number", column=column, decimal=self.mapping.formats.decimal) from None

    def labels(self, cells: Cells) -> tuple[str, ...]:
        """The labels of all label columns, each once, in their order."""
        texts = [cells.get(column, "") for column in self.labels_from]
        if self.separator:
            texts = [part for text in texts for part in text.split(self.separator)]
        return tuple(dict.fromkeys([label for text in texts if (label := text.strip())]))


def _end(fields: Fields, gone: bool) -> None:
    """What a status says that is over: a deleting one goes before a completion date, that before all others.

    Where there is no date the task was deleted, or closed, at an unknown time after it was last known open.
    """
    unknown = after(fields.get("started") or fields.get("created"))
    if gone:
        completed = fields.pop("completed", None)
        fields.setdefault("deleted", completed or unknown)
    elif "completed" not in fields and "deleted" not in fields:
        fields["closed"] = unknown


def likeness(mapping: FileMapping, cells: Cells) -> tuple[str, str]:
    """What two rows without an id are alike in: the title, but for case and spaces, and when it was created.

    Times are read in UTC here, so that the identity doesn't depend on where the person lives.
    """
    title = unicodedata.normalize("NFC", cells.get(mapping.columns.title, "")).casefold()
    created = cells.get(mapping.columns.created, "").strip()
    if created:
        with suppress(ValueError):  # it will be rejected when it is read
            created = str(dates(mapping.date_formats, mapping.formats.time_zone or "UTC")[created])
    return " ".join(title.split()), created


def stripped(values: list[str]) -> frozenset[str]:
    """Values as cells are compared with them."""
    return frozenset(value.strip() for value in values)
