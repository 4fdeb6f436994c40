"""Events from two states of a task."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import uuid4

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.moulds import platform_in
from tests.stages.reference import first_facts
from worklens.local.platform import Platform
from worklens.local.warehouse import LocalSession
from worklens.messages import VERSION, Batch, SettleRequested, SyncRequested, TasksChanged
from worklens.ports import Feed
from worklens.sources.base import Coverage
from worklens.stages import transform
from worklens.stages.settling import EventRow, Seen, changes, event_row, pair_events
from worklens.stages.transform import parse, settle
from worklens.tasks import NO_TIME, Happened, Moment, Task, day, instant
from worklens.testing.clock import Clock
from worklens.warehouse.rows import EVENT_COLUMNS, happened_rows, task_rows, tasks_of

SEEN = instant("2026-03-29T12:00:00Z").micros
NOTICED = Moment(SEEN, "seen")
FAR = 1 << 62
DONE = instant("2026-03-28T09:00:00Z")
OPEN = Task(account="a:b", task="1", title="Call", collection="home", created=instant("2026-01-01T08:00:00Z"))


def facts(before: Task, **change: Any) -> list[tuple[str, Moment]]:
    after = msgspec.structs.replace(before, **change)
    return [(fact.kind, fact.at) for fact in changes(before, after, SEEN)]


@pytest.mark.parametrize(
    ("change", "kind"),
    [
        ({"title": "Ring"}, "renamed"),
        ({"collection": "work"}, "moved"),
        ({"priority": 1}, "reprioritized"),
        ({"due": day("2026-04-01")}, "rescheduled"),
        ({"notes": "at noon"}, "edited"),
        ({"labels": ("x",)}, "edited"),
        ({"spent_seconds": 60}, "edited"),
    ],
)
def test_a_change_of_a_field_is_one_event(change: dict[str, Any], kind: str) -> None:
    """Known to have happened by the time it was seen, no better."""
    assert facts(OPEN, **change) == [(kind, NOTICED)]


def test_another_zone_for_the_same_instant_is_no_rescheduling() -> None:
    """Nobody put it off."""
    due = msgspec.structs.replace(OPEN, due=DONE)

    assert facts(due, due=Moment(DONE.micros, "instant", "Europe/Madrid")) == []


def test_the_sources_own_time_of_update_bounds_a_change() -> None:
    """What the source updated at nine had happened by nine."""
    assert facts(OPEN, title="Ring", updated=DONE) == [("renamed", Moment(DONE.micros, "seen"))]


@pytest.mark.parametrize("field", ["started", "reviewed"])
def test_a_beginning_has_the_sources_time(field: str) -> None:
    """It is told when it comes to be known and when it is corrected, and not when it is lost."""
    known = msgspec.structs.replace(OPEN, **{field: NOTICED})

    assert facts(OPEN, **{field: DONE}) == [(field, DONE)]
    assert facts(known, **{field: DONE}) == [(field, DONE)]
    assert facts(known, **{field: None}) == []


def test_completion_has_the_sources_time() -> None:
    """And its precision."""
    assert facts(OPEN, completed=DONE) == [("completed", DONE)]
    assert facts(OPEN, completed=day("2026-03-28")) == [("completed", day("2026-03-28"))]


def test_reopening_is_an_event() -> None:
    """A completed task seen open again was reopened."""
    done = msgspec.structs.replace(OPEN, completed=DONE)

    assert facts(done, completed=None) == [("reopened", NOTICED)]


def test_done_again_between_two_looks_is_reopened_and_completed() -> None:
    """The later completion counts; it was opened again some time before it."""
    done = msgspec.structs.replace(OPEN, completed=instant("2026-02-01T00:00:00Z"))

    assert facts(done, completed=DONE) == [("reopened", Moment(DONE.micros, "seen")), ("completed", DONE)]


def test_deleting_and_restoring() -> None:
    """Both are events of their own, beside what else changed."""
    gone = msgspec.structs.replace(OPEN, deleted=NOTICED)

    assert facts(OPEN, deleted=NOTICED) == [("deleted", NOTICED)]
    assert facts(gone, deleted=None, title="Ring") == [("restored", NOTICED), ("renamed", NOTICED)]


def test_done_and_deleted_in_one_look_was_done_and_then_deleted() -> None:
    """What the source says of both is taken at its word; and what it shows deleted and not done was reopened."""
    done = msgspec.structs.replace(OPEN, completed=DONE)

    assert facts(OPEN, completed=DONE, deleted=NOTICED) == [("completed", DONE), ("deleted", NOTICED)]
    assert facts(done, completed=None, deleted=NOTICED) == [("reopened", NOTICED), ("deleted", NOTICED)]


def test_an_end_without_any_time_came_before_it_was_noticed() -> None:
    """Nobody says when it was closed, nor when it was last open."""
    assert facts(OPEN, closed=NO_TIME) == [("closed", NOTICED)]
    assert facts(OPEN, deleted=NO_TIME) == [("deleted", NOTICED)]


def test_rescheduling_says_from_and_to() -> None:
    """As the source gave them: dates as dates."""
    after = msgspec.structs.replace(OPEN, due=day("2026-04-02"))
    back = msgspec.structs.replace(OPEN, due=None)

    assert [fact.detail for fact in changes(OPEN, after, SEEN)] == [{"from": None, "to": "2026-04-02"}]
    assert [fact.detail for fact in changes(after, back, SEEN)] == [{"from": "2026-04-02", "to": None}]


moments = st.none() | st.builds(Moment, st.integers(0, 10**15), st.sampled_from(["instant", "day"]))
tasks = st.builds(
    Task,
    account=st.just("a:b"),
    task=st.just("1"),
    title=st.text(max_size=5),
    notes=st.text(max_size=3),
    collection=st.sampled_from(["", "x", "y"]),
    labels=st.lists(st.sampled_from("abc"), max_size=2).map(tuple),
    priority=st.none() | st.integers(1, 9),
    created=moments,
    started=moments,
    reviewed=moments,
    kind=st.sampled_from(["", "change"]),
    due=moments,
    completed=moments,
    closed=st.none() | st.just(NO_TIME) | st.builds(Moment, st.integers(10**6, 10**15), st.just("unknown")),
    deleted=moments | st.just(NO_TIME),
    estimate_seconds=st.none() | st.integers(0, 9999),
)


@given(tasks)
def test_rows_give_back_the_task(task: Task) -> None:
    """What stands in the table is the whole state."""
    rows = task_rows([task], feed="f", run=1, position=0, seen_at=SEEN)

    assert list(tasks_of(rows)) == [task]


@given(tasks, tasks)
def test_there_are_events_exactly_where_the_state_differs(before: Task, after: Task) -> None:
    """No change, no event; and each event of a pair has its own id, the same every time."""
    first = pair_events(Seen(before, 1, SEEN), Seen(after, 2, SEEN))
    again = pair_events(Seen(before, 1, SEEN), Seen(after, 2, SEEN))

    assert first == again
    assert len({row[0] for row in first}) == len(first)
    if before == after:
        assert first == []


# ----- What the source told itself -----


def test_what_the_source_tells_is_not_inferred_besides(platform: Platform) -> None:
    """Of a new task and of one that was known; kinds it said nothing of, and other tasks, are inferred as ever."""
    with platform.warehouse.write() as session:
        words = [
            Happened(event="E1", kind="completed", account="a:b", task="1", at=NOTICED),
            Happened(event="E2", kind="reopened", account="a:b", task="1", at=DONE),
        ]
        shown = [msgspec.structs.replace(OPEN, task=task, completed=DONE) for task in ("1", "2")]
        about: dict[str, Any] = {"feed": uuid4().hex, "run": 3}
        for _ in range(2):  # as a message may come twice
            session.append("task_states", task_rows(shown, position=0, seen_at=SEEN, **about))
            session.append("task_events", happened_rows(words, seen_at=SEEN, **about))
        told = session.query("told_kinds", **about)
        session.append_from("task_events", "new_events", **about)
        rows = session.query("task_events")
    mine = [at for at, feed in enumerate(rows["feed"]) if feed == about["feed"]]

    assert {(told["task"][n], told["kind"][n]) for n in range(2)} == {("1", "completed"), ("1", "reopened")}
    found = {(rows["task"][n], rows["kind"][n], rows["event_id"][n][:2]) for n in mine}
    assert found == {
        ("1", "created", "cr"), ("1", "completed", "E1"), ("1", "reopened", "E2"),
        ("2", "created", "cr"), ("2", "completed", "co"),
    }  # fmt: skip


# ----- Tasks seen for the first time -----


@pytest.fixture(scope="module")
def platform(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Platform]:
    """A data directory."""
    made = platform_in(tmp_path_factory.mktemp("new"))
    yield made
    made.close()


def told(platform: Platform, *shown: Task) -> list[EventRow]:
    """The events of a run that is the first to show these tasks, each by its creation first."""
    feed = uuid4().hex
    names = (*EVENT_COLUMNS, "feed", "run")
    with platform.warehouse.write() as session:
        session.append("task_states", task_rows(shown, feed=feed, run=3, position=0, seen_at=SEEN))
        session.append_from("task_events", "new_events", feed=feed, run=3)
        rows = session.query("task_events")
    found = [row for row in zip(*(rows[name] for name in names), strict=True) if row[-2:] == (feed, 3)]
    order = ["created", "started", "reviewed", "completed", "closed", "deleted"]
    return [row[:-2] for row in sorted(found, key=lambda row: (row[2], order.index(row[4])))]


def moments_told(platform: Platform, task: Task) -> list[tuple[str, Moment]]:
    return [(row[4], Moment(row[5], row[6])) for row in told(platform, task)]  # type: ignore[arg-type]


def test_a_task_first_seen_done_was_created_and_completed(platform: Platform) -> None:
    """Both with the source's times and precisions."""
    done = msgspec.structs.replace(OPEN, created=day("2026-03-27"), completed=DONE)

    assert moments_told(platform, done) == [("created", day("2026-03-27")), ("completed", DONE)]


