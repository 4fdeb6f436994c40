"""What a session holds answers as the facts themselves do."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest

from worklens.cli.pipeline import pipeline
from worklens.local.held import HELD
from worklens.local.platform import Platform, open_platform
from worklens.local.warehouse import LocalSession
from worklens.stages.connect import connect
from worklens.stages.intake import Intake, request_import
from worklens.warehouse import catalogue

EARLY, LATE = datetime(2026, 2, 1, tzinfo=UTC), datetime(2100, 1, 1, tzinfo=UTC)
NOW: dict[str, Any] = {}
PASTS: tuple[dict[str, Any], ...] = (
    {"as_of": EARLY},
    {"known_at": EARLY},
    {"as_of": EARLY, "known_at": LATE},
)
# Of the past only some, which read most of the others.
ASKED = [(name, NOW) for name in sorted(HELD)] + [
    (name, past) for past in PASTS for name in ("daily_flow", "attention_first")
]
EVERYTHING = [
    (name, past)
    for past in (NOW, *PASTS)
    for name in sorted({*catalogue.sources(), "tasks_listed", "attention_first"})
]


def tasks() -> Iterator[dict[str, Any]]:
    """Of three months, every other one done."""
    for number in range(40):
        day = f"2026-{1 + number // 14:02}-{1 + number % 14:02}"
        done = {"completed": True, "completed_at": f"{day}T23:30:00.000Z"} if number % 2 else {}
        made = f"2026-01-{1 + number % 28:02}T10:00:00.000Z"
        yield {"id": number, "list_id": 7, "title": f"task {number}", "created_at": made, **done}


@pytest.fixture(scope="module")
def platform(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Platform]:
    """A data directory with forty tasks in it, their scores and the forecasts made of them."""
    platform = open_platform(tmp_path_factory.mktemp("held"))
    backup = {"user": 3, "data": {"lists": [{"id": 7, "title": "home"}], "tasks": list(tasks())}}
    taken = Intake(
        name="b.json",
        content=json.dumps(backup).encode(),
        feed="wunderlist:3",
        source="wunderlist",
        zone="Europe/Berlin",
    )
    request_import(taken, platform.ports)
    pipeline(platform, connect).drain()
    yield platform
    platform.close()


def temporary(session: LocalSession) -> int:
    """How many tables are in the engine's own memory."""
    rows = session.connection.execute("SELECT COUNT(*) FROM duckdb_tables() WHERE temporary").fetchall()
    return int(rows[0][0])


def answers(session: LocalSession, name: str, past: dict[str, Any]) -> list[tuple[Any, ...]]:
    """The rows in an order of their own."""
    columns = session.query(name, **past)
    return sorted(zip(*map(list, columns.values()), strict=True), key=repr)


@pytest.mark.parametrize(
    "asked", [ASKED, pytest.param(EVERYTHING, marks=pytest.mark.deep)], ids=["some", "everything"]
)
def test_each_held_view_answers_as_before(
    asked: list[tuple[str, dict[str, Any]]], platform: Platform
) -> None:
    """Now, as of a past, and of several in one session."""
    with platform.warehouse.read() as session:
        wanted = [answers(session, name, past) for name, past in asked]
        session.hold()
        found = [answers(session, name, past) for name, past in asked]

    assert found == wanted
    empty = {name for (name, past), rows in zip(asked, wanted, strict=True) if past == NOW and not rows}
    assert not empty & (HELD - {"forecast_grades", "latest_links"})  # which are of more than one look
    flows = [rows for (name, _), rows in zip(asked, wanted, strict=True) if name == "daily_flow"]
    assert any(one != flows[0] for one in flows)


def test_what_is_held_goes_with_the_session(platform: Platform) -> None:
    """The engine outlives it, and the facts may change meanwhile."""
    with platform.warehouse.read() as session:
        session.hold()
        session.query("task_spans")
        session.hold()  # twice is once
        assert temporary(session) > 3

    with platform.warehouse.read() as session:
        assert temporary(session) == 0


def test_no_query_calls_a_part_of_its_own_as_a_held_view_is_called() -> None:
    """Or that would be taken for the view."""
    own = {
        name: set(re.findall(r"^(?:WITH )?(\w+) AS \($", text, re.MULTILINE))
        for name, text in catalogue.queries().items()
    }

    assert any(own.values())
    assert not {name: parts for name, parts in own.items() if parts & HELD}
    assert set(catalogue.sources()) >= HELD
