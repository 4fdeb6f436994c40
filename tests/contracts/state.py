"""What any state store promises, whichever platform it stands on: leases, runs, fan-in, and what is kept for later."""

from __future__ import annotations

from typing import Any, Protocol

import msgspec
import pytest

from worklens.messages import Batch, Message, SyncRequested, TasksChanged
from worklens.ports import LEASE_SECONDS, Feed, Run, StaleLease, ZonePeriod

NOW = 1_700_000_000_000_000
LATER = NOW + (LEASE_SECONDS + 1) * 1_000_000
FEED = "csv:a"


class Published(Protocol):
    """The messages published since the last look."""

    def __call__(self) -> list[Message]: ...


def request(run: str = "r1", input: str = "", *, full: bool = False) -> SyncRequested:  # noqa: A002
    return SyncRequested(feed=FEED, run=run, window=run, input=input, full=full)


def batch(run: Run, name: str, records: int = 1) -> Batch:
    return Batch(
        feed=run.feed, run=run.run, window=run.window, number=run.number, page=run.pages, batch=name, seen_at=NOW,
        records=[msgspec.Raw(b"{}")] * records,
    )  # fmt: skip


def begun(state: Any, run: str = "r1", now: int = NOW, input: str = "") -> Run:  # noqa: A002
    found: Run | None = state.begin(request(run, input), now).run
    assert found is not None
    return found


def through(state: Any, run: Run) -> None:
    """Fetched and settled, without a record."""
    state.fetched(run, "c", "{}")
    state.settled(run, [])


def kinds(messages: list[Message]) -> list[str]:
    return [message.kind for message in messages]


def syncs(messages: list[Message]) -> list[str]:
    return sorted(message.run for message in messages if message.kind == "sync-requested")


