"""The same number everywhere: every metric of the registry, by its view, the command line and the API; and where a page or the
digest shows it, there."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from html import unescape
from typing import Any

import pytest

from tests.cli.conftest import Person
from tests.stages.facts import FEED, NOW, opened, settle
from worklens.local.platform import Platform
from worklens.stages.measures import MEASURES
from worklens.stages.pages.limits import Limit
from worklens.stages.pages.router import Site
from worklens.stages.pages.visit import Visit
from worklens.stages.score import score
from worklens.tasks import DAY, Collection, Moment, Task
from worklens.warehouse.metrics import Metric, metrics

Rows = list[tuple[Any, ...]]


class Everywhere:
    """One person's numbers by each of the ways to them."""

    def __init__(self, person: Person, platform: Platform) -> None:
        self.person, self.platform = person, platform
        self.site = Site(platform.ports, version=lambda: 1, limit=Limit(burst=10_000))

    def text(self, path: str, **query: str) -> str:
        """A page, as it is read."""
        body, status, _ = self.site.respond(Visit("GET", path, query=query))
        assert status == 200, body
        return unescape(re.sub(r"<[^>]+>", "", str(body))) if isinstance(body, str) else body.decode()

    def told(self, path: str, **query: str) -> Any:
        """A route of the API."""
        return json.loads(self.text(f"/api/v1{path}", **query))

    def api(self, name: str, one: Metric) -> Rows:
        """A metric's rows by the API, page after page."""
        found: Rows = []
        first: int | None = 0
        while first is not None:
            part = self.told("/metrics/rows", name=name, first=str(first), count="1000")
            assert not part["rows"] or part["columns"] == list(one.columns)
            found += map(tuple, part["rows"])
            first = part["next"]
        return found

    def command(self, name: str, one: Metric) -> Rows:
        """The same by the command line."""
        rows = self.person.run("metrics", name, "--json").json
        return [tuple(row[column] for column in one.columns) for row in rows]

    def view(self, one: Metric) -> Rows:
        """The same from its view."""
        with self.platform.warehouse.read() as session:
            table = session.query(one.view)
        return list(zip(*(table[column] for column in one.columns), strict=True))


@pytest.fixture(scope="module")
def everywhere(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Everywhere]:
    """Two people of one feed, 200 days of tasks with instants, labels, lists and estimates, scored."""
    folder = tmp_path_factory.mktemp("same") / "data"
    with opened(folder) as platform:
        lists = [
            Collection(account=f"{FEED}/{who}", collection=name, title=f"The {name}")
            for who in PEOPLE
            for name in "AB"
        ]
        message = settle(platform, [task(number) for number in range(400)], lists, seen_at=NOW)
        score(message, platform.ports)
        yield Everywhere(Person(folder), platform)


PEOPLE = ("ann", "bob")


