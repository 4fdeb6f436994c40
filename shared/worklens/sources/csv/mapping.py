"""The mapping of a CSV file: which column is what, which values mean what, and how dates and numbers are written."""

from __future__ import annotations

import codecs
import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from difflib import get_close_matches
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

import msgspec

from worklens.sources.base import Json, Refused
from worklens.sources.dates import ISO

SECONDS = {"second": 1.0, "minute": 60.0, "hour": 3600.0}
_UNIT = re.compile(r"[^\W\d]+ of (\d+(?:\.\d+)?) (second|minute|hour)s?")
_PATH = re.compile(r" - at `\$\.?(.*?)`$")
_UNKNOWN = re.compile(r"unknown field `(.*?)`")


class Columns(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """The names of the columns; a field without a column stays empty.

    ``observed`` is the day of a log with a row a task and day: it stands in place of created, completed and deleted.
    """

    id: str = ""
    account: str = ""
    title: str = ""
    notes: str = ""
    collection: str = ""
    parent: str = ""
    labels: str | list[str] = []
    priority: str = ""
    created: str = ""
    started: str = ""
    due: str = ""
    completed: str = ""
    deleted: str = ""
    status: str = ""
    estimate: str = ""
    spent: str = ""
    recurrence: str = ""
    assignee: str = ""
    link: str = ""
    observed: str = ""


class Values(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """What the values of the status column mean, and those of the priority column (1 most urgent to 9 least)."""

    open: list[str] = []
    done: list[str] = []
    closed: list[str] = []
    deleted: list[str] = []
    priority: dict[str, int] = {}


class Formats(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """How values are written. An estimate without a unit named is in hours, as most trackers have it."""

    date: str | list[str] = []
    time_zone: str = ""  # of times without an offset; else the person's zone
    encoding: str = ""
    estimate: str = "hours"
    spent: str = "hours"
    decimal: str = "."
    label_separator: str = ""  # where one cell holds several labels


class FileOptions(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """What the file as a whole is. Unless it is a whole listing, a task that is absent is merely not in it."""

    whole_listing: bool = False
    account: str = ""
    delimiter: str = ""


class FileMapping(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """A whole mapping, as its TOML file has it."""

    columns: Columns = Columns()
    values: Values = Values()
    formats: Formats = Formats()
    file: FileOptions = FileOptions()

    @property
    def labels(self) -> tuple[str, ...]:
        """The label columns."""
        return _several(self.columns.labels)

    @property
    def date_formats(self) -> tuple[str, ...]:
        """The date formats."""
        return _several(self.formats.date)


def read_mapping(name: str, text: str) -> FileMapping:
    """The mapping of a TOML file. Raises Refused naming the file, the key and the remedy."""
    try:
        return checked(name, tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        raise Refused("mapping-not-toml", file=name, detail=str(error)) from None


def mapping_of(settings: Mapping[str, Json]) -> FileMapping:
    """The mapping in a feed's settings. Raises Refused where there is none."""
    if not settings.get("mapping"):
        raise Refused("mapping-missing")
    return checked("settings", settings["mapping"])


def settings_of(mapping: FileMapping) -> dict[str, Any]:
    """The mapping as plain JSON, for a feed's settings."""
    return {"mapping": msgspec.to_builtins(mapping)}


def checked(name: str, value: Any) -> FileMapping:
    """A mapping from plain data, complete and free of contradictions. Raises Refused."""
    try:
        mapping = msgspec.convert(value, FileMapping)
    except msgspec.ValidationError as error:
        raise _refusal(name, str(error)) from None
    for reason, params in _faults(mapping):
        raise Refused(reason, file=name, **params)
    return mapping


@lru_cache(maxsize=32)
def seconds_of(unit: str) -> float:
    """The seconds of one unit: ``hours``, ``minutes``, ``pomodoros of 25 minutes``, ``days of 8 hours``.

    Raises ValueError.
    """
    if unit.removesuffix("s") in SECONDS:
        return SECONDS[unit.removesuffix("s")]
    made = _UNIT.fullmatch(unit)
    if not made or not float(made[1]):
        raise ValueError(f"not a unit: {unit}")
    return float(made[1]) * SECONDS[made[2]]


def nearest(name: str, names: Iterable[str]) -> str:
    """The name most like this one; whatever there is rather than none, since it goes into a hint."""
    return next(iter(get_close_matches(name, list(names), 1, 0.0)), "")


def named_columns(mapping: FileMapping) -> Iterator[tuple[str, str]]:
    """Each column that the mapping names, after the key that names it."""
    for name, value in msgspec.to_builtins(mapping.columns).items():
        yield from ((f"columns.{name}", column) for column in _several(value))


def _several(value: str | list[str]) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else tuple(value)


def _refusal(name: str, message: str) -> Refused:
    """msgspec's message as a reason of ours: it names what was wrong and, at its end, where."""
    path = _PATH.search(message)
    table = path[1] if path else ""
    unknown = _UNKNOWN.search(message)
    if unknown:
        key = f"{table}.{unknown[1]}".lstrip(".")
        return Refused("mapping-unknown-key", file=name, key=key, nearest=_nearest_key(table, unknown[1]))
    return Refused("mapping-wrong-value", file=name, key=table, detail=_PATH.sub("", message))


def _nearest_key(table: str, key: str) -> str:
    """The known key most like an unknown one, of its own table if that is known."""
    tables: dict[str, type[msgspec.Struct]] = {
        "columns": Columns,
        "values": Values,
        "formats": Formats,
        "file": FileOptions,
    }
    kind = tables.get(table, FileMapping)
    return ".".join(filter(None, [table, nearest(key, kind.__struct_fields__)]))


Fault = tuple[str, dict[str, str]]


def _faults(mapping: FileMapping) -> Iterator[Fault]:
    """Each key that can't stand so, as a reason with its parameters."""
    yield from _column_faults(mapping)
    yield from _value_faults(mapping.values)
    yield from _format_faults(mapping)


def _column_faults(mapping: FileMapping) -> Iterator[Fault]:
    columns, values = mapping.columns, mapping.values
    if not (columns.title or columns.id):
        yield _needs("columns", "columns.title")
    if not columns.status and any([values.open, values.done, values.closed, values.deleted]):
        yield _needs("values", "columns.status")
    if columns.observed and not (columns.status and values.done):
        yield _needs("columns.observed", "columns.status, values.done")
    for name in ("created", "completed", "deleted"):
        if columns.observed and getattr(columns, name):
            yield _conflict(f"columns.{name}", "columns.observed")


def _value_faults(values: Values) -> Iterator[Fault]:
    seen: dict[str, str] = {}
    for name in ("open", "done", "closed", "deleted"):
        for value in getattr(values, name):
            if seen.setdefault(value.strip(), name) != name:
                yield _conflict(f"values.{name}", f"values.{seen[value.strip()]}")
    for value, priority in values.priority.items():
        if not 1 <= priority <= 9:
            yield _example(f"values.priority.{value}", "1 ... 9")


def _format_faults(mapping: FileMapping) -> Iterator[Fault]:
    formats, delimiter = mapping.formats, mapping.file.delimiter
    if not all(map(_is_date_format, mapping.date_formats)):
        yield _example("formats.date", '"%d-%b-%y"')
    if formats.time_zone and not _is_zone(formats.time_zone):
        yield _example("formats.time_zone", '"Europe/Paris"')
    if formats.encoding and not _is_encoding(formats.encoding):
        yield _example("formats.encoding", '"utf-8", "cp1252"')
    for name in ("estimate", "spent"):
        if not _is_unit(getattr(formats, name)):
            yield _example(f"formats.{name}", '"hours", "minutes", "pomodoros of 25 minutes"')
    if formats.decimal not in {".", ","}:
        yield _example("formats.decimal", '".", ","')
    if len(delimiter) > 1 or delimiter in {'"', "\r", "\n", "\0"}:
        yield _example("file.delimiter", r'",", ";", "|", "\t"')


def _needs(key: str, needs: str) -> Fault:
    return "mapping-needs", {"key": key, "needs": needs}


def _conflict(key: str, other: str) -> Fault:
    return "mapping-conflict", {"key": key, "other": other}


def _example(key: str, example: str) -> Fault:
    return "mapping-format", {"key": key, "example": example}


def _is_date_format(form: str) -> bool:
    """Whether it reads back the day it writes."""
    if form == ISO:
        return True
    try:
        day = date(2016, 12, 31)
        written = datetime(2016, 12, 31, 13, 5, 6).strftime(form)  # noqa: DTZ001  only to try the format
        return datetime.strptime(written, form).date() == day  # noqa: DTZ007
    except ValueError:
        return False


def _is_zone(name: str) -> bool:
    try:
        return bool(ZoneInfo(name))
    except (KeyError, ValueError, OSError):  # not found; not a name; a folder of zones
        return False


def _is_encoding(name: str) -> bool:
    """Whether Python can decode text by it (not every codec of Python's is one of text)."""
    try:
        return codecs.lookup(name) is not None and isinstance(b"a".decode(name, "replace"), str)
    except (LookupError, ValueError):
        return False


def _is_unit(unit: str) -> bool:
    try:
        return bool(seconds_of(unit))
    except ValueError:
        return False
