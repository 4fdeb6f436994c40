"""Signing in, refreshing and giving back, against a fake authorization server; and the driver that lives on it."""

from __future__ import annotations

import logging
import traceback
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
import requests

from worklens.ports import Feed
from worklens.sources.base import Refused, Request, Response
from worklens.sources.oauth import Client, Grant, OAuth, authorize, read_grant
from worklens.sources.todoist.source import Todoist
from worklens.stages.credentials import KeptKey
from worklens.stages.driver import Driver, Unavailable
from worklens.stages.signing_in import by_code, by_device, give_back, renewed
from worklens.testing.authorization import CLIENT, FakeAuthorization
from worklens.testing.clock import Clock
from worklens.testing.naps import scripted_naps
from worklens.testing.server import BROKEN, DROPPED, Call, FakeService, Reply, json_reply

HOW = OAuth(
    authorize_url="https://id.example/authorize",
    device_url="https://id.example/device",
    token_url="https://id.example/token",
    revoke_url="https://id.example/revoke",
    scopes=("tasks.read", "offline_access"),
)
REDIRECT = "http://127.0.0.1:22001/"
VERIFIER = "v" * 43
FEED = Feed(name="locked:me", source="locked")


class Locked(Todoist):
    """A source that is opened by OAuth; what it pulls is of no matter here."""

    name = "locked"
    oauth: OAuth


class Guarded(FakeService):
    """A service that takes the tokens it is told of."""

    def __init__(self) -> None:
        super().__init__()
        self.tokens: set[str] = set()

    def answer(self, call: Call) -> Reply:
        """Yes or no."""
        good = call.headers.get("authorization", "").removeprefix("Bearer ") in self.tokens
        return json_reply("welcome") if good else json_reply("no", 401)


class Secrets(dict[str, str]):
    """Secrets that count how often they were written; something may happen right after one is read."""

    puts = 0
    afterwards: Callable[[], object] | None = None

    def get(self, feed: str, default: object = None) -> Any:
        """The secret as it was when it was asked for."""
        found = super().get(feed, default)
        happening, self.afterwards = self.afterwards, None
        if happening:
            happening()
        return found

    def put(self, feed: str, token: str) -> None:
        """Keep it."""
        self.puts += 1
        self[feed] = token

    def delete(self, feed: str) -> None:
        """Forget it."""
        self.pop(feed, None)


class Scene:
    """A service, its authorization server, and a person's feed."""

    def __init__(self, service: Guarded, server: FakeAuthorization) -> None:
        self.service, self.server = service, server
        self.clock, self.secrets = Clock(), Secrets()
        self.how = HOW.at(server.url)

    def consent(self, **changes: str) -> Grant:
        """The person agrees in a browser; the code comes back."""
        url = authorize(self.how, CLIENT, REDIRECT, "a-state", VERIFIER)
        location = requests.get(url, allow_redirects=False, timeout=10).headers["Location"]
        query = {name: values[0] for name, values in parse_qs(urlsplit(location).query).items()}
        assert query["state"] == "a-state"
        asked = {"code": query["code"], "redirect": REDIRECT, "verifier": VERIFIER, **changes}
        return by_code(self.how, CLIENT, now=self.clock.now(), **asked)

    def driver(self) -> Driver:
        """A driver of the feed, as a run has it."""
        source = Locked()
        source.oauth = self.how
        return Driver(source, KeptKey(source, FEED, self.secrets, self.clock))  # type: ignore[arg-type]

    def connect(self) -> Grant:
        """Consent, and keep what was granted."""
        grant = self.consent()
        self.secrets[FEED.name] = grant.text()
        return grant

    def knock(self, driver: Driver) -> str:
        """What the service says."""
        answer = driver.answer(Request(url=self.service.url))
        assert isinstance(answer, Response)
        return str(answer.json())

    @property
    def kept(self) -> Grant:
        """The grant as it is kept now."""
        grant = read_grant(self.secrets[FEED.name])
        assert grant
        return grant


@pytest.fixture
def scene() -> Iterator[Scene]:
    """Both servers, listening; nobody sleeps."""
    service = Guarded()
    with service, FakeAuthorization(HOW, service.tokens) as server, scripted_naps(lambda seconds: None):
        yield Scene(service, server)


# ----- consent


def test_a_code_is_exchanged_for_tokens(scene: Scene) -> None:
    """What comes back opens the service, ends when it is said to, and can be read again from where it is kept."""
    grant = scene.consent()

    assert scene.service.tokens == {grant.access}
    assert grant.expires_at == scene.clock.now() + 3600 * 1_000_000
    assert read_grant(grant.text()) == grant
    assert read_grant("0123456789abcdef") is None
    assert read_grant('{"kind": "other"}') is None


