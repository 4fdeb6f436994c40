"""The state store: leases, runs, batches and the queue, on a real SQLite file."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from worklens.local.database import MIGRATIONS, Database, NewerStore
from worklens.local.queue import LocalQueue
from worklens.local.state import LocalState
from worklens.messages import Batch, SyncRequested, TasksChanged
from worklens.ports import LEASE_SECONDS, Feed, Pointer, Run, StaleLease, ZonePeriod

NOW = 1_700_000_000_000_000
LATER = NOW + (LEASE_SECONDS + 1) * 1_000_000
EVERYTHING = [
    f"worklens.{kind}.v1" for kind in ("sync-requested", "tasks-fetched", "settle-requested", "tasks-changed")
]


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    database = Database(tmp_path / "state.sqlite", tmp_path / "backups")
    yield database
    database.close()


@pytest.fixture
def state(database: Database) -> LocalState:
    state = LocalState(database)
    state.save_feed(Feed(name="csv:a", source="csv", zones=(ZonePeriod("Europe/Berlin"),)))
    return state


@pytest.fixture
def queue(database: Database) -> LocalQueue:
    return LocalQueue(database)


def request(run: str = "r1", feed: str = "csv:a", input: str = "") -> SyncRequested:  # noqa: A002
    return SyncRequested(feed=feed, run=run, window=run, input=input)


def batch(run: Run, name: str, records: int = 1) -> Batch:
    return Batch(
        feed=run.feed, run=run.run, window=run.window, number=run.number, page=run.pages, batch=name, seen_at=NOW,
        records=[msgspec.Raw(b"{}")] * records,
    )  # fmt: skip


def begun(state: LocalState, run: str = "r1", now: int = NOW, input: str = "") -> Run:  # noqa: A002
    found = state.begin(request(run, input=input), now).run
    assert found is not None
    return found


def kinds(queue: LocalQueue) -> list[str]:
    return [letter.message.kind for letter in queue.claim(EVERYTHING, LATER, most=100)]


def test_a_feed_comes_back_as_it_was_saved(state: LocalState) -> None:
    """Zones, settings and source survive the file; the cursor is not the feed's to change."""
    feed = Feed(
        name="todoist:me",
        source="todoist",
        settings={"a": 1},
        zones=(ZonePeriod("UTC"), ZonePeriod("Asia/Tokyo", 5)),
    )
    state.save_feed(feed)
    state.save_feed(msgspec.structs.replace(feed, cursor="stolen"))

    assert state.feed("todoist:me") == feed
    assert [known.name for known in state.feeds()] == ["csv:a", "todoist:me"]


def test_numbers_of_runs_rise(state: LocalState) -> None:
    """Each run of a feed has the next number, also after one that was settled."""
    first = begun(state)
    state.fetched(first, "c1", "{}")
    state.settled(first, [])

    assert (first.number, begun(state, "r2").number) == (1, 2)


def test_a_second_run_waits_while_the_first_lives(state: LocalState, queue: LocalQueue) -> None:
    """A request that meets a held lease is kept, and published again when the holder is through."""
    first = begun(state)
    state.fetched(first, "c1", "{}")

    assert state.begin(request("r2"), NOW) == (None, "held")
    state.settled(first, [])
    assert [m.run for letter in queue.claim(EVERYTHING[:1], NOW, most=9) if (m := letter.message)] == ["r2"]


def test_a_settled_run_is_not_begun_again(state: LocalState) -> None:
    """The same request once more does no more work."""
    run = begun(state)
    state.fetched(run, "c1", "{}")
    state.settled(run, [])

    assert state.begin(request(), NOW) == (None, "settled")


def test_an_unfinished_run_is_continued_from_its_checkpoint(state: LocalState) -> None:
    """When the holder's time is over, a new request goes on with what it had begun."""
    first = begun(state)
    state.advance(first, "page 1", [batch(first, "b1", 3)])
    again = begun(state, "r2", now=LATER)

    assert (again.run, again.checkpoint, again.pages, again.records) == ("r1", "page 1", 1, 3)


