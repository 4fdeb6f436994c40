"""What else than findings is answered: a task that calls for something, and an alert. Each is one of its own, by its short name."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from worklens.findings.identity import name_of
from worklens.findings.model import Finding
from worklens.render.model import Columns
from worklens.stages.answers import NONE, Standing
from worklens.stages.columns import rows_of
from worklens.stages.insights import feed_of

CALLS = ("late", "never", "soon")  # needs of the view attention that are told task by task


def of_task(row: Mapping[str, Any]) -> Finding:
    """What a row of the view attention says: when the task calls for something else, that is another one."""
    ref = " ".join(row[name] for name in ("account", "task", "occurrence"))
    return Finding(key=f"task_{row['need']}", family="tasks", account=row["account"], params={"ref": ref})


def of_alert(key: str, account: str, alert: str) -> Finding:
    """An alert, by its id: when the same is raised again later, that is another one."""
    return Finding(key=f"alert_{key}", family="alerts", account=account, params={"alert": alert})


def unanswered(table: Columns, answered: Standing = NONE) -> Columns:
    """The rows of the view attention that nobody has answered, with the short `name` of each that may be."""
    if not table:
        return table
    kept = [(place, name) for place, name in enumerate(_names(table, answered)) if name is not None]
    columns = {column: [values[place] for place, _ in kept] for column, values in table.items()}
    return {**columns, "name": [name for _, name in kept]}


def _names(table: Columns, answered: Standing) -> Iterator[str | None]:
    """Of each row its name, empty where there is nothing to answer; None where it was."""
    for row in rows_of(table):
        told = of_task(row) if row["need"] in CALLS else None
        hidden = told is not None and answered.hides(told, [feed_of(row["account"])])
        yield None if hidden else name_of(told) if told else ""
