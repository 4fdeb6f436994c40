"""Promise 1: every message twice and out of order, with crashes between any two steps, ends as a clean run does."""

from __future__ import annotations

import itertools
import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.pipeline.chaos import Chaos, calm, keyed, rows_of
from worklens.local.platform import Platform
from worklens.stages.intake import Intake, request_import
from worklens.tasks import instant
from worklens.testing.clock import Clock

FEED = "wunderlist:7"


def backup(*tasks: dict[str, object]) -> bytes:
    """A Wunderlist backup of these tasks in two lists."""
    lists = [{"id": n, "title": f"list {n}", "type": "list", "revision": 1} for n in (1, 2)]
    return json.dumps(
        {
            "user": 7,
            "exported": "Fri Jan 13 2017 03:39:26 GMT+0000 (UTC)",
            "data": {
                "lists": lists, "tasks": list(tasks), "reminders": [], "subtasks": [], "notes": [],
                "task_positions": [], "subtask_positions": [],
            },
        }
    ).encode()  # fmt: skip


def task(number: int, **fields: object) -> dict[str, object]:
    """A task of that number, as a backup has it."""
    return {
        "id": number, "title": f"task {number}", "list_id": 1, "created_at": "2017-01-01T08:00:00.000Z",
        "completed": "completed_at" in fields, "starred": False, "revision": 1, "type": "task", **fields,
    }  # fmt: skip


DONE = {"completed_at": "2017-01-05T09:30:00.000Z"}


def ask(platform: Platform, content: bytes, at: str) -> None:
    """Ask for the import of a backup that tells of an instant."""
    request_import(
        Intake(
            name="backup.json", content=content, feed=FEED, source="wunderlist", zone="Europe/Berlin",
            seen_at=instant(at).micros,
        ),
        platform.ports,
    )  # fmt: skip


FIRST = backup(*(task(n, **(DONE if n % 3 == 0 else {})) for n in range(1, 1201)))
SECOND = backup(
    *(task(n, list_id=2, **(DONE if n % 2 == 0 else {})) for n in range(1, 900)),
    *(task(n, title=f"renamed {n}", due_date="2017-02-01") for n in range(900, 1100)),
    *(task(n) for n in range(2001, 2050)),
)


def story(chaos: Chaos) -> None:
    """Two exports, the second asked for when the first is through."""
    ask(chaos.platform, FIRST, "2017-01-06T00:00:00Z")
    chaos.run()
    ask(chaos.platform, SECOND, "2017-01-13T00:00:00Z")
    chaos.run()


@pytest.fixture(scope="module")
def clean(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[tuple[str, ...]]]:
    """The keyed views after a run in which nothing went wrong."""
    chaos = calm(tmp_path_factory.mktemp("clean"), Clock())
    story(chaos)
    views = keyed(chaos.platform)
    chaos.platform.close()
    return views


@pytest.mark.parametrize("seed", range(2))
def test_chaos_ends_as_calm_does(seed: int, tmp_path: Path, clean: dict[str, list[tuple[str, ...]]]) -> None:
    """Row for row, whatever was repeated, reordered or killed."""
    chaos = Chaos(tmp_path, Clock(), seed)
    story(chaos)
    found = keyed(chaos.platform)
    chaos.platform.close()

    assert chaos.crashes > 0
    for view, rows in clean.items():
        assert found[view] == rows, view


@pytest.mark.deep
@pytest.mark.parametrize("seed", range(2, 102))
def test_chaos_ends_as_calm_does_a_hundred_times(
    seed: int, tmp_path: Path, clean: dict[str, list[tuple[str, ...]]]
) -> None:
    """The same over many more seeds."""
    test_chaos_ends_as_calm_does(seed, tmp_path, clean)


def test_the_clean_run_is_what_the_files_say(clean: dict[str, list[tuple[str, ...]]]) -> None:
    """So that the comparison above is with something true."""
    tasks, events = clean["current_tasks"], clean["known_events"]

    assert len(tasks) == 1200 + 49
    assert sum("deleted" in row for row in tasks) == 101
    assert sum("deleted" in row for row in events) == 101
    assert sum("moved" in row for row in events) == 899
    assert sum("created" in row for row in events) == 1249


# ----- histories of whole listings -----

