"""Connecting an account to a deployment by its own page, where nobody has the command line at hand.

Nothing is kept between two steps but in the person's own browser: a cookie that no script can read, good for ten
minutes, holds the random state, the verifier and what they typed. An answer counts only with that state. The page writes
tokens and reads none.
"""

from __future__ import annotations

import secrets
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable, Mapping
from typing import NamedTuple
from zoneinfo import ZoneInfo

import msgspec

from worklens.ports import Ports
from worklens.render import connecting as pages
from worklens.render.connecting import Entry, Field, Questions
from worklens.render.model import Language
from worklens.sources import oauth
from worklens.sources.base import Refused
from worklens.sources.capabilities import CAPABILITIES
from worklens.sources.names import name_of
from worklens.sources.oauth import Client, Code, OAuth
from worklens.sources.options import is_local, oauth_of, secret_kind, secret_of, settings_of
from worklens.sources.reads import key_hint, reads
from worklens.sources.reasons import in_words
from worklens.sources.registry import services, source
from worklens.stages.driver import Unavailable
from worklens.stages.joining import join
from worklens.stages.signing_in import PENDING, SLOWER, ask, by_code

COOKIE = "__Host-worklens-connect"
MINUTES = 10  # to consent in; a code is good for no longer
ENTROPY = 48  # random bytes of a state and a verifier
MOST = 200  # characters of what is typed into a field, but for a token

Answer = tuple[str, int, dict[str, str]]


class Visit(NamedTuple):
    """A request for the page, as far as it matters. ``base`` is the page's own address without a slash at its end."""

    method: str
    path: str
    base: str
    query: Mapping[str, str] = {}
    form: Mapping[str, str] = {}
    cookies: Mapping[str, str] = {}
    origin: str = ""

    @property
    def language(self) -> Language:
        """The person's."""
        return "zh" if self.query.get("language") == "zh" else "en"


class Pending(msgspec.Struct, frozen=True, kw_only=True):
    """What the browser keeps for us until the person has consented."""

    source: str
    feed: str
    zone: str
    settings: dict[str, str]
    client: Client
    state: str = ""
    verifier: str = ""
    code: Code | None = None


def respond(visit: Visit, ports: Ports, headers: Mapping[str, str]) -> Answer:
    """The answer: body, status, headers. ``headers`` are those of any page of ours."""
    # With the report's no-referrer a browser would not say where a form comes from.
    known = {**headers, "Content-Security-Policy": pages.POLICY, "Referrer-Policy": "same-origin"}
    routes: dict[tuple[str, str], Callable[[Visit, Ports], tuple[str, str | None]]] = {
        ("GET", "/connect"): _form,
        ("POST", "/connect"): _begin,
        ("GET", "/connect/back"): _back,
        ("POST", "/connect/look"): _look,
    }
    route = routes.get((visit.method, visit.path.rstrip("/")))
    if route is None:
        return "Not here.\n", 404, {**known, "Content-Type": "text/plain; charset=utf-8"}
    if visit.method == "POST" and visit.origin != visit.base:
        return "This form is sent from its own page alone.\n", 403, {**known, "Content-Type": "text/plain"}
    try:
        body, cookie = route(visit, ports)
    except (Refused, Unavailable) as error:
        text = in_words(error.reason, error.params, visit.language)
        return pages.failed(text, visit.language), 400, {**known, **_set_cookie("")}
    return body, 200, known if cookie is None else {**known, **_set_cookie(cookie)}


# ----- the steps


def _form(visit: Visit, ports: Ports) -> tuple[str, str | None]:
    """Which services there are; of the one that is named what it reads, and what it asks."""
    name, language = visit.query.get("source", ""), visit.language
    if not name:
        return pages.choice([_entry(one, language) for one in _remote()], language), None
    _check_source(name)
    zones = [feed.zone for feed in ports.state.feeds()]
    signs_in = visit.query.get("way") == "sign-in"
    asked = _questions(name, zones[0] if zones else "UTC", _redirect(visit), signs_in=signs_in)
    return pages.form(_entry(name, language), key_hint(name, language), asked, language), None


def _remote() -> list[str]:
    """The services that a deployment can ask, in the order of the README."""
    return [name for name in CAPABILITIES if name in services() and not is_local(source(name))]


def _entry(name: str, language: Language) -> Entry:
    return Entry(name, name_of(name, language), reads(name, language))


def _questions(name: str, zone: str, redirect: str, *, signs_in: bool) -> Questions:
    """What the person may type: an account's name and zone, the source's settings, and what opens it."""
    one = source(name)
    wanted, how = settings_of(one), oauth_of(one, {})
    about = [Field("account", "me", needed=True), Field("zone", zone, needed=True)]
    about += [Field(key, needed=key in wanted.needs) for key in (*wanted.needs, *wanted.may)]
    if how and (signs_in or how.only):
        secret = [Field("client_secret", needed=True, secret=True)] if how.needs_secret else []
        fields = [*about, Field("client_id", needed=True), *secret]
        return Questions(fields, "" if how.device_url else redirect, "" if how.only else "token")
    return Questions(
        [*about, Field(secret_kind(one), needed=True, secret=True)], other="sign-in" if how else ""
    )


def _begin(visit: Visit, ports: Ports) -> tuple[str, str | None]:
    """What was typed: a token, which is tried at once, or an application to sign in with."""
    pending = _typed(visit.form, ports)
    if not pending.client.id:
        token = visit.form.get("token", "").strip()
        if not token:
            raise Refused("nothing-typed")
        return _joined(pending, secret_of(source(pending.source), token, pending.settings), visit, ports)
    how = _how(pending, ports)
    return _by_code_shown(pending, how, visit) if how.device_url else _by_consent(pending, how, visit)