def test_the_old_instance_of_a_continued_run_can_write_no_more(state: LocalState) -> None:
    """Every write checks the epoch, so that of two instances only the newer writes."""
    old = begun(state)
    new = begun(state)

    with pytest.raises(StaleLease):
        state.advance(old, "x", [])
    with pytest.raises(StaleLease):
        state.fetched(old, "x", "{}")
    assert state.advance(new, "y", []).checkpoint == "y"


def test_nothing_is_published_where_the_lease_is_lost(state: LocalState, queue: LocalQueue) -> None:
    """The checkpoint and the messages stand in one transaction: both or neither."""
    old = begun(state)
    begun(state)
    with pytest.raises(StaleLease):
        state.advance(old, "x", [batch(old, "b1")])

    assert kinds(queue) == []


def test_settle_is_asked_when_the_last_batch_is_parsed(state: LocalState, queue: LocalQueue) -> None:
    """Fan-in: neither fetched alone nor all but one batch will do."""
    run = begun(state)
    batches = [batch(run, "b1"), batch(run, "b2")]
    run = state.advance(run, "p", batches)
    state.parsed(batches[:1])
    state.fetched(run, "c", "{}")
    assert "settle-requested" not in kinds(queue)

    state.parsed(batches[1:])
    assert "settle-requested" in kinds(queue)


def test_settle_is_asked_when_parsing_was_faster_than_fetching(state: LocalState, queue: LocalQueue) -> None:
    """The other order: all batches are parsed before the fetch ends."""
    run = begun(state)
    one = batch(run, "b1")
    run = state.advance(run, "p", [one])
    state.parsed([one])
    assert "settle-requested" not in kinds(queue)

    state.fetched(run, "c", "{}")
    assert "settle-requested" in kinds(queue)


def test_a_run_without_batches_is_settled_too(state: LocalState, queue: LocalQueue) -> None:
    """An empty listing is an answer."""
    state.fetched(begun(state), "c", "{}")

    assert kinds(queue) == ["settle-requested"]


def test_the_cursor_moves_when_the_pull_is_complete(state: LocalState) -> None:
    """Not with the pages before it, and never by saving the feed."""
    run = state.advance(begun(state), "page 1", [])
    before = state.feed("csv:a")
    state.fetched(run, "c9", "{}")
    after = state.feed("csv:a")

    assert before is not None
    assert after is not None
    assert (before.cursor, after.cursor) == ("", "c9")


def test_an_import_of_another_file_comes_after_the_unfinished_one(
    state: LocalState, queue: LocalQueue
) -> None:
    """What was begun is finished first; the new request is kept for after it."""
    begun(state, "r1", input="imports/a")
    second = begun(state, "r2", now=LATER, input="imports/b")
    state.fetched(second, "c", "{}")
    state.settled(second, [])

    assert second.run == "r1"
    assert [letter.message.run for letter in queue.claim(EVERYTHING[:1], NOW, most=9)] == ["r2"]


def test_the_same_file_again_goes_on_with_the_unfinished_import(state: LocalState, queue: LocalQueue) -> None:
    """After a kill, the same command finishes the same run and no other follows."""
    begun(state, "r1", input="imports/a")
    second = begun(state, "r2", now=LATER, input="imports/a")
    state.fetched(second, "c", "{}")
    state.settled(second, [])

    assert second.run == "r1"
    assert queue.claim(EVERYTHING[:1], NOW, most=9) == []


def test_a_refused_file_is_not_tried_again(state: LocalState) -> None:
    """The next import of the feed is a run of its own."""
    state.failed(begun(state, "r1", input="imports/a"), "older-export")

    assert begun(state, "r2", input="imports/b").run == "r2"


def test_a_run_that_is_not_settled_holds_the_next_one_however_late(
    state: LocalState, queue: LocalQueue
) -> None:
    """Runs are settled in the order of their numbers: the lease's end changes nothing about that."""
    first = begun(state)
    state.fetched(first, "c1", "{}")

    assert state.begin(request("r2"), LATER) == (None, "held")
    state.settled(first, [])
    assert begun(state, "r2", now=LATER).number == 2


