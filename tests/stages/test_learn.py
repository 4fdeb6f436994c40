"""Learn: graded on the future, published only where it beat the plain numbers, and read by score to the same numbers."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
import pytest

from tests.stages.facts import FEED, NOW, copied, opened, settle
from tests.stages.facts import learn_requested as request
from worklens.analysis.backtest import Lives
from worklens.analysis.competing import aalen_johansen
from worklens.local.forget import Target, forget
from worklens.local.platform import Platform
from worklens.messages import ScoresReady, TasksChanged
from worklens.ports import Pointer
from worklens.stages.curves import MODEL, Curves, arrays_of, pack, place, published, unpack, version_of
from worklens.stages.history import ages, read
from worklens.stages.learn import EVERY, Grade, ask_when_due, grade, learn
from worklens.stages.score import score
from worklens.tasks import DAY, Moment, Task

SETTLED = TasksChanged(feed=FEED, run="r1", window="w", number=1, seen_at=NOW)


@pytest.fixture
def platform(tmp_path: Path) -> Iterator[Platform]:
    """A platform that knows the feed."""
    with opened(tmp_path) as platform:
        yield platform


@pytest.fixture(scope="module")
def _lived(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data directory with a habit's record in it, made once."""
    root = tmp_path_factory.mktemp("lived")
    with opened(root, habit()):
        return root


@pytest.fixture
def habitual(_lived: Path, tmp_path: Path) -> Iterator[Platform]:
    """A copy of it, to do with as one likes."""
    with copied(_lived, tmp_path) as platform:
        yield platform