class StateContract:
    """Give it the fixtures ``state``, with the feed csv:a, and ``published``."""

    def test_a_feed_comes_back_as_it_was_saved(self, state: Any) -> None:
        """Zones, settings and source survive; the cursor is not the feed's to change."""
        feed = Feed(
            name="todoist:me",
            source="todoist",
            settings={"a": 1, "long": "x" * 20_000},
            zones=(ZonePeriod("UTC"), ZonePeriod("Asia/Tokyo", 5)),
        )
        state.save_feed(feed)
        state.save_feed(msgspec.structs.replace(feed, cursor="stolen"))

        assert state.feed("todoist:me") == feed
        assert [known.name for known in state.feeds()] == [FEED, "todoist:me"]

    def test_numbers_of_runs_rise(self, state: Any) -> None:
        """Each run of a feed has the next number, also after one that was settled."""
        first = begun(state)
        through(state, first)

        assert (first.number, begun(state, "r2").number) == (1, 2)

    def test_a_second_run_waits_while_the_first_lives(self, state: Any, published: Published) -> None:
        """A request that meets a held lease is kept, and published again when the holder is through."""
        first = begun(state)
        assert state.begin(request("r2"), NOW) == (None, "held")
        state.fetched(first, "c1", "{}")
        published()
        state.settled(first, [])

        assert syncs(published()) == ["r2"]

    def test_what_follows_from_a_settled_run_is_published(self, state: Any, published: Published) -> None:
        """Also where settling is asked for twice."""
        run = begun(state)
        state.fetched(run, "c", "{}")
        published()
        changed = TasksChanged(feed=FEED, run="r1", window="w", number=1, seen_at=NOW)
        state.settled(run, [changed])
        state.settled(run, [changed])

        assert published() == [changed, changed]

    def test_a_settled_run_is_not_begun_again(self, state: Any) -> None:
        """The same request once more does no more work."""
        through(state, begun(state))

        assert state.begin(request(), NOW) == (None, "settled")

    def test_an_unfinished_run_is_continued_from_its_checkpoint(self, state: Any) -> None:
        """When the holder's time is over, a new request goes on with what it had begun."""
        first = begun(state)
        state.advance(first, "page 1", [batch(first, "b1", 3)], NOW)
        again = begun(state, "r2", now=LATER)

        assert (again.run, again.checkpoint, again.pages, again.records) == ("r1", "page 1", 1, 3)

    def test_a_wish_for_everything_is_not_lost_to_an_unfinished_sync(
        self, state: Any, published: Published
    ) -> None:
        """What was begun is continued, and the whole listing follows it; a plain sync is part of either."""
        begun(state)
        wish = request("night", full=True)
        continued = state.begin(wish, LATER).run

        assert (continued.run, continued.full) == ("r1", False)
        through(state, continued)
        assert syncs(published()) == ["night"]
        nightly = state.begin(wish, LATER).run
        assert (nightly.run, nightly.full) == ("night", True)
        again = state.begin(request("later"), LATER + LATER - NOW).run
        through(state, again)
        assert (again.run, syncs(published())) == ("night", [])

    def test_the_old_instance_of_a_continued_run_can_write_no_more(self, state: Any) -> None:
        """Every write checks the epoch, so that of two instances only the newer writes."""
        old = begun(state)
        new = begun(state)

        for write in (
            lambda: state.advance(old, "x", [], NOW),
            lambda: state.fetched(old, "x", "{}"),
            lambda: state.failed(old, "x"),
        ):
            with pytest.raises(StaleLease):
                write()
        assert state.advance(new, "y", [], NOW).checkpoint == "y"

    def test_nothing_is_published_where_the_lease_is_lost(self, state: Any, published: Published) -> None:
        """The old instance's batches would be another's work."""
        old = begun(state)
        begun(state)
        with pytest.raises(StaleLease):
            state.advance(old, "x", [batch(old, "b1")], NOW)

        assert published() == []

    def test_settle_is_asked_when_the_last_batch_is_parsed(self, state: Any, published: Published) -> None:
        """Fan-in: neither fetched alone nor all but one batch will do."""
        run = begun(state)
        batches = [batch(run, f"b{n}") for n in range(23)]
        run = state.advance(run, "p", batches, NOW)
        state.parsed(batches[1:])
        state.fetched(run, "c", "{}")
        assert "settle-requested" not in kinds(published())

        state.parsed(batches[:1])
        assert "settle-requested" in kinds(published())

    def test_settle_is_asked_when_parsing_was_faster_than_fetching(
        self, state: Any, published: Published
    ) -> None:
        """The other order: all batches are parsed before the fetch ends."""
        run = begun(state)
        one = batch(run, "b1")
        run = state.advance(run, "p", [one], NOW)
        state.parsed([one])
        assert "settle-requested" not in kinds(published())

        state.fetched(run, "c", "{}")
        assert "settle-requested" in kinds(published())

    def test_a_batch_that_comes_twice_counts_once(self, state: Any, published: Published) -> None:
        """Parsing the same batch again brings no other batch nearer."""
        run = begun(state)
        batches = [batch(run, "b1"), batch(run, "b2")]
        state.fetched(state.advance(run, "p", batches, NOW), "c", "{}")
        published()
        state.parsed(batches[:1])
        state.parsed(batches[:1])

        assert published() == []

    def test_a_run_without_batches_is_settled_too(self, state: Any, published: Published) -> None:
        """An empty listing is an answer."""
        state.fetched(begun(state), "c", "{}")

        assert kinds(published()) == ["settle-requested"]

    def test_the_cursor_moves_when_the_pull_is_complete(self, state: Any) -> None:
        """Not with the pages before it, and never by saving the feed."""
        run = state.advance(begun(state), "page 1", [], NOW)
        before = state.feed(FEED).cursor
        state.fetched(run, "c9", "{}")

        assert (before, state.feed(FEED).cursor) == ("", "c9")

    def test_an_import_of_another_file_comes_after_the_unfinished_one(
        self, state: Any, published: Published
    ) -> None:
        """What was begun is finished first; the new request is kept for after it."""
        begun(state, "r1", input="imports/a")
        second = begun(state, "r2", now=LATER, input="imports/b")
        through(state, second)

        assert second.run == "r1"
        assert syncs(published()) == ["r2"]

    def test_the_same_file_again_goes_on_with_the_unfinished_import(
        self, state: Any, published: Published
    ) -> None:
        """After a kill, the same command finishes the same run and no other follows."""
        begun(state, "r1", input="imports/a")
        second = begun(state, "r2", now=LATER, input="imports/a")
        through(state, second)

        assert second.run == "r1"
        assert syncs(published()) == []

    def test_a_refused_file_is_not_tried_again(self, state: Any) -> None:
        """The next import of the feed is a run of its own."""
        state.failed(begun(state, "r1", input="imports/a"), "older-export")

        assert begun(state, "r2", input="imports/b").run == "r2"

    def test_a_run_that_is_not_settled_holds_the_next_one_however_late(self, state: Any) -> None:
        """Runs are settled in the order of their numbers: the lease's end changes nothing about that."""
        first = begun(state)
        state.fetched(first, "c1", "{}")

        assert state.begin(request("r2"), LATER) == (None, "held")
        state.settled(first, [])
        assert begun(state, "r2", now=LATER).number == 2

    def test_every_import_asked_for_meanwhile_has_its_turn(self, state: Any, published: Published) -> None:
        """Syncs are one and the same, files are not; and who asked for a whole listing gets one."""
        first = begun(state)
        for name in ("a", "b", "a"):
            state.begin(request(name, input=f"imports/{name}"), NOW)
        state.begin(request("s1", full=True), NOW)
        state.begin(request("s2"), NOW)
        state.fetched(first, "c1", "{}")
        published()
        state.settled(first, [])

        kept = {message.run: getattr(message, "full", None) for message in published()}
        assert kept == {"b": False, "a": False, "s2": True}

    def test_a_sync_that_cannot_go_on_is_in_no_files_way(self, state: Any, published: Published) -> None:
        """An import kept meanwhile comes at once, and counts after what was abandoned."""
        first = begun(state)
        state.begin(request("r2", input="imports/a"), NOW)
        state.begin(request("r3"), NOW)
        state.failed(first, "token-refused")

        assert syncs(published()) == ["r2"]
        second = begun(state, "r2", input="imports/a")
        assert (second.run, second.number) == ("r2", 2)
        through(state, second)
        assert begun(state, "r4").number == 3

    def test_each_page_renews_the_lease(self, state: Any) -> None:
        """A pull may take longer than a lease lasts."""
        first = begun(state)
        state.advance(first, "page 1", [], LATER - 1)

        assert state.begin(request("r2"), LATER) == (None, "held")

    def test_a_sync_has_seen_what_it_saw_in_the_end(self, state: Any) -> None:
        """The instant of a run moves on with its last look."""
        state.fetched(msgspec.structs.replace(begun(state), now=LATER), "c", "{}")

        assert state.run("r1").now == LATER

    def test_a_failed_sync_is_continued(self, state: Any) -> None:
        """The next request goes on from the last page of the run that could not go on."""
        state.failed(state.advance(begun(state), "page 1", [], NOW), "token-refused")

        second = begun(state, "r2")
        assert (second.run, second.checkpoint) == ("r1", "page 1")

    def test_a_withdrawn_run_leaves_no_cursor(self, state: Any) -> None:
        """The next pull starts from the beginning, and the newest run is the one before."""
        for name in ("r1", "r2"):
            through(state, begun(state, name))
        state.withdraw(state.run("r2"))

        assert state.feed(FEED).cursor == ""
        assert state.run("r2").status == "withdrawn"
        assert state.latest(FEED).run == "r1"

    def test_an_abandoned_run_makes_room(self, state: Any) -> None:
        """The feed's next run can begin, and the cursor stays."""
        first = state.advance(begun(state), "p", [], NOW)
        state.abandon(first)

        assert begun(state, "r2").number == 2
        assert state.run("r1").status == "withdrawn"

    def test_runs_are_listed_from_the_newest(self, state: Any) -> None:
        """Of one feed, or of all."""
        for name in ("r1", "r2"):
            through(state, begun(state, name))

        assert [run.run for run in state.runs(FEED)] == ["r2", "r1"]
        assert state.runs("csv:b") == []

    def test_the_newest_run_that_counts(self, state: Any) -> None:
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

    def test_a_pointer_stands_for_the_last_version(self, state: Any) -> None:
        """With its evidence; of a feed that is no more nothing is kept."""
        state.point(FEED, "model", "v1")
        state.point(FEED, "model", "v2", {"coverage": 0.85})
        state.point("csv:gone", "model", "v1")
        found = state.pointer(FEED, "model")

        assert (found.version, found.evidence) == ("v2", {"coverage": 0.85})
        assert state.pointer("csv:gone", "model") is None
        state.drop_feed(FEED)
        assert state.pointer(FEED, "model") is None

    def test_a_pointer_changes_by_what_it_was(self, state: Any) -> None:
        """One after another, each seeing the last; of a feed that is no more nothing is kept."""
        for feed in (FEED, "", "csv:gone"):
            for letter in "abc":
                state.repoint(feed, "budget", lambda text, letter=letter: text + letter)

        assert [state.pointer(feed, "budget").version for feed in (FEED, "")] == ["abc", "abc"]
        assert state.pointer("csv:gone", "budget") is None
        state.drop_feed(FEED)
        assert state.pointer(FEED, "budget") is None

    def test_a_forgotten_feed_is_gone(self, state: Any) -> None:
        """With its runs; what comes late about it finds nothing."""
        run = begun(state)
        one = batch(run, "b1")
        state.advance(run, "p", [one], NOW)
        state.drop_feed(FEED)
        state.parsed([one])

        assert state.feed(FEED) is None
        assert state.run("r1") is None
        assert state.runs() == []