def test_every_import_asked_for_meanwhile_has_its_turn(state: LocalState, queue: LocalQueue) -> None:
    """Syncs are one and the same, files are not; and who asked for a whole listing gets one."""
    first = begun(state)
    for name in ("a", "b", "a"):
        state.begin(request(name, input=f"imports/{name}"), NOW)
    state.begin(msgspec.structs.replace(request("s1"), full=True), NOW)
    state.begin(request("s2"), NOW)
    state.fetched(first, "c1", "{}")
    state.settled(first, [])

    kept = [letter.message for letter in queue.claim(EVERYTHING[:1], NOW, most=9)]
    assert [(message.run, getattr(message, "full", None)) for message in kept] == [
        ("b", False),
        ("a", False),
        ("s2", True),
    ]


def test_a_sync_that_cannot_go_on_is_in_no_files_way(state: LocalState, queue: LocalQueue) -> None:
    """An import kept meanwhile comes at once, and counts after what was abandoned."""
    first = begun(state)
    state.begin(request("r2", input="imports/a"), NOW)
    state.begin(request("r3"), NOW)
    state.failed(first, "token-refused")

    assert [letter.message.run for letter in queue.claim(EVERYTHING[:1], NOW, most=9)] == ["r2"]
    second = begun(state, "r2", input="imports/a")
    assert (second.run, second.number) == ("r2", 2)
    state.fetched(second, "c", "{}")
    state.settled(second, [])
    assert begun(state, "r4").number == 3


def test_each_page_renews_the_lease(state: LocalState) -> None:
    """A pull may take longer than a lease lasts."""
    first = begun(state)
    state.advance(first, "page 1", [], LATER - 1)

    assert state.begin(request("r2"), LATER) == (None, "held")


def test_a_sync_has_seen_what_it_saw_in_the_end(state: LocalState) -> None:
    """The instant of a run moves on with its last look."""
    state.fetched(msgspec.structs.replace(begun(state), now=LATER), "c", "{}")
    run = state.run("r1")

    assert run is not None
    assert run.now == LATER


def test_a_failed_sync_is_continued(state: LocalState) -> None:
    """The next request goes on from the last page of the run that could not go on."""
    state.failed(state.advance(begun(state), "page 1", []), "token-refused")

    second = begun(state, "r2")
    assert (second.run, second.checkpoint) == ("r1", "page 1")


def test_forgetting_removes_every_row(state: LocalState, queue: LocalQueue, database: Database) -> None:
    """Feed, runs, batches, queue and dead letters."""
    run = begun(state)
    state.advance(run, "p", [batch(run, "b1"), batch(run, "b2")])
    queue.bury(queue.claim(EVERYTHING, NOW, most=1), "poison")
    state.drop_feed("csv:a")

    counts = [
        database.connection.execute(f"SELECT COUNT(*) FROM {table}").fetchone()[0]
        for table in ("feeds", "runs", "batches", "queue", "dead")
    ]
    assert counts == [0] * 5


