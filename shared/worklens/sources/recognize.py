"""What a file is, told from its content and never from its name."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import msgspec

from worklens.sources.base import File, Refused
from worklens.sources.csv.guess import guess
from worklens.sources.csv.mapping import FileMapping, settings_of
from worklens.sources.csv.rows import Table, table_of
from worklens.sources.csv.source import open_table
from worklens.sources.icalendar import source as ics
from worklens.sources.questions import Question
from worklens.sources.taskwarrior.listing import looks_like_one
from worklens.sources.text import decode
from worklens.sources.todotxt import export as todotxt
from worklens.sources.wunderlist.export import FORMS, ZIP, account_of, opened
from worklens.sources.wunderlist.flat import exported_at

FORMATS = ("csv", "tsv", "icalendar", *FORMS, "taskwarrior", "todotxt")
SHORT = {
    "wunderlist": "wunderlist-backup",
    "ics": "icalendar",
}  # names that stand for the likeliest of several
TODOIST_BACKUP = (
    "TYPE,CONTENT,",
    '"TYPE","CONTENT",',
)  # a project of one: open tasks without ids or dates of creation
_BINARY = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f]")


class Recognized(msgspec.Struct, frozen=True, kw_only=True):
    """What a file is: its format, the source that reads it, whose it is if nobody says, and the settings it needs.

    ``seen_at`` is the instant the file tells of (microseconds), where it names one.
    """

    format: str
    source: str
    default_account: str
    settings: Mapping[str, Any] = {}
    questions: list[Question] = []
    seen_at: int | None = None


def recognize(name: str, content: bytes, format_: str = "", mapping: FileMapping | None = None) -> Recognized:
    """What the file is. ``format_`` overrides what its content looks like; a mapping says that it is a table.

    Raises Refused: of no format that we know, or broken, with the place and the remedy.
    """
    if format_ and format_ not in (*FORMATS, *SHORT):
        raise Refused("unknown-format-name", format=format_, known=", ".join(FORMATS))
    if not content.strip(b"\x00 \t\r\n"):
        raise Refused("empty-file", file=name)
    file = File(name=name, content=content, modified=0)
    if format_ in ("csv", "tsv") or (mapping and not format_):
        return _table(file, mapping, format_)
    if format_ in ("icalendar", "ics") or _start(file)[: len(ics.BEGINS)].upper() == ics.BEGINS:
        return _icalendar(file)
    if format_ == "taskwarrior" or (not format_ and looks_like_one(_start(file))):
        return Recognized(format="taskwarrior", source="taskwarrior", default_account="taskwarrior:me")
    if format_ == "todotxt" or (not format_ and todotxt.looks_like_one(_start(file))):
        return Recognized(format="todotxt", source="todotxt", default_account="todotxt:me")
    if format_ or content.startswith(ZIP) or _start(file)[:1] in ("{", "["):
        return _wunderlist(file)
    return _table(file, None, "")


def _wunderlist(file: File) -> Recognized:
    try:
        content = opened(file)
    except Refused as refused:
        raise _knowing_all(refused) from None
    account = account_of(content.form) or "wunderlist:me"
    seen_at = exported_at(content.form)
    return Recognized(format=content.format, source="wunderlist", default_account=account, seen_at=seen_at)


def _icalendar(file: File) -> Recognized:
    try:
        account = ics.account_of(ics.opened(file), account_of_name(file.name).removeprefix("csv:"))
    except Refused as refused:
        raise _knowing_all(refused) from None
    return Recognized(format="icalendar", source="icalendar", default_account=f"icalendar:{account}")


def _table(file: File, mapping: FileMapping | None, format_: str) -> Recognized:
    """A table, with a guessed mapping if none came with it. Raises Refused for a Todoist backup, which tells too little."""
    questions: list[Question] = []
    if mapping is None and not format_ and _start(file).startswith(TODOIST_BACKUP):
        raise Refused("todoist-backup", file=file.name)
    if mapping is None:
        mapping, questions = guess(_plausible(file, format_))
    if format_ == "tsv":
        tabs = msgspec.structs.replace(mapping.file, delimiter="\t")
        mapping = msgspec.structs.replace(mapping, file=tabs)
    table = open_table(file, mapping)
    account = mapping.file.account or account_of_name(file.name)
    return Recognized(
        format="tsv" if table.delimiter == "\t" else "csv",
        source="csv",
        default_account=account if account.startswith("csv:") else f"csv:{account}",
        settings=settings_of(mapping),
        questions=questions,
    )


def _plausible(file: File, format_: str) -> Table:
    """The table in a file of which nobody said that it is one: text, with more than one column."""
    table = table_of(file.name, decode(file.name, file.content), "\t" if format_ == "tsv" else "")
    start = _start(file)
    if not format_ and (_BINARY.search(start) or start.startswith(("<", "%PDF")) or len(table.columns) < 2):
        raise Refused("unknown-format", file=file.name, known=", ".join(FORMATS))
    return table


def _start(file: File) -> str:
    return decode(file.name, file.content[:1_024]).text.lstrip()


def account_of_name(name: str) -> str:
    """An account for a file that doesn't say whose it is: ``csv:sip-tasks`` for "SiP Tasks.csv"."""
    stem = name.rpartition(".")[0] or name
    return "csv:" + (re.sub(r"[^\w.]+", "-", stem.lower()).strip("-.") or "file")


def _knowing_all(refused: Refused) -> Refused:
    """The refusal with all formats listed: who reads one kind of file doesn't know of the others."""
    if refused.reason != "unknown-format":
        return refused
    return Refused(refused.reason, **(refused.params | {"known": ", ".join(FORMATS)}))
