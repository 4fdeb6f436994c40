"""The HTTP driver, against a loopback server that says what each test tells it to."""

from __future__ import annotations

import logging
import os
import traceback
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping
from contextlib import contextmanager
from email.message import Message
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any, NamedTuple

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from worklens.sources.base import (
    Ask,
    Asked,
    Context,
    Done,
    File,
    Page,
    Parsed,
    Pull,
    Read,
    Reading,
    Refused,
    Request,
    Response,
)
from worklens.stages.driver import Driver, Limits, Unavailable, pull_pages, wait_of
from worklens.testing.naps import scripted_naps

TOKEN = "canary-4f9a1c"
OK = 200


class Say(NamedTuple):
    """A reply: status, body and headers; ``raw`` writes to the socket instead."""

    status: int = OK
    body: bytes = b"{}"
    headers: Mapping[str, str] = {}
    raw: Callable[[Any], None] | None = None


class Heard(NamedTuple):
    """A request as it arrived."""

    method: str
    path: str
    headers: Message
    body: bytes
    port: int  # of the client: the same on a kept connection


class Scripted:
    """A server that gives its replies in order, the last one for ever."""

    def __init__(self, *replies: Say) -> None:
        self.replies = list(replies)
        self.heard: list[Heard] = []
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self.url = f"http://127.0.0.1:{self.server.server_port}"

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        scripted = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def reply(self) -> None:
                body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
                scripted.heard.append(
                    Heard(self.command, self.path, self.headers, body, self.client_address[1])
                )
                left = len(scripted.replies)
                say = scripted.replies.pop(0) if left > 1 else scripted.replies[0]
                if say.raw:
                    say.raw(self)
                    return
                self.send_response_only(say.status)  # without a Date of its own
                for name, value in {"Content-Length": str(len(say.body)), **say.headers}.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(say.body)

            do_GET = do_POST = do_PROPFIND = do_REPORT = reply  # noqa: N815  the names that http.server looks for

            def log_message(self, *args: Any) -> None:
                """Be quiet."""

        return Handler


