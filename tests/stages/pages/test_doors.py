"""What stands at the pages' doors: headers, key, entity tags, pages of a list, and how often one may ask."""

from __future__ import annotations

import re
from datetime import date
from html import unescape
from itertools import count
from types import SimpleNamespace
from typing import Any

import pytest

from tests.stages.pages.conftest import BASE, PEOPLE, Reader
from worklens.local.platform import Platform
from worklens.render.told import Tasks
from worklens.render.words import Words
from worklens.stages.pages import api, assets, tasks
from worklens.stages.pages.asked import Asked
from worklens.stages.pages.keeping import Kept
from worklens.stages.pages.limits import BURST, RATE, Limit
from worklens.stages.pages.router import PAGES, Site
from worklens.stages.pages.visit import Visit

ANN, BOB = PEOPLE
STORY = {"of": ANN, "task": "1"}
ROUTES = {f"{api.ROOT}{path}" for path in api.ROUTES} - {f"{api.ROOT}/metrics/rows"}
QUERIES = {"/tasks/story": STORY, f"{api.ROOT}/tasks/story": STORY}


@pytest.mark.parametrize(
    "path", [*PAGES, "/report", "/digest", *sorted(ROUTES), api.DOCUMENT, "/nowhere", "/api/v1/nowhere"]
)
def test_every_answer_is_guarded(reader: Reader, path: str) -> None:
    """Whatever it is: framed by nobody, taken for nothing else, told to nobody, and kept by nobody else."""
    body, status, headers = reader(path, query=QUERIES.get(path, {}))
    html = headers["Content-Type"].startswith("text/html")

    assert headers["X-Frame-Options"] == "DENY"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert headers["Cache-Control"] == ("no-store" if html or status != 200 else api.REVALIDATED)
    if html:
        policy = headers.get("Content-Security-Policy") or unescape(str(body).partition("<style")[0])
        scripts = re.search(r"script-src ([^;\"]*)", policy)
        assert "default-src 'none'" in policy
        assert "unsafe-inline" not in (scripts[1] if scripts else "")
        assert "unsafe-eval" not in policy


def test_without_the_key_nothing_is_done(platform: Platform) -> None:
    """No page, route, document or answer; and the key stands in no page."""
    locked = Reader(Site(platform.ports, version=lambda: 1, key="k3y-of-the-house"))
    form = {"finding": "abcde", "verdict": "wrong", "token": "t"}
    cookies = {"worklens-form-8787": "t"}

    for path in (*PAGES, "/report", "/digest", *ROUTES, api.DOCUMENT, "/nowhere"):
        for about in (
            {},
            {"headers": {"authorization": "Bearer k3y"}},
            {"cookies": {"worklens-key-8787": ""}},
        ):
            assert locked(path, **about)[1] == 401, path  # type: ignore[arg-type]
    assert locked("/answer", "POST", form=form, cookies=cookies, headers={"origin": BASE})[1] == 401
    held = {"authorization": "Bearer k3y-of-the-house"}
    assert "k3y-of-the-house" not in str(locked("/", headers=held))


@pytest.mark.parametrize("order", ["oldest", "newest", "due", "title"])
def test_a_list_comes_in_pages_without_gap_or_overlap(reader: Reader, order: str) -> None:
    """From `next` to `next`, each task once and in order; none beyond the last."""
    found, first = [], 0
    for _ in count():
        part = reader.json("/api/v1/tasks", status="any", order=order, count="7", first=str(first))
        found += [(one["account"], one["task"]) for one in part["tasks"]]  # type: ignore[attr-defined]
        if part["next"] is None:
            break
        first = int(str(part["next"]))
    whole = reader.json("/api/v1/tasks", status="any", order=order, count="500")

    assert len(found) == len(set(found)) == part["total"] == 80
    assert found == [(one["account"], one["task"]) for one in whole["tasks"]]  # type: ignore[attr-defined]
    assert reader.json("/api/v1/tasks", status="any", first="80")["tasks"] == []