versions = st.dictionaries(
    st.integers(1, 6),
    st.fixed_dictionaries(
        {"title": st.sampled_from(["a", "b"]), "list_id": st.sampled_from([1, 2])},
        optional={"completed_at": st.sampled_from(["2017-01-05T09:30:00.000Z", "2017-01-06T10:00:00.000Z"])},
    ),
    max_size=6,
)
serial = itertools.count()


def imported(root: Path, *exports: dict[int, dict[str, object]]) -> Platform:
    """A data directory into which these exports were imported, a day apart."""
    chaos = calm(root, Clock())
    for day, tasks in enumerate(exports, start=10):
        ask(
            chaos.platform,
            backup(*(task(n, **fields) for n, fields in tasks.items())),
            f"2017-01-{day}T00:00:00Z",
        )
        chaos.run()
    return chaos.platform


@settings(max_examples=max(8, settings.default.max_examples // 5))  # each is three imports
@given(first=versions, second=versions)
def test_a_later_listing_is_a_diff(
    first: dict[int, dict[str, object]],
    second: dict[int, dict[str, object]],
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    """Importing A then B gives of B's tasks what importing B alone gives; A's other tasks are kept as deleted."""
    both = imported(tmp_path_factory.mktemp("both"), first, second)
    alone = imported(tmp_path_factory.mktemp("alone"), second)
    columns = ("task", "status", "title", "collection", "created_at", "completed_at")
    with both.warehouse.read() as one, alone.warehouse.read() as other:
        tasks, expected = one.query("current_tasks"), other.query("current_tasks")
    both.close()
    alone.close()

    present = rows_of({name: expected[name] for name in columns})
    found = rows_of({name: tasks[name] for name in columns})
    assert [row for row in found if row[1] != "deleted"] == present
    gone = {row[0] for row in found if row[1] == "deleted"}
    assert gone == {str(n) for n in set(first) - set(second)}


def test_there_and_back_shows_both_changes(tmp_path: Path) -> None:
    """A task that goes A, B, A again has two changes in its story, though it ends as it began."""
    a: dict[int, dict[str, object]] = {1: {"title": "a"}}
    platform = imported(tmp_path, a, {1: {"title": "b"}}, a)
    with platform.warehouse.read() as session:
        events = session.query("known_events")
    platform.close()

    kinds = [kind for _, kind in sorted(zip(events["seen_at"], events["kind"], strict=True))]
    assert kinds == ["created", "renamed", "renamed"]


def test_the_same_file_again_changes_nothing(tmp_path: Path) -> None:
    """No run of records, no event, no state."""
    chaos = calm(tmp_path, Clock())
    for _ in range(2):
        ask(chaos.platform, FIRST, "2017-01-06T00:00:00Z")
        chaos.run()
    with chaos.platform.warehouse.read() as session:
        states, runs = session.query("task_states"), session.query("settled_runs")
    chaos.platform.close()

    assert len(states["task"]) == 1200
    assert sorted(runs["records"]) == [0, 1202]


def test_a_vanished_task_that_comes_back_is_restored(tmp_path: Path) -> None:
    """Deleted when a whole listing lacked it, restored when a later one has it again."""
    platform = imported(tmp_path, {1: {}, 2: {}}, {1: {}}, {1: {}, 2: {}})
    with platform.warehouse.read() as session:
        events, tasks = session.query("known_events"), session.query("current_tasks")
    platform.close()

    assert sorted(events["kind"]) == ["created", "created", "deleted", "restored"]
    assert tasks["status"] == ["open", "open"]


def test_a_record_that_cannot_be_read_is_not_taken_for_deleted(tmp_path: Path) -> None:
    """A listing with a record in quarantine deletes nothing; a later one that is whole does."""
    chaos = calm(tmp_path, Clock())
    broken = {**task(2), "created_at": "2016-12-0T12:00:00.000000"}
    for day, content in enumerate(
        [backup(task(1), task(2), task(3)), backup(task(1), broken), backup(task(1))], 10
    ):
        ask(chaos.platform, content, f"2017-01-{day}T00:00:00Z")
        chaos.run()
        with chaos.platform.warehouse.read() as session:
            statuses = dict(
                zip(*(session.query("current_tasks")[name] for name in ("task", "status")), strict=True)
            )
            held = session.query("quarantine")["reason"]
        assert statuses["3"] == ("deleted" if day == 12 else "open")
        assert len(held) == (0 if day == 10 else 1)
    chaos.platform.close()