@pytest.fixture(scope="module")
def _served(_lived: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same, scored, and then learnt from, once."""
    root = tmp_path_factory.mktemp("served")
    with copied(_lived, root) as platform:
        score(SETTLED, platform.ports)
        assert learn(request(), platform.ports)[FEED].passed
    return root


@pytest.fixture
def served(_served: Path, tmp_path: Path) -> Iterator[Platform]:
    """A copy of that."""
    with copied(_served, tmp_path) as platform:
        yield platform


def habit(days: int = 400, seed: int = 1, account: str = FEED) -> list[Task]:
    """A task a day: half are done within three days, the others hardly ever, so that its age tells which it is."""
    dice = np.random.default_rng(seed)
    tasks = []
    for day in range(1, days):
        lives = dice.exponential(1.5) if dice.random() < 0.5 else 60 + dice.exponential(200)
        born = NOW - day * DAY
        over = lives < day
        tasks.append(
            Task(
                account=account,
                task=f"t{day}",
                created=Moment(born),
                completed=Moment(born + round(lives * DAY)) if over else None,
            )
        )
    return tasks


def memoryless(days: int = 400) -> list[Task]:
    """A task a day, of which nobody can tell by its age when it will be done: the median says all there is."""
    dice = np.random.default_rng(7)
    born = [NOW - day * DAY for day in range(1, days) for _ in range(3)]
    lived = [round(dice.exponential(10) * DAY) for _ in born]
    return [
        Task(
            account=FEED,
            task=f"t{number}",
            created=Moment(start),
            completed=Moment(start + lives) if start + lives < NOW else None,
        )
        for number, (start, lives) in enumerate(zip(born, lived, strict=True))
    ]


def rows(platform: Platform) -> list[tuple[Any, ...]]:
    """The table of scores, in an order of its own."""
    with platform.warehouse.read() as session:
        return sorted(zip(*session.query("scores").values(), strict=True), key=str)


def pointed(platform: Platform) -> Pointer:
    """What the feed's model stands for."""
    found = platform.state.pointer(FEED, MODEL)
    assert found is not None
    return found


# ----- Publishing -----


def test_what_beats_the_plain_numbers_is_published(habitual: Platform) -> None:
    """With its grade beside those of the baselines, under a version that is the hash of its content."""
    grades = learn(request(), habitual.ports)
    known = pointed(habitual)
    file = habitual.blobs.get(place(FEED, known.version))

    assert grades[FEED].passed
    assert grades[FEED].brier < min(grades[FEED].median, grades[FEED].rate)
    assert known.evidence["accounts"][FEED]["tasks"] == grades[FEED].tasks > 100
    assert version_of(arrays_of(unpack(file))) == known.version


def test_what_does_not_is_not(platform: Platform) -> None:
    """Where age tells nothing the curve is the median with more noise; the pointer says so and names no version."""
    settle(platform, memoryless(), seen_at=NOW)
    grades = learn(request(), platform.ports)

    assert grades[FEED].tasks > 100
    assert not grades[FEED].passed
    assert pointed(platform).version == ""
    assert platform.blobs.names("models/") == []
    assert published(FEED, NOW, platform.ports) is None


def test_a_model_that_lost_its_lead_is_withdrawn(served: Platform) -> None:
    """The name then stands for none, and its file goes."""
    assert pointed(served).version
    settle(served, memoryless(), run=2, seen_at=NOW)  # the same tasks, as it now turns out
    learn(request(NOW + DAY), served.ports)

    assert pointed(served).version == ""
    assert served.blobs.names("models/") == []


def test_each_account_is_graded_by_itself(platform: Platform) -> None:
    """Of two people in a feed only the one whose past shows it is published."""
    theirs = [msgspec.structs.replace(one, account=f"{FEED}/2") for one in memoryless(300)]
    settle(platform, [*habit(), *theirs], seen_at=NOW)
    grades = learn(request(), platform.ports)
    found = published(FEED, NOW, platform.ports)

    assert {name: one.passed for name, one in grades.items()} == {FEED: True, f"{FEED}/2": False}
    assert found is not None
    assert found.accounts == (FEED,)


def test_learning_twice_is_learning_once(habitual: Platform) -> None:
    """The same request gives the same version; one from before a later one's changes nothing."""
    learn(request(NOW + DAY), habitual.ports)
    first = pointed(habitual)
    learn(request(NOW + DAY), habitual.ports)
    assert learn(request(NOW), habitual.ports) == {}

    assert pointed(habitual) == first
    assert len(habitual.blobs.names("models/")) == 1


def test_what_was_forgotten_is_not_learnt(habitual: Platform) -> None:
    """A late request of a feed that is no more writes nothing."""
    habitual.state.drop_feed(FEED)

    assert learn(request(), habitual.ports) == {}
    assert habitual.blobs.names() == []


@pytest.mark.parametrize("account", ["", f"{FEED}/2"])
def test_who_is_forgotten_leaves_no_model(platform: Platform, account: str) -> None:
    """A feed, or one person in it, from whose past its file was made: file and pointer go."""
    theirs = [msgspec.structs.replace(one, account=f"{FEED}/2") for one in habit()]
    settle(platform, [*habit(), *theirs], seen_at=NOW)
    learn(request(), platform.ports)
    assert platform.blobs.names("models/")

    forget(platform, Target(FEED, account, lambda record: False))
    assert platform.blobs.names() == []
    assert platform.state.pointer(FEED, MODEL) is None


def test_of_a_short_past_nothing_is_said(platform: Platform) -> None:
    """Neither with no run at all nor with a month."""
    assert learn(request(), platform.ports) == {}
    settle(platform, habit(40), seen_at=NOW)

    assert learn(request(NOW + 1), platform.ports)[FEED].origins < 2
    assert pointed(platform).version == ""


# ----- Serving -----


def test_score_reads_what_was_published_to_the_same_numbers(served: Platform) -> None:
    """With and without the model the rows are equal, their version included: the same data says the same."""
    fitted = rows(served)
    score(SETTLED, served.ports)

    assert len(fitted) > 30
    assert rows(served) == sorted(fitted * 2, key=str)


def test_scores_carry_the_version_they_were_read_from(served: Platform) -> None:
    """A day later, with one more task done, score still serves last night's curve and names it."""
    fresh = Task(account=FEED, task="n", created=Moment(NOW - DAY), completed=Moment(NOW))
    score(settle(served, [fresh], run=2, seen_at=NOW + DAY), served.ports)

    assert len(versions(served)) == 1


def versions(platform: Platform) -> set[str]:
    """The versions in the table."""
    with platform.warehouse.read() as session:
        return set(session.query("scores")["version"])


@pytest.mark.parametrize("change", ["more", "less", "earlier", "gone"])
def test_a_model_of_another_past_is_not_used(served: Platform, change: str) -> None:
    """After a large import, an undo, for a run before it, and where its file is gone, the curve is made on the spot."""
    message = changed(served, change, SETTLED)
    score(message, served.ports)
    with served.warehouse.read() as session:
        history = read(session, FEED, "lives", known_at=message.seen_at)
    assert history is not None
    lives = ages(history)
    curve = published(FEED, message.seen_at, served.ports)

    assert curve is None or curve.of(FEED, int(np.count_nonzero(lives.cause))) is None
    assert len(versions(served)) == (1 if change == "gone" else 2)


def changed(platform: Platform, change: str, message: TasksChanged) -> TasksChanged:
    """What came in after the model was made."""
    if change == "gone":
        platform.blobs.delete(place(FEED, pointed(platform).version))
        return message
    if change == "more":
        more = [msgspec.structs.replace(one, task=f"more-{one.task}") for one in habit(200, seed=2)]
        return settle(platform, more, run=2, seen_at=NOW + DAY)
    if change == "less":
        undone = [msgspec.structs.replace(one, completed=None) for one in habit()[:150]]
        return settle(platform, undone, run=2, seen_at=NOW + DAY)
    earlier = NOW - 40 * DAY
    before = [one for one in habit() if one.created and one.created.micros < earlier]
    return settle(platform, before, run=0, seen_at=earlier)


# ----- The file -----


def test_curves_come_back_as_they_were(platform: Platform) -> None:
    """Several accounts in one file, and none at all."""
    curves = tuple(aalen_johansen([1.0, 2.5, n], [1, 2, 0]) for n in (3.0, 9.0))
    again = unpack(pack(arrays_of(Curves(5, ("a", "b"), curves))))

    assert (again.now, again.accounts) == (5, ("a", "b"))
    for ours, theirs in zip(again.curves, curves, strict=True):
        for name in ("time", "at_risk", "events", "survival", "incidence"):
            np.testing.assert_array_equal(getattr(ours, name), getattr(theirs, name))
    assert unpack(pack(arrays_of(Curves(0, (), ())))).curves == ()


def test_a_file_of_something_else_is_not_served(platform: Platform) -> None:
    """Score makes the curve itself."""
    platform.state.point(FEED, MODEL, "v")
    platform.blobs.put(place(FEED, "v"), b"not a model")

    assert published(FEED, NOW, platform.ports) is None


# ----- Grades -----


def test_grades_are_those_of_the_warehouse_as_of_each_day(platform: Platform) -> None:
    """Looking back in the arrays gives the lives that the store itself tells as of that day."""
    settle(platform, habit(200), seen_at=NOW)
    with platform.warehouse.read() as session:
        now = read(session, FEED, "lives")
        then = read(session, FEED, "lives", as_of=NOW - 2 * EVERY * DAY)
    assert now is not None
    assert then is not None
    every, past = ages(now), ages(then)
    back = Lives(every.age, every.cause, every.since).past(2 * EVERY)

    assert sorted(past.age.tolist()) == pytest.approx(sorted(back.age.tolist()))
    assert sorted(past.cause.tolist()) == sorted(back.cause.tolist())


def test_a_good_month_is_not_enough() -> None:
    """It takes several origins, enough tasks, and a gain that is more than luck."""
    assert Grade(origins=3, z=1.7, tasks=30).passed
    assert not Grade(origins=2, z=1.7, tasks=30).passed
    assert not Grade(origins=3, z=1.7, tasks=29).passed
    assert not Grade(origins=3, z=1.5, tasks=30).passed


def test_what_is_no_better_passes_rarely() -> None:
    """Of 40 people whose tasks are memoryless, so that the median says it all, at most four are published."""
    dice = np.random.default_rng(3)
    passed = 0
    for _ in range(40):
        since = np.repeat(np.arange(1.0, 400.0), 2)
        lived = dice.exponential(10, since.size)
        lives = Lives(np.minimum(lived, since), (lived < since).astype(np.int64), since)
        passed += grade(lives).passed

    assert passed <= 4


def test_the_silence_after_a_record_is_no_evidence() -> None:
    """Years after an old file's end the grade is what it was on its last day."""
    past = [
        (
            (NOW - one.created.micros) / DAY,
            one.completed and (one.completed.micros - one.created.micros) / DAY,
        )
        for one in habit()
        if one.created
    ]

    def graded(later: int) -> Grade:
        since = np.array([age + later for age, _ in past])
        age = np.array([since[row] if lived is None else lived for row, (_, lived) in enumerate(past)])
        return grade(Lives(age, np.array([int(lived is not None) for _, lived in past]), since))

    assert graded(0).passed
    assert graded(3000) == pytest.approx(graded(0), abs=0.02)


def test_of_nothing_there_is_no_grade() -> None:
    """No tasks, or none that was done."""
    none = np.empty(0)
    assert grade(Lives(none, none.astype(np.int64), none)) == Grade()
    old = np.full(50, 400.0)
    assert grade(Lives(old, np.zeros(50, dtype=np.int64), old)) == Grade()


# ----- On a laptop -----


def test_it_is_asked_for_once_a_day(habitual: Platform) -> None:
    """After scoring; the next time when a day has gone by."""
    ready = ScoresReady(feed=FEED, run="r2", window="w", number=2)
    type_ = "worklens.learn-requested.v1"
    ask_when_due(ready, habitual.ports)
    (letter,) = habitual.queue.claim([type_], NOW, most=9)
    learn(letter.message, habitual.ports)  # type: ignore[arg-type]
    ask_when_due(ready, habitual.ports)
    assert habitual.queue.claim([type_], NOW, most=9) == []
    habitual.ports.clock.advance(days=1)  # type: ignore[attr-defined]
    ask_when_due(ready, habitual.ports)

    assert len(habitual.queue.claim([type_], NOW + DAY, most=9)) == 1


@pytest.mark.parametrize(("window", "number"), [("first", 1), ("import-2", 2)])
def test_what_is_taken_in_at_once_does_not_wait_for_it(habitual: Platform, window: str, number: int) -> None:
    """Neither a first run nor an import asks: their scores came of all that there is to learn from."""
    ask_when_due(ScoresReady(feed=FEED, run="r", window=window, number=number), habitual.ports)

    assert habitual.queue.claim(["worklens.learn-requested.v1"], NOW, most=9) == []
