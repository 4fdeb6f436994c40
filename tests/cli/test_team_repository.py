"""A team's repository of five people, followed by one of them as they would: numbers of all, and nobody's words but theirs."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import duckdb
import pytest

from tests.cli.conftest import Person
from tests.moulds import place_warehouse
from worklens.local.platform import open_platform
from worklens.stages.pages.router import PAGES, PLACES, Site
from worklens.stages.pages.visit import Visit
from worklens.testing.clock import Clock
from worklens.testing.github import ME, TOKEN, FakeGitHub, is_pull, issue_id, repository
from worklens.testing.world import World
from worklens.warehouse.schema import tables

TEAM = ("grace", "edsger", "barbara", "tony")
THEIRS = "their-own-words"
WEEKS = 20


class Followed(NamedTuple):
    """Somebody with the team's data directory, and the issues of others that are open still."""

    person: Person
    theirs: list[str]


def team() -> tuple[World, dict[str, str]]:
    """Some months of work: a dozen issues a week, most done in some days, some changes reviewed; and whose each is."""
    world = World(Clock((int(time.time()) - (WEEKS * 7 + 1) * 86_400) * 1_000_000))
    place, whose = world.add_list("mill"), {}
    for week in range(WEEKS):
        made = []
        for number in range(12):
            who = ((ME, *TEAM) * 3)[(number * 7 + week) % 15]
            title = f"mine {week} {number}" if who == ME else f"{THEIRS} {who}"
            key = world.create(place, title, notes=title, labels=("bug",) if number % 3 else ())
            whose[key] = who
            made.append(key)
            world.clock.advance(hours=5)
        for key in filter(is_pull, made):
            world.review(key)
        world.clock.advance(days=2)
        for key in made[: 10 + week % 2]:
            world.complete(key)
        world.clock.advance(days=2, hours=12)
    return world, whose


@pytest.fixture(scope="module")
def followed(tmp_path_factory: pytest.TempPathFactory) -> Followed:
    """The repository, connected and synced by the command line."""
    world, whose = team()
    folder = tmp_path_factory.mktemp("team")
    place_warehouse(folder / "data")
    person = Person(folder / "data")
    with pytest.MonkeyPatch.context() as patch, FakeGitHub(world) as fake:
        for name, value in {"WORKLENS_SECRETS": "file", "HOME": str(folder), "LANG": "C.UTF-8"}.items():
            patch.setenv(name, value)
        fake.people, fake.others = whose, {key for key, who in whose.items() if who != ME}
        asked = ("connect", "github", "--base-url", fake.base_url, "--account", "mill")
        person.run(*asked, "--set", f"repository={repository('list-1')}", stdin=f"{TOKEN}\n")
        person.run("sync")
        still = [key for key in fake.others if world.tasks[key].completed is None]
    return Followed(person, [issue_id(key) for key in still])


@pytest.fixture(scope="module")
def found(followed: Followed) -> dict[str, str]:
    """What is answered, by address and language."""
    return dict(answers(followed.person.data, followed.theirs))


def answers(folder: Path, theirs: list[str]) -> Iterator[tuple[str, str]]:
    """Every page in both languages, the API, the digest and the report in one file, by their addresses."""
    platform = open_platform(folder)
    site = Site(platform.ports, version=lambda: 1, runtime=lambda: "0;")
    story = {"of": "github:mill", "task": theirs[0]}
    some = [(path, story if path == PLACES["story"] else {}) for path in (*PAGES, "/report", "/digest")]
    some += [(f"/api/v1/{name}", {}) for name in ("today", "forecast", "time", "data")]
    some += [("/api/v1/tasks", {"status": "any", "count": "500"}), ("/api/v1/tasks/story", story)]
    some += [
        ("/api/v1/metrics/rows", {"name": name})
        for name in ("lead-time", "cycle-time", "age", "throughput-weekly")
    ]
    try:
        for path, query in some:
            for language in ("en", "zh"):
                body, status, _ = site.respond(
                    Visit("GET", path, "http://127.0.0.1:1", query={**query, "language": language})
                )
                text = body if isinstance(body, str) else body.decode()
                assert status == 200, (path, text[:200])
                yield f"{path} {language}", text
    finally:
        platform.close()


def is_told(text: str) -> list[str]:
    """Which of others' names and words stand in a text."""
    return [one for one in (THEIRS, *TEAM) if one in text.lower()]


def test_nobody_elses_words_or_names_are_told(followed: Followed, found: dict[str, str]) -> None:
    """Nor on any page, by the API, in the digest, in an alert, or by a command; one's own titles are."""
    assert {place: told for place, text in found.items() if (told := is_told(text))} == {}
    assert "<bdi>mine " in found["/tasks en"]

    for command in ("", "digest", "alerts", "tasks", "events", "scores"):
        assert is_told(followed.person.run(*command.split()).out) == []


def test_nobody_elses_words_or_names_are_kept(followed: Followed) -> None:
    """In no table of the warehouse, nor in the state: what isn't there can't be told."""
    with duckdb.connect(str(followed.person.data / "warehouse.duckdb"), read_only=True) as warehouse:
        rows = {name: str(warehouse.execute(f"SELECT * FROM {name}").fetchall()) for name in tables()}
    assert {name: told for name, text in rows.items() if (told := is_told(text))} == {}
    assert "mine 0 0" in rows["task_states"]
    state = b"".join(one.read_bytes() for one in followed.person.data.glob("state.sqlite*"))
    assert is_told(state.decode("latin-1")) == []


def test_today_singles_out_ones_own_tasks_alone(followed: Followed, found: dict[str, str]) -> None:
    """Those of others are counted, and said to be."""
    today = found["/ en"]
    listed = today[today.index('class="record"') :]
    assert "mine" in listed
    assert "<bdi>#" not in listed
    assert f"{len(followed.theirs)} open tasks are other people&#39;s" in listed
    assert f"{len(followed.theirs)} 项未完成任务属于他人" in found["/ zh"]


def test_the_team_is_told_of_in_aggregate(found: dict[str, str]) -> None:
    """How long changes take, how much gets done, and how old the open work is."""
    forecast = found["/forecast en"]
    for section in ("throughput", "ageing", "changes"):
        assert f'<section id="{section}"' in forecast
    assert "First commit" in forecast
