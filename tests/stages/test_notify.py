"""Notify: one digest a week and feed however often it is asked for, and alerts for accounts that are behind."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
import pytest

from tests.stages.facts import FEED, settle
from worklens.findings.alerts import Alert
from worklens.local.platform import Platform, open_platform
from worklens.messages import DigestRequested, ScoresReady, SyncRequested
from worklens.ports import Feed, ZonePeriod
from worklens.render.digest import Trouble, html, plain
from worklens.stages.alerts import store
from worklens.stages.channel import Mail, Settings, Unsent, Webhook
from worklens.stages.notify import alert, compose, shown, tell
from worklens.tasks import DAY, Collection, Moment, Task, digest, instant
from worklens.testing.clock import Clock
from worklens.testing.postbox import FakeChat, Postbox
from worklens.testing.server import BROKEN, Fault, Reply

MONDAY = instant("2026-03-02T06:00:00Z").micros  # seven in Berlin
NIGHT = MONDAY - DAY // 8  # the last look
SECRET = "Buy a ring"
PLACES = (("c", 60), ("q", 5))  # lists, and the days that a task of theirs takes


@pytest.fixture
def platform(tmp_path: Path) -> Iterator[Platform]:
    """Somebody with a week behind them: three tasks done in it, two before, five left."""
    platform = open_platform(tmp_path, Clock(MONDAY))
    platform.state.save_feed(Feed(name=FEED, source="wunderlist", zones=(ZonePeriod("Europe/Berlin"),)))
    settle(platform, week(), [Collection(account=FEED, collection="c", title=SECRET)], seen_at=NIGHT)
    yield platform
    platform.close()


def week() -> list[Task]:
    done = {1: 2, 2: 3, 3: 6, 4: 9, 5: 10}  # days before Monday
    return [
        Task(
            account=FEED,
            task=str(number),
            title=SECRET,
            collection="c",
            created=Moment(MONDAY - (5 if number == 10 else 20) * DAY),
            completed=Moment(MONDAY - done[number] * DAY) if number in done else None,
        )
        for number in range(1, 11)
    ]


def request(at: int = MONDAY, *feeds: str) -> DigestRequested:
    return DigestRequested(feeds=feeds or (FEED,), run="d", window="w", at=at)


def look_again(platform: Platform, at: int) -> None:
    """The feed is looked at once more; nothing changed."""
    run = len(platform.state.runs()) + 2 + at % 97
    settle(platform, [], run=run, seen_at=at)


# ----- The digest -----


def test_a_digest_is_sent_once(platform: Platform) -> None:
    """However often it is asked for; the next week it comes again."""
    with FakeChat() as chat:
        settings = Settings(Webhook(chat.url))
        outcomes = [tell(request(), platform.ports, settings).outcome for _ in range(3)]
        late = tell(request(MONDAY - 7 * DAY), platform.ports, settings).outcome
        look_again(platform, MONDAY + 7 * DAY - DAY // 8)
        following = tell(request(MONDAY + 7 * DAY), platform.ports, settings).outcome
        (first, second) = chat.posted

    assert (outcomes, late, following) == (["sent", "told", "told"], "told", "sent")
    assert "3 tasks done; 2 the week before." in first["text"]
    assert "1 task came in." in first["text"]
    assert "5 open tasks, 2 fewer than a week before." in first["text"]
    assert "0 tasks done; 3 the week before." in second["text"]


def test_what_can_not_be_sent_now_is_sent_later(platform: Platform) -> None:
    """The request fails, and its repetition sends it."""
    with FakeChat() as chat:
        chat.fail(BROKEN)
        with pytest.raises(Unsent):
            tell(request(), platform.ports, Settings(Webhook(chat.url)))

        assert tell(request(), platform.ports, Settings(Webhook(chat.url))).outcome == "sent"


def test_a_crash_after_sending_sends_it_again_as_the_same(platform: Platform) -> None:
    """Delivery is at least once: text, date and Message-ID are equal, though the account was looked at meanwhile."""

    class Crash(Exception):
        pass

    class State:
        def __getattr__(self, name: str) -> Any:
            if name == "point":
                raise Crash
            return getattr(platform.state, name)

    with Postbox() as box:
        mail = Mail("127.0.0.1", "w@example.org", ("me@example.org",), box.port, "none")
        with pytest.raises(Crash):
            tell(request(), platform.ports._replace(state=State()), Settings(mail))  # type: ignore[arg-type]
        settle(
            platform,
            [msgspec.structs.replace(week()[9], completed=Moment(MONDAY))],
            run=2,
            seen_at=MONDAY + DAY,
        )
        tell(request(), platform.ports, Settings(mail))
        first, second = box.mails

    assert first["Message-ID"] == second["Message-ID"]
    assert first["Date"] == second["Date"]
    assert [part.get_content() for part in first.iter_parts()] == [
        part.get_content() for part in second.iter_parts()
    ]


def test_without_a_channel_the_page_shows_it(platform: Platform) -> None:
    """As it was at its hour, in the language asked for; nothing of it is stored."""
    before = shown("en", platform.ports)
    assert tell(request(), platform.ports, Settings()).outcome == "kept"
    settle(
        platform, [msgspec.structs.replace(week()[9], completed=Moment(MONDAY))], run=2, seen_at=MONDAY + DAY
    )
    page, chinese = shown("en", platform.ports), shown("zh", platform.ports)

    assert page == before
    assert page is not None
    assert "5 open tasks" in page
    assert chinese is not None
    assert "5 项未完成任务" in chinese
    assert platform.blobs.names() == []


def test_a_channel_that_is_gone_is_not_tried_for_days(platform: Platform) -> None:
    """The hook was deleted: it is said, and the page shows the digest."""
    with FakeChat() as chat:
        chat.fail(Fault(reply=Reply(status=404)))
        told = tell(request(), platform.ports, Settings(Webhook(chat.url)))

    assert told.outcome == "not-taken"
    assert "404" in told.reason
    assert tell(request(), platform.ports, Settings()).outcome == "told"


def test_a_file_is_told_of_once(platform: Platform) -> None:
    """Where nothing was looked at since the last digest there is nothing to tell."""
    assert tell(request(), platform.ports, Settings()).outcome == "kept"
    assert tell(request(MONDAY + 7 * DAY), platform.ports, Settings()).outcome == "quiet"


def test_of_nothing_nothing_is_told(platform: Platform) -> None:
    """Feeds that were forgotten, or never settled a run."""
    platform.state.save_feed(Feed(name="todoist:new", source="todoist"))

    assert tell(request(MONDAY, "csv:gone"), platform.ports, Settings()).outcome == "nothing"
    assert tell(request(MONDAY, "todoist:new"), platform.ports, Settings()).outcome == "nothing"


def test_names_of_lists_can_be_left_out(platform: Platform) -> None:
    """What tells of a list is then not said; figures are."""
    dice = np.random.default_rng(5)
    days = [MONDAY - day * DAY for day in range(1, 400)]
    lived = [
        (born, place, round(dice.exponential(mean) * DAY)) for born in days for place, mean in PLACES * 2
    ]
    tasks = [
        Task(
            account=FEED,
            task=f"n{number}",
            collection=place,
            created=Moment(born),
            completed=Moment(born + lives) if born + lives < NIGHT else None,
        )
        for number, (born, place, lives) in enumerate(lived)
    ]
    lists = [
        Collection(account=FEED, collection=name, title=title)
        for name, title in (("c", SECRET), ("q", "Quick"))
    ]
    settle(platform, tasks, lists, run=2, seen_at=NIGHT)

    def said(*, titles: bool) -> str:
        with platform.warehouse.read() as session:
            letter = compose(session, [FEED], MONDAY, Settings(titles=titles), platform.ports)
        assert letter is not None
        return msgspec.json.encode(letter).decode()

    assert SECRET in said(titles=True)
    assert SECRET not in said(titles=False)


def test_the_weeks_alerts_stand_in_it(platform: Platform) -> None:
    """Those of the week; of lists only where names may be told, and no older ones."""
    stopped = {"since": "2026-02-01", "elsewhere": 9, "open": 3}
    made = [
        (Alert(key="work_doubled", account=FEED, params={"open": 90, "usual": 41}), NIGHT),
        (Alert(key="list_stopped", account=FEED, collection="c", params=stopped), NIGHT),
        (Alert(key="work_doubled", account=FEED, params={"open": 90, "usual": 40}, evidence={"run": 1}), MONDAY - 8 * DAY),
    ]  # fmt: skip
    for one, at in made:
        store([one], FEED, at, platform.ports, 1)

    def said(*, titles: bool) -> tuple[str, str]:
        with platform.warehouse.read() as session:
            letter = compose(session, [FEED], MONDAY, Settings(titles=titles), platform.ports)
        assert letter is not None
        return plain(letter).replace("\n", " "), html(letter)

    for text in said(titles=True):
        assert "usual 41" in text
        assert "usual 40" not in text
        assert SECRET in text
    for text in said(titles=False):
        assert "usual 41" in text
        assert SECRET not in text


# ----- Alerts -----


def test_a_history_is_read_once(platform: Platform) -> None:
    """A digest's figures and findings come from the same reading: in the cloud each takes seconds."""
    asked: list[str] = []

    class Listening:
        """A session that notes what it is asked."""

        def __init__(self, session: Any) -> None:
            self.session = session

        def __getattr__(self, kind: str) -> Any:
            def ask(*names: str, **params: Any) -> Any:
                asked.extend(names)
                return getattr(self.session, kind)(*names, **params)

            return ask

    with platform.warehouse.read() as session:
        listening: Any = Listening(session)
        assert compose(listening, [FEED], MONDAY, Settings(), platform.ports) is not None
    assert sorted(set(asked)) == sorted(asked)


