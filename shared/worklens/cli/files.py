"""The files a person wants to import: read, recognised, and put in the order of the times they tell of."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from worklens.cli.accounts import named
from worklens.cli.days import check_zone, system_zone
from worklens.cli.failures import Problem

if TYPE_CHECKING:
    from worklens.cli.shell import Shell
    from worklens.ports import Feed
    from worklens.sources.csv.mapping import FileMapping
    from worklens.sources.recognize import Recognized


class Wish(msgspec.Struct, frozen=True, kw_only=True):
    """What the options say about the files."""

    format: str = ""
    mapping: Path | None = None
    account: str = ""
    zone: str = ""


class Candidate(msgspec.Struct, frozen=True, kw_only=True):
    """A file, what it is, and whose."""

    path: Path
    content: bytes
    known: Any  # Recognized
    feed: str
    tells_of: int | None  # microseconds: the instant the file says it is of
    modified: int
    mapping_zone: str = ""


def candidates(paths: Sequence[Path], wish: Wish) -> list[Candidate]:
    """The files, recognised; those of one account from the oldest to the newest. Raises Problem and Refused."""
    mapping = read_mapping_file(wish.mapping)
    found = [_candidate(path, wish, mapping) for path in dict.fromkeys(paths)]
    order = {one.feed: index for index, one in reversed(list(enumerate(found)))}
    return sorted(found, key=lambda one: (order[one.feed], one.tells_of or one.modified, one.path.name))


def read_mapping_file(path: Path | None) -> FileMapping | None:
    """The mapping of a TOML file. Raises Problem and Refused."""
    if path is None:
        return None
    from worklens.sources.csv.mapping import read_mapping

    try:
        return read_mapping(path.name, content_of(path).decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise Problem("mapping-not-utf8", file=path) from None


def content_of(path: Path) -> bytes:
    """The whole file. Raises Problem naming what is in the way."""
    try:
        return path.read_bytes()
    except FileNotFoundError:
        raise Problem("file-missing", file=path) from None
    except IsADirectoryError:
        raise Problem("file-is-directory", file=path) from None
    except PermissionError:
        raise Problem("file-forbidden", file=path) from None


def _candidate(path: Path, wish: Wish, mapping: FileMapping | None) -> Candidate:
    from worklens.sources.recognize import recognize

    content = content_of(path)
    known = recognize(path.name, content, wish.format, mapping)
    account = wish.account or known.default_account
    return Candidate(
        path=path,
        content=content,
        known=known,
        feed=named(account, known.source),
        tells_of=known.seen_at,
        modified=path.stat().st_mtime_ns // 1_000,
        mapping_zone=_zone_of(known),
    )


def _zone_of(known: Recognized) -> str:
    formats = known.settings.get("mapping", {}).get("formats", {})
    return str(formats.get("time_zone", ""))


def zone_for(one: Candidate, wish: Wish, feed: Feed | None, shell: Shell) -> str:
    """Where the person lives: by the option, the mapping, what is known of the account, or this machine.

    Of someone who is known to have moved, a mapping says no more than how its file is to be read.
    """
    moved = feed is not None and len(feed.zones) > 1
    known = feed.zone if feed else ""
    wanted = (known, one.mapping_zone) if moved else (one.mapping_zone, known)
    found = (wish.zone and check_zone(wish.zone)) or next(filter(None, wanted), "") or system_zone()
    if not found:
        shell.note("zone-assumed")
    return found or "UTC"
