"""The scripted world and its perfect observer: the truth other tests lean on."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from worklens.tasks import EVENT_KINDS
from worklens.testing.chance import Habits, live, seeded
from worklens.testing.clock import Clock
from worklens.testing.observer import Service, Sighting
from worklens.testing.world import World, advanced

SERVICE = Service(name="some")
LOG = Service(name="log", logged=frozenset({"completed", "deleted", "rescheduled"}))


def look(world: World) -> int:
    """Look after an hour, and let another pass."""
    sync = world.clock.advance(hours=1)
    world.clock.advance(hours=1)
    return sync


def lived(seed: int, steps: int = 60, *, advances: bool = False, completes_children: bool = False) -> World:
    """A world in which somebody has lived a while."""
    world = World(advances=advances, completes_children=completes_children)
    live(world, seeded(seed), steps)
    return world


def brief(sightings: list[Sighting]) -> list[tuple[str, str]]:
    """Who and what, in order."""
    return [(sighting.task, sighting.kind) for sighting in sightings]


class TestExpected:
    """What a perfect observer records."""

    def test_times_the_service_gives_are_exact(self) -> None:
        """Creation and completion have their true instants although they were seen later."""
        world = World()
        task = world.create(world.add_list("a"), "x")
        created = world.clock.now()
        completed = world.clock.advance(hours=3)
        world.complete(task)
        sync = look(world)

        found = world.expected([sync], SERVICE)

        assert [("completed", completed, "instant"), ("created", created, "instant")] == [
            (s.kind, s.at, s.precision) for s in found
        ]
        assert {sync} == {s.seen_at for s in found}

    def test_times_the_service_hides_are_those_of_the_look(self) -> None:
        """A rename, a new due date, a star and a move are only seen, with what they changed."""
        world = World()
        one, two = world.add_list("a"), world.add_list("b")
        task = world.create(one, "x", due="2026-02-01")
        first = look(world)
        world.rename(task, "y")
        world.reschedule(task, "2026-02-03")
        world.prioritize(task, 1)
        world.move(task, two)
        world.annotate(task, "n")
        second = look(world)

        found = {s.kind: s for s in world.expected([first, second], SERVICE) if s.seen_at == second}

        assert {"renamed", "rescheduled", "reprioritized", "moved", "edited"} == set(found)
        assert {(None, "seen")} == {(s.at, s.precision) for s in found.values()}
        assert (found["rescheduled"].before, found["rescheduled"].after) == ("2026-02-01", "2026-02-03")
        assert (found["reprioritized"].before, found["reprioritized"].after) == ("", "1")
        assert (one, two) == (found["moved"].before, found["moved"].after)
        assert found["edited"].fields == ("notes",)

    def test_what_comes_and_goes_between_looks_is_never_seen(self) -> None:
        """A task of minutes, and a title that came back, leave nothing."""
        world = World()
        home = world.add_list("a")
        task = world.create(home, "x")
        first = look(world)
        world.rename(task, "y")
        world.rename(task, "x")
        world.delete(world.create(home, "brief"))
        second = look(world)

        assert [(task, "created")] == brief(world.expected([first, second], SERVICE))

    def test_both_changes_show_with_a_look_between(self) -> None:
        """A, B, A again is two renames to one who looks at B."""
        world = World()
        task = world.create(world.add_list("a"), "x")
        syncs = [look(world)]
        for title in ("y", "x"):
            world.rename(task, title)
            syncs.append(look(world))

        renames = [s for s in world.expected(syncs, SERVICE) if s.kind == "renamed"]

        assert [(s.before, s.after) for s in renames] == [("x", "y"), ("y", "x")]

    def test_a_second_completion_tells_of_the_reopening(self) -> None:
        """A completion replaced by a later one was taken back at some time before that."""
        world = World()
        task = world.create(world.add_list("a"), "x")
        world.complete(task)
        first = look(world)
        world.reopen(task)
        again = world.clock.advance(hours=1)
        world.complete(task)
        second = look(world)

        found = [s for s in world.expected([first, second], SERVICE) if s.seen_at == second]

        assert {("reopened", again, "seen"), ("completed", again, "instant")} == {
            (s.kind, s.at, s.precision) for s in found
        }

    def test_gone_and_back(self) -> None:
        """A deleted task is missed at the next look; a restored one is greeted, with what it was changed to."""
        world = World()
        task = world.create(world.add_list("a"), "x")
        syncs = [look(world)]
        world.delete(task)
        syncs.append(look(world))
        world.restore(task)
        world.rename(task, "y")
        syncs.append(look(world))

        assert [(task, "created"), (task, "deleted"), (task, "renamed"), (task, "restored")] == brief(
            world.expected(syncs, SERVICE)
        )

    def test_subtasks_go_with_their_task(self) -> None:
        """Moving moves them, and a deleted list takes all with it."""
        world = World()
        one, two = world.add_list("a"), world.add_list("b")
        task = world.create(one, "x")
        child = world.create(one, "y", parent=task)
        syncs = [look(world)]
        world.move(task, two)
        syncs.append(look(world))
        world.delete_list(two)
        syncs.append(look(world))

        kinds = brief(world.expected(syncs, SERVICE))[2:]

        assert [(child, "moved"), (task, "moved"), (child, "deleted"), (task, "deleted")] == kinds

    def test_a_log_tells_each_one(self) -> None:
        """What a service logs is told with its instant, though it was undone between two looks."""
        world = World()
        home = world.add_list("a")
        task = world.create(home, "x")
        world.complete(task)
        at = world.clock.now()
        world.reopen(task)
        brief_one = world.create(home, "brief")
        world.delete(brief_one)
        sync = look(world)

        found = world.expected([sync], LOG)

        assert [(task, "completed"), (task, "created"), (brief_one, "deleted")] == brief(found)
        assert {at} == {s.at for s in found if s.kind == "completed"}

    def test_an_advanced_due_date_is_no_rescheduling(self) -> None:
        """Where a repeating task moves on, its completion is told and the new due date is part of it."""
        world = World(advances=True)
        task = world.create(world.add_list("a"), "x", due="2026-01-05T09:00:00", repeat=("week", 1))
        first = look(world)
        world.complete(task)
        second = look(world)

        log = Service(name="log", logged=frozenset({"completed"}))
        found = [s for s in world.expected([first, second], log) if s.seen_at == second]

        assert [(task, "completed")] == brief(found)
        assert (found[0].before, found[0].after) == ("2026-01-05T09:00:00", "2026-01-12T09:00:00")

    @given(st.integers(0, 10_000))
    def test_one_who_always_looks_sees_all(self, seed: int) -> None:
        """An observer who looks at each instant records each fact of a task, and nothing else."""
        world = lived(seed)
        instants = sorted({fact.at for fact in world.facts})

        found = world.expected(instants, SERVICE)

        facts = {(f.at, f.task, f.kind) for f in world.facts if f.kind in EVENT_KINDS}
        assert sorted(facts) == sorted((s.seen_at, s.task, s.kind) for s in found)
        assert all(s.at in (None, s.seen_at) for s in found)

    @given(st.integers(0, 10_000), st.integers(1, 5))
    def test_the_sightings_lead_to_the_present(self, seed: int, looks: int) -> None:
        """Folding what was seen gives the tasks that are there at the last look, and which of them are done."""
        world, random = World(), seeded(seed)
        syncs = []
        for _ in range(looks):
            live(world, random, 25)
            syncs.append(world.clock.now())

        there: dict[str, bool] = {}
        found = world.expected(syncs, SERVICE)
        for sighting in sorted(found, key=lambda s: (s.seen_at, s.at or s.seen_at, s.kind == "completed")):
            match sighting.kind:
                case "deleted":
                    there.pop(sighting.task)
                case "created" | "reopened" | "completed":
                    there[sighting.task] = sighting.kind == "completed"

        present = world.tasks_at(syncs[-1])
        assert {key: task.completed is not None for key, task in present.items()} == there


class TestWorld:
    """The world itself."""

    @given(st.integers(0, 10_000))
    def test_a_seed_is_a_life(self, seed: int) -> None:
        """The same seed makes the same facts, and the histories end in the present."""
        world = lived(seed)

        assert lived(seed).facts == world.facts
        assert world.tasks == world.tasks_at(world.clock.now())
        assert world.lists == world.lists_at(world.clock.now())
        assert sorted(fact.at for fact in world.facts) == [fact.at for fact in world.facts]

    @given(st.integers(0, 10_000))
    def test_every_task_has_its_list_and_parent(self, seed: int) -> None:
        """No task is left behind in a list that is gone, nor without its parent."""
        world = lived(seed, advances=True, completes_children=True)

        for task in world.tasks.values():
            assert task.collection in world.lists
            assert not task.parent or world.tasks[task.parent].collection == task.collection

    def test_all_that_may_happen_happens(self) -> None:
        """A long random life holds every kind of fact but those it was not asked for."""
        world = World()
        weights = {**Habits().weights, "restore": 1.0}
        live(world, seeded(1), 600, Habits(weights=weights))

        assert set(EVENT_KINDS) - {"started", "carried", "reviewed", "closed"} <= {
            fact.kind for fact in world.facts
        }
        assert {"list-created", "list-renamed", "list-deleted", "noise"} <= {f.kind for f in world.facts}

    def test_a_repeating_task_has_a_successor(self) -> None:
        """Completing it makes the next one, with a later due date and an id of its own."""
        world = World()
        task = world.create(world.add_list("a"), "x", due="2026-01-31", repeat=("day", 2))

        following = world.complete(task)

        assert world.tasks[task].completed == world.clock.now()
        assert world.tasks[following].due == "2026-02-02"
        assert world.tasks[following].completed is None

    def test_children_are_completed_where_the_service_does_so(self) -> None:
        """Completing a task completes its open subtasks in the one world, and not in the other."""
        for cascades in (True, False):
            world = World(completes_children=cascades)
            home = world.add_list("a")
            task = world.create(home, "x")
            child = world.create(home, "y", parent=task)
            world.complete(task)

            assert cascades == (world.tasks[child].completed is not None)

    def test_what_is_so_already_is_no_change(self) -> None:
        """Setting a field to what it was is no fact."""
        world = World()
        task = world.create(world.add_list("a"), "x")
        before = len(world.facts)
        world.rename(task, "x")

        assert before == len(world.facts)

    def test_advancing_counts_from_today_without_a_due_date(self) -> None:
        """A repeating task that never was due is next due one repetition from today."""
        assert advanced("", ("week", 1), Clock().now()) == "2026-01-12"
        assert date(2026, 1, 5).isoformat() == advanced("2026-01-04", ("day", 1), 0)


def test_time_can_not_go_back() -> None:
    """A scripted clock refuses to run backwards."""
    with pytest.raises(ValueError, match="back"):
        Clock().advance(seconds=-1)
