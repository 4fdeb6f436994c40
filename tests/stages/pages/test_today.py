"""Today's list of what needs attention, from tasks that were scored."""

from __future__ import annotations

import json
import re
from pathlib import Path

from tests.moulds import platform_in
from tests.stages.facts import FEED, settle
from tests.stages.pages.conftest import BASE, Reader
from worklens.findings.alerts import Alert
from worklens.local.platform import Platform
from worklens.ports import Feed
from worklens.stages.alerts import store
from worklens.stages.pages.router import Site
from worklens.stages.score import score
from worklens.tasks import DAY, Moment, Task, instant
from worklens.testing.clock import Clock

NOW = instant("2026-03-01T12:00:00Z").micros


def task(name: str, age: float, lived: int | None = None, due: int | None = None, link: str = "") -> Task:
    """One so many days old."""
    born = NOW - round(age * DAY)
    return Task(
        account=FEED, task=name, title=f"{name} <b>&", created=Moment(born), link=link or None,
        completed=Moment(born + lived * DAY) if lived else None,
        due=Moment(NOW + due * DAY) if due else None,
    )  # fmt: skip


def raise_alerts(platform: Platform) -> None:
    """A list that stopped, told now; and one of the looking itself, of which Today says what still holds."""
    params = {"since": "2026-02-01", "elsewhere": 9, "open": 3}
    stopped = Alert(key="list_stopped", account=FEED, collection="<b>", params=params)
    silent = Alert(key="account_silent", account=FEED, evidence={"run": "r"})
    store([stopped, silent], FEED, NOW, platform.ports, 1)


def working(folder: Path, *ahead: Task) -> Platform:
    """Somebody with a past, these tasks, and two alerts."""
    platform = platform_in(folder, Clock(NOW))
    platform.ports.state.save_feed(Feed(name=FEED, source="wunderlist"))
    past = [task(f"past {day}", age=60, lived=day) for day in range(1, 31)]
    message = settle(
        platform, [*past, *(task(f"quick {day}", 9, lived=1) for day in range(60)), *ahead], seen_at=NOW
    )
    score(message, platform.ports)
    raise_alerts(platform)
    return platform


def test_today_says_what_needs_attention(tmp_path: Path) -> None:
    """By the same view as the command; titles escaped, links into the service and nowhere else."""
    platform = working(
        tmp_path,
        task("tight", age=2, due=3, link="https://tasks.example/7"),
        task("ripe", age=9.5, link="javascript:alert(1)"),
        task("calm", age=1),
    )
    with platform.warehouse.read() as session:
        rows = session.query("attention", as_of=None, known_at=None)
    reader = Reader(Site(platform.ports, version=lambda: 1))
    html, told = reader.text("/"), json.loads(reader.text("/api/v1/today"))["alerts"]
    before = reader.json("/api/v1/today", as_of="2026-02-27", known_at="2026-03-02")
    shown = html.partition('<section id="attention"')[2].partition("</section>")[0]
    platform.close()

    assert dict(zip(rows["task"], rows["need"], strict=True)) == {
        "tight": "late",
        "ripe": "wait",
        "calm": "wait",
    }
    assert "1 likely late" in shown
    assert '<a href="https://tasks.example/7"' in shown
    assert "tight &lt;b&gt;&amp;" in shown
    assert "ripe" not in shown
    assert '<div class="notice"><bdi>Nothing has been done in “&lt;b&gt;” since 1 February 2026' in html
    assert [(one["key"], one["collection"]) for one in told] == [("list_stopped", "<b>")]
    assert before["alerts"] == []  # as of a day before it was raised, though it is known by now


TASKS = re.compile(r'<bdi>(\w+) &lt;b&gt;.*?name="finding" value="(\w+)"', re.DOTALL)
ALERT = re.compile(r'<div class="notice"><bdi>Nothing has.*?name="finding" value="(\w+)"', re.DOTALL)


def test_a_task_and_an_alert_are_answered(tmp_path: Path) -> None:
    """Each by itself: it is gone from the page, its API and the report in one file, the next takes its place, and it comes back."""
    names = [f"tight{day}" for day in range(1, 7)]
    platform = working(tmp_path, *(task(name, age=2, due=3) for name in names))
    site = Site(platform.ports, version=lambda: 1, runtime=lambda: "0;")
    reader = Reader(site)

    def answered(name: str, verdict: str = "snooze", account: str = "") -> int:
        form = {"finding": name, "verdict": verdict, "token": "t", "account": account}
        given = {name: value for name, value in form.items() if value}
        cookies = {"worklens-form-8787": "t"}
        return reader("/answer", "POST", form=given, cookies=cookies, headers={"origin": BASE})[1]

    first = reader.text("/")
    told, alert = dict(TASKS.findall(first)), ALERT.findall(first)[0]
    assert len(told) == 4
    gone = next(iter(told))
    assert (answered(told[gone]), answered(alert, "wrong"), answered("zzzzz")) == (303, 303, 404)
    later, whole = reader.text("/"), reader.text("/report")
    assert gone not in dict(TASKS.findall(later))
    assert len(TASKS.findall(later)) == 4
    assert f"{gone} &lt;b&gt;" not in later.partition('id="attention"')[2].partition("</section>")[0]
    assert f"{gone} &lt;b&gt;" not in whole.partition('id="attention"')[2].partition("</section>")[0]
    assert 'name="finding"' not in whole
    assert ALERT.findall(later) == []
    assert reader.json("/api/v1/today")["alerts"] == []
    assert "6 likely late" in later

    assert (answered(told[gone], "again"), answered(alert, "again")) == (303, 303)
    assert dict(TASKS.findall(reader.text("/"))) == told
    assert ALERT.findall(reader.text("/")) == [alert]
    platform.close()