@contextmanager
def serving(*replies: Say) -> Iterator[Scripted]:
    """A scripted server, running."""
    scripted = Scripted(*replies)
    thread = Thread(target=scripted.server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield scripted
    finally:
        scripted.server.shutdown()
        scripted.server.server_close()
        thread.join()


class Plain:
    """A source whose pull asks one thing and hands on the answer's body."""

    name = "plain"
    secret_fields: frozenset[str] = frozenset()

    def __init__(self, *asks: Request) -> None:
        self.asks = asks

    def headers(self, token: str) -> dict[str, str]:
        """As most services have it."""
        return {"Authorization": f"Bearer {token}"}

    def pull(self, context: Context) -> Pull:
        """A page an ask."""
        for ask in self.asks:
            response = yield ask
            assert isinstance(response, Response)
            yield Page(records=[response.body])
        return Done(cursor="end")

    def parse(self, record: bytes, reading: Reading) -> Iterable[Parsed]:
        """Nothing to read."""
        return ()


@pytest.fixture
def naps() -> Iterator[list[float]]:
    """The seconds the driver would have slept, instead of sleeping."""
    slept: list[float] = []
    with scripted_naps(slept.append):
        yield slept


def ask(server: Scripted, limits: Limits | None = None, **request: Any) -> Response:
    """One request of a driver of its own, at the server's ``/here`` if nothing else is said."""
    with Driver(Plain(), TOKEN, limits=limits) as driver:
        response = driver.answer(Request(**{"url": f"{server.url}/here", **request}))
    assert isinstance(response, Response)
    return response


# ----- asking


def test_a_request_carries_token_parameters_and_form() -> None:
    """What the source asks arrives as it was asked, signed with the token."""
    with serving(Say(body=b'{"a": 1}', headers={"X-Mixed-Case": "y"})) as server:
        response = ask(server, method="POST", params={"q": "a b&c"}, form={"sync_token": "*"})

    heard = server.heard[0]
    assert (heard.method, heard.path, heard.body) == ("POST", "/here?q=a+b%26c", b"sync_token=%2A")
    assert heard.headers["Content-Type"] == "application/x-www-form-urlencoded"
    assert heard.headers["Authorization"] == f"Bearer {TOKEN}"
    assert heard.headers["User-Agent"].startswith("worklens/")
    assert response.json() == {"a": 1}
    assert response.headers["x-mixed-case"] == "y"


@pytest.mark.parametrize(
    ("request_", "kind", "body"),
    [
        ({"method": "POST", "json": {"a": ["é"]}}, "application/json", b'{"a":["\xc3\xa9"]}'),
        (
            {"method": "REPORT", "body": b"<x/>", "content_type": "application/xml"},
            "application/xml",
            b"<x/>",
        ),
        ({"headers": {"Depth": "1", "Authorization": "Bearer other"}}, None, b""),
    ],
)
def test_a_request_states_its_body_and_headers(
    request_: dict[str, Any], kind: str | None, body: bytes
) -> None:
    """JSON, or any body with its type, and headers of the source's own, of which none can replace the token's."""
    with serving(Say()) as server:
        ask(server, **request_)

    heard = server.heard[0]
    assert (heard.method, heard.body) == (request_.get("method", "GET"), body)
    assert heard.headers["Content-Type"] == kind
    assert heard.headers["Depth"] == request_.get("headers", {}).get("Depth")
    assert heard.headers["Authorization"] == f"Bearer {TOKEN}"


def test_what_has_not_changed_is_the_sources_business() -> None:
    """A conditional request carries its mark, and a 304 comes back where it is accepted."""
    with serving(Say(304)) as server:
        answer = ask(server, headers={"If-None-Match": 'W/"7"'}, accept=(200, 304))

    assert (answer.status, server.heard[0].headers["If-None-Match"]) == (304, 'W/"7"')


def test_one_connection_serves_a_pull() -> None:
    """Requests of a pull share a connection."""
    with serving(Say()) as server:
        list(pull_pages(Plain(*[Request(url=server.url)] * 3), Context(feed="f", now=0), Driver(Plain())))

    assert len({heard.port for heard in server.heard}) == 1


def test_netrc_does_not_replace_the_token(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A password that the person keeps for the same host in ~/.netrc stays there."""
    netrc = tmp_path / "netrc"
    netrc.write_text("machine 127.0.0.1 login someone password elsewhere\n")
    monkeypatch.setenv("NETRC", str(netrc))

    with serving(Say()) as server:
        ask(server)

    assert server.heard[0].headers["Authorization"] == f"Bearer {TOKEN}"


# ----- refusals and retries


@pytest.mark.parametrize(
    ("status", "reason"),
    [
        (400, "request-refused"),
        (401, "token-refused"),
        (403, "token-refused"),
        (404, "not-found"),
        (410, "service-gone"),
        (204, "request-refused"),
    ],
)
def test_what_will_never_succeed_is_asked_once(status: int, reason: str, naps: list[float]) -> None:
    """A status that no waiting can change is refused at once, even where its body names a time to wait."""
    body = b"" if status == 204 else b'{"error_extra": {"retry_after": 3}}'
    with serving(Say(status, body)) as server, pytest.raises(Refused) as caught:
        ask(server)

    assert (caught.value.reason, caught.value.params["status"]) == (reason, str(status))
    assert (len(server.heard), naps) == (1, [])


def test_an_accepted_status_is_the_sources_business() -> None:
    """A source that knows what a 400 means gets it."""
    with serving(Say(400, b'{"error_code": 20}')) as server:
        assert ask(server, accept=(200, 400)).status == 400


@pytest.mark.parametrize(
    ("reply", "waits"),
    [
        (Say(429, headers={"Retry-After": "66"}), [66.0]),
        (Say(429, b'{"error_code": 35, "error_extra": {"retry_after": 17}}'), [17.0]),
        (Say(503, headers={"Retry-After": "0"}), [0.0]),
        (
            Say(
                503,
                headers={
                    "Date": "Sun, 22 Nov 2026 08:00:00 GMT",
                    "Retry-After": "Sun, 22 Nov 2026 08:00:30 GMT",
                },
            ),
            [30.0],
        ),
    ],
)
def test_the_service_says_how_long_to_wait(reply: Say, waits: list[float], naps: list[float]) -> None:
    """A wait the service asks for, in a header or in the body, is kept to the second."""
    with serving(reply, Say(body=b"1")) as server:
        assert ask(server).body == b"1"

    assert naps == waits


@pytest.mark.parametrize("status", [408, 429, 500, 502, 503, 504])
def test_trouble_of_the_moment_is_waited_out(status: int, naps: list[float]) -> None:
    """Without a word on how long, the pauses grow, with chance in them."""
    with serving(Say(status, b"busy"), Say(status, b""), Say(status, b"[1"), Say(body=b"1")) as server:
        assert ask(server).body == b"1"

    assert len(naps) == 3
    assert all(0.5 * 2**n <= nap <= 0.5 * 2**n + 1 for n, nap in enumerate(naps))


class Peculiar(Plain):
    """A service that says "too many" with 403, or even with 200."""

    def signal(self, response: Response) -> float | None:
        """As its documentation has it."""
        return 7.0 if b"slow down" in response.body else None


@pytest.mark.parametrize("status", [200, 403])
def test_a_service_says_too_many_in_its_own_way(status: int, naps: list[float]) -> None:
    """The source's signal is heeded before the status is looked at; another 403 is none."""
    with serving(Say(status, b'"slow down"'), Say(body=b"1")) as server, Driver(Peculiar(), TOKEN) as driver:
        answer = driver.answer(Request(url=server.url, accept=(200, 403)))

    assert isinstance(answer, Response)
    assert (answer.body, naps) == (b"1", [7.0])


def test_patience_ends(naps: list[float]) -> None:
    """After the last attempt the trouble is named, and nothing is slept for it."""
    with serving(Say(503)) as server, pytest.raises(Unavailable, match="service-down") as caught:
        ask(server, Limits(attempts=3))

    assert (len(server.heard), len(naps)) == (3, 2)
    assert caught.value.params == {"host": "127.0.0.1", "status": "503", "path": "/here"}


def test_a_long_wait_is_left_to_the_queue(naps: list[float]) -> None:
    """A quarter of an hour is not slept away while holding the lease: it is handed to the caller."""
    with (
        serving(Say(429, headers={"Retry-After": "900"})) as server,
        pytest.raises(Unavailable, match="too-many-requests") as caught,
    ):
        ask(server)

    assert (caught.value.wait, len(server.heard), naps) == (900.0, 1, [])


def cut(handler: Any) -> None:
    """Promise more than comes, and hang up."""
    handler.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf of i")
    handler.close_connection = True


def hang_up(handler: Any) -> None:
    """Say nothing and close."""
    handler.close_connection = True


def not_gzip(handler: Any) -> None:
    """Claim a compression that it isn't."""
    handler.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 3\r\n\r\nabc")


@pytest.mark.parametrize(
    "bad",
    [
        Say(raw=cut),
        Say(raw=hang_up),
        Say(raw=not_gzip),
        Say(body=b'{"items": [', headers={"Content-Type": "application/json; charset=utf-8"}),
        Say(207, b"<multistatus><response>", headers={"Content-Type": "text/xml; charset=utf-8"}),
        Say(207, b'<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>', headers={"Content-Type": "application/xml"}),
    ],
)
def test_a_broken_answer_is_asked_for_again(bad: Say, naps: list[float]) -> None:
    """A connection that breaks, and JSON or XML that ends in the middle, are no answers."""
    with serving(bad, Say(body=b'{"whole": 1}')) as server:
        assert ask(server, accept=(200, 207)).json() == {"whole": 1}

    assert len(naps) == 1


def test_nobody_there(naps: list[float]) -> None:
    """A service that can't be reached is unavailable, after all attempts."""
    with serving(Say()) as server:
        pass

    with pytest.raises(Unavailable, match="unreachable"):
        ask(server)
    assert len(naps) == 4


def stall(handler: Any) -> None:
    """Begin, and then say nothing until the client is gone."""
    handler.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n")
    handler.wfile.flush()
    handler.rfile.read(1)
    handler.close_connection = True


def test_silence_times_out(naps: list[float]) -> None:
    """A service that falls silent is given up."""
    with serving(Say(raw=stall)) as server, pytest.raises(Unavailable, match=r"unreachable|timed-out"):
        ask(server, Limits(read=0.1, attempts=2))

    assert len(server.heard) == 2


def test_a_trickle_times_out(naps: list[float]) -> None:
    """A byte now and then keeps a connection alive, but not for ever."""
    with (
        serving(Say(body=b"x" * 200_000)) as server,
        pytest.raises(Unavailable, match="timed-out"),
    ):
        ask(server, Limits(answer=0.0, attempts=1))

    assert naps == []


def test_an_answer_too_large_is_refused() -> None:
    """More than the limit is not taken into memory, whatever the length that was announced."""
    with serving(Say(body=b"x" * 300_000)) as server:
        assert len(ask(server, Limits(body=300_000)).body) == 300_000
        with pytest.raises(Refused, match="answer-too-large"):
            ask(server, Limits(body=299_999))


# ----- where the token may go


def test_a_redirect_within_the_host_is_followed() -> None:
    """A path that moved is found."""
    with serving(Say(301, headers={"Location": "/there?x=1"}), Say(body=b"1")) as server:
        assert ask(server, params={"q": "2"}).body == b"1"

    assert [heard.path for heard in server.heard] == ["/here?q=2", "/there?x=1"]


@pytest.mark.parametrize("location", ["http://localhost:{port}/", "http://example.com/", "//127.0.0.1:1/x"])
def test_a_redirect_elsewhere_is_refused(location: str) -> None:
    """The token is for one origin: another host, port or an unencrypted way doesn't get it."""
    with serving(Say()) as other:
        target = location.format(port=other.server.server_port)
        with serving(Say(302, headers={"Location": target})) as server, pytest.raises(Refused):
            ask(server)

    assert (len(server.heard), other.heard) == (1, [])


def test_a_redirected_post_is_not_turned_into_a_get() -> None:
    """A form is sent again only where the service asks for just that."""
    with serving(Say(302, headers={"Location": "/b"})) as server, pytest.raises(Refused, match="redirected"):
        ask(server, method="POST", form={"a": "1"})
    with serving(Say(307, headers={"Location": "/b"}), Say()) as server:
        ask(server, method="POST", form={"a": "1"})

    assert [(heard.method, heard.body) for heard in server.heard] == [("POST", b"a=1")] * 2


def test_a_circle_of_redirects_ends() -> None:
    """Redirects that lead nowhere are refused."""
    with (
        serving(Say(302, headers={"Location": "/again"})) as server,
        pytest.raises(Refused, match="redirected"),
    ):
        ask(server)

    assert len(server.heard) == 6


def test_a_second_origin_is_refused() -> None:
    """An address that an answer names may not take the token to another host."""
    with serving(Say()) as one, serving(Say()) as two, Driver(Plain(), TOKEN) as driver:
        driver.answer(Request(url=one.url))
        with pytest.raises(Refused, match="other-host"):
            driver.answer(Request(url=two.url))

    assert two.heard == []


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("http://example.com/x", "not-encrypted"),
        ("ftp://127.0.0.1/x", "not-encrypted"),
        ("https://", "wrong-url"),
        ("nonsense", "wrong-url"),
        ("http://127.0.0.1:port/", "wrong-url"),
        ("http://[::1/", "wrong-url"),
    ],
)
def test_an_address_the_token_must_not_travel_to(url: str, reason: str) -> None:
    """Only HTTPS, or this machine itself."""
    with pytest.raises(Refused) as caught:
        Driver(Plain(), TOKEN).answer(Request(url=url))

    assert caught.value.reason == reason