def test_a_task_first_seen_done_and_deleted_was_both(platform: Platform) -> None:
    """Completed first, then deleted; one that was only deleted was not completed."""
    cleared = msgspec.structs.replace(OPEN, completed=DONE, deleted=NOTICED)
    dropped = msgspec.structs.replace(OPEN, deleted=NOTICED)

    assert moments_told(platform, cleared)[1:] == [("completed", DONE), ("deleted", NOTICED)]
    assert moments_told(platform, dropped)[1:] == [("deleted", NOTICED)]


def test_an_unknown_creation_is_bounded_by_what_is_known(platform: Platform) -> None:
    """Done at nine, so there by nine; and nothing known at all: there when it was seen."""
    bare = msgspec.structs.replace(OPEN, created=None)
    done = msgspec.structs.replace(bare, completed=DONE)

    assert moments_told(platform, done)[0] == ("created", Moment(DONE.micros, "seen"))
    assert moments_told(platform, bare) == [("created", NOTICED)]


def test_a_closed_task_was_last_known_open_then(platform: Platform) -> None:
    """Over at some time after its moment, nobody knows when."""
    over = Moment(DONE.micros, "unknown")

    assert moments_told(platform, msgspec.structs.replace(OPEN, closed=over))[1] == ("closed", over)


def test_a_task_shown_twice_in_a_run_is_one(platform: Platform) -> None:
    """The later word counts."""
    later = msgspec.structs.replace(OPEN, completed=DONE)

    assert told(platform, OPEN, later)[1][4] == "completed"
    assert len(told(platform, later, OPEN)) == 1


