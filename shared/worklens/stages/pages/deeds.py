"""The doors behind which *Data* acts: a form of its own page, which leads on to what came of it, or a program's."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from shlex import quote
from typing import Any, NamedTuple

import msgspec

from worklens.render.safe import clean
from worklens.render.site import Frame, compose
from worklens.render.tended import goes, gone, letters, outcome, refused, stays
from worklens.render.told import Forgotten, Replayed
from worklens.render.words import Words
from worklens.sources.names import name_of
from worklens.stages.care import InUse
from worklens.stages.pages import api, guard
from worklens.stages.pages.asked import Asked, check
from worklens.stages.pages.tending import Tending
from worklens.stages.pages.visit import GUARDED, HTML, JSON, Answer, NotSo, Visit, page
from worklens.stages.report import within

REPLAY, FORGET, FORGOTTEN = "/data/replay", "/data/forget", "/data/forgotten"
OURS = {REPLAY: "POST", FORGET: "GET, HEAD, POST", FORGOTTEN: "GET, HEAD"} | {
    f"{api.ROOT}{path}": "POST" for path in api.DEEDS
}
"""Each address, and how it may be asked."""

COMMANDS = {"replay": "problems --replay", "sync": "sync", "connect": "connect", "check": "status --check"}
WRONG = "wrong"  # another name was typed than the account's


class Door(NamedTuple):
    """Who came, what was asked, the means, and the frame of a page about it."""

    visit: Visit
    asked: Asked
    tending: Tending
    frame: Callable[[], Frame]


def check_method(path: str, method: str) -> None:
    """Raises NotSo for a method that the address doesn't take."""
    if method not in OURS[path].split(", "):
        raise NotSo(405, f"This takes: {OURS[path]}.", OURS[path])


def open_door(path: str, door: Door) -> Answer:
    """The answer. Raises NotSo."""
    if path.startswith(api.ROOT):
        return _for_program(path, door)
    if door.visit.reads:
        return _asking(door) if path == FORGET else _forgotten(door)
    guard.check_form(door.visit)
    check(door.visit.form)
    return _replay(door) if path == REPLAY else _forget(door)


def _for_program(path: str, door: Door) -> Answer:
    form = door.visit.form
    guard.check_program(door.visit)
    check(form)
    api.deed_of(path, form)
    try:
        done = door.tending.replay(door.asked, form) if path.endswith("/replay") else _confirmed(door, form)
    except InUse:
        raise NotSo(409, "Somebody is at work on this account. Let it end, then ask again.") from None
    return msgspec.json.encode(done), 200, GUARDED | {"Content-Type": JSON}


def _confirmed(door: Door, form: Mapping[str, str]) -> Forgotten:
    door.tending.check(form.get("of", ""))
    if form.get("confirm") != form["of"]:
        raise NotSo(400, "confirm is the account's name once more.")
    return door.tending.forget(form["of"])


def _replay(door: Door) -> Answer:
    try:
        told = {"done": door.tending.keep(door.tending.replay(door.asked, door.visit.form))}
    except InUse as error:
        told = {"refused": error.key}
    return _to(door.asked.address("/data", **told))


def _asking(door: Door) -> Answer:
    """The page that says what goes and what stays, and asks for the name."""
    name, words = door.visit.query.get("of", ""), Words(door.asked.language)
    door.tending.check(name)
    inner = [one for one in door.tending.names() if one.startswith(f"{name}/")]
    about: dict[str, Any] = {
        "name": name,
        "goes": goes(name, *door.tending.share(name), words),
        "stays": stays(name, words),
        "people": [(one, door.asked.address(FORGET, of=one)) for one in inner if len(inner) > 1],
        "refused": refused(door.visit.query.get("refused", ""), words),
    }
    return page(compose("forget.html", door.frame(), **about))


def _forget(door: Door) -> Answer:
    form, name = door.visit.form, door.visit.form.get("of", "")
    door.tending.check(name)
    if form.get("confirm", "").strip() not in {name, clean(name)}:  # as it is, or as the page shows it
        return _to(door.asked.address(FORGET, of=name, refused=WRONG))
    try:
        done = door.tending.forget(name)
    except InUse as error:
        return _to(door.asked.address(FORGET, of=name, refused=error.key))
    beyond = {"account": ""} if within(door.asked.account, name) else {}
    return _to(door.asked.address(FORGOTTEN, done=door.tending.keep(done), **beyond))


def _forgotten(door: Door) -> Answer:
    done = door.tending.told(door.visit.query.get("done", ""))
    if not isinstance(done, Forgotten):
        raise NotSo(404, "What came of it was told once, and is kept no longer.")
    language = door.asked.language
    about = gone(done, name_of(done.service, language) if done.service else "", Words(language))
    return page(compose("forgotten.html", door.frame(), **about, left=bool(door.tending.names())))


def _to(address: str) -> Answer:
    return "", 303, GUARDED | {"Location": address, "Content-Type": HTML}


def parts(
    tending: Tending | None,
    asked: Asked,
    feeds: list[str],
    query: Mapping[str, str],
    typed: Callable[[str], str],
) -> dict[str, Any]:
    """What *Data* shows besides the numbers: what came of it just now, letters, whom one may forget; or the commands.

    ``typed`` makes a command work on the same data.
    """
    words = Words(asked.language)
    names = [asked.account] if "/" in asked.account else feeds
    about: dict[str, Any] = {
        "commands": {name: typed(rest) for name, rest in COMMANDS.items()},
        "forgettable": [(name, "", typed(f"forget {quote(name)}")) for name in names],
        "refused": refused(query.get("refused", ""), words),
        "done": [],
        "letters": (),
    }
    if tending is None:
        return about
    done = tending.told(query.get("done", ""))
    found = tending.letters(asked.account.partition("/")[0]) if tending.may_replay(asked) else ()
    return about | {
        "forgettable": [(name, asked.address(FORGET, of=name), "") for name in names],
        "done": outcome(done, words) if isinstance(done, Replayed) else [],
        "letters": found,
        "lettered": letters(found, words),
    }
