"""`worklens connect --oauth` and `disconnect`: consent at a fake service, in a browser or by a code typed elsewhere."""

from __future__ import annotations

import json
from collections.abc import Iterator
from threading import Thread
from types import SimpleNamespace
from typing import Any
from unittest.mock import patch
from urllib.parse import parse_qs, urlencode, urlsplit, urlunsplit

import msgspec
import pytest
import requests

from tests.cli.conftest import Done, Person, trace_of
from worklens.local.secrets import FileSecrets
from worklens.sources.todoist.source import Todoist
from worklens.testing.authorization import CLIENT, FakeAuthorization
from worklens.testing.server import BROKEN
from worklens.testing.todoist import TOKEN, FakeTodoist
from worklens.testing.world import World


class Place:
    """A Todoist with one task, where one can sign in; and the person's browser."""

    def __init__(self, fake: FakeTodoist, server: FakeAuthorization) -> None:
        self.fake, self.server = fake, server
        self.opened: list[str] = []
        self.forge = False  # whether somebody else's answer comes first

    def browse(self, url: str) -> bool:
        """Open the page, and follow it back; what a browser does in its own time."""
        self.opened.append(url)
        Thread(target=self._visit, args=(url,), daemon=True).start()
        return True

    def _visit(self, url: str) -> None:
        if self.forge:
            redirect = parse_qs(urlsplit(url).query)["redirect_uri"][0]
            assert requests.get(f"{redirect}?code=forged&state=guessed", timeout=10).status_code == 404
            assert (
                requests.get(
                    urlunsplit(urlsplit(redirect)._replace(path="/favicon.ico")), timeout=10
                ).status_code
                == 404
            )
        requests.get(url, timeout=10)

    def connect_by_token(self, person: Person) -> None:
        """Connect by a personal token."""
        person.run("connect", "todoist", "--base-url", self.fake.base_url, stdin=f"{TOKEN}\n")

    def connect(self, person: Person, *more: str, code: int = 0) -> Done:
        """Connect by signing in; the application's secret comes from stdin."""
        where = ["--base-url", self.fake.base_url, "--sign-in-url", self.server.url]
        options = ["--oauth", "--client-id", CLIENT.id, *where, *more]
        return person.run("connect", "todoist", *options, code=code, stdin=f"{CLIENT.secret}\n")


@pytest.fixture
def place(monkeypatch: pytest.MonkeyPatch) -> Iterator[Place]:
    """Both servers, listening, and a browser of ours; the redirect may come to any port."""
    world = World()
    world.create(world.add_list("home"), "one")
    monkeypatch.setattr(Todoist, "oauth", msgspec.structs.replace(Todoist.oauth, port=0))
    with FakeTodoist(world) as fake, FakeAuthorization(Todoist.oauth, fake.tokens) as server:
        place = Place(fake, server)
        monkeypatch.setattr("webbrowser.open", place.browse)
        yield place


def test_sign_in_then_sync(person: Person, place: Place) -> None:
    """The person is told what is read and what is allowed, consents, and syncs; nobody typed a token."""
    done = place.connect(person)

    assert "changes nothing there" in done.err
    assert "data:read" in done.err
    assert place.opened[0] in done.err
    assert person.run("sync", "--json").json["runs"][0]["events"] == {"created": 1}


def test_the_browser_asks_for_no_more_than_it_must(person: Person, place: Place) -> None:
    """The least scope, a fresh state and a challenge each time, and nothing secret in the address."""
    place.connect(person)
    place.connect(person, "--account", "second")
    first, second = (parse_qs(urlsplit(url).query) for url in place.opened)

    assert first["scope"] == ["data:read"]
    assert len({*first["state"], *second["state"], *first["code_challenge"], *second["code_challenge"]}) == 4
    assert CLIENT.secret not in urlencode(first)
    assert [feed["account"] for feed in person.run("status", "--json").json["accounts"]] == [
        "todoist:me",
        "todoist:second",
    ]


def test_somebody_elses_answer_is_turned_away(person: Person, place: Place) -> None:
    """A visitor without the state, who might slip us another's code, changes nothing."""
    place.forge = True

    place.connect(person)

    assert json.loads((person.data / "secrets.json").read_text())["todoist:me"].count("canary-access") == 1


