"""Works off the queue for a command: what an earlier, killed one left, then what this one asked for."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any

from worklens.cli.failures import foreseen
from worklens.cli.pump import ORDER
from worklens.cli.watch import QUIET, Failure, Watch
from worklens.stages.care import InUse
from worklens.stages.replaying import LIVE, REPLAY

if TYPE_CHECKING:
    from worklens.cli.desk import Desk
    from worklens.cli.voice import Voice
    from worklens.local.platform import Platform
    from worklens.ports import Run

PATIENCE = (
    120.0  # seconds to wait for another process that has the account in hand; an import of 100,000 takes ten
)
GLANCE = 0.2
NOT_SCORES = tuple(kind for kind in ORDER if kind not in {"tasks-changed", "scores-ready", "learn-requested"})


def work(platform: Platform, watch: Watch = QUIET, only: Sequence[str] | None = None) -> list[Failure]:
    """Work until nothing is due (of ``only`` these kinds); a feed that fails doesn't keep the others from their turn."""
    pump = _watched(platform, watch)
    failures: list[Failure] = []
    while True:
        try:
            pump.drain(only=only or ORDER)
        except Exception as error:
            if not _of_a_pull(error):
                raise
            failures.append(Failure(_given_up(platform, error, failures), error))
        else:
            return failures


def _of_a_pull(error: Exception) -> bool:
    """Refused or Unavailable: the run has the reason, and the queue is as it should be."""
    return hasattr(error, "reason") and hasattr(error, "params")


def _given_up(platform: Platform, error: Any, before: Sequence[Failure]) -> str:
    """The feed that failed. A file that was refused is kept no longer."""
    seen = {failure.feed for failure in before}
    for run in platform.state.runs():
        if run.status in {"failed", "refused"} and run.error == error.reason and run.feed not in seen:
            if run.status == "refused":
                platform.blobs.delete(run.input)
            return run.feed
    return ""


def _watched(platform: Platform, watch: Watch) -> Any:
    """The pipeline, telling ``watch`` of each step."""
    from worklens.cli.pipeline import pipeline
    from worklens.stages.connect import connect

    pump = pipeline(platform, connect, lambda run, page: watch.fetched(run, len(page.records), page.total))
    handlers = dict(pump.handlers)
    parse, settle = handlers["tasks-fetched"], handlers["settle-requested"]

    def parsed(batches: Iterable[Any]) -> None:
        sizes: list[int] = []
        parse(_sized(batches, sizes))
        watch.parsed(sum(sizes))

    def settled(requests: Iterable[Any]) -> None:
        watch.settling()
        settle(requests)

    pump.handlers = handlers | {"tasks-fetched": parsed, "settle-requested": settled}
    return pump


def _sized(batches: Iterable[Any], sizes: list[int]) -> Iterator[Any]:
    """The batches; the number of records of each is put among the ``sizes`` as it goes by."""
    for batch in batches:
        sizes.append(len(batch.records))
        yield batch


@contextmanager
def taken_in(platform: Desk) -> Iterator[list[Run]]:
    """The runs that are settled within this block, oldest first: filled when it ends."""
    before = {run.run for run in platform.state.runs() if run.status in {"settled", "withdrawn"}}
    found: list[Run] = []
    try:
        yield found
    finally:
        after = platform.state.runs()
        found += reversed([run for run in after if run.status == "settled" and run.run not in before])


def let_go(platform: Platform) -> None:
    """Delete raw records whose time is over; while somebody else is at the warehouse, the next time. Raises BadSetting."""
    from worklens.local.retention import expire
    from worklens.ports import Busy

    with suppress(Busy):
        expire(platform.state, platform.warehouse, platform.ports.clock.now())


def take_up(platform: Platform, voice: Voice, watch: Watch = QUIET) -> None:
    """First what an earlier command left, however it ended; what fails again is said and stays for later."""
    for run in platform.state.runs():
        if run.status in {"fetching", "failed"} and run.window.startswith(REPLAY):
            platform.state.abandon(run)  # it was to hold records that are still in quarantine
    platform.queue.hasten()
    for failure in work(platform, watch):
        voice.note("left-over-failed", feed=failure.feed, problem=foreseen(failure.error, voice.language))


def only_newest(platform: Platform) -> None:
    """Of several wishes to score one feed keep the last: each would score it as it is then, and only that one is shown."""
    from worklens.messages import VERSION, TasksChanged

    with platform.database.transaction() as connection:
        connection.execute(
            "DELETE FROM queue WHERE type = :type AND id NOT IN (SELECT letter FROM held) AND id NOT IN"
            " (SELECT MAX(id) FROM queue WHERE type = :type GROUP BY feed)",
            {"type": f"worklens.{TasksChanged.kind}.v{VERSION}"},
        )


def until_settled(
    platform: Platform, runs: Sequence[str], voice: Voice, watch: Watch, only: Sequence[str] | None = None
) -> list[Failure]:
    """Work until these runs are through, or failed; waits for another process that has a part of them in hand."""
    failures = work(platform, watch, only)
    patient = time.monotonic() + PATIENCE
    said = False
    while not failures and (feed := _in_other_hands(platform, runs)):
        if time.monotonic() > patient:
            raise InUse("in-other-hands", feed=feed)
        if not said:
            voice.note("waiting", feed=feed)
            said = True
        time.sleep(GLANCE)
        failures = work(platform, watch, only)
    return failures


def _in_other_hands(platform: Platform, runs: Sequence[str]) -> str:
    """The feed of a run that isn't through, or not even begun, though nothing is left to do here."""
    for name in runs:
        run = platform.state.run(name)
        if run is not None and run.status in LIVE:
            return run.feed
        if run is None and (feed := _kept_for(platform, name)):
            return feed
    return ""


def _kept_for(platform: Platform, run: str) -> str:
    """The feed that keeps the wish for this run until the one at work is through."""
    row = platform.database.connection.execute(
        "SELECT name FROM feeds WHERE instr(CAST(again AS TEXT), ?) > 0", (run,)
    ).fetchone()
    return str(row["name"]) if row else ""
