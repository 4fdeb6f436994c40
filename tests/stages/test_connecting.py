"""Connecting on the deployment's own page: by a token, by consent, by a code; with nothing kept but in the browser."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import msgspec
import pytest
import requests

from worklens.local.platform import Platform, open_platform
from worklens.ports import Feed
from worklens.sources.names import name_of
from worklens.sources.oauth import read_grant
from worklens.sources.options import is_local, oauth_of, settings_of
from worklens.sources.reads import reads
from worklens.sources.registry import services, source
from worklens.sources.todoist.source import Todoist
from worklens.stages.connecting import COOKIE, Visit, respond
from worklens.stages.pages.visit import GUARDED as HEADERS
from worklens.stages.pages.visit import base_of
from worklens.testing.authorization import CLIENT, FakeAuthorization
from worklens.testing.caldav import PASSWORD, USER, FakeCalDav
from worklens.testing.caldav import TOKEN as CALDAV_TOKEN
from worklens.testing.todoist import TOKEN, FakeTodoist
from worklens.testing.world import World

REMOTE = [name for name in services() if not is_local(source(name))]
BASE = "https://worklens-report.example.run.app"
FEED = "todoist:me"
SIGN_IN = {"source": "todoist", "account": "me", "client_id": CLIENT.id, "client_secret": CLIENT.secret}


class Browser:
    """A person's browser at the page: it keeps the cookie, and says where a form comes from."""

    def __init__(self, platform: Platform) -> None:
        self.platform = platform
        self.cookie = ""
        self.origin = BASE

    def visit(self, method: str, path: str, form: dict[str, str] | None = None) -> tuple[str, int]:
        """The page that comes, and its status."""
        parts = urlsplit(path)
        query = {name: values[0] for name, values in parse_qs(parts.query).items()}
        body, status, headers = respond(
            Visit(
                method=method,
                path=parts.path,
                base=BASE,
                query=query,
                form=form or {},
                cookies={COOKIE: self.cookie},
                origin=self.origin if method == "POST" else "",
            ),
            self.platform.ports,
            HEADERS,
        )
        if "Set-Cookie" in headers:
            name, _, rest = headers["Set-Cookie"].partition("=")
            assert name == COOKIE
            assert {"Secure", "HttpOnly", "SameSite=Lax"} <= set(rest.split("; "))
            self.cookie = rest.partition(";")[0]
        assert headers["Content-Security-Policy"].startswith("default-src 'none'")
        assert headers["Cache-Control"] == "no-store"
        return unescape(body), status

    def consent(self) -> str:
        """Sign in, and go to the service; the path at which it sends us back."""
        body, status = self.visit("POST", "/connect", SIGN_IN)
        assert status == 200
        (url,) = re.findall(r'href="([^"]+)"', body)
        back = requests.get(url, allow_redirects=False, timeout=10).headers["Location"]
        assert back.startswith(f"{BASE}/connect/back?")
        return back.removeprefix(BASE)


class Place:
    """A deployment, a Todoist with its authorization server, and a browser."""

    def __init__(self, platform: Platform, fake: FakeTodoist, server: FakeAuthorization) -> None:
        self.platform, self.fake, self.server = platform, fake, server
        self.browser = Browser(platform)

    @property
    def kept(self) -> str | None:
        """What opens the account."""
        return self.platform.ports.secrets.get(FEED)


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Place]:
    """The account is known already, so that its settings lead to the fakes."""
    monkeypatch.setenv("WORKLENS_SECRETS", "file")
    platform = open_platform(tmp_path)
    world = World()
    with FakeTodoist(world) as fake, FakeAuthorization(Todoist.oauth, fake.tokens) as server:
        settings = {"base_url": fake.base_url, "sign_in_url": server.url}
        platform.state.save_feed(Feed(name=FEED, source="todoist", settings=settings))
        yield Place(platform, fake, server)
    platform.close()


def test_each_service_is_named_with_what_is_read(place: Place) -> None:
    """In one sentence each, in both languages; what reads a machine of its own alone is not among them."""
    body, status = place.browser.visit("GET", "/connect")
    chinese, _ = place.browser.visit("GET", "/connect?language=zh")

    assert status == 200
    for name in REMOTE:
        assert f">{name_of(name)}</a><br>{reads(name, 'en')}</li>" in body
        assert f">{name_of(name, 'zh')}</a><br>{reads(name, 'zh')}</li>" in chinese
    assert "Taskwarrior" not in body


@pytest.mark.parametrize("name", REMOTE)
def test_what_is_read_is_said_before_anything_is_asked(place: Place, name: str) -> None:
    """Of each service, with the fields that it needs and no others."""
    how, wanted = oauth_of(source(name), {}), settings_of(source(name))
    application = {"client_id", *(["client_secret"] if how and how.needs_secret else [])}
    for way in ("token", "sign-in"):
        body, status = place.browser.visit("GET", f"/connect?source={name}&way={way}")
        before, _, form = body.partition("<form")
        fields = set(re.findall(r'name="(\w+)"', form)) - {
            "source",
            "account",
            "zone",
            *wanted.needs,
            *wanted.may,
        }
        signs_in = how is not None and (way == "sign-in" or how.only)

        assert (status, reads(name, "en") in before) == (200, True)
        assert fields == (application if signs_in else {"token"})
        assert all(f'name="{key}"' in form for key in (*wanted.needs, *wanted.may))
        assert ("&way=" in body) == (how is not None and not how.only)


@pytest.mark.parametrize("name", ["taskwarrior", "csv", "<script>"])
def test_what_is_no_service_has_no_form(place: Place, name: str) -> None:
    """It is said, and not shown."""
    body, status = place.browser.visit("GET", f"/connect?source={name}")

    assert (status, "<form" in body, "<script>" in body) == (400, False, False)


