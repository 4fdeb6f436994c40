"""Two people of one feed, with whatever a title can hold: neither reads the other, and no title does anything but be read."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from tests.stages.facts import FEED, NOW, opened, settle
from tests.stages.pages.conftest import BASE, Reader
from worklens.findings.identity import name_of
from worklens.local.platform import Platform
from worklens.stages.insights import compute
from worklens.stages.pages import api
from worklens.stages.pages.limits import Limit
from worklens.stages.pages.router import PAGES, Site
from worklens.stages.score import score
from worklens.tasks import DAY, Collection, Moment, Task
from worklens.warehouse.metrics import metrics

ANN, BOB = f"{FEED}/ann", f"{FEED}/bob"
HOSTILE = (
    "</script><img src=x onerror=alert(1)>", '"><svg onload=alert(1)>', "{{1234*5678}}", "' OR 1=1 --", "\u202egnp.exe",
    "javascript:alert(1)", "<!--", "=cmd|' /C calc'!A0", "\x1b[31m", "a" * 5_000, "]]>", "&lt;script&gt;",
)  # fmt: skip
ALIVE = re.compile(r"<(?:img|svg)|onerror=alert\(1\)>|7006652|href=\"javascript:", re.IGNORECASE)
QUERIES = {"/tasks/story": {"of": ANN, "task": "0"}, "/api/v1/tasks/story": {"of": ANN, "task": "0"}}
EVERY = [
    *PAGES, "/report", *(f"{api.ROOT}{path}" for path in api.ROUTES if path != "/metrics/rows"),
]  # fmt: skip


def work(who: str, number: int, canary: str) -> Task:
    """Two a day for ten weeks; Bob is five times as quick."""
    born = NOW - (70 - number // 2) * DAY
    lived = (5 if who == ANN else 1) * DAY * (1 + number % 3) // 2
    done = bool(number % 7) and born + lived < NOW
    return Task(
        account=who, task=f"{number}" if who == ANN else f"b{number}", title=f"{canary} {HOSTILE[number % len(HOSTILE)]}",
        collection=f"{canary}{number % 2}", labels=(f"{canary}{HOSTILE[number % 5]}",), created=Moment(born),
        completed=Moment(born + lived) if done else None, link=f"javascript:alert('{canary}')",
    )  # fmt: skip


@pytest.fixture(scope="module")
def team(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Platform]:
    """What they did, scored and forecast."""
    with opened(tmp_path_factory.mktemp("team")) as platform:
        people = {ANN: "canary-ann", BOB: "canary-bob"}
        tasks = [work(who, number, canary) for who, canary in people.items() for number in range(140)]
        lists = [
            Collection(account=who, collection=f"{canary}{n}", title=f"{canary} {HOSTILE[n]}")
            for who, canary in people.items()
            for n in range(2)
        ]
        score(settle(platform, tasks, lists, seen_at=NOW), platform.ports)
        yield platform


def reader(platform: Platform, bound: str = "") -> Reader:
    """Somebody who may see this account alone, or everything."""
    site = Site(platform.ports, bound, version=lambda: 1, limit=Limit(burst=10_000), runtime=lambda: "0;")
    return Reader(site)


@pytest.fixture(scope="module")
def everyones(team: Platform) -> Reader:
    """Who may see both."""
    return reader(team)


@pytest.fixture(scope="module")
def anns(team: Platform) -> Reader:
    """Who may see Ann's work alone."""
    return reader(team, ANN)


@pytest.mark.parametrize("path", EVERY)
def test_of_one_feed_each_sees_their_own(anns: Reader, path: str) -> None:
    """On every page and route: no title, list, label or number of tasks of the other's."""
    found = anns.text(path, **QUERIES.get(path, {}))

    assert "bob" not in found
    assert path in {"/data", "/api/v1/data", "/api/v1/metrics", "/", "/api/v1/today"} or "ann" in found


@pytest.mark.parametrize("name", [name for name, one in metrics().items() if one.view])
def test_of_each_metric_the_rows_are_ones_own(anns: Reader, name: str) -> None:
    """By its name, however the account is asked for."""
    assert "bob" not in anns.text("/api/v1/metrics/rows", name=name, count="1000")


def test_nobody_reaches_another_by_what_a_page_takes(team: Platform, anns: Reader) -> None:
    """A story by its id, another's list dropped, another's finding answered."""
    with team.warehouse.read() as session:
        names = [name_of(one) for one in compute(session, [FEED], [BOB])]

    def answered(by: Reader, verdict: str) -> int:
        form = {"finding": names[0], "verdict": verdict, "token": "t"}
        return by(
            "/answer", "POST", form=form, cookies={"worklens-form-8787": "t"}, headers={"origin": BASE}
        )[1]

    bobs = reader(team, BOB)
    assert [answered(one, "wrong") for one in (anns, bobs)] == [404, 303]
    assert [answered(one, "again") for one in (anns, bobs)] == [404, 303]

    for path in ("/tasks/story", "/api/v1/tasks/story"):
        assert anns(path, query={"of": BOB, "task": "b1"})[1] == 404
        assert anns(path, query={"of": ANN, "task": "b1"})[1] == 404
    assert anns("/", query={"account": BOB})[1] == 404
    alone = anns.json("/api/v1/forecast", without="canary-ann0")
    others = anns.json("/api/v1/forecast", without="canary-bob0")
    assert {one["way"] for one in alone["what_if"]} == {"as_is", "rest_alone", "rest_gets_all"}  # type: ignore[attr-defined]
    assert {one["way"] for one in others["what_if"]} == {"as_is"}  # type: ignore[attr-defined]
    assert "canary-bob" not in str(others["lists"])


@pytest.mark.parametrize("path", [*PAGES, "/report", "/digest"])
def test_no_title_does_anything(everyones: Reader, path: str) -> None:
    """Whatever stands in a title, list or label is text: no element, no address, no template."""
    html = everyones.text(path, **QUERIES.get(path, {}))

    assert ALIVE.search(html) is None
    assert html.count("<script") == html.count("</script>")


def test_data_is_never_read_as_a_page(everyones: Reader) -> None:
    """Titles come from the API as they are, as JSON that no browser takes for anything else."""
    body, _, headers = everyones("/api/v1/tasks", query={"status": "any", "count": "500"})

    assert HOSTILE[0].encode() in (body if isinstance(body, bytes) else body.encode())
    assert headers["Content-Type"] == "application/json"
    assert headers["X-Content-Type-Options"] == "nosniff"
