"""A mapping for a table that came without one, from its header and its values; what was guessed is asked about."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice, product
from typing import NamedTuple

from worklens.messages import Rejected
from worklens.sources.base import Refused
from worklens.sources.csv.mapping import Columns, FileMapping, FileOptions, Formats, Values
from worklens.sources.csv.rows import Table, rows
from worklens.sources.dates import ISO, Dates
from worklens.sources.questions import Question, ask

SAMPLE = 5_000  # rows looked at; what they don't show isn't worth the wait
TRIED = 200  # distinct values that a format is tried on where none reads them all
MOST = 0.9
STATES = 40  # distinct values at most of a column that says how a task stands

# What a column may be called, the likeliest first. A column serves one field only, in the order of this table.
NAMES: dict[str, tuple[str, ...]] = {
    "title": (
        "title", "task name", "name", "task", "todo", "to do", "content", "subject", "summary", "item", "description",
        "标题", "任务名称", "任务", "名称", "内容",
    ),
    "id": ("id", "task id", "uuid", "key", "issue key", "identifier", "编号"),
    "completed": (
        "completed at", "completed on", "completed date", "completion date", "date completed", "completed",
        "done at", "done on", "finished at", "finished on", "finished", "closed at", "resolved", "resolution date",
        "end date", "完成时间", "完成日期",
    ),
    "status": ("status", "state", "done", "is done", "complete", "completed", "is completed", "checked", "状态", "完成", "已完成"),
    "created": (
        "created at", "created on", "created", "created date", "creation date", "date created", "created time",
        "added at", "added on", "added", "date added", "entry", "创建时间", "创建日期", "添加时间",
    ),
    "started": ("started at", "started on", "started", "start date", "date started", "start", "开始时间", "开始日期"),
    "due": ("due date", "due on", "due at", "due", "deadline", "date due", "截止日期", "截止时间", "到期日"),
    "deleted": ("deleted at", "deleted on", "deleted", "删除时间"),
    "collection": ("project", "list", "list name", "project name", "collection", "folder", "board", "area", "项目", "清单", "列表"),
    "labels": ("labels", "label", "tags", "tag", "category", "categories", "标签", "分类"),
    "priority": ("priority", "优先级"),
    "notes": ("notes", "note", "description", "details", "body", "comment", "备注", "描述"),
    "assignee": ("assignee", "assigned to", "owner", "负责人"),
    "link": ("url", "link", "链接"),
}  # fmt: skip
DATED = ("created", "started", "due", "completed", "deleted")

STATUSES: dict[str, tuple[str, ...]] = {
    "done": (
        "done", "complete", "completed", "finished", "closed", "resolved", "released", "x", "[x]", "✓", "✔", "☑",
        "yes", "y", "true", "1", "完成", "已完成", "是",
    ),
    "deleted": (
        "deleted", "cancelled", "canceled", "won't do", "wont do", "wontfix", "rejected", "abandoned", "trashed",
        "已取消", "取消", "已删除", "放弃",
    ),
    "open": (
        "", "open", "todo", "to do", "to-do", "new", "not started", "backlog", "in progress", "doing", "started",
        "active", "pending", "waiting", "next", "no", "n", "false", "0", "[ ]", "needs-action",
        "未完成", "待办", "进行中", "未开始", "否",
    ),
}  # fmt: skip

_DAYS = (
    "%d-%b-%y", "%d-%b-%Y", "%d/%m/%Y", "%m/%d/%Y", "%d.%m.%Y", "%d.%m.%y", "%d/%m/%y", "%m/%d/%y", "%Y/%m/%d", "%d-%m-%Y",
    "%d %b %Y", "%d %B %Y", "%b %d, %Y", "%B %d, %Y", "%Y年%m月%d日", "%a %b %d %Y",
)  # fmt: skip
_TIMES = ("", " %H:%M", " %H:%M:%S", " %I:%M %p", " %I:%M:%S %p", ", %H:%M", ", %I:%M %p")
FORMATS = (ISO, *(f"{day}{time}" for day, time in product(_DAYS, _TIMES)))
_EITHER = {"%d/%m": "%m/%d", "%m/%d": "%d/%m"}  # day and month in either order: a file may fit both


class Guess(NamedTuple):
    """A mapping, and what is to be asked about it."""

    mapping: FileMapping
    questions: list[Question]


def guess(table: Table) -> Guess:
    """A mapping for this table. Raises Refused where no column can be the title."""
    cells = _sample(table)
    found, states = _columns(table.columns, cells)
    if "title" not in found:
        raise Refused("no-title-column", file=table.name, columns=", ".join(table.columns))
    formats, unread, questions = _date_formats({name: cells[found[name]] for name in DATED if name in found})
    questions += [ask("dates-unread", column=found.pop(name)) for name in unread]
    means = {name: _among(states, words) for name, words in STATUSES.items()}
    values = Values(open=means["open"], done=means["done"], deleted=means["deleted"])
    mapping = FileMapping(
        columns=Columns(**found), values=values, formats=Formats(date=formats), file=FileOptions()
    )
    return Guess(mapping, [*_about(table, found), *questions])


def _sample(table: Table) -> dict[str, list[str]]:
    """The first rows' cells, by column."""
    good = (row.cells for row in islice(rows(table), SAMPLE) if not isinstance(row, Rejected))
    cells = list(zip(*good, strict=True)) or [()] * len(table.columns)
    return {
        name: [cell.strip() for cell in column] for name, column in zip(table.columns, cells, strict=True)
    }