@settings(max_examples=max(30, settings.default.max_examples if settings.default else 0))
@given(st.lists(tasks, min_size=1, max_size=20))
def test_the_query_tells_what_plain_python_would(platform: Platform, shown: list[Task]) -> None:
    """The same events with the same keys, whatever is known of the tasks; each story begins with created."""
    named = [msgspec.structs.replace(task, task=f"{number:02}") for number, task in enumerate(shown)]
    expected = [
        event_row(seen.key, fact, SEEN, None, seen.state)
        for seen in (Seen(task, 3, SEEN) for task in named)
        for fact in first_facts(seen.task, SEEN)
    ]

    assert told(platform, *named) == expected


# ----- Removals -----

LIVES: dict[
    str, tuple[list[list[str]], list[str], str]
] = {  # what each run tells, the events, the status in the end
    "gone": ([["a"], ["-"]], ["created", "deleted"], "deleted"),
    "renamed and gone": ([["a"], ["b", "-"]], ["created", "deleted", "renamed"], "deleted"),
    "told again": ([["a"], ["-", "b"]], ["created", "renamed"], "open"),
    "there and back": ([["a"], ["b", "-", "a"]], ["created"], "open"),
    "come and gone": ([["a", "-"]], ["created", "deleted"], "deleted"),
    "gone twice": ([["a"], ["-"], ["-"]], ["created", "deleted"], "deleted"),
    "restored": ([["a"], ["-"], ["a"]], ["created", "deleted", "restored"], "open"),
}