@pytest.mark.parametrize("token", ["with\nnewline", "with space", "schlüssel", "nul\0", "\u202e"])
def test_a_token_that_fits_no_header_is_refused_unquoted(token: str) -> None:
    """A badly pasted token is refused before anything is asked, and not repeated."""
    with pytest.raises(Refused, match="token-malformed") as caught:
        Driver(Plain(), token)

    assert token not in everything_about(caught.value)


def everything_about(error: BaseException | None) -> str:
    """All text that an error can show: itself, its causes, and what they hold."""
    texts = []
    while error is not None:
        texts += ["".join(traceback.format_exception(error)), repr(error), repr(vars(error))]
        error = error.__cause__ or error.__context__
    return "\n".join(texts)


FAULTS = [
    Say(401),
    Say(410),
    Say(429, headers={"Retry-After": "900"}),
    Say(500),
    Say(302, headers={"Location": "https://example.com/"}),
    Say(raw=cut),
    Say(raw=hang_up),
    Say(raw=not_gzip),
    Say(body=b"x" * 2_000),
]


@pytest.mark.parametrize("fault", FAULTS)
def test_the_token_shows_in_no_error_and_no_log(
    fault: Say, naps: list[float], caplog: pytest.LogCaptureFixture
) -> None:
    """Whatever goes wrong, neither error, nor its context, nor the log at its most talkative holds the token."""
    caplog.set_level(logging.DEBUG)
    driver = Driver(Plain(), TOKEN, limits=Limits(body=1_000))
    with serving(fault) as server, pytest.raises((Refused, Unavailable)) as caught:
        driver.answer(Request(url=server.url))

    assert server.heard[0].headers["Authorization"] == f"Bearer {TOKEN}"
    assert caught.value.__context__ is None
    logged = "\n".join(f"{record.getMessage()} {vars(record)}" for record in caplog.records)
    assert TOKEN not in everything_about(caught.value) + logged + repr(driver)