def test_who_does_not_consent_is_not_connected(person: Person, place: Place) -> None:
    """It is said so, and nothing is kept."""
    place.server.consents = False

    assert "did not consent" in place.connect(person, code=1).err
    assert trace_of("canary", person.data) == []


def test_a_code_is_typed_elsewhere(person: Person, place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the service has device codes, the page and the code are shown, and no browser is opened here."""
    how = msgspec.structs.replace(Todoist.oauth, device_url="https://app.todoist.com/device")
    monkeypatch.setattr(Todoist, "oauth", how)
    place.server.how, place.server.interval = how, 0.0
    place.server.looks = ["authorization_pending"]

    done = place.connect(person)

    assert "ABCD-EFGH" in done.err
    assert place.opened == []
    assert "connected" in done.out


def paste(
    person: Person, place: Place, monkeypatch: pytest.MonkeyPatch, spoil: str = "", code: int = 0
) -> Done:
    """Sign in with a browser of another machine: its last address is pasted, once it is known."""
    shown: list[str] = []
    monkeypatch.setattr(
        "worklens.cli.shell.Shell.note", lambda self, key, **about: shown.append(str(about.get("url")))
    )

    class Terminal:
        """Somebody who types the secret, then what their browser shows."""

        lines = 0

        def readline(self) -> str:
            self.lines += 1
            if self.lines == 1:
                return CLIENT.secret
            location = requests.get(shown[-1], timeout=10, allow_redirects=False).headers["Location"]
            return f"{location}{spoil}\n"

        def isatty(self) -> bool:
            return False

    monkeypatch.setattr("typer.testing.CliRunner.invoke", _invoke_with(Terminal()))
    return place.connect(person, "--paste", code=code)


def _invoke_with(stdin: object) -> Any:
    """The runner's ``invoke``, with a standard input of ours once it has set up its own."""
    from typer.testing import CliRunner

    original = CliRunner.invoke

    def invoke(self: Any, app: Any, args: Any, **options: Any) -> Any:
        with (
            patch("worklens.cli.secrets_given.sys", SimpleNamespace(stdin=stdin)),
            patch("worklens.cli.signing_in.sys", SimpleNamespace(stdin=stdin)),
        ):
            return original(self, app, args, **options)

    return invoke


def test_a_browser_of_another_machine(person: Person, place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing need listen here: what the browser's address line shows at the end is enough, and no browser is opened."""
    done = paste(person, place, monkeypatch)

    assert "connected" in done.out
    assert place.opened == []


def test_another_sign_ins_address_is_refused(
    person: Person, place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One without this run's state opens nothing."""
    assert "is not the address" in paste(person, place, monkeypatch, spoil="x", code=1).err
    assert trace_of("canary", person.data) == []


def test_a_consent_that_is_taken_back_is_told_with_its_remedy(person: Person, place: Place) -> None:
    """One paragraph, with the command that mends it; that command mends it, and the other account went on."""
    place.connect(person)
    person.run(
        "connect", "todoist", "--account", "other", "--base-url", place.fake.base_url, stdin=f"{TOKEN}\n"
    )
    place.server.withdraw()

    done = person.run("sync", "--json", code=1)
    assert done.err.count("worklens connect todoist --account todoist:me --oauth") == 1
    assert "todoist:other" not in done.err
    assert [run["run"] for run in done.json["runs"]] == ["todoist:other#1"]

    place.connect(person)
    person.run("sync")


def test_several_accounts_of_one_service(person: Person, place: Place) -> None:
    """A token that dies stops its own account; the others are synced, whatever their order."""
    for name in ("ann", "bob", "cy"):
        place.fake.tokens.add(f"token-of-{name}")
        person.run(
            "connect",
            "todoist",
            "--account",
            name,
            "--base-url",
            place.fake.base_url,
            stdin=f"token-of-{name}\n",
        )
    place.fake.tokens.remove("token-of-bob")

    done = person.run("sync", "--json", code=1)

    assert [run["run"] for run in done.json["runs"]] == ["todoist:ann#1", "todoist:cy#1"]
    assert "worklens connect todoist --account todoist:bob" in done.err
    assert "todoist:ann" not in done.err


def test_disconnect_gives_the_consent_back(person: Person, place: Place) -> None:
    """The service forgets it, the token is gone here, and what was recorded stays."""
    place.connect(person)
    person.run("sync")

    done = person.run("disconnect", "todoist:me")

    assert "taken the consent back" in done.out
    assert (place.server.granted, trace_of("canary", person.data)) == ([], [])
    assert person.run("status", "--json").json["accounts"][0]["tasks"]["open"] == 1
    assert "not connected" in person.run("disconnect", "todoist:me").out
    assert "No service is connected" in person.run("sync", code=1).err


def test_disconnect_forgets_whatever_the_service_says(
    person: Person, place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A service that is away keeps nobody connected: the person is told to revoke it there."""
    monkeypatch.setattr("tenacity.nap.time", type("Nap", (), {"sleep": staticmethod(lambda seconds: None)}))
    place.connect(person)
    place.server.fail(BROKEN, times=99)

    assert person.run("disconnect", "me", "--json").json == {"account": "todoist:me", "outcome": "here"}
    assert trace_of("canary", person.data) == []


def test_forget_gives_the_consent_back(person: Person, place: Place) -> None:
    """Before it removes all that was recorded."""
    place.connect(person)
    person.run("sync")

    done = person.run("forget", "todoist:me", "--yes")

    assert "Todoist has taken the consent back." in done.out
    assert (place.server.granted, trace_of("canary", person.data)) == ([], [])
    assert person.run("status", "--json").json["accounts"] == []


def test_who_may_not_read_a_token_can_let_it_go(
    person: Person, place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Somebody who runs a deployment need not be let in to its secrets."""

    def refuse(*_: Any) -> None:
        raise PermissionError(13, "you may not read this secret")

    place.connect(person)
    with monkeypatch.context() as patch:
        patch.setattr(FileSecrets, "get", refuse)
        assert "Revoke it at Todoist too" in person.run("disconnect", "todoist:me").out
    assert trace_of("canary", person.data) == []


def test_forget_says_what_only_the_person_can_revoke(person: Person, place: Place) -> None:
    """A personal token: it is gone here, and still good at the service."""
    place.connect_by_token(person)

    assert "Revoke it at Todoist too" in person.run("forget", "todoist:me", "--yes").out
    assert trace_of(TOKEN, person.data) == []


def test_no_secret_is_shown_or_lies_about(person: Person, place: Place) -> None:
    """Neither what is printed nor any file but that of the tokens holds one; the application's secret goes with them."""
    said = place.connect(person)
    shown = said.out + said.err
    place.server.expire()
    for command in (["sync"], ["status"], ["doctor"], ["disconnect", "todoist:me"]):
        if command == ["disconnect", "todoist:me"]:
            assert trace_of("canary", person.data) == [str(person.data / "secrets.json")]
        done = person.run(*command)
        shown += done.out + done.err

    assert "canary" not in shown


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["todoist", "--oauth"], "--client-id"),
        (["wunderlist", "--oauth"], "takes a token"),
        (["todoist", "--set", "history"], "NAME=VALUE"),
        (["todoist", "--set", "histroy_since=2020-01-01"], "history_since"),
        (["todoist", "--url", "https://example.com"], "no setting url"),
    ],
)
def test_a_command_put_wrongly(newcomer: Person, options: list[str], said: str) -> None:
    """What is lacking or unknown is named before anything is asked."""
    assert said in newcomer.run("connect", *options, code=2).err
    assert not newcomer.data.exists()


def test_the_remedy_mends(person: Person, place: Place) -> None:
    """The command that is named when a consent is over needs nothing more: application and addresses are known."""
    place.connect(person)
    place.server.withdraw()
    said = person.run("sync", code=1).err

    remedy = said.partition("worklens ")[2].partition(" --data-dir")[0].split()
    assert remedy == ["connect", "todoist", "--account", "todoist:me", "--oauth"]
    person.run(*remedy)
    person.run("sync")
