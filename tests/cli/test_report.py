"""`worklens report`: a page in a file, of any past, and served to many readers while an import goes on."""

from __future__ import annotations

import http.client
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from threading import Timer
from urllib.parse import urlsplit

import pytest
from hypothesis import settings

from tests.cli.conftest import Person, write_table
from worklens.cli.commands.report import asked
from worklens.cli.days import end_of
from worklens.cli.local_desk import LocalDesk
from worklens.cli.shell import Shell
from worklens.ports import Feed, ZonePeriod

READERS = 20
DEEP = settings.get_current_profile_name() == "deep"
ROWS = 2_000 if DEEP else 500  # each batch makes the page anew


def test_a_page_of_any_past_in_a_file(worker: Person, tmp_path: Path) -> None:
    """Where it was asked for, whole, with nothing beside it; it shows what had happened by the end of that day."""
    done = worker.run("report", "--as-of", "2026-02-01", "--output", tmp_path / "r.html", "--json")

    page = (tmp_path / "r.html").read_text()
    assert done.json == {"report": str(tmp_path / "r.html")}
    assert page.lower().startswith("<!doctype html>")
    assert page.rstrip().endswith("</html>")
    assert "1 February 2026" in page
    assert not list(tmp_path.glob("*.part"))


def test_a_day_is_that_of_the_account_named(worker: Person) -> None:
    """Not of one whose name is the beginning of its name."""
    desk = LocalDesk(worker.data)
    desk.state.save_feed(Feed(name="csv:te", source="csv", zones=(ZonePeriod("Pacific/Auckland"),)))
    found = asked(desk, Shell(worker.data), "csv:team", "2026-02-01", "")
    desk.close()

    assert found["as_of"] == end_of("", "2026-02-01", "Europe/Berlin")


def test_what_was_not_known_yet(worker: Person) -> None:
    """Nothing had been seen by then; and what is no day is usage."""
    assert "worklens status" in worker.run("report", "--known-at", "2026-02-01", code=1).err
    worker.run("report", "--as-of", "yesterday", code=2)


def test_a_folder_that_is_not_there(worker: Person, tmp_path: Path) -> None:
    """Is named; no page is written elsewhere."""
    assert "no folder" in worker.run("report", "--output", tmp_path / "nowhere" / "r.html", code=1).err


def hears_ctrl_c() -> None:
    """Whoever starts tests in the background of a script has them, and all they start, ignore it."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


@contextmanager
def served(person: Person) -> Iterator[tuple[str, int]]:
    """The page, served by a process of its own; host and port."""
    command = person.command("report", "--serve", "--port", 0)
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True, preexec_fn=hears_ctrl_c) as process:  # noqa: PLW1509 - no thread is begun yet
        try:
            assert process.stderr is not None
            said = process.stderr.readline()
            url = urlsplit(next(word for word in said.split() if word.startswith("http://")))
            KEYS[int(url.port or 0)] = url.query.removeprefix("key=")
            yield str(url.hostname), int(url.port or 0)
        finally:
            process.send_signal(signal.SIGINT)  # as Ctrl-C does
            kill = Timer(60, process.kill)
            kill.start()
            process.wait()
            kill.cancel()
    assert process.returncode == 0


KEYS: dict[int, str] = {}  # of the pages served here, by their port


def ask(
    place: tuple[str, int], method: str = "GET", path: str = "/", **headers: str
) -> tuple[int, dict[str, str], bytes]:
    """Status, headers and body of an answer."""
    connection = http.client.HTTPConnection(*place, timeout=30)
    try:
        key = {"Authorization": f"Bearer {KEYS[place[1]]}"}
        connection.request(method, path, headers=key | headers)
        answer = connection.getresponse()
        return answer.status, {name.lower(): text for name, text in answer.getheaders()}, answer.read()
    finally:
        connection.close()


@pytest.fixture(scope="module")
def served_data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("served")
    file, mapping = write_table(folder)
    Person(folder / "data").run("import", file, "--mapping", mapping)
    return folder


def test_served_to_many_during_an_import(served_data: Path) -> None:
    """Every reader gets the page, none an error, and in the end it shows what came in meanwhile."""
    person = Person(served_data / "data")
    file, mapping = write_table(served_data, "more.csv", rows=ROWS)
    with served(person) as place, ThreadPoolExecutor(READERS) as pool:
        assert b"csv:more" not in ask(place)[2]
        work = subprocess.Popen(person.command("import", file, "--mapping", mapping, "--account", "csv:more"))
        answers = []
        while work.poll() is None:
            answers += list(pool.map(lambda _: ask(place)[0], range(READERS)))
        assert work.returncode == 0
        after = next(
            (page for _ in range(600) if f"{ROWS + 240:,} tasks".encode() in (page := _later(place))), b""
        )

        assert len(answers) >= READERS
        assert set(answers) == {200}
        assert b"csv:more" in after
        _assert_guarded(place)


def _later(place: tuple[str, int]) -> bytes:
    """The page, a little later."""
    time.sleep(0.1)
    return ask(place)[2]


def _assert_guarded(place: tuple[str, int]) -> None:
    """Only reading, only this page, only by this machine's names, and with headers that keep it to itself."""
    status, headers, body = ask(place, "HEAD")
    assert (status, body) == (200, b"")
    assert headers["x-frame-options"] == "DENY"
    assert headers["cache-control"] == "no-store"
    assert [ask(place, method)[0] for method in ("POST", "TRACE", "QUERY")] == [405] * 3
    assert b'<html lang="zh-Hans">' in ask(place, **{"Accept-Language": "zh-CN,en;q=0.5"})[2]
    assert ask(place, Authorization="Bearer wrong")[0] == 401
    assert ask(place, path=f"/?key={KEYS[place[1]]}", Authorization="")[0] == 303
    assert ask(place, path="/state.sqlite")[0] == 404
    assert ask(place, path="/time?weeks=9")[0] == 400
    assert ask(place, **{"Content-Length": "99999999"})[0] == 413
    assert ask(place, Host="evil.example")[0] == 403
    assert ask(place, Host="evil.example:80")[0] == 403
    assert ask(place, Host=f"localhost:{place[1]}")[0] == 200


def test_a_port_that_is_taken(worker: Person) -> None:
    """The remedy is another."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        done = worker.run("report", "--serve", "--port", taken.getsockname()[1], code=1)

    assert "--port" in done.err