@pytest.mark.parametrize(
    "changes", [{"verifier": "w" * 43}, {"redirect": "http://127.0.0.1:1/"}, {"code": "another"}]
)
def test_a_code_opens_nothing_for_somebody_else(scene: Scene, changes: dict[str, str]) -> None:
    """Who overhears the code lacks the verifier; the server checks it, and the redirect too."""
    with pytest.raises(Refused, match="sign-in-over"):
        scene.consent(**changes)

    assert scene.service.tokens == set()


def test_an_application_that_is_not_known(scene: Scene) -> None:
    """A wrong secret is said to be that, and isn't quoted."""
    with pytest.raises(Refused) as caught:
        by_code(scene.how, Client("an-application", "canary-wrong"), "c", REDIRECT, VERIFIER, 0)

    assert caught.value.reason == "client-refused"
    assert "canary" not in repr(caught.value.params)


def look_around(scene: Scene, looks: list[str]) -> tuple[Callable[[], Grant], list[float], list[str]]:
    """Signing in by device code: the act, the naps between looks, and what was shown."""
    naps: list[float] = []
    shown: list[str] = []
    scene.server.looks = looks

    def sleep(seconds: float) -> None:
        naps.append(seconds)
        scene.clock.advance(seconds=seconds)

    def act() -> Grant:
        return by_device(scene.how, CLIENT, lambda code: shown.append(code.user_code), sleep, scene.clock.now)

    return act, naps, shown


def test_a_device_code_is_waited_for(scene: Scene) -> None:
    """The code is shown once; one looks as often as allowed, and more slowly when told so."""
    act, naps, shown = look_around(scene, ["authorization_pending", "slow_down", "authorization_pending"])
    scene.server.now = lambda: scene.clock.now() / 1e6

    assert act().access in scene.service.tokens
    assert shown == ["ABCD-EFGH"]
    assert naps == [5, 5, 10, 10]


@pytest.mark.parametrize(
    ("looks", "reason"),
    [
        (["authorization_pending", "access_denied"], "sign-in-denied"),
        (["authorization_declined"], "sign-in-denied"),
        (["expired_token"], "sign-in-late"),
        (["authorization_pending"] * 500, "sign-in-late"),
        (["Something <b>odd</b> canary"], "sign-in-refused"),
    ],
)
def test_a_device_code_comes_to_nothing(scene: Scene, looks: list[str], reason: str) -> None:
    """Refused, or too late: it is said which, and it ends even where the server never says so."""
    act, naps, _ = look_around(scene, looks)

    with pytest.raises(Refused) as caught:
        act()

    assert caught.value.reason == reason
    assert "canary" not in repr(caught.value.params)
    assert sum(naps) <= 900


# ----- refreshing


def test_a_token_about_to_end_is_refreshed_first(scene: Scene) -> None:
    """No request is wasted on a dead token, and the rotated refresh token is kept."""
    first = scene.connect()
    scene.clock.advance(seconds=3500)

    with scene.driver() as driver:
        assert scene.knock(driver) == "welcome"
        assert scene.knock(driver) == "welcome"

    assert len(scene.service.calls) == 2
    assert scene.secrets.puts == 1
    assert (scene.kept.refresh != first.refresh, scene.kept.client) == (True, CLIENT)


def test_a_refused_token_is_refreshed_once(scene: Scene) -> None:
    """The clock may be wrong: a 401 is an occasion to refresh too, and the request is sent again."""
    scene.connect()
    scene.server.expire()

    with scene.driver() as driver:
        assert scene.knock(driver) == "welcome"

    assert [call.headers["authorization"] for call in scene.service.calls][1:] == [
        f"Bearer {scene.kept.access}"
    ]


def test_the_new_grant_is_kept_before_it_is_used(scene: Scene) -> None:
    """When the first request with the new token arrives, it is there already: a crash now would lose nothing."""
    scene.connect()
    scene.server.expire()
    kept: list[str] = []
    scene.service.before = lambda call: kept.append(scene.kept.access)

    with scene.driver() as driver:
        scene.knock(driver)

    assert scene.service.calls[1].headers["authorization"] == f"Bearer {kept[1]}"


def test_a_refresh_token_that_stays_stays(scene: Scene) -> None:
    """A service that doesn't rotate needn't repeat it."""
    scene.server.rotates = False
    first = scene.connect()
    again = renewed(scene.how, first, scene.clock.now())

    assert (again.refresh, again.access != first.access) == (first.refresh, True)


def test_a_token_without_an_end_is_not_refreshed(scene: Scene) -> None:
    """Where no end is told it lasts until it is refused."""
    scene.server.expires_in = None
    grant = scene.connect()
    scene.clock.advance(days=900)

    with scene.driver() as driver:
        assert scene.knock(driver) == "welcome"
    assert (grant.expires_at, scene.secrets.puts) == (0, 0)


