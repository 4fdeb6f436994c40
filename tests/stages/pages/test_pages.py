"""Pages and API: the same numbers, nobody else's work, and a sentence for whatever can't be meant."""

from __future__ import annotations

import re
from html import escape

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.stages.pages.conftest import BASE, PEOPLE, Reader
from worklens.local.platform import Platform
from worklens.stages.pages import api, assets
from worklens.stages.pages.asked import ABOUT
from worklens.stages.pages.limits import BURST, Limit
from worklens.stages.pages.openapi import document
from worklens.stages.pages.router import PAGES, Site
from worklens.warehouse.described import titles
from worklens.warehouse.looker_studio import page_addresses

ANN, BOB = PEOPLE
EVERY = [*PAGES, "/report", "/digest", *(f"{api.ROOT}{path}" for path in api.ROUTES)]
METRIC = {"name": "throughput"}
DEEP = settings.get_current_profile_name() == "deep"


def about(path: str, account: str = ANN) -> dict[str, str]:
    """What a route can't do without."""
    task = "32" if account == ANN else "1032"  # open, and others like it are done
    return (
        {"of": account, "task": task} if path.endswith("/story") else METRIC if path.endswith("/rows") else {}
    )


@pytest.mark.parametrize("path", EVERY)
def test_nobody_reads_another_accounts_work(platform: Platform, reader: Reader, path: str) -> None:
    """Each route shows only the account asked for; one that is bound to Ann knows of no Bob, however he is asked for."""
    bound = Reader(Site(platform.ports, bound=ANN, version=lambda: 1, limit=Limit(burst=10_000)))
    body, status, _ = reader(path, query={"account": ANN, **about(path)})
    assert status == 200 or path == "/digest"
    assert path == "/digest" or "canary-bob" not in str(body)  # the digest is the deployment's letter
    for query in ({"account": BOB}, {**about(path, BOB)}, {"account": f"{ANN}/../{BOB}"}, {"account": ""}):
        found, _, _ = bound(path, query={**about(path), **query})
        assert "canary-bob" not in str(found)
        assert BOB not in str(found).replace(f"{ANN}/../{BOB}", "")
    assert bound(path, query={**about(path), "account": BOB})[1] == 404


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("path", PAGES)
def test_a_page_says_what_it_is(reader: Reader, path: str, language: str) -> None:
    """One heading, one main part, titles escaped, links that keep what was asked, and no script of its own."""
    html = reader.text(path, account=ANN, language=language, weeks="13", **about(path))

    assert html.count("<h1") == html.count("<main") == 1
    assert "<b>" not in html.partition("<main")[2].replace("<b><bdi>", "")
    assert f'href="/forecast?account={ANN.replace(":", "%3A")}&amp;weeks=13' in html
    assert all(
        'type="application/json"' in one or "src=" in one for one in re.findall(r"<script[^>]*>", html)
    )


def test_the_api_has_the_pages_numbers(reader: Reader) -> None:
    """What the week's figures say, and how many tasks a search finds."""
    today, found = (
        reader.json("/api/v1/today"),
        reader.json("/api/v1/tasks", words="ANN 1", status="any", count="3"),
    )

    assert f"{today['week']['open']} open tasks" in reader.text("/")  # type: ignore[index]
    assert f"{found['total']} tasks found" in reader.text("/tasks", words="ANN 1", status="any")
    assert (len(found["tasks"]), found["next"]) == (3, 3)  # type: ignore[arg-type]
    rows = reader.json("/api/v1/metrics/rows", name="throughput", account=ANN)
    assert sum(row[-1] for row in rows["rows"]) == 20  # type: ignore[union-attr,attr-defined]


def test_a_story_tells_of_tasks_like_it(reader: Reader) -> None:
    """How long such tasks took and which they are, on the page and by the API; nothing of a task that is done."""
    (found,) = reader.json("/api/v1/tasks/story", of=ANN, task="32")["similar"]  # type: ignore[misc]
    page = reader.text("/tasks/story", of=ANN, task="32")

    assert [near["task"] for near in found["nearest"]] == ["31", "33", "35", "37", "39"]
    assert "5 tasks like this took you" in page
    assert page.count('<a href="/tasks/story?of=wunderlist%3Aann&amp;task=') == 5
    assert page.count("canary-ann &lt;b&gt;&amp;invoice") > 5
    assert page.count("on the same day") == (5 if found["days"] < 1 else 0)
    assert "类似的 5 项任务，您用了" in reader.text("/tasks/story", of=ANN, task="32", language="zh")
    assert reader.json("/api/v1/tasks/story", of=ANN, task="1")["similar"] == []


def test_what_is_known_needs_no_body(reader: Reader) -> None:
    """An entity tag for each answer of the API, and names for ever for what the pages load."""
    _, _, headers = reader("/api/v1/time")
    again = reader("/api/v1/time", headers={"if-none-match": headers["ETag"]})
    style = reader(assets.names()["style"])

    assert (again[0], again[1]) == (b"", 304)
    assert "immutable" in style[2]["Cache-Control"]
    assert reader(assets.names()["drawing"], headers={"if-none-match": style[2]["ETag"]})[1] == 200


def test_a_loop_gone_wild_is_told_to_wait(platform: Platform) -> None:
    """After a hundred questions at once: when to come again."""
    wild = Reader(Site(platform.ports, version=lambda: 1, limit=Limit(clock=lambda: 0.0)))
    statuses = [wild("/api/v1/metrics")[1] for _ in range(BURST)]

    assert set(statuses) == {200}
    assert wild("/api/v1/metrics")[1:] != 200
    assert wild("/api/v1/metrics")[2]["Retry-After"] == "1"


