"""What is said of each source in the README's table holds: each cell is tried against the service's fake."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from tests.pipeline.services import Told
from tests.sources.scenes import SERVICES, Scene, scene

from worklens.sources import capabilities_page
from worklens.sources.capabilities import CAPABILITIES
from worklens.sources.names import NAMES
from worklens.sources.options import rate_of
from worklens.sources.reads import READS
from worklens.sources.registry import SOURCES, services, source
from worklens.tasks import DAY

ROOT = Path(__file__).resolve().parents[2]
TITLE = re.compile(rb"(?:here|there|done|changed)\d?-x")

each_source = pytest.mark.parametrize("name", CAPABILITIES)


def test_each_source_has_its_row_and_its_name() -> None:
    """Nothing is read of which the table keeps silent."""
    assert set(CAPABILITIES) == set(SOURCES) == set(NAMES) == set(SERVICES)
    assert set(READS) == set(services())


EVERYTHING = {f"{place}{number}-x" for place in ("here", "there") for number in range(3)} | {
    "done0-x",
    "done1-x",
}


@each_source
def test_increments(name: str) -> None:
    """One task was renamed: what the service says in one sync holds that one, its list, all that is open, or everything."""
    left = {
        "changes": set(),
        "lists": {title for title in EVERYTHING if not title.startswith("there")},
        "open": {title for title in EVERYTHING if not title.startswith("done")},
        "all": EVERYTHING,
    }[CAPABILITIES[name].increments]
    with scene(name) as made:
        made.world.rename(made.keys["here0-x"], "changed-x")
        made.wait()
        events = made.look()
        said = {title.decode() for body in made.moved for title in TITLE.findall(body)}

    assert said == (left - {"here0-x"}) | {"changed-x"}
    assert [event.kind for event in events] == ["renamed"]


def deletion(made: Scene, title: str, hours: float) -> Told | None:
    """Delete a task, and look so many hours later: what is recorded as its deletion."""
    made.wait()
    made.world.delete(made.keys[title])
    made.wait(hours)
    return next((event for event in made.look() if event.kind == "deleted"), None)


@each_source
def test_deletions(name: str) -> None:
    """One sync after it the deletion of an open task is recorded, with its instant or without; or a day later."""
    said = CAPABILITIES[name].deletions
    with scene(name) as made:
        early = deletion(made, "here1-x", 5)
        late = None if early else deletion(made, "here2-x", 25)
        deleted = made.world.clock.now() - 5 * 3_600_000_000

    assert (early is None, late is None) == ((False, True) if said != "daily" else (True, False))
    assert (early or late).precision == ("instant" if said == "dated" else "seen")  # type: ignore[union-attr]
    if said == "dated":
        assert early.at == deleted  # type: ignore[union-attr]
    if said == "whole files":
        with scene(name, whole=False) as made:
            assert deletion(made, "here1-x", 5) is None


@each_source
def test_deletions_of_what_is_done(name: str) -> None:
    """That a completed task was deleted is recorded, too, or never: neither a day later, nor by a whole listing."""
    with scene(name) as made:
        found = deletion(made, "done0-x", 25)
        later = made.look(full=True)

    assert (found is not None) == CAPABILITIES[name].tells_done_deleted
    assert later == []


def completion(made: Scene, key: str) -> tuple[Told, int]:
    """What is recorded of a completion at some time of some day, and when it was."""
    at = made.wait(seconds=17 * 60)
    made.world.complete(key)
    made.wait(5)
    return next(event for event in made.look() if event.kind == "completed"), at


def holds(event: Told, at: int, precision: str) -> bool:
    """Whether the event tells the true time as well as it says."""
    truth = at if precision == "instant" else at - at % DAY
    return (event.precision, event.at) == (precision, truth)


@each_source
def test_completions(name: str) -> None:
    """What is recorded of the time of a completion is the truth, to the instant or cut to its day."""
    said = CAPABILITIES[name].completion
    with scene(name) as made:
        event, at = completion(made, made.keys["here2-x"])
        assert holds(event, at, "instant" if said in {"instant", "as given"} else "day")
        if "steps" in said:
            step = made.world.create(
                made.world.tasks[made.keys["here1-x"]].collection, "step-x", parent=made.keys["here1-x"]
            )
            assert holds(*completion(made, step), "instant")
    if said == "as given":
        with scene(name, by_day=True) as made:
            assert holds(*completion(made, made.keys["here2-x"]), "day")


def both_ways(name: str) -> list[dict[str, Any]]:
    """What nobody knows of how a service goes on with what repeats."""
    return (
        [{"series": True}, {"series": False}] if name in {"microsoft_todo", "ticktick", "dida365"} else [{}]
    )


REPEATING = [(name, switches) for name in CAPABILITIES for switches in both_ways(name)]


@pytest.mark.parametrize(("name", "switches"), REPEATING, ids=str)
def test_what_repeats(name: str, switches: Mapping[str, Any]) -> None:
    """Of two completions between two looks both show, each of an occurrence or a task of its own; or none does."""
    said = CAPABILITIES[name]
    with scene(name, **switches) as made:
        lists = next(iter(made.world.lists))
        key = made.create("again-x", lists, due="2027-01-09", repeat=("day", 1))
        made.wait()
        made.look()
        for _ in range(2):
            made.wait(20)
            key = made.world.complete(key) or key
        made.wait()
        done = [event for event in made.look() if event.kind == "completed"]
        rules = [task.recurrence for task in made.observer.tasks.values() if "again-x" in task.title]

    assert len(done) == (0 if said.recurring == "moved" else 2)
    assert len({event.task for event in done}) == {"moved": 0, "occurrences": 1}.get(said.recurring, 2)
    assert len({(event.task, event.occurrence) for event in done}) == len(done)
    assert any(rules) == (said.tells_rule and said.recurring != "none" and name != "csv")


@each_source
def test_limits(name: str) -> None:
    """What the source keeps within is what the service publishes, a batch of Microsoft's counting as twenty."""
    published, kept = CAPABILITIES[name].published, rate_of(source(name)).windows
    if name == "microsoft_todo":
        whole, batches = kept
        most = whole.requests - batches.requests + 20 * batches.requests
        assert (most <= published[0].requests, whole.seconds) == (True, published[0].seconds)
    elif published:
        assert kept == published


@pytest.mark.parametrize("name", capabilities_page.READMES)
def test_the_readme_says_so(name: str) -> None:
    """`make sources` mends it."""
    text = (ROOT / name).read_text(encoding="utf-8")

    assert text == capabilities_page.with_table(text, capabilities_page.READMES[name])


@pytest.mark.parametrize("name", services())
def test_each_service_has_its_page(name: str) -> None:
    """It says how to connect it, who registers what, how long that lasts, and what can't be seen; the READMEs lead there."""
    text = (ROOT / "docs" / "sources" / f"{name}.md").read_text(encoding="utf-8")
    if name == "dida365":
        assert "(ticktick.md)" in text
        return

    assert f"worklens connect {name}" in text or name == "wunderlist"
    assert re.search(r"^## .*(hides?|can't be seen)$", text, re.MULTILINE)
    assert re.search(r"[Rr]egister|an application", text) or name == "wunderlist"
    assert re.search(r"\blasts?\b|expires|as long as", text) or name == "wunderlist"
    for readme in capabilities_page.READMES:
        assert f"(docs/sources/{name}.md)" in (ROOT / readme).read_text(encoding="utf-8")