def raw(task: str, said: str) -> msgspec.Raw:
    """A title, or that the task is gone, as Todoist says it."""
    item = {"id": task, "is_deleted": True} if said == "-" else {"id": task, "content": said}
    return msgspec.Raw(msgspec.json.encode({"item": item}))


def settled_twice(platform: Platform, number: int, records: list[msgspec.Raw]) -> None:
    """A run through parse and settle, the process dying before it could say that it had settled."""
    state, name = platform.state, f"run {number}"
    run = state.begin(SyncRequested(feed="todoist:me", run=name, window=name), SEEN).run
    assert run is not None
    about: dict[str, Any] = {"feed": run.feed, "run": name, "window": name, "number": number}
    batch = Batch(**about, page=0, batch=name, seen_at=run.now, records=records)
    state.fetched(state.advance(run, "", [batch]), "", msgspec.json.encode(Coverage()).decode())
    parse([batch], platform.ports)
    for _ in range(2):
        settle(SettleRequested(**about), platform.ports)


def test_the_last_word_of_a_run_counts(tmp_path: Path) -> None:
    """A removal holds unless the task was told again after it; what else changed is told, and each change once."""
    platform = platform_in(tmp_path, Clock())
    platform.state.save_feed(Feed(name="todoist:me", source="todoist"))
    for number in range(3):
        said = [(task, runs[number]) for task, (runs, *_) in LIVES.items() if number < len(runs)]
        settled_twice(platform, number + 1, [raw(task, word) for task, words in said for word in words])
    with platform.warehouse.read() as session:
        events, tasks = session.query("known_events"), session.query("current_tasks")
    platform.close()

    kinds: dict[str, list[str]] = {}
    for task, kind in sorted(zip(events["task"], events["kind"], strict=True)):
        kinds.setdefault(task, []).append(kind)
    assert kinds == {task: expected for task, (_, expected, _) in LIVES.items()}
    statuses = dict(zip(tasks["task"], tasks["status"], strict=True))
    assert statuses == {task: status for task, (*_, status) in LIVES.items()}


def test_the_message_says_what_the_run_brought_and_what_it_stands_upon(tmp_path: Path) -> None:
    """Two events on nothing, then none on the first run; a repeated request says the same."""
    platform = platform_in(tmp_path, Clock())
    platform.state.save_feed(Feed(name="todoist:me", source="todoist"))
    for number in (1, 2):
        settled_twice(platform, number, [raw("1", "Call"), raw("2", "Write")])
    letters = platform.queue.claim([f"worklens.{TasksChanged.kind}.v{VERSION}"], FAR, most=9)
    told = [(one.number, one.events, one.before) for one in (letter.message for letter in letters)]  # type: ignore[attr-defined]
    first = platform.state.run("run 1")
    platform.close()

    assert first is not None
    assert told == [(1, 2, 0)] * 2 + [(2, 0, first.now)] * 2


# ----- Many changes at once -----


def compared(platform: Platform) -> tuple[set[EventRow], int]:
    """The events of two runs of tasks of which two thirds change, and how often the second run asked for changes."""
    asked = []
    query = LocalSession.query
    platform.state.save_feed(Feed(name="todoist:me", source="todoist"))
    names = [f"{number}" for number in range(16)] + ["Ä", "字", "z 9", "~"]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(
            LocalSession, "query", lambda self, name, **p: asked.append(name) or query(self, name, **p)
        )
        for run, words in ((1, ("a", "b", "c")), (2, ("a", "c", "-"))):
            said = [raw(name, words[place % 3]) for place, name in enumerate(names)]
            settled_twice(platform, run, said)
    with platform.warehouse.read() as session:
        rows = session.query("task_events")
    return set(zip(*(rows[name] for name in EVENT_COLUMNS), strict=True)), asked.count("changed_tasks")


def test_stretches_give_the_events_of_the_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A run compared task by task leaves the very events it leaves when compared at once."""
    clock = Clock()
    whole, once = compared(platform_in(tmp_path / "whole", clock))
    for name, value in {"MARK": "", "CUT": 1, "LARGE": 1}.items():
        monkeypatch.setattr(transform, name, value)
    parts, times = compared(platform_in(tmp_path / "parts", clock))

    assert parts == whole
    assert {row[4] for row in whole} == {"created", "renamed", "deleted"}
    assert (once, times) == (1, 20)