def test_only_who_has_the_key_comes_in(platform: Platform) -> None:
    """By the address once, then by a cookie no script reads; as a token; but the style is open to all."""
    locked = Reader(Site(platform.ports, version=lambda: 1, key="k3y"))
    _, status, headers = locked("/tasks", query={"key": "k3y", "status": "any"})

    assert (status, headers["Location"]) == (303, "/tasks?status=any")
    assert "HttpOnly" in headers["Set-Cookie"]
    name, _, value = headers["Set-Cookie"].partition(";")[0].partition("=")
    assert locked("/", cookies={name: value})[1] == 200
    assert locked("/api/v1/today", headers={"authorization": "Bearer k3y"})[1] == 200
    assert [locked(path)[1] for path in ("/", "/api/v1/today", "/api/openapi.json", "/report")] == [401] * 4
    assert locked("/", query={"key": "other"})[1] == 401
    assert locked(assets.names()["style"])[1] == 200


def test_an_answer_comes_from_our_own_form_alone(reader: Reader) -> None:
    """With the visitor's own token and from our own address; then the finding itself is asked for."""
    form = {"finding": "abcde", "verdict": "snooze", "token": "t0"}
    own = {"worklens-form-8787": "t0"}

    assert reader("/answer", "POST", form=form)[1] == 403
    assert reader("/answer", "POST", form=form, cookies={"worklens-form-8787": "t1"})[1] == 403
    assert (
        reader("/answer", "POST", form=form, cookies=own, headers={"origin": "http://evil.example"})[1] == 403
    )
    assert reader("/answer", "POST", form=form, cookies=own, headers={"origin": BASE})[1] == 404
    assert reader("/answer", "POST", form={**form, "verdict": "hm"}, cookies=own)[1] == 400
    assert reader("/answer", "POST", form={**form, "verdict": "again"}, cookies=own)[1] == 303
    assert reader("/tasks", "DELETE")[1] == 405


NAMES = sorted(
    {*ABOUT, "words", "status", "list", "order", "first", "count", "of", "task", "name", "answered", "x"}
)
TEXT = st.one_of(
    st.text(max_size=30),
    st.sampled_from(
        [
            "",
            "0",
            "-1",
            "9" * 30,
            "2026-02-30",
            "0001-01-01",
            "9999-12-31",
            "' OR 1=1 --",
            "\x00",
            "٣",
            "a" * 300,
        ]
    ),
)


@pytest.mark.parametrize("path", EVERY)
@settings(
    max_examples=60 if DEEP else 3, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(query=st.dictionaries(st.sampled_from(NAMES), TEXT, max_size=4))
def test_whatever_an_address_holds_is_answered(platform: Platform, path: str, query: dict[str, str]) -> None:
    """With a page, or with a sentence that says why not."""
    reader = Reader(Site(platform.ports, version=lambda: 1, limit=Limit(burst=10_000)))
    body, status, _ = reader(path, query={**about(path), **query})

    assert status in {200, 400, 404}
    assert body


def test_the_document_is_valid_and_complete() -> None:
    """By the specification's own schema; each route is in it, with what it takes."""
    told = msgspec.json.decode(document())
    validate = pytest.importorskip("openapi_spec_validator").validate

    validate(told)
    assert set(told["paths"]) == {f"{api.ROOT}{path}" for path in (*api.ROUTES, *api.DEEDS)}


def test_a_page_that_may_only_read_names_the_commands(platform: Platform, reader: Reader) -> None:
    """Each ready to copy, for the account that is shown; nothing is tried again or forgotten, however it is asked."""
    deployed = Reader(Site(platform.ports, version=lambda: 1, bigquery=("my-project", "worklens")))
    form, own = {"of": ANN, "confirm": ANN, "token": "t0"}, {"worklens-form-8787": "t0"}

    assert f"<code>worklens forget {ANN} --platform google</code>" in deployed.text("/data", account=ANN)
    assert "由有权更改数据的人" in deployed.text("/data", language="zh")
    assert f"<code>worklens forget {BOB}</code>" in reader.text("/data")
    for path in ("/data/replay", "/data/forget", "/api/v1/replay", "/api/v1/forget"):
        assert reader(path, "POST", form=form, cookies=own, headers={"origin": BASE})[1] == 404
    assert reader("/data/forget", query={"of": ANN})[1] == 404
    assert reader.text("/data").count("worklens connect") == 1
    elsewhere = Reader(
        Site(platform.ports, version=lambda: 1, command=lambda rest: f"wl {rest} --data-dir d")
    )
    for rest in ("sync", "status --check", "connect", f"forget {ANN}"):
        assert f"<code>wl {rest} --data-dir d</code>" in elsewhere.text("/data")
    connecting = Reader(Site(platform.ports, version=lambda: 1, connect=True))
    assert '<a href="/connect?language=zh">连接账户</a>' in connecting.text("/data", language="zh")


def test_a_deployments_page_leads_to_its_views_in_looker_studio(platform: Platform, reader: Reader) -> None:
    """Each page to its own, as whoever clicks; on this machine there is nothing that Looker Studio could read."""
    deployed = Reader(Site(platform.ports, version=lambda: 1, bigquery=("my-project", "worklens")))
    wanted = page_addresses(titles(), "my-project", "worklens", "zh")["data"]

    html = deployed.text("/data", account=ANN, language="zh")
    assert f'<a href="{escape(wanted)}" rel="noreferrer">在 Looker Studio 中打开</a>' in html
    assert "lookerstudio" not in reader.text("/data", account=ANN)
