"""The page *Data* acts: problems are tried again and accounts forgotten, by its own forms and by programs with the key."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from html import unescape
from threading import Event, Thread, Timer
from typing import Any, NoReturn

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.cli.conftest import Person, remap, trace_of, write_table
from worklens.cli.local_desk import LocalDesk
from worklens.cli.tending import tending
from worklens.cli.voice import Voice
from worklens.local import forget
from worklens.messages import SyncRequested
from worklens.ports import Feed
from worklens.stages import forgetting
from worklens.stages.care import InUse
from worklens.stages.pages.limits import Limit
from worklens.stages.pages.router import Site
from worklens.stages.pages.visit import Answer, Visit
from worklens.stages.replaying import REPLAY
from worklens.tasks import digest

TEAM, ANN = "csv:team", "csv:team/ann"
BASE = "http://127.0.0.1:8787"
KEY = "k3y"
OPENED = {"worklens-key-8787": KEY}
OWN = {**OPENED, "worklens-form-8787": "t0"}
DEEP = settings.get_current_profile_name() == "deep"
Post = Callable[..., Answer]


class Reader:
    """Somebody with the key, before the pages of a data directory."""

    def __init__(self, desk: LocalDesk, bound: str) -> None:
        self.desk = desk
        self.site = Site(
            desk.ports, bound, KEY, version=desk.version, tending=tending(desk, Voice(), bound), limit=Limit(burst=10_000)
        )  # fmt: skip

    def get(self, path: str, **query: str) -> str:
        """A page; its address may hold a query."""
        path, _, rest = path.partition("?")
        query |= dict(pair.split("=", 1) for pair in rest.split("&") if pair)
        body, status, _ = self.site.respond(Visit("GET", path, BASE, query, cookies=OPENED))
        assert status == 200, body
        return unescape(str(body))

    def post(self, path: str, **form: str) -> str:
        """Send one of the page's own forms; where it leads."""
        about = {"form": {"token": "t0", **form}, "cookies": OWN, "headers": {"origin": BASE}}
        body, status, headers = self.site.respond(Visit("POST", path, BASE, **about))  # type: ignore[arg-type]
        return (
            headers["Location"].replace("%3A", ":").replace("%2F", "/")
            if status == 303
            else f"{status} {body!s}"
        )

    def ask(self, path: str, **form: str) -> tuple[int, Any]:
        """What a program with the key gets."""
        about = {"form": form, "headers": {"authorization": f"Bearer {KEY}"}}
        body, status, _ = self.site.respond(Visit("POST", f"/api/v1{path}", BASE, **about))  # type: ignore[arg-type]
        return status, msgspec.json.decode(body)

    def held(self) -> int:
        """How many records are held aside."""
        with self.desk.warehouse.read() as session:
            return sum(session.query("problems")["records"])

    def letters(self) -> int:
        """How many messages could not be worked off."""
        return len(self.desk.dead())


@contextmanager
def pages(person: Person, bound: str = "") -> Iterator[Reader]:
    """The person's pages, as `report --serve` serves them."""
    desk = LocalDesk(person.data)
    try:
        yield Reader(desk, bound)
    finally:
        desk.close()


@pytest.fixture
def reader(held: Person) -> Iterator[Reader]:
    """The pages of somebody with three records held aside."""
    with pages(held) as found:
        yield found


def test_what_can_be_read_now_is_taken_in(
    held: Person, reader: Reader, capsys: pytest.CaptureFixture[str]
) -> None:
    """Each reason has a button, one tries all; what came of it is said in the reader's language, and no title anywhere.

    A message that can't be read comes together with the records, and keeps them from nothing.
    """
    reader.desk.platform.queue.keep("worklens.tasks-fetched.v1", b"{", "not JSON")
    page = reader.get("/data")
    assert "Try again: csv:team, The column created" in page
    assert "Try all again" in page
    assert "3 records must stay held aside" in reader.get(
        reader.post("/data/replay", of=TEAM, reason="bad-date")
    )
    remap(held)

    done = reader.get(reader.post("/data/replay", language="zh"))

    assert "已读取并载入 3 条记录" in done
    assert "仍有 1 条无法处理" in done
    assert "every record could be read" in reader.get("/data")
    assert (reader.held(), reader.letters()) == (0, 1)
    assert "broken" not in "".join(capsys.readouterr())