@given(st.binary(max_size=60), st.text(max_size=40), st.text(max_size=40))
def test_no_answer_confuses_the_reading_of_waits(body: bytes, retry: str, date: str) -> None:
    """Whatever stands in headers and body, the wait is unknown or a number of seconds."""
    wait = wait_of(Response(status=429, headers={"retry-after": retry, "date": date}, body=body))

    assert wait is None or wait >= 0


# ----- files


def test_a_file_is_read_whole(tmp_path: Path) -> None:
    """Its name without the folder, its bytes, and when it was changed."""
    path = tmp_path / "backup.json"
    path.write_bytes(b"\xef\xbb\xbf[]\r\n")
    os.utime(path, ns=(0, 1_700_000_000_123_456_789))

    answer = Driver(Plain(), file=path).answer(Read())

    assert answer == File(name="backup.json", content=b"\xef\xbb\xbf[]\r\n", modified=1_700_000_000_123_456)
    assert Driver(Plain(), file=answer).answer(Read()) is answer


def test_a_file_that_a_setting_names_is_read(tmp_path: Path) -> None:
    """A feed may follow a file of its own, with the import's beside it."""
    (tmp_path / "todo.txt").write_bytes(b"(A) call")
    driver = Driver(Plain(), file=tmp_path / "no", settings={"todo": str(tmp_path / "todo.txt"), "done": ""})

    answer = driver.answer(Read("todo"))

    assert isinstance(answer, File)
    assert (answer.name, answer.content) == ("todo.txt", b"(A) call")
    for name in ("done", "other"):
        with pytest.raises(Refused, match="no-file"):
            driver.answer(Read(name))


