"""What `connect` is told of an account: the source by name, and its settings."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from worklens.cli.shell import Shell
    from worklens.sources.base import Source
    from worklens.sources.oauth import Client

ALWAYS = {"base_url", "sign_in_url"}  # of tests: another host in place of the service's own


def known_source(name: str) -> Source:
    """The source that one can connect to under this name. Raises Usage."""
    from worklens.cli.failures import Usage
    from worklens.sources.registry import services, source

    if name not in services():
        raise Usage("service-unknown", given=name, known=", ".join(services()))
    return source(name)


def check_reach(source: Source) -> None:
    """Raises Problem where the source is on this machine, and what would follow it is not."""
    from worklens.cli.failures import Problem
    from worklens.cli.options import named_platform
    from worklens.platforms import chosen
    from worklens.sources.options import is_local

    if is_local(source) and chosen(named_platform()) != "local":
        raise Problem("local-source-elsewhere", source=source.name)


class Before(NamedTuple):
    """What an account that is connected anew was told the last time, so that it need not be said again."""

    settings: Mapping[str, Any] = {}
    client: Client | None = None


def known_before(feed: str, shell: Shell, *, client: bool) -> Before:
    """What is known of the account, with ``client`` also its application; nothing of one that is new."""
    from worklens.sources.oauth import read_grant

    if shell.empty:
        return Before()
    grant = None
    with shell.platform() as platform:
        known = platform.state.feed(feed)
        with suppress(PermissionError):  # who may give a token and read none says all anew
            grant = read_grant(platform.ports.secrets.get(feed) or "") if known and client else None
    return Before(known.settings if known else {}, grant.client if grant else None)


def settings_given(
    source: Source,
    options: Mapping[str, str],
    pairs: Sequence[str],
    before: Mapping[str, Any] = MappingProxyType({}),
) -> dict[str, Any]:
    """The settings by name, those of paths made absolute; those it needs and isn't given are as they were ``before``.

    Raises Usage for one that is lacking, or that nothing reads.
    """
    from worklens.cli.failures import Usage
    from worklens.sources.options import settings_of

    wanted = settings_of(source)
    stated = {name: os.environ.get(variable, "") for name, variable in wanted.variables.items()}
    kept = {name: before[name] for name in {*ALWAYS, *wanted.needs} & before.keys()}
    given = {**kept, **{name: value for name, value in {**stated, **options}.items() if value}}
    for pair in pairs:
        name, is_pair, value = pair.partition("=")
        if not (is_pair and name and value):
            raise Usage("setting-malformed", given=pair)
        given[name] = value
    for name in wanted.needs:
        if name not in given:
            raise Usage("setting-missing", source=source.name, setting=name, how=_how(name))
    for name in given.keys() - ALWAYS - {*wanted.needs, *wanted.may}:
        known = ", ".join((*wanted.needs, *wanted.may)) or "-"
        raise Usage("setting-unknown", source=source.name, setting=name, known=known)
    found = {name: _absolute(value) if name in wanted.paths else value for name, value in given.items()}
    nearby = {name: str(Path(found[other]).parent / file) for name, (other, file) in wanted.beside.items()}
    return {**nearby, **found}


def _how(name: str) -> str:
    return f"--{name}" if name in {"url", "user"} else f"--set {name}=..."


def _absolute(path: str) -> str:
    return str(Path(path).expanduser().resolve())