def test_only_what_is_chosen_is_tried_again(held: Person, reader: Reader) -> None:
    """Records of another reason stay, and a message is tried without any record."""
    reader.desk.platform.queue.keep("worklens.tasks-fetched.v1", b"{", "not JSON")
    remap(held)
    (letter,) = reader.desk.dead()

    assert reader.ask("/replay", of=TEAM, reason="no-title")[1] == {
        "taken_in": 0, "known_since": 0, "still_held": 0, "because": [], "letters": 0,
        "left": [],
    }  # fmt: skip
    assert reader.ask("/replay", letter="404")[0] == 404
    tried = reader.ask("/replay", letter=str(letter["id"]))[1]
    assert (tried["letters"], len(tried["left"]), reader.held()) == (1, 1, 3)


def test_nobody_else_s_form_counts(held: Person, reader: Reader) -> None:
    """Without the page's token, from another address, or by the cookie that a browser sends of itself: nothing is done."""
    remap(held)
    form = {"of": TEAM, "confirm": TEAM, "token": "t0"}
    visits = [
        Visit("POST", path, BASE, form=form, cookies=cookies, headers={"origin": origin})
        for paths, cookies, origin in (
            (("/data/replay", "/data/forget"), OPENED, BASE),
            (("/data/replay", "/data/forget"), {**OWN, "worklens-form-8787": "t1"}, BASE),
            (("/data/replay", "/data/forget"), OWN, "http://evil.example"),
            (("/api/v1/replay", "/api/v1/forget"), OPENED, BASE),
            (("/api/v1/replay", "/api/v1/forget"), OPENED, "http://evil.example"),
        )
        for path in paths
    ]
    assert {reader.site.respond(visit)[1] for visit in visits} == {403}
    assert reader.site.respond(Visit("POST", "/api/v1/forget", BASE, form=form))[1] == 401
    basic = Visit(
        "POST", "/api/v1/forget", BASE, form=form, cookies=OPENED, headers={"authorization": "Basic a"}
    )
    assert reader.site.respond(basic)[1] == 403
    assert reader.site.respond(Visit("GET", "/data/replay", BASE, cookies=OPENED))[1:][0] == 405
    assert (reader.held(), len(reader.desk.state.feeds())) == (3, 1)


@pytest.mark.parametrize("bound", [ANN, "wunderlist:7"])
def test_nobody_touches_another_account(held: Person, bound: str) -> None:
    """Who may see one account alone can neither try again nor forget what isn't its own, nor learn that it is there."""
    with pages(held, bound) as reader:
        reader.desk.platform.queue.keep("worklens.tasks-fetched.v1", b"{", "not JSON")
        for name in ("", TEAM, "csv:team/bob", "csv:nobody"):
            assert reader.ask("/replay", of=name)[0] == 404
            assert reader.post("/data/replay", of=name).startswith("404")
            assert reader.ask("/forget", of=name, confirm=name)[0] == 404
            assert reader.post("/data/forget", of=name, confirm=name).startswith("404")
        assert reader.ask("/replay", account=TEAM)[0] == 404
        assert reader.held() == 3
        if bound == ANN:
            page = reader.get("/data")
            assert "Try again" not in page
            assert "not JSON" not in page
            assert "bob" not in page + reader.get("/data/forget", of=ANN)
            status, told = reader.ask("/forget", of=ANN, confirm=ANN)
            assert (status, told["account"], told["token"], told["rows"]["task_events"]) == (
                200,
                ANN,
                "",
                240,
            )
            assert reader.ask("/forget", of=ANN, confirm=ANN)[0] == 404
            assert reader.desk.state.feed(TEAM) is not None