def test_a_missing_file_is_refused_by_name(tmp_path: Path) -> None:
    """The person is told which file, and what is wrong with it."""
    with pytest.raises(Refused) as caught:
        Driver(Plain(), file=tmp_path / "gone.csv").answer(Read())

    assert caught.value.reason == "file-missing"
    assert caught.value.params == {"file": "gone.csv"}
    with pytest.raises(Refused, match="no-file"):
        Driver(Plain()).answer(Read())


# ----- the loop


class Puppet(Plain):
    """A source whose pull is given."""

    def __init__(self, pull: Callable[[], Pull]) -> None:
        self.run = pull

    def pull(self, context: Context) -> Pull:
        """As given."""
        return self.run()


class Answers:
    """Answers or raises what it is given, in order."""

    def __init__(self, *answers: Response | Exception) -> None:
        self.left = list(answers)
        self.asked: list[Asked] = []

    def answer(self, asked: Ask) -> Response:
        """The next."""
        self.asked.append(asked)
        answer = self.left.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return answer


def pages(pull: Callable[[], Pull], *answers: Response | Exception) -> Generator[Page, None, Done]:
    """The pages of a given pull, answered in order."""
    return pull_pages(Puppet(pull), Context(feed="plain:me", now=0), Answers(*answers))


def told(body: bytes) -> Response:
    """A plain answer."""
    return Response(status=OK, headers={}, body=body)