def _columns(columns: Sequence[str], cells: dict[str, list[str]]) -> tuple[dict[str, str], list[str]]:
    """The column of each field, and the values of the status column."""
    free = {_plain(name): name for name in reversed(columns)}
    found: dict[str, str] = {}
    for field, names in NAMES.items():
        for name in names:
            if name in free and _fits(field, cells[free[name]]):
                found[field] = free.pop(name)
                break
    states = sorted(set(cells[found["status"]])) if "status" in found else []
    if not any(_among(states, STATUSES[name]) for name in ("done", "deleted")):
        return found, []  # the values say nothing we know: the column stays, so that they are asked about
    return found, states


def _fits(field: str, values: Sequence[str]) -> bool:
    """Whether a column's values can be what its name says: "completed" is a date here and a yes there."""
    distinct = {value for value in values if value}
    if field == "completed":
        return bool(distinct) and _format_for(sorted(distinct)) is not None
    if field == "status":
        return len(distinct) <= STATES
    return True


def _plain(name: str) -> str:
    return " ".join(re.split(r"[\W_]+", re.sub(r"([a-z])([A-Z])", r"\1 \2", name).casefold())).strip()


def _among(values: Iterable[str], words: Sequence[str]) -> list[str]:
    return [value for value in values if value.casefold() in words]


def _date_formats(dated: dict[str, list[str]]) -> tuple[list[str], list[str], list[Question]]:
    """The formats that read all these columns, the fields that none reads, and what is ambiguous."""
    formats: list[str] = []
    unread: list[str] = []
    questions: list[Question] = []
    for field, values in dated.items():
        distinct = sorted({value for value in values if value})
        form = _format_for(distinct, first=formats)
        if form is None:
            unread.append(field)
        elif form not in formats:
            formats.append(form)
            questions += [ask("dates-ambiguous", format=form, other=other) for other in _also(form, distinct)]
    return formats, unread, questions


def _format_for(values: Sequence[str], first: Sequence[str] = ()) -> str | None:
    """The first format that reads all values, trying those already chosen before the others; else one that reads
    nearly all, so that a slip in one row costs that row and not the column.
    """
    formats = (*first, *FORMATS)
    few = values[:: len(values) // TRIED + 1]
    return next(
        (
            form
            for share in (1.0, MOST)
            for form in formats
            if _reads(form, few if share < 1 else values, share)
        ),
        None,
    )


def _reads(form: str, values: Sequence[str], share: float = 1.0) -> bool:
    """Whether a format reads at least this share of the values."""
    read, failures = Dates((form,), "UTC"), (1 - share) * len(values)
    for value in values:
        try:
            read[value]
        except ValueError:
            failures -= 1
            if failures < 0:
                return False
    return True


def _also(form: str, values: Sequence[str]) -> Iterator[str]:
    """The same format with day and month exchanged, if it reads the values as well."""
    start = form[:5]
    other = form.replace(start, _EITHER.get(start, start), 1)
    if other != form and values and _reads(other, values):
        yield other


def _about(table: Table, found: dict[str, str]) -> Iterator[Question]:
    pairs = ", ".join(f"{field} = {column}" for field, column in found.items())
    yield ask("mapping-guessed", pairs=pairs)
    unused = [name for name in table.columns if name not in found.values()]
    if unused:
        yield ask("columns-unused", columns=", ".join(unused))
    yield ask("whole-listing")
