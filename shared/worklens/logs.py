"""What a function says of itself: on Google Cloud one line of JSON an event, elsewhere a line a person can read.

A line is a message key with parameters. Nothing of a task may be among them: kinds, runs, accounts, counts, reasons.
"""

from __future__ import annotations

import logging
import os
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime
from functools import cache
from types import MappingProxyType, TracebackType
from typing import Literal

import msgspec

Severity = Literal["DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL"]
LOGGER = logging.getLogger("worklens")
Value = str | int | float | bool | None

TRACE = re.compile(r"(?P<trace>[0-9a-fA-F]{32})(?:/(?P<span>\d+))?(?:;o=(?P<sampled>\d))?")
FRAMES = 6  # of a traceback: enough to see the way, and it names places only
NOTHING: Mapping[str, Value] = MappingProxyType({})
_about: ContextVar[Mapping[str, Value]] = ContextVar("about", default=NOTHING)


@contextmanager
def about(**fields: Value) -> Iterator[None]:
    """Let every line in this block say these too; those that are empty say nothing."""
    token = _about.set({**_about.get(), **{name: value for name, value in fields.items() if value}})
    try:
        yield
    finally:
        _about.reset(token)


def log(severity: Severity, key: str, **fields: Value) -> None:
    """Write a line."""
    LOGGER.log(logging.getLevelNamesMapping()[severity], key, extra={"fields": fields})


@cache
def configure() -> None:
    """From now on every line that this process logs goes to stderr in our form; of others' only warnings."""
    handler = logging.StreamHandler()
    handler.setFormatter(Structured() if is_structured() else Readable())
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(logging.WARNING)
    LOGGER.setLevel(logging.INFO)


def is_structured() -> bool:
    """As WORKLENS_LOGS says (json, text), else JSON where the platform collects it."""
    return os.environ.get("WORKLENS_LOGS", "json" if "K_SERVICE" in os.environ else "text") == "json"


def _fields(record: logging.LogRecord) -> dict[str, Value]:
    return {**_about.get(), **getattr(record, "fields", {})}


class Structured(logging.Formatter):
    """One line of JSON, as Cloud Logging reads it: severity, message, and the rest as fields one can filter by."""

    def format(self, record: logging.LogRecord) -> str:
        """The line; of an exception only its kind and its places."""
        fields: dict[str, Value] = {
            "severity": record.levelname,
            "message": record.getMessage(),
            **_fields(record),
        }
        if trace := fields.pop("trace", None):
            fields["logging.googleapis.com/trace"] = trace
        return msgspec.json.encode({**fields, **_failure(record)}).decode()


class Readable(logging.Formatter):
    """A line for a person."""

    def format(self, record: logging.LogRecord) -> str:
        """Time, severity, message, fields."""
        fields = {**_fields(record), **_failure(record)}
        told = "  ".join(f"{name}={value}" for name, value in fields.items() if name != "trace")
        now = datetime.fromtimestamp(record.created, UTC).strftime("%H:%M:%S")
        return f"{now} {record.levelname:<7} {record.getMessage():<12} {told}".rstrip()


def _failure(record: logging.LogRecord) -> dict[str, Value]:
    if not record.exc_info or record.exc_info[0] is None:
        return {}
    return {"error": record.exc_info[0].__name__, "where": where(record.exc_info[2])}


def trace_of(header: str) -> str:
    """The trace of an X-Cloud-Trace-Context header, as Cloud Logging wants it named; empty without one."""
    found = TRACE.match(header)
    project = os.environ.get("WORKLENS_PROJECT") or os.environ.get("GOOGLE_CLOUD_PROJECT", "")
    return f"projects/{project}/traces/{found['trace'].lower()}" if found and project else ""


def where(trace: TracebackType | None) -> str:
    """The last places of a traceback, as ``file:line`` from the outside in; without any text of theirs."""
    places = []
    while trace is not None:
        code = trace.tb_frame.f_code
        places.append(f"{'/'.join(code.co_filename.split('/')[-2:])}:{trace.tb_lineno}")
        trace = trace.tb_next
    return " > ".join(places[-FRAMES:])