def task(number: int) -> Task:
    """Two a day, each ninth open for good; the last of Bob's are older, so that the two records end on different days."""
    who = PEOPLE[number % 2]
    born = (
        NOW
        - (200 - number // 2) * DAY
        - (DAY * 20 if who == "bob" else 0)
        + (number * 7919 % 1440) * DAY // 1440
    )
    lived = (1 + number % 6) * DAY * 3 // 4
    over = bool(number % 9) and born + lived < NOW
    return Task(
        account=f"{FEED}/{who}", task=str(number), title=f"task {number}", collection="AB"[number % 3 == 0],
        labels=("home", "work")[: number % 3], created=Moment(born), due=Moment(born + 4 * DAY) if number % 4 == 0 else None,
        started=Moment(born + lived // 2) if over and number % 5 else None,
        completed=Moment(born + lived) if over else None,
        estimate_seconds=3600.0, spent_seconds=5400.0 + number if over else None,
    )  # fmt: skip


def sorted_rows(rows: Rows) -> Rows:
    """Rows as plain data, in an order of their own."""
    return sorted((tuple(json.loads(json.dumps(row, default=str))) for row in rows), key=str)


SLOW = set(MEASURES) - {
    "wip",
    "residual-time",
    "changes-of-pace",
}  # half a second each time one is asked, and one function


@pytest.mark.parametrize(
    "name", [pytest.param(name, marks=[pytest.mark.deep] if name in SLOW else []) for name in metrics()]
)
def test_view_command_and_api_agree(everywhere: Everywhere, name: str) -> None:
    """Every row, number by number; instants but in their form, for views count microseconds. What takes more than a query is
    one function, which both ask."""
    one = metrics()[name]
    command, api = everywhere.command(name, one), everywhere.api(name, one)

    assert sorted_rows(api) == sorted_rows(command)
    assert (not one.view) == (name in MEASURES)
    if one.view:
        kept = [place for place, column in enumerate(one.columns) if not column.endswith("_at")]
        viewed = [tuple(row[place] for place in kept) for row in everywhere.view(one)]
        assert sorted_rows(viewed) == sorted_rows([tuple(row[place] for place in kept) for row in command])


# ----- On the pages and in the digest -----

Shown = Callable[[Everywhere, list[dict[str, Any]]], None]


def week(ways: Everywhere, rows: list[dict[str, Any]], column: str, told: str, *, ends: bool = False) -> None:
    """A number of the last week: in the API, on *Today* and in the digest, in the same words."""
    found = ways.told("/today")
    last = date.fromisoformat(found["last"])
    if ends:  # of each account the last row: a record may end before another's
        newest = {row["account"]: row[column] for row in rows if row["day"] <= last}
        number = sum(newest.values())
    else:
        number = sum(row[column] for row in rows if timedelta(0) <= last - row["day"] < timedelta(days=7))

    assert found["week"][column if column != "value" else "done"] == number
    for path in ("/", "/digest"):
        assert re.search(told.format(f"{number:,}"), ways.text(path)), (path, number)


def throughput(ways: Everywhere, rows: list[dict[str, Any]]) -> None:
    """What was done in the week."""
    week(ways, rows, "value", "{} tasks? done")


def daily_flow(ways: Everywhere, rows: list[dict[str, Any]]) -> None:
    """What is open, and what came."""
    week(ways, rows, "open", "{} open tasks?", ends=True)
    week(ways, rows, "arrived", "{} tasks? came in")


def api_rows(path: str, part: str, **query: str) -> Shown:
    """The rows of a part of an API's answer are those of the metric, as far as they are in it."""

    def compare(ways: Everywhere, rows: list[dict[str, Any]]) -> None:
        found = ways.told(path, **query)
        since = date.fromisoformat(found["since"]) if "since" in found else date.min
        names = list(found[part][0])
        wanted = [tuple(row[name] for name in names) for row in rows if row.get("week", date.max) >= since]

        assert wanted
        assert sorted_rows([tuple(one.values()) for one in found[part]]) == sorted_rows(wanted)

    return compare


def tasks(ways: Everywhere, rows: list[dict[str, Any]]) -> None:
    """How many there are, and each one's age."""
    found = ways.told("/tasks", status="any", count="500")
    ages = {(one["account"], one["task"], one["occurrence"]): one["age_days"] for one in found["tasks"]}

    assert found["total"] == len(rows)
    assert f"{len(rows):,} tasks found" in ways.text("/tasks", status="any")
    assert ages == {(row["account"], row["task"], row["occurrence"]): row["age_days"] for row in rows}


def age(ways: Everywhere, rows: list[dict[str, Any]]) -> None:
    """The open ones'."""
    found = ways.told("/tasks", count="500")
    assert sorted(one["age_days"] for one in found["tasks"]) == sorted(row["age_days"] for row in rows)
    assert f"{len(rows):,} tasks found" in ways.text("/tasks")


def by_hour(ways: Everywhere, rows: list[dict[str, Any]]) -> None:
    """The hours of the week, and the largest of them in the chart."""
    api_rows("/time", "hours")(ways, rows)
    most = max(row["done"] for row in rows)
    assert re.search(rf'"done":{most}\b', ways.text("/time"))


def promised(ways: Everywhere, rows: list[dict[str, Any]]) -> None:
    """What stands now is what the ledger held last of each question."""
    kept = ("account", "kind", "amount", "level", "value")
    ledger = {tuple(row[name] for name in kept) for row in rows}
    assert {tuple(one[name] for name in kept) for one in ways.told("/forecast")["promises"]} <= ledger


def graded(ways: Everywhere, rows: list[dict[str, Any]]) -> None:
    """What promises came to."""
    kept = ("account", "asks", "level", "n", "kept")
    found = [tuple(one[name] for name in kept) for one in ways.told("/forecast")["came_to"]]
    assert sorted(found) == sorted(tuple(row[name] for name in kept) for row in rows)


ON_PAGES: dict[str, Shown] = {
    "throughput": throughput,
    "daily-flow": daily_flow,
    "age": age,
    "by-collection": api_rows("/time", "lists", weeks="52"),
    "by-label": api_rows("/time", "labels", weeks="52"),
    "by-weekday-hour": by_hour,
    "data-quality": api_rows("/data", "quality"),
    "tasks": tasks,
    "forecasts": promised,
    "forecast-coverage": graded,
}
BY_THE_REPORT = {  # reckoned for sections and *Time*: tests/stages/test_reckoned.py, of rhythms test_measures.py compares them
    "changes-of-pace", "process-behaviour", "cycle-time-lately", "estimates-by-kind", "lead-time", "rhythms",
}  # fmt: skip
ELSEWHERE = {  # asked for by name alone: no page or digest says them
    "throughput-weekly", "cycle-time", "cumulative-flow", "rescheduling", "estimates", "wip", "time-to-done", "working-time",
    "residual-time", "littles-law", "flow-efficiency", "forecast-grades",
}  # fmt: skip


def test_each_metric_is_known_to_be_on_a_page_or_not() -> None:
    """A new one has to be put into one of the three."""
    places = [*ON_PAGES, *BY_THE_REPORT, *ELSEWHERE]

    assert sorted(places) == sorted(metrics())


@pytest.mark.parametrize("name", ON_PAGES)
def test_pages_and_digest_say_the_metrics_numbers(everywhere: Everywhere, name: str) -> None:
    """What the view holds is what is read."""
    one = metrics()[name]
    rows = [dict(zip(one.columns, row, strict=True)) for row in everywhere.view(one)]
    rows.sort(key=lambda row: str(row.get("day", "")))

    ON_PAGES[name](everywhere, rows)