def test_connecting_anew_needs_no_address(place: Place) -> None:
    """What the account was told before is known; of a new one it is asked."""
    with FakeCalDav(World()) as fake:
        form = {"source": "caldav", "account": "home", "token": PASSWORD}
        first, _ = place.browser.visit("POST", "/connect", form)
        visits = [{**form, "url": fake.base_url, "user": USER}, form]
        done = [place.browser.visit("POST", "/connect", one)[1] for one in visits]

    assert "https://example.com" in first
    assert (done, place.platform.ports.secrets.get("caldav:home")) == ([200, 200], CALDAV_TOKEN)


def test_by_a_token(place: Place) -> None:
    """It is tried, kept, and shown nowhere; the account's name and zone are as typed."""
    form = {"source": "todoist", "account": "me", "zone": "Asia/Tokyo", "token": f" {TOKEN} "}
    body, status = place.browser.visit("POST", "/connect", form)
    feed = place.platform.state.feed(FEED)

    assert (status, "todoist:me is connected" in body, TOKEN in body) == (200, True, False)
    assert (place.kept, feed and feed.zone, place.browser.cookie) == (TOKEN, "Asia/Tokyo", "")


def test_by_consent(place: Place) -> None:
    """The code that the browser brings back becomes a grant, and the browser keeps nothing."""
    body, status = place.browser.visit("GET", place.browser.consent())
    grant = read_grant(place.kept or "")

    assert (status, "is connected" in body, place.browser.cookie) == (200, True, "")
    assert grant is not None
    assert (grant.access in place.fake.tokens, grant.client) == (True, CLIENT)
    assert "canary" not in body


def test_by_a_code(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    """The page shows it, and looks when the person says that it was typed."""
    how = msgspec.structs.replace(Todoist.oauth, device_url="https://app.todoist.com/device")
    monkeypatch.setattr(Todoist, "oauth", how)
    place.server.how = how
    place.server.looks = ["authorization_pending", "slow_down"]

    shown, _ = place.browser.visit("POST", "/connect", SIGN_IN)
    looks = [place.browser.visit("POST", "/connect/look")[0] for _ in range(3)]

    assert "ABCD-EFGH" in shown
    assert ["Nobody has consented yet" in look for look in looks] == [True, True, False]
    assert "is connected" in looks[2]
    assert read_grant(place.kept or "") is not None


def test_an_answer_that_this_browser_did_not_ask_for(place: Place) -> None:
    """Somebody else's link, another state, a code without a cookie: nothing is connected."""
    back = place.browser.consent()
    cookie = place.browser.cookie
    for path, kept in (
        (f"{back}x", cookie),
        (back, ""),
        (back, "bm90IGpzb24="),
        ("/connect/back?code=c&state=", cookie),
    ):
        place.browser.cookie = kept
        _, status = place.browser.visit("GET", path)
        assert status == 400
    assert place.kept is None


def test_who_does_not_consent(place: Place) -> None:
    """It is said, and nothing is kept."""
    place.server.consents = False

    body, status = place.browser.visit("GET", place.browser.consent())

    assert (status, "did not consent" in body, place.kept) == (400, True, None)


@pytest.mark.parametrize("origin", ["", "null", "https://evil.example", f"{BASE}.evil.example"])
def test_a_form_of_another_page_is_refused(place: Place, origin: str) -> None:
    """Another site may lead a browser here, but not fill in the form for it."""
    place.browser.origin = origin

    _, status = place.browser.visit("POST", "/connect", {"source": "todoist", "token": TOKEN})

    assert (status, place.kept) == (403, None)


@pytest.mark.parametrize(
    "form",
    [
        {"source": "todoist"},
        {"source": "todoist", "token": "wrong-canary"},
        {"source": "todoist", "token": TOKEN, "zone": "Mars/Olympus"},
        {"source": "todoist", "token": TOKEN, "account": "a b"},
        {"source": "taskwarrior", "token": TOKEN},
        {"source": "<script>", "token": TOKEN},
        {"source": "wunderlist", "client_id": "x"},
    ],
)
def test_what_can_not_be_connected(place: Place, form: dict[str, str]) -> None:
    """It is said in a sentence with a way back, and quotes no token."""
    body, status = place.browser.visit("POST", "/connect", {"account": "me", **form})

    assert (status, place.kept) == (400, None)
    assert "canary" not in body
    assert "<script>" not in re.sub(r"<style>.*</style>", "", body)


def test_a_secret_that_may_not_be_made(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    """The page may make no entries: it says which variable does."""

    def refuse(*_: Any) -> None:
        raise PermissionError(13, "none may be made")

    monkeypatch.setattr(place.platform.ports.secrets, "put", refuse, raising=False)

    body, status = place.browser.visit(
        "POST", "/connect", {"source": "todoist", "account": "me", "token": TOKEN}
    )

    assert (status, "feeds" in body) == (400, True)


@pytest.mark.parametrize(
    ("method", "path"), [("GET", "/connect/look"), ("PUT", "/connect"), ("GET", "/connect/x")]
)
def test_there_is_nothing_else(place: Place, method: str, path: str) -> None:
    """Each step has its one method."""
    assert place.browser.visit(method, path)[1] == 404


def test_the_pages_own_address() -> None:
    """Behind the front that ends TLS it is https all the same; on this machine it is what it is."""
    assert base_of("http://x.run.app/", "https") == "https://x.run.app"
    assert base_of("http://localhost:8080/", "") == "http://localhost:8080"