def test_a_consent_that_can_not_be_refreshed_is_over(scene: Scene) -> None:
    """Where the service gave no refresh token, a refusal means to sign in again, and not to type a token."""
    grant = scene.connect()
    scene.secrets[FEED.name] = Grant(access=grant.access, client=CLIENT).text()
    scene.server.expire()

    with scene.driver() as driver, pytest.raises(Refused, match="sign-in-over"):
        scene.knock(driver)


def test_who_was_quicker_is_believed(scene: Scene) -> None:
    """Another process has refreshed meanwhile: its tokens are taken, and the dead ones hurt nobody."""

    def somebody_refreshes() -> None:
        fresh = renewed(scene.how, scene.kept, scene.clock.now())
        scene.secrets[FEED.name] = fresh.text()

    scene.connect()
    with scene.driver() as driver:
        scene.knock(driver)
        somebody_refreshes()
        assert scene.knock(driver) == "welcome"

        scene.clock.advance(seconds=3590)
        scene.secrets.afterwards = somebody_refreshes  # between our look and our own asking
        assert scene.knock(driver) == "welcome"
    assert scene.secrets.puts == 0


def test_a_withdrawn_consent_is_said_once_and_kept(scene: Scene) -> None:
    """One clear reason; nothing is thrown away, and nothing is tried over and over."""
    scene.connect()
    scene.server.withdraw()
    before = scene.secrets[FEED.name]

    with scene.driver() as driver, pytest.raises(Refused, match="sign-in-over"):
        scene.knock(driver)

    assert scene.secrets[FEED.name] == before
    assert sum(call.path == "/token" for call in scene.server.calls) == 2  # the first was the sign-in


def test_an_authorization_server_that_is_away_is_waited_for(scene: Scene) -> None:
    """It may be back in a moment; if it isn't, that is no refusal, and with grace a lost answer costs nothing."""
    scene.connect()
    scene.server.grace = True
    scene.server.expire()
    scene.server.fail(BROKEN)
    scene.server.fail(DROPPED)
    with scene.driver() as driver:
        assert scene.knock(driver) == "welcome"

    scene.server.expire()
    scene.server.fail(BROKEN, times=99)
    with scene.driver() as driver, pytest.raises(Unavailable):
        scene.knock(driver)


def test_what_was_granted_is_given_back(scene: Scene) -> None:
    """The service forgets it too, and a second time does no harm; where there is no way, none is tried."""
    grant = scene.connect()

    assert give_back(scene.how, grant)
    assert scene.service.tokens == set()
    assert give_back(scene.how, grant)
    assert not give_back(HOW.at("http://127.0.0.1:1").__class__(token_url="", scopes=()), grant)


def test_a_personal_token_is_sent_as_it_is(scene: Scene) -> None:
    """And where it is refused there is no other to be had, unless a new one was kept meanwhile."""
    scene.secrets[FEED.name] = "personal"
    scene.service.tokens.add("personal")
    with scene.driver() as driver:
        assert scene.knock(driver) == "welcome"
        scene.service.tokens.symmetric_difference_update({"personal", "newer"})
        with pytest.raises(Refused, match="token-refused"):
            scene.knock(driver)
        scene.secrets[FEED.name] = "newer"
        assert scene.knock(driver) == "welcome"


def everything_about(error: BaseException | None) -> str:
    """All text that an error can show."""
    texts = []
    while error is not None:
        texts += ["".join(traceback.format_exception(error)), repr(vars(error))]
        error = error.__cause__ or error.__context__
    return "\n".join(texts)


@pytest.mark.parametrize("spoil", ["withdraw", "away", "garbled", "odd"])
def test_no_secret_shows_in_an_error_or_a_log(
    scene: Scene, spoil: str, caplog: pytest.LogCaptureFixture
) -> None:
    """Neither the client's secret nor any token, whatever goes wrong while refreshing."""
    caplog.set_level(logging.DEBUG)
    scene.connect()
    scene.server.expire()
    spoils: dict[str, Any] = {
        "withdraw": scene.server.withdraw,
        "away": lambda: scene.server.fail(BROKEN, times=99),
        "garbled": lambda: setattr(scene.server, "answer", lambda call: Reply(body=b"<html>", headers={})),
        "odd": lambda: setattr(
            scene.server, "answer", lambda call: Reply(status=400, body=b'{"error": "canary"}')
        ),
    }
    spoils[spoil]()
    with scene.driver() as driver, pytest.raises((Refused, Unavailable)) as caught:
        scene.knock(driver)

    logged = "\n".join(f"{record.getMessage()} {vars(record)}" for record in caplog.records)
    assert "canary-" not in everything_about(caught.value) + logged
