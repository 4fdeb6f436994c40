"""Taskwarrior's export files: the forms of all versions, and all that can be wrong with one."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from worklens.sources.base import Coverage, Refused
from worklens.sources.recognize import recognize
from worklens.sources.taskwarrior.export import TaskwarriorExport
from worklens.testing.files import Pulled, pull_file

TASKS = [
    {"uuid": f"8e0a6c58-a53a-435a-9056-be07274c532{n}", "status": "pending", "description": "milch, käse 🧀",
     "entry": "20261122T154553Z", "modified": f"2026112{n}T154553Z"}
    for n in range(3)
]  # fmt: skip
LINES = [json.dumps({"id": 1, **task, "urgency": 3}, ensure_ascii=False) for task in TASKS]
FORMS: dict[str, Callable[[], str]] = {
    "2.5 to 3": lambda: "[\n" + ",\n".join(LINES) + "\n]\n",
    "array off": lambda: "\n".join(LINES) + "\n",
    "with commas": lambda: ",\n".join(LINES) + "\n",
    "by another program": lambda: json.dumps(TASKS, indent=2),
}


def pulled(content: str | bytes, **more: Any) -> Pulled:
    """What a file hands on."""
    content = content if isinstance(content, bytes) else content.encode()
    return pull_file(TaskwarriorExport(), content, name="tasks.json", feed="taskwarrior:me", **more)


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_forms(form: str, encoding: str) -> None:
    """Each form gives the same records, in whatever encoding a shell wrote it; and is recognised."""
    content = FORMS[form]().encode(encoding)
    found = pulled(content)
    assert [json.loads(record) for record in found.records] == TASKS
    assert found.done
    assert found.done.coverage == Coverage(listed="everything", snapshot=True)

    known = recognize("tasks.json", content)
    assert (known.format, known.source, known.default_account) == (
        "taskwarrior",
        "taskwarrior",
        "taskwarrior:me",
    )


def test_the_same_file_again_brings_nothing() -> None:
    """Unless it is asked for in full."""
    first = pulled(FORMS["2.5 to 3"]())
    assert first.done
    again = pulled(FORMS["2.5 to 3"](), cursor=first.done.cursor)
    assert (again.pages, again.done) == ([], first.done.__class__(cursor=first.done.cursor))
    assert len(pulled(FORMS["2.5 to 3"](), cursor=first.done.cursor, full=True).records) == 3


def test_an_older_file_is_refused() -> None:
    """It would undo what came after it."""
    newer = pulled(json.dumps(TASKS))
    assert newer.done
    with pytest.raises(Refused) as refused:
        pulled(json.dumps(TASKS[:2]), cursor=newer.done.cursor)
    assert refused.value.reason == "older-export"


def test_a_damaged_line_is_put_aside() -> None:
    """The rest is read, and nothing counts as gone."""
    found = pulled("\n".join([LINES[0], LINES[1][:40], LINES[2]]))
    assert (len(found.records), [item.place for item in found.rejected]) == (2, ["tasks.json:line 2"])
    assert found.done
    assert found.done.coverage == Coverage(snapshot=True)


def test_half_an_emoji_and_bytes_without_meaning() -> None:
    """They are read as �, and cost nothing else."""
    found = pulled(LINES[0].replace("🧀", "\\ud83e").encode().replace(b"milch", b"mil\xffh"))
    assert json.loads(found.records[0])["description"].count("\ufffd") == 2


def test_no_export() -> None:
    """Words are refused."""
    with pytest.raises(Refused) as refused:
        pulled("no tasks here")
    assert refused.value.reason == "broken-json"
