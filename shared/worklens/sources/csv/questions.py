"""What is to be asked about the rows of a table before they are imported: values the mapping doesn't know."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from worklens.sources.csv.mapping import FileMapping
from worklens.sources.csv.task import PRIORITIES, stripped
from worklens.sources.questions import Question, ask

SHOWN = 8  # values of a kind named in a question; with more the column is probably the wrong one


def about_records(mapping: FileMapping, rows: Iterable[Mapping[str, str]]) -> list[Question]:
    """The questions that these rows raise."""
    columns, values = mapping.columns, mapping.values
    known = stripped(["", *values.open, *values.done, *values.closed, *values.deleted])
    ranks = {"", *PRIORITIES, *values.priority}
    statuses: Counter[str] = Counter()
    priorities: Counter[str] = Counter()
    for cells in rows:
        status, priority = cells.get(columns.status, "").strip(), cells.get(columns.priority, "").strip()
        if status not in known and not cells.get(columns.completed, "").strip():
            statuses[status] += 1
        if priority not in ranks:
            priorities[priority] += 1
    questions = []
    if statuses:
        questions.append(_unknown("unknown-statuses", columns.status, statuses))
    if priorities:
        questions.append(_unknown("unknown-priorities", columns.priority, priorities))
    if not columns.id:
        questions.append(ask("identity-by-title", column=columns.title))
    return questions


def _unknown(key: str, column: str, counts: Counter[str]) -> Question:
    values = ", ".join(f"{value} ({count})" for value, count in counts.most_common(SHOWN))
    more = ", ..." if len(counts) > SHOWN else ""
    return ask(key, column=column, values=values + more, count=counts.total())