def _by_consent(pending: Pending, how: OAuth, visit: Visit) -> tuple[str, str]:
    state, verifier = secrets.token_urlsafe(ENTROPY), secrets.token_urlsafe(ENTROPY)
    url = oauth.authorize(how, pending.client, _redirect(visit), state, verifier)
    kept = msgspec.structs.replace(pending, state=state, verifier=verifier)
    return pages.consent(name_of(pending.source, visit.language), how.scopes, url, visit.language), _sealed(
        kept
    )


def _by_code_shown(pending: Pending, how: OAuth, visit: Visit) -> tuple[str, str]:
    code = oauth.read_code(ask(oauth.device(how, pending.client)))
    kept = msgspec.structs.replace(pending, code=code)
    shown = pages.code(code.verification_uri, code.user_code, visit.language, scopes=how.scopes)
    return shown, _sealed(kept)


def _back(visit: Visit, ports: Ports) -> tuple[str, str]:
    """The browser comes back from the service."""
    pending = _opened(visit)
    brought = visit.query.get("state", "")
    if not pending.state or not secrets.compare_digest(brought.encode(), pending.state.encode()):
        raise Refused("sign-in-late", error="state")
    if not visit.query.get("code"):
        raise oauth.reason_of(visit.query.get("error", ""))
    how, now = _how(pending, ports), ports.clock.now()
    grant = by_code(how, pending.client, visit.query["code"], _redirect(visit), pending.verifier, now)
    return _joined(pending, grant.text(), visit, ports)


def _look(visit: Visit, ports: Ports) -> tuple[str, str | None]:
    """Whether the code was typed by now."""
    pending = _opened(visit)
    if pending.code is None:
        raise Refused("sign-in-late", error="state")
    response = ask(oauth.poll(_how(pending, ports), pending.client, pending.code))
    if oauth.denied(response) in {PENDING, SLOWER}:
        code = pending.code
        return pages.code(code.verification_uri, code.user_code, visit.language, waiting=True), None
    grant = oauth.granted(response, pending.client, ports.clock.now())
    return _joined(pending, grant.text(), visit, ports)


def _joined(pending: Pending, kept: str, visit: Visit, ports: Ports) -> tuple[str, str]:
    try:
        join(ports, pending.feed, pending.source, kept, pending.zone, pending.settings, compare=False)
    except PermissionError:
        raise Refused("secret-not-made", feed=pending.feed) from None
    return pages.ended(pending.feed, visit.language), ""


# ----- what was typed, and what the browser keeps


def _check_source(name: str) -> None:
    """Raises Refused for what is no service, or on a machine of its own."""
    if name not in _remote():
        raise Refused("wrong-setting", setting="source", expected="todoist")


def _typed(form: Mapping[str, str], ports: Ports) -> Pending:
    """Raises Refused for what can't be; what an account that is connected anew was told before need not be typed again."""
    name, given = form.get("source", ""), form.get("account", "").strip() or "me"
    _check_source(name)
    if not given.isprintable() or any(char in given for char in " :/") or len(given) > MOST:
        raise Refused("wrong-setting", setting="account", expected="me")
    wanted = settings_of(source(name))
    names = (*wanted.needs, *wanted.may)
    settings = {key: form[key].strip()[:MOST] for key in names if form.get(key, "").strip()}
    known = ports.state.feed(f"{name}:{given}")
    settings |= {
        key: known.settings[key] for key in names if known and key in known.settings and key not in settings
    }
    for key in wanted.needs:
        if key not in settings:
            raise Refused(
                "wrong-setting", setting=key, expected="https://example.com" if key == "url" else "ann"
            )
    return Pending(
        source=name,
        feed=f"{name}:{given}",
        zone=_zone(form.get("zone", "").strip() or "UTC"),
        settings=settings,
        client=Client(form.get("client_id", "").strip()[:MOST], form.get("client_secret", "").strip()[:MOST]),
    )


def _zone(name: str) -> str:
    try:
        return ZoneInfo(name).key
    except (KeyError, ValueError, OSError):  # not found; not a name; a folder of zones
        raise Refused("wrong-setting", setting="zone", expected="Europe/Paris") from None


def _how(pending: Pending, ports: Ports) -> OAuth:
    """How to sign in there. Raises Refused where one can't."""
    known = ports.state.feed(pending.feed)
    settings = {**(known.settings if known else {}), **pending.settings}
    how = oauth_of(source(pending.source), settings) if pending.source in services() else None
    if how is None:
        raise Refused("no-sign-in", source=pending.source)
    return how


def _redirect(visit: Visit) -> str:
    return f"{visit.base}/connect/back"


def _sealed(pending: Pending) -> str:
    return urlsafe_b64encode(msgspec.json.encode(pending)).decode()


def _opened(visit: Visit) -> Pending:
    """Raises Refused where the browser has kept nothing, or the ten minutes are over."""
    try:
        return msgspec.json.decode(urlsafe_b64decode(visit.cookies.get(COOKIE, "")), type=Pending)
    except (ValueError, msgspec.MsgspecError):
        raise Refused("sign-in-late", error="cookie") from None


def _set_cookie(value: str) -> dict[str, str]:
    age = MINUTES * 60 if value else 0
    return {"Set-Cookie": f"{COOKIE}={value}; Path=/; Max-Age={age}; Secure; HttpOnly; SameSite=Lax"}
