"""Tasks: every task as last seen, to be searched and cut by status and list."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from worklens.ports import Ports
from worklens.render.model import Columns
from worklens.render.shown import task_row
from worklens.render.told import Lists, Row, Tasks
from worklens.render.words import Words
from worklens.stages.pages.asked import chosen, number
from worklens.stages.pages.facts import Facts

STATUSES = ("open", "completed", "closed", "deleted", "any")
ORDERS = ("oldest", "newest", "due", "title")
SHOWN = 50  # on a page
USUAL = {"status": STATUSES[0], "order": ORDERS[0], "count": SHOWN}  # what an address needn't say
MOST = 500  # in one answer
FAR = 10_000_000  # tasks: as far as one may turn the pages


def data(facts: Facts, query: Mapping[str, str], ports: Ports) -> Tasks:
    """The numbers of the page. Raises NotSo."""
    status = chosen("status", query.get("status", ""), STATUSES, STATUSES[0])
    order = chosen("order", query.get("order", ""), ORDERS, ORDERS[0])
    first = number(query, "first", 0, 0, FAR)
    count = number(query, "count", SHOWN, 1, MOST)
    words, place = query.get("words", "").strip(), query.get("list", "")
    table = facts.ours(facts.ask("tasks_listed"))
    rows = _sorted(_found(table, status, words, place), table, order)
    picked = rows[first : first + count]
    return Tasks(
        as_of=facts.today,
        words=words,
        status=status,
        list=place,
        order=order,
        total=len(rows),
        first=first,
        count=count,
        next=first + count if first + count < len(rows) else None,
        tasks=tuple(_row(table, row) for row in picked),
        lists=_lists(table),
    )


def _found(table: Columns, status: str, words: str, place: str) -> list[int]:
    """The rows of that status and list whose title holds all of the words."""
    wanted = words.casefold().split()
    return [
        row
        for row, (state, title, collection) in enumerate(
            zip(table["status"], table["title"], table["collection"], strict=True)
        )
        if status in {state, "any"}
        and (not place or place == collection)
        and (not wanted or _holds((title or "").casefold(), wanted))
    ]


def _holds(title: str, wanted: Sequence[str]) -> bool:
    return all(word in title for word in wanted)


def _sorted(rows: list[int], table: Columns, order: str) -> list[int]:
    """The rows in order, by their ids where that leaves it open."""
    created, due, titles = table["created_day"], table["due_day"], table["title"]
    keys: dict[str, Callable[[int], Any]] = {
        "oldest": lambda row: created[row] or date.min,
        "newest": lambda row: -(created[row] or date.min).toordinal(),
        "due": lambda row: due[row] or date.max,
        "title": lambda row: (titles[row] or "").casefold(),
    }
    names = [table[name] for name in ("account", "task", "occurrence")]
    return sorted(rows, key=lambda row: (keys[order](row), *(name[row] for name in names)))


def _row(table: Columns, row: int) -> Row:
    return Row(
        account=table["account"][row],
        task=table["task"][row],
        occurrence=table["occurrence"][row],
        status=table["status"][row],
        title=table["title"][row],
        list=table["collection"][row],
        list_title=table["collection_title"][row],
        created=table["created_day"][row],
        due=table["due_day"][row],
        ended=table["ended_day"][row],
        age_days=table["age_days"][row],
        link=table["link"][row],
    )


def _lists(table: Columns) -> tuple[Lists, ...]:
    """Every list by its title."""
    known = dict(zip(table["collection"], table["collection_title"], strict=True))
    found = [Lists(name, title or name) for name, title in known.items() if name]
    return tuple(sorted(found, key=lambda one: (one.title.casefold(), one.list)))


def shown(found: Tasks, facts: Facts, words: Words) -> dict[str, Any]:
    """What the page's template needs besides: its lines, and where the pages before and after it begin."""
    asked = facts.asked
    about = {name: getattr(found, name) for name in ("words", "status", "list", "order", "count")}
    chosen_ones = {name: value for name, value in about.items() if value != USUAL.get(name)}
    rows = [
        task_row(row, asked.address("/tasks/story", of=row.account, task=row.task), words)
        for row in found.tasks
    ]

    def page(first: int | None) -> str | None:
        return None if first is None else asked.address("/tasks", **chosen_ones, first=first or "")

    before = max(found.first - found.count, 0) if found.first else None
    return {
        "rows": rows, "statuses": STATUSES, "orders": ORDERS, "before": page(before), "after": page(found.next),
    }  # fmt: skip