def test_forgetting_asks_for_the_name(held: Person, reader: Reader) -> None:
    """The page says what goes and what stays; another name removes nothing, the right one all of it, and it is said what went."""
    page = reader.get("/data/forget", of=TEAM)
    assert "240 tasks and 360 events" in page
    assert "/data/forget?of=csv%3Ateam%2Fann" in page
    wrong = reader.post("/data/forget", of=TEAM, confirm="csv:Team")
    assert "Nothing was removed" in reader.get(wrong)
    assert reader.ask("/forget", of=TEAM, confirm="")[0] == 400
    assert reader.held() == 3

    place = reader.post("/data/forget", of=TEAM, confirm=f" {TEAM} ", account=ANN)
    told = reader.get(place)

    assert "account=" not in place, "it is no account to ask for any more"
    assert "csv:team is forgotten" in told
    assert "No account is left" in told
    assert "<bdi>task_events</bdi></th><td>360<" in told.replace("\n", "")
    assert reader.site.respond(Visit("GET", "/data", BASE, cookies=OPENED))[1] == 404
    assert reader.post("/data/forget", of=TEAM, confirm=TEAM).startswith("404")
    reader.desk.close()
    assert trace_of(TEAM, held.data) == []


def test_an_account_that_nothing_came_from_yet_is_there_too(reader: Reader) -> None:
    """It is said that it was never read, and it can be forgotten; of the past it is not told."""
    reader.desk.state.save_feed(Feed(name="todoist:me", source="todoist"))

    page = reader.get("/data")
    assert "never read" in page
    assert "/data/forget?of=todoist%3Ame" in page
    assert "todoist:me" not in reader.get("/data", as_of="2026-02-01")
    assert "todoist:me is forgotten" in reader.get(
        reader.post("/data/forget", of="todoist:me", confirm="todoist:me")
    )


@pytest.mark.parametrize("name", ["csv:a  b", "csv:" + "x" * 150])
def test_the_name_is_typed_as_it_is_shown(reader: Reader, name: str) -> None:
    """However many spaces it holds, and however long it is."""
    reader.desk.state.save_feed(Feed(name=name, source="csv"))
    label = reader.get("/data/forget", of=name).partition('<label for="confirm">Type ')[2]
    shown = label.partition(" to go on<")[0]

    assert "forgotten" in reader.post("/data/forget", of=name, confirm=shown)


def test_while_somebody_is_at_work(reader: Reader) -> None:
    """Neither is done, and it is said why."""
    request = SyncRequested(feed=TEAM, run="r", window="w")
    assert reader.desk.state.begin(request, reader.desk.ports.clock.now()).run
    reader.desk.platform.queue.publish([request])

    place = reader.post("/data/forget", of=ANN, confirm=ANN)

    assert "isn't through" in reader.get(place)
    assert reader.ask("/forget", of=ANN, confirm=ANN)[0] == 409
    assert len(reader.desk.state.feeds()) == 1


def test_nothing_is_begun_where_another_account_is_busy(held: Person, reader: Reader) -> None:
    """What was chosen is tried again together, or not at all: no run is left that nobody works off."""
    file, mapping = write_table(held.data.parent, "other.csv", rows=2, broken=1)
    held.run("import", file, "--mapping", mapping, "--account", "csv:zoe", code=3)
    remap(held)
    remap(held, "csv:zoe")
    busy = SyncRequested(feed="csv:zoe", run="r", window="w")
    assert reader.desk.state.begin(busy, reader.desk.ports.clock.now()).run

    assert "refused=in-other-hands" in reader.post("/data/replay")
    assert [run.feed for run in reader.desk.state.runs() if run.window.startswith(REPLAY)] == []