def test_the_next_page_is_of_the_same_search() -> None:
    """Also of a word that is the name of a status or an order, and with as many lines."""
    found = Tasks(
        as_of=date(2026, 1, 1), words="open", status="any", list="oldest", order="oldest", total=99, first=7,
        count=7, next=14, tasks=(), lists=(),
    )  # fmt: skip
    facts: Any = SimpleNamespace(asked=Asked())

    about = tasks.shown(found, facts, Words("en"))
    assert about["after"] == "/tasks?words=open&status=any&list=oldest&count=7&first=14"
    assert about["before"] == "/tasks?words=open&status=any&list=oldest&count=7"


def test_an_entity_tag_is_of_the_answer(reader: Reader) -> None:
    """The same for the same numbers, on another server too; another for another account; among several it is found."""
    tags = [reader("/api/v1/time", query={"account": who})[2]["ETag"] for who in (ANN, BOB)]
    known = {"if-none-match": f'"other", {tags[0]}'}

    assert tags[0] != tags[1]
    assert reader("/api/v1/time", query={"account": ANN}, headers=known)[:2] == (b"", 304)
    assert reader("/api/v1/time", query={"account": BOB}, headers=known)[1] == 200
    again = Reader(Site(reader.site.ports, version=lambda: 2))
    assert again("/api/v1/time", query={"account": ANN})[2]["ETag"] == tags[0]


def test_one_readers_haste_is_not_anothers(platform: Platform) -> None:
    """Each has a measure of their own, which fills again; pages and what they load aren't counted."""
    now = 0.0
    site = Site(platform.ports, version=lambda: 1, limit=Limit(clock=lambda: now))

    def ask(client: str, path: str = "/api/v1/metrics") -> int:
        return site.respond(Visit("GET", path, BASE, client=client))[1]

    assert [ask("one") for _ in range(BURST + 1)][-2:] == [200, 429]
    assert ask("other") == ask("one", "/") == ask("one", assets.names()["style"]) == 200
    now = 1.5 / RATE
    assert [ask("one"), ask("one")] == [200, 429]


@pytest.mark.parametrize(
    ("asked", "language", "day", "parts"),
    [
        ("", "en", "5 January 2017", (",", ".")),
        ("de-DE,de;q=0.9,zh;q=0.5,en;q=0.4", "zh-Hans", "2017年1月5日", (".", ",")),
        ("fr,en;q=0.8", "en", "5 January 2017", ("\u202f", ",")),
        ("en-US,en;q=0.9", "en", "January 5, 2017", (",", ".")),
        ("zh-CN", "zh-Hans", "2017年1月5日", (",", ".")),
    ],
)
def test_each_reader_gets_their_own_way_of_writing(
    reader: Reader, asked: str, language: str, day: str, parts: tuple[str, str]
) -> None:
    """The dearest of our languages, and numbers and days as their place has them; one after another, from what is kept."""
    body, status, _ = reader("/", headers={"accept-language": asked})

    assert status == 200
    assert f'<html lang="{language}">' in str(body)
    assert f'data-thousands="{parts[0]}" data-tenths="{parts[1]}"' in str(body)
    assert day in str(body)


def test_what_was_begun_before_a_change_of_ours_is_not_kept() -> None:
    """A page that was being made while an account was forgotten is shown to nobody who comes after."""
    kept = Kept(clock=lambda: 0.0)

    def made_meanwhile() -> str:
        kept.clear()
        return "before"

    assert kept.get("page", 1, made_meanwhile) == "before"
    assert kept.making == {}
    assert kept.get("page", 1, lambda: "after") == "after"
    assert kept.get("page", 1, lambda: "again") == "after"


def test_nothing_is_remembered_of_what_came_to_nothing() -> None:
    """Whoever asks for a thousand days that there are not leaves nothing behind."""
    kept = Kept(clock=lambda: 0.0)

    for number in range(3):
        with pytest.raises(ZeroDivisionError):
            kept.get(number, 1, lambda: 1 // 0)
    assert kept.making == {}
