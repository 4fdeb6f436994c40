"""Taskwarrior on this machine, by ``task export``: everything is listed, and what changed since the last look handed on.

A raw record is a task as exported, less what is computed at each export, or ``{"purged": "<uuid>"}``.
docs/sources/taskwarrior.md says what is read and what Taskwarrior hides.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from worklens.messages import Rejected
from worklens.sources.base import (
    Command,
    Context,
    Coverage,
    Done,
    Json,
    Output,
    Parsed,
    Pull,
    Reading,
    Refused,
)
from worklens.sources.file_pull import Item, fingerprint, hand_on
from worklens.sources.options import Settings
from worklens.sources.shrinking import check_gone
from worklens.sources.taskwarrior.known import (
    Cursor,
    Known,
    hashes,
    newest,
    packed,
    purged,
    saved,
    unpacked,
    written,
)
from worklens.sources.taskwarrior.listing import Listed, listed
from worklens.sources.taskwarrior.records import read

PROGRAM = "task"
# Without these an export would collect garbage, make the next of recurring tasks, run hooks, or ask questions.
QUIET = (
    "rc.gc=off",
    "rc.recurrence=off",
    "rc.hooks=off",
    "rc.verbose=nothing",
    "rc.confirmation=off",
    "rc.context=",
    "rc.json.array=on",
)
PLACES = {"taskrc": "TASKRC", "taskdata": "TASKDATA"}


class Taskwarrior:
    """The local ``task`` command; the settings ``taskrc`` and ``taskdata`` may name another configuration or place."""

    name = "taskwarrior"
    secret_fields: frozenset[str] = frozenset()
    programs = frozenset({PROGRAM})
    is_local = True
    settings = Settings(may=tuple(PLACES), paths=frozenset(PLACES), variables=PLACES)

    def headers(self, token: str) -> dict[str, str]:
        """None: nothing is asked over HTTP."""
        return {}

    def pull(self, context: Context) -> Pull:
        """List everything, and hand on what is new, changed or purged; all of it the first time, or in full.

        Raises Refused where most of what was known is gone: it is likelier that the data lies elsewhere now.
        """
        output = yield Command(args=arguments(context.settings))
        if not isinstance(output, Output):
            raise Refused("program-missing", program=PROGRAM)
        listing = listed("task export", output.stdout) if output.stdout.strip() else Listed([], whole=True)
        cursor = saved(context.cursor)
        known = unpacked(cursor.tasks)
        now = dict(hashes(item for item in listing.items if isinstance(item, bytes)))
        gone = [key for key in known if key not in now] if listing.whole else []
        everything = context.full or not cursor.tasks
        if not everything:
            check_gone(self.name, len(gone), len(known))
        items = listing.items if everything else list(changed(listing.items, known, gone))
        yield from hand_on(iter(items), _key(items), context.checkpoint, total=len(items))
        records = (item for item in listing.items if isinstance(item, bytes))
        tasks = packed(now if listing.whole else {**known, **now})
        done = written(Cursor(tasks=tasks, newest=newest(records)))
        whole = everything and listing.whole
        return Done(cursor=done, coverage=Coverage(listed="everything" if whole else "nothing"))

    def parse(self, record: bytes, reading: Reading) -> Iterable[Parsed]:
        """The task of one raw record. Raises Unreadable."""
        return (read(record, reading),)


def arguments(settings: Mapping[str, Json]) -> tuple[str, ...]:
    """The command line that lists everything and changes nothing."""
    places = {"taskrc": "rc:", "taskdata": "rc.data.location="}
    given = [f"{option}{settings[name]}" for name, option in places.items() if settings.get(name)]
    return (PROGRAM, *given, *QUIET, "export")


def changed(items: Iterable[Item], known: Known, gone: Iterable[bytes]) -> Iterator[Item]:
    """The items that are not as they were known, and word of each that is gone."""
    for item in items:
        if isinstance(item, Rejected):
            yield item
            continue
        ((key, hashed),) = hashes([item])
        if known.get(key) != hashed:
            yield item
    yield from map(purged, gone)


def _key(items: Iterable[Item]) -> str:
    """Tells this listing from another, so that an interrupted run goes on only with the same."""
    return fingerprint(b"\n".join(item for item in items if isinstance(item, bytes)), b"taskwarrior 1")