def failed(platform: Platform, name: str, reason: str, at: int) -> None:
    """A feed whose pull ended so."""
    platform.state.save_feed(Feed(name=name, source="todoist"))
    run = platform.state.begin(SyncRequested(feed=name, run=f"r-{name}", window="w"), at).run
    assert run is not None
    platform.state.failed(run, reason)


def alerts(platform: Platform) -> list[tuple[Any, ...]]:
    with platform.warehouse.read() as session:
        rows = session.query("alerts")
    return sorted(zip(rows["account"], rows["finding"], rows["seen_at"], strict=True))


def test_accounts_that_are_behind_are_written_once(platform: Platform) -> None:
    """Refused, or not looked at for two days; what failed an hour ago is not yet behind, and files never are."""
    failed(platform, "todoist:refused", "token-refused", MONDAY)
    failed(platform, "todoist:silent", "service-down", MONDAY - 3 * DAY)
    failed(platform, "todoist:fresh", "service-down", MONDAY - DAY)
    ready = ScoresReady(feed=FEED, run="r1", window="w", number=1)
    found = alert(ready, platform.ports)

    assert found == [Trouble("todoist:refused", "refused"), Trouble("todoist:silent", "silent")]
    failed(platform, "todoist:later", "token-refused", MONDAY)
    assert alert(ready, platform.ports) == []  # it was looked in this hour
    platform.ports.clock.advance(hours=1)  # type: ignore[attr-defined]
    assert alert(ready, platform.ports) == [Trouble("todoist:later", "refused")]
    assert alerts(platform) == [
        ("todoist:later", "account_refused", MONDAY),
        ("todoist:refused", "account_refused", MONDAY),
        ("todoist:silent", "account_silent", MONDAY - DAY),  # not known before it was silent for two days
    ]


def test_what_an_older_version_told_is_told(platform: Platform) -> None:
    """An account that was silent then is no news after an update."""
    failed(platform, "todoist:silent", "service-down", MONDAY - 3 * DAY)
    run = platform.state.latest("todoist:silent")
    assert run is not None
    platform.state.point("todoist:silent", "alert", digest("todoist:silent", "silent", run.run))

    assert alert(ScoresReady(feed=FEED, run="r1", window="w", number=1), platform.ports) == []
    assert alerts(platform) == []


def test_who_is_behind_stands_in_the_digest(platform: Platform) -> None:
    """Though nothing else changed."""
    tell(request(), platform.ports, Settings())
    run = platform.state.begin(SyncRequested(feed=FEED, run="r", window="w"), MONDAY).run
    assert run is not None
    platform.state.failed(run, "token-refused")
    with FakeChat() as chat:
        told = tell(request(MONDAY + 7 * DAY), platform.ports, Settings(Webhook(chat.url)))

        assert told.outcome == "sent"
        assert "refuses its token" in chat.posted[0]["text"]
