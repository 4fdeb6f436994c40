"""What a run brought: counted from the warehouse, told as a table or as JSON."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

import msgspec

from worklens.stages.asking import ask, records
from worklens.stages.quarantine import params_of
from worklens.tasks import EVENT_KINDS

if TYPE_CHECKING:
    from worklens.cli.desk import Desk
    from worklens.cli.shell import Shell
    from worklens.ports import Run
    from worklens.stages.care import Asked

TASK = "CONCAT(account, CHR(10), task, CHR(10), occurrence)"  # as one value; no name has a line end
PLACE = "CONCAT(LPAD(CAST(LENGTH(place) AS STRING), 9, '0'), place)"  # row 9 comes before row 10
QUARANTINED = 3  # the exit code of what was done, but for records put aside


class Held(msgspec.Struct, frozen=True):
    """Records put aside for one reason, told by the first of them."""

    reason: str
    count: int
    place: str
    text: str


class Outcome(msgspec.Struct, frozen=True, kw_only=True):
    """What one run brought. ``run`` is the name by which it can be undone."""

    run: str
    account: str
    file: str
    records: int
    tasks: int
    events: dict[str, int]
    quarantined: list[Held]
    seen_at: int

    @property
    def changed(self) -> bool:
        """Whether it told anything new."""
        return bool(self.events)

    @property
    def held(self) -> int:
        """How many records were put aside."""
        return sum(one.count for one in self.quarantined)


def name_of(feed: str, number: int) -> str:
    """How a run is called: the account and its number, ``wunderlist:me#3``."""
    return f"{feed}#{number}"


def outcomes(platform: Desk, runs: Sequence[Run], shell: Shell) -> list[Outcome]:
    """What these settled runs brought."""
    if not runs:
        return []
    with platform.warehouse.read() as session:
        return [_outcome(session, run, shell) for run in runs]


def _outcome(session: Asked, run: Run, shell: Shell) -> Outcome:
    about: dict[str, Any] = {"feed": run.feed, "run": run.number}
    where = "WHERE feed = $feed AND run = $run"
    tasks = ask(
        session,
        "task_states",
        where,
        columns=f"COUNT(DISTINCT {TASK}) AS n",
        **about,
    )
    kinds = ask(
        session,
        "task_events",
        f"{where} GROUP BY kind",
        columns="kind, COUNT(DISTINCT event_id) AS n",
        **about,
    )
    events = dict(zip(kinds["kind"], kinds["n"], strict=True))
    return Outcome(
        run=name_of(run.feed, run.number),
        account=run.feed,
        file=run.name,
        records=run.records,
        tasks=tasks["n"][0],
        events={kind: events[kind] for kind in EVENT_KINDS if kind in events},
        quarantined=held(session, shell, f"{where} AND status = 'held'", **about),
        seen_at=run.now,
    )


def held(session: Asked, shell: Shell, rest: str, **params: Any) -> list[Held]:
    """Records in quarantine by reason, the most frequent first."""
    rows = ask(
        session,
        "quarantine",
        f"{rest} GROUP BY reason ORDER BY n DESC, reason",
        columns=f"reason, COUNT(DISTINCT quarantine_id) AS n, MIN_BY(place, {PLACE}) AS place,"
        f" MIN_BY(params, {PLACE}) AS params",
        **params,
    )
    return [
        Held(row["reason"], row["n"], row["place"], shell.reason(row["reason"], params_of(row["params"])))
        for row in records(rows)
    ]


def exit_code(found: Iterable[Outcome]) -> int:
    """3 where a record was put aside, else 0."""
    return QUARANTINED if any(one.quarantined for one in found) else 0