def test_a_program_is_told_the_same_wherever_it_runs(reader: Reader) -> None:
    """In English and with plain numbers unless it asks for another language, as everywhere in the API."""

    def why(**form: str) -> str:
        headers = {"authorization": f"Bearer {KEY}", "accept-language": "zh-CN,de"}
        body = reader.site.respond(Visit("POST", "/api/v1/replay", BASE, form=form, headers=headers))[0]
        return str(msgspec.json.decode(body)["because"][0]["text"])

    assert why().isascii()
    assert not why(language="zh").isascii()


STEPS = ("_forget_state", "_forget_blobs", "_forget_backups", "_forget_pages", "pack", "_forget_facts")


@pytest.mark.parametrize(
    "step", [pytest.param(one, marks=() if one == "pack" else pytest.mark.deep) for one in STEPS]
)
def test_again_after_a_crash_before_any_step(
    held: Person, reader: Reader, step: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever was done before, the account can still be named, and the second time ends what was begun."""

    def crash(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as killed:
        killed.setattr(forget, step, crash)
        with pytest.raises(KeyboardInterrupt):
            reader.ask("/forget", of=TEAM, confirm=TEAM)

    assert reader.ask("/forget", of=TEAM, confirm=TEAM)[0] == 200
    reader.desk.close()
    assert trace_of(TEAM, held.data) == []


def test_again_after_a_crash_where_no_facts_tell_the_name(
    reader: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of an account of which nothing was taken in yet files may be there; they go the second time."""
    name, blobs = "todoist:me", reader.desk.platform.blobs
    reader.desk.state.save_feed(Feed(name=name, source="todoist"))
    blobs.put(f"oversized/{digest(name)}/1", b"a title")
    with monkeypatch.context() as killed:
        killed.setattr(blobs, "delete", lambda _: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            reader.ask("/forget", of=name, confirm=name)

    assert reader.ask("/forget", of=name, confirm=name)[0] == 200
    assert blobs.names("oversized/") == []
    assert reader.desk.state.feed(name) is None


def test_what_was_begun_is_done_before_the_pages_end(reader: Reader, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever stops serving while somebody is forgotten waits for it: the thread would be cut off in the middle."""
    begun, go_on, done = Event(), Event(), Event()

    def forgotten(*_: object) -> NoReturn:
        begun.set()
        go_on.wait(10)
        done.set()
        raise InUse("forget-in-use", account=TEAM)

    monkeypatch.setattr(forgetting, "forgotten", forgotten)
    asks = Thread(target=reader.ask, args=("/forget",), kwargs={"of": TEAM, "confirm": TEAM})
    asks.start()
    assert begun.wait(10)
    Timer(0.05, go_on.set).start()

    assert reader.site.tending is not None
    reader.site.tending.end()
    assert done.is_set()
    asks.join()


FIELDS = st.sampled_from(["of", "reason", "letter", "confirm", "account", "language", "as_of", "x"])
TEXT = st.one_of(
    st.text(max_size=20),
    st.sampled_from(["", TEAM, ANN, "-1", "' OR 1=1 --", "\x00", "a" * 300, "../", "zh", "9" * 40]),
)


@pytest.mark.parametrize("path", ["/data/forget", "/api/v1/replay", "/api/v1/forget", "/data/replay"])
@settings(
    max_examples=40 if DEEP else 2, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(form=st.dictionaries(FIELDS, TEXT, max_size=4))
def test_whatever_a_form_holds_is_answered(reader: Reader, path: str, form: dict[str, str]) -> None:
    """With what came of it, or with a sentence that says why not; nothing is forgotten without its name."""
    form = form | {"token": "t0"} if path.startswith("/data") else form
    form = form if form.get("confirm") != form.get("of") else form | {"confirm": "no"}
    headers = {"authorization": f"Bearer {KEY}"}
    for method, about in (("POST", {"form": form}), ("GET", {"query": form})):
        body, status, _ = reader.site.respond(
            Visit(method, path, BASE, cookies=OWN, headers=headers, **about)
        )  # type: ignore[arg-type]
        assert status in {200, 303, 400, 404, 405}, (form, body)
    assert reader.desk.state.feed(TEAM) is not None
