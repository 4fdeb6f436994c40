"""Takes records out of quarantine: those that can be read now become a run of their own, through the usual stages."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

import msgspec

from worklens.stages.care import InUse
from worklens.stages.quarantine import Kept, Plan, plans

if TYPE_CHECKING:
    from worklens.ports import Run
    from worklens.stages.care import Care, Hands

LIVE = ("fetching", "fetched")
REPLAY = "replay-"  # begins the window of a run that takes records out of quarantine


class Chosen(NamedTuple):
    """What to try again: records of every feed or one, for any reason or one, and the feed's letters (None) or these."""

    feed: str = ""
    reason: str = ""
    letters: Sequence[Any] | None = None
    records: bool = True


def replayed(care: Care, hands: Hands, chosen: Chosen) -> tuple[list[Plan], int]:
    """Take up what can be read, and put dead letters back in the queue; what became of it, and how many letters.

    Raises InUse.
    """
    hands.take_up()
    found = plans(care, chosen.feed, chosen.reason) if chosen.records else []
    readable = [plan for plan in found if plan.readable]
    for plan in readable:  # of all, before anything is begun that nobody would wait for
        check_free(care, plan.feed)
    runs = {plan.feed: publish(care, plan) for plan in readable}
    letters = chosen.letters
    if letters is None:
        letters = [letter["id"] for letter in dead_of(care, chosen.feed)]
    revived = care.revive(letters) if letters else 0
    hands.until_settled([run for run in runs.values() if run])
    done = [_done(care, plan, runs.get(plan.feed, "")) for plan in found]
    for plan in done:
        mark(care, [*plan.readable, *plan.superseded])
    return done, revived


def busy(care: Care, feed: str) -> bool:
    """Whether a run of the feed is at work, here or in another process."""
    return any(run.status in LIVE for run in care.state.runs(feed))


def dead_of(care: Care, feed: str) -> list[dict[str, Any]]:
    """The dead letters about a feed; all of them where none is named."""
    return [letter for letter in care.dead() if feed in {"", letter["feed"]}]


def check_free(care: Care, feed: str) -> None:
    """Raises InUse where a run of the feed is at work."""
    if busy(care, feed):
        raise InUse("in-other-hands", feed=feed)


def _done(care: Care, plan: Plan, name: str) -> Plan:
    """What was in fact done: what another run was in the way of stays held."""
    run = care.state.run(name)
    if run is not None and run.status == "settled":
        return plan
    return plan._replace(
        readable=[], held=[*plan.held, *(Kept(row, "kept-busy", {}) for row in plan.readable)]
    )


def publish(care: Care, plan: Plan) -> str:
    """A run of the feed that holds these records, wholly fetched: what follows is parse and settle, as ever.

    It lists nothing, so that no absence means anything, and leaves the feed's cursor where it is. Gives the run's id.
    """
    from worklens.messages import SyncRequested
    from worklens.sources.base import Coverage
    from worklens.tasks import digest

    check_free(care, plan.feed)
    state, feed = care.state, care.state.feed(plan.feed)
    number = feed.runs + 1 if feed else 1
    name = digest(plan.feed, "replay", str(number))
    request = SyncRequested(feed=plan.feed, run=name, window=f"{REPLAY}{number}")
    now = care.ports.clock.now()
    begun = state.begin(request, now)
    if begun.run is None or begun.run.run != name or feed is None:
        return name  # another run is at work; what is held stays held
    run = state.advance(begun.run, "", batches(begun.run, plan.readable), now)
    state.fetched(run, feed.cursor, msgspec.json.encode(Coverage()).decode())
    return name


def batches(run: Run, rows: Sequence[dict[str, Any]]) -> list[Any]:
    """The records in bounded batches, each with the instant at which it was seen."""
    from worklens.messages import Batch, batch_id, chunks

    made: list[Batch] = []
    for seen_at in sorted({row["seen_at"] for row in rows}):
        payloads = [row["record"] for row in rows if row["seen_at"] == seen_at]
        for chunk in chunks(payloads):
            first = made[-1].first + len(made[-1].records) if made else 0
            made.append(
                Batch(
                    feed=run.feed,
                    run=run.run,
                    window=run.window,
                    number=run.number,
                    page=0,
                    batch=batch_id(run.run, len(made), b"\n".join(chunk)),
                    first=first,
                    seen_at=seen_at,
                    records=[msgspec.Raw(record) for record in chunk],
                )
            )
    return made


def mark(care: Care, rows: Sequence[dict[str, Any]]) -> None:
    """Say that these records are held no longer; what was kept of them beside the table goes."""
    if not rows:
        return
    names = [name for name in rows[0] if name != "record"]
    with care.warehouse.write() as session:
        session.append(
            "quarantine",
            {name: ["replayed" if name == "status" else row[name] for row in rows] for name in names},
        )
    for row in rows:
        if row["blob"]:
            care.blobs.delete(row["blob"])