def test_a_message_put_back_waits_longer_each_time(queue: LocalQueue) -> None:
    """10 s, 20 s, 40 s ... at most 600 s; then, after a hundred tries, it is among the dead letters."""
    queue.publish([TasksChanged(feed="f", run="r", window="w", number=1, seen_at=0)])
    waits, now = [], 0
    for _ in range(100):
        letters = queue.claim(EVERYTHING, now)
        assert letters
        queue.put_back(letters, now, "down")
        row = queue.database.connection.execute("SELECT ready_at FROM queue").fetchone()
        waits.append((row[0] - now) // 1_000_000 if row else None)
        now = row[0] if row else now

    assert waits[:4] == [10, 20, 40, 80]
    assert max(wait for wait in waits if wait) == 600
    assert waits[-1] is None
    assert [letter["reason"] for letter in queue.dead()] == ["down"]


def test_a_dead_letter_can_be_revived(queue: LocalQueue) -> None:
    """Replay puts it in the queue as new."""
    message = TasksChanged(feed="f", run="r", window="w", number=1, seen_at=0)
    queue.publish([message])
    queue.bury(queue.claim(EVERYTHING, 0), "poison")
    assert queue.claim(EVERYTHING, 0) == []

    queue.revive([int(str(letter["id"])) for letter in queue.dead()])
    assert [letter.message for letter in queue.claim(EVERYTHING, 0)] == [message]
    assert queue.dead() == []


def test_what_a_dead_process_held_is_free(queue: LocalQueue) -> None:
    """A message claimed by a process that was killed can be claimed at once."""
    queue.publish([TasksChanged(feed="f", run="r", window="w", number=1, seen_at=0)])
    assert queue.claim(EVERYTHING, 0)
    assert queue.claim(EVERYTHING, 0) == []
    queue.database.connection.execute("UPDATE held SET holder = '999999999@1'")

    assert len(queue.claim(EVERYTHING, 0)) == 1


def test_the_newest_run_that_counts(state: LocalState) -> None:
    """Whatever became of it, unless it was withdrawn."""
    assert state.latest("csv:a") is None
    first = begun(state)
    state.fetched(first, "c1", "{}")
    state.settled(first, [])
    second = begun(state, "r2")
    state.failed(second, "token-refused")

    found = state.latest("csv:a")
    assert found is not None
    assert (found.run, found.status, found.error, found.epoch) == ("r2", "failed", "token-refused", 0)
    state.withdraw(second)
    assert state.latest("csv:a") == msgspec.structs.replace(
        first, epoch=0, status="settled", cursor="c1", coverage="{}"
    )


def test_a_pointer_is_the_last_that_was_said(state: LocalState) -> None:
    """Of a feed or of none; of a feed that is no more nothing is kept."""
    state.point("csv:a", "model", "v1", {"n": 3})
    state.point("csv:a", "model", "v2")
    state.point("", "digest", "w")
    state.point("csv:gone", "model", "v1")

    assert state.pointer("csv:a", "model") == Pointer("v2")
    assert state.pointer("", "digest") == Pointer("w")
    assert state.pointer("csv:gone", "model") is None
    state.drop_feed("csv:a")
    assert state.pointer("csv:a", "model") is None


def test_a_file_of_the_first_version_is_brought_up_to_date(tmp_path: Path) -> None:
    """What it holds stays, and a copy is made before."""
    path = tmp_path / "s.sqlite"
    with sqlite3.connect(path) as old:
        old.executescript(f"{MIGRATIONS[0]}; PRAGMA user_version = 1")
        old.execute("INSERT INTO feeds (name, source, zones, settings) VALUES ('csv:a', 'csv', '[]', '{}')")
    old.close()
    database = Database(path, tmp_path / "backups")
    state = LocalState(database)
    state.point("csv:a", "model", "v1")

    assert state.pointer("csv:a", "model") == Pointer("v1")
    assert database.version() == len(MIGRATIONS)
    assert (tmp_path / "backups" / "state-v1.sqlite").exists()
    database.close()


def test_a_file_of_a_newer_version_is_left_alone(tmp_path: Path) -> None:
    """The error names both versions and the remedy."""
    database = Database(tmp_path / "s.sqlite", tmp_path / "backups")
    database.connection.execute(f"PRAGMA user_version = {len(MIGRATIONS) + 1}")
    database.close()

    with pytest.raises(NewerStore, match="Upgrade"):
        Database(tmp_path / "s.sqlite", tmp_path / "backups")


def test_the_state_file_is_its_owners_alone(tmp_path: Path) -> None:
    """Mode 0600."""
    database = Database(tmp_path / "s.sqlite", tmp_path / "backups")
    database.close()

    assert (tmp_path / "s.sqlite").stat().st_mode & 0o777 == 0o600


def test_what_is_through_leaves_the_state_file(tmp_path: Path) -> None:
    """Neither its text nor its room stays, once the file is closed."""
    database = Database(tmp_path / "s.sqlite", tmp_path / "backups")
    queue, state = LocalQueue(database), LocalState(database)
    state.save_feed(Feed(name="csv:a", source="csv"))
    run = begun(state)
    record = msgspec.Raw(b'"canary ' + b"x" * 900_000 + b'"')
    state.advance(
        run, "p", [msgspec.structs.replace(batch(run, f"b{n}"), records=[record]) for n in range(5)], NOW
    )
    while letters := queue.claim(EVERYTHING, NOW, most=2):
        queue.acknowledge(letters)
    database.close()

    left = (tmp_path / "s.sqlite").read_bytes()
    assert b"canary" not in left
    assert len(left) < 300_000  # of 4.5 million; the tables themselves have a dozen pages