def test_the_loop_hands_on_pages_and_ends_with_done() -> None:
    """Pages come in the order they are made; the generator's value is the pull's."""
    asks = [Request(url="https://x/1"), Request(url="https://x/2")]
    loop = pull_pages(Plain(*asks), Context(feed="plain:me", now=0), Answers(told(b"1"), told(b"2")))

    assert [next(loop).records, next(loop).records] == [[b"1"], [b"2"]]
    with pytest.raises(StopIteration) as stopped:
        next(loop)
    assert stopped.value.value == Done(cursor="end")


def test_an_error_is_raised_where_it_was_asked() -> None:
    """A source may catch what the driver raises, and go on."""

    def pull() -> Pull:
        try:
            yield Request(url="https://x/log")
        except Refused as refused:
            yield Page(records=[refused.reason.encode()])
        answer = yield Request(url="https://x/2")
        assert isinstance(answer, Response)
        return Done(cursor=answer.body.decode())

    loop = pages(pull, Refused("token-refused"), told(b"second"))

    assert next(loop).records == [b"token-refused"]
    with pytest.raises(StopIteration) as stopped:
        next(loop)
    assert stopped.value.value == Done(cursor="second")


@pytest.mark.parametrize("error", [Refused("not-found"), Unavailable("service-down", 3.0)])
def test_an_error_the_source_does_not_catch_ends_the_loop(error: Exception) -> None:
    """It comes out as it was raised, and the pull is closed."""
    closed = []

    def pull() -> Pull:
        try:
            yield Request(url="https://x")
        finally:
            closed.append(True)
        return Done(cursor="never")

    with pytest.raises(type(error)) as caught:
        next(pages(pull, error))

    assert caught.value is error
    assert closed == [True]


def test_a_loop_that_is_left_closes_the_pull() -> None:
    """A caller that runs out of time may simply stop."""
    closed = []

    def pull() -> Pull:
        try:
            yield Page(records=[])
        finally:
            closed.append(True)
        return Done(cursor="never")

    loop = pages(pull)
    next(loop)
    loop.close()

    assert closed == [True]


@pytest.mark.parametrize(
    ("body", "error", "reason"),
    [
        (b"<html>Please sign in</html>", Unavailable, "answer-garbled"),
        (b'{"items": "none"}', Refused, "answer-not-understood"),
    ],
)
def test_an_answer_that_is_not_the_services(body: bytes, error: type[Exception], reason: str) -> None:
    """A sign-in page passes with time; JSON of another shape doesn't."""

    def pull() -> Pull:
        answer = yield Request(url="https://x")
        assert isinstance(answer, Response)
        msgspec.json.decode(answer.body, type=dict[str, list[int]])
        return Done(cursor="never")

    with pytest.raises(error) as caught:
        next(pages(pull, told(body)))

    assert getattr(caught.value, "reason", "") == reason
