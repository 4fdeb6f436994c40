"""Standing forecasts: once a day, whatever comes twice or late, and made again from the ledger."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
import pytest

from tests.moulds import platform_in
from tests.stages.facts import FEED, settle
from worklens.analysis.forecast.forecast import NEEDED
from worklens.local.platform import Platform
from worklens.ports import Feed
from worklens.stages import forecasting, history, paces
from worklens.stages.standing import ASKED, LEAST_OPEN, SUBJECTS, chosen, may_stand, stand
from worklens.tasks import DAY, Moment, Task, instant

NOW = instant("2026-03-01T12:00:00Z").micros
HOUR = 3_600_000_000
PAST = [
    Task(
        account=FEED, task=f"d{n}", collection="home", created=Moment(NOW - 100 * DAY), completed=Moment(NOW - n * DAY)
    )
    for n in range(1, 60)
]  # fmt: skip
OPEN = [
    Task(account=FEED, task=f"o{n}", collection="home", created=Moment(NOW - 2 * DAY))
    for n in range(LEAST_OPEN)
]


def ledger(platform: Platform, table: str = "forecast_ledger") -> list[dict[str, Any]]:
    """Its rows."""
    with platform.warehouse.read() as session:
        rows = session.query(table)
    return [dict(zip(rows, values, strict=True)) for values in zip(*rows.values(), strict=True)]


def test_an_imported_file_is_asked_about_its_accounts_alone(platform: Platform) -> None:
    """Nobody waits for its lists."""
    message = settle(platform, [*PAST, *OPEN], seen_at=NOW)
    stored = stand(msgspec.structs.replace(message, window="import-1"), platform.ports)

    assert stored == len(ASKED) + 1
    assert {row["collection"] for row in ledger(platform)} == {None}


def test_an_hourly_run_asks_once_a_day(platform: Platform) -> None:
    """The account's questions and its list's; a repetition and a run an hour later have nothing to add, a day later they do."""
    message = settle(platform, [*PAST, *OPEN], seen_at=NOW)
    stored = stand(message, platform.ports)

    assert stored == 2 * (len(ASKED) + 1)
    assert stand(message, platform.ports) == 0
    assert stand(settle(platform, [], run=2, seen_at=NOW + HOUR), platform.ports) == 0
    assert len(ledger(platform, "forecasts")) == stored * 4
    assert stand(settle(platform, [], run=3, seen_at=NOW + DAY), platform.ports) == stored


def test_messages_in_any_order_end_in_the_same_ledger(platform: Platform, tmp_path: Path) -> None:
    """The earliest run of a day has the word, also where it is heard last, and though a completion came between."""
    late = Task(account=FEED, task="late", created=Moment(NOW - 9 * DAY), completed=Moment(NOW - 3 * DAY))
    messages = [
        settle(platform, [*PAST, *OPEN], seen_at=NOW),
        settle(platform, [late], run=2, seen_at=NOW + HOUR),
    ]
    for message in reversed(messages):
        stand(message, platform.ports)
    graded = {row["forecast_id"] for row in ledger(platform, "forecast_grades")}

    other = platform_in(tmp_path / "other")
    other.ports.state.save_feed(Feed(name=FEED, source="wunderlist"))
    for message in (
        settle(other, [*PAST, *OPEN], seen_at=NOW),
        settle(other, [late], run=2, seen_at=NOW + HOUR),
    ):
        stand(message, other.ports)
    expected = {row["forecast_id"] for row in ledger(other, "forecast_grades")}
    other.close()

    assert graded == expected


def test_what_was_half_written_is_completed(platform: Platform) -> None:
    """An answer of which levels are missing does not stand for the whole."""
    message = settle(platform, PAST, seen_at=NOW)
    stand(message, platform.ports)
    with platform.warehouse.write() as session:
        session.connection.execute("DELETE FROM forecasts WHERE level = 0.95 AND amount = 14")

    assert stand(message, platform.ports) == 1
    assert len(ledger(platform)) == len(ASKED) * 4


def test_too_little_evidence_stores_nothing(platform: Platform) -> None:
    """An account in which hardly anything was done has no forecasts, and none is made up."""
    assert stand(settle(platform, [*PAST[:2], *OPEN], seen_at=NOW), platform.ports) == 0


@pytest.mark.parametrize("days", [NEEDED - 1, NEEDED])
def test_who_need_not_be_asked_would_have_no_answer(platform: Platform, days: int) -> None:
    """From the day on which the first answer is possible, there is one."""
    message = settle(platform, [*PAST[:days], *OPEN], seen_at=NOW)
    with platform.warehouse.read() as session:
        known = history.read(session, FEED, "lives")

    assert known is not None
    assert may_stand(known) == (days >= NEEDED) == (stand(message, platform.ports) > 0)


def test_the_questions_of_a_run_are_bounded(platform: Platform) -> None:
    """However many people and lists a feed holds."""
    many = [
        msgspec.structs.replace(task, account=f"{FEED}/{person}", collection=f"l{place % 5}")
        for person in range(30)
        for place, task in enumerate([*PAST[:3], *OPEN])
    ]
    settle(platform, many, seen_at=NOW)
    with platform.warehouse.read() as session:
        found = paces.read(session, FEED)

    assert found is not None
    assert len(chosen(found)) == SUBJECTS
    assert not any(pace.collection for pace in chosen(found))


def test_a_pace_is_the_throughput(platform: Platform) -> None:
    """Day by day what the view counts, up to the day before the look; a completion of unknown day is told of, not counted."""
    noticed = Task(account=FEED, task="n", created=Moment(NOW - 9 * DAY), completed=Moment(NOW - DAY, "seen"))
    settle(platform, [*PAST, *OPEN, noticed], seen_at=NOW)
    with platform.warehouse.read() as session:
        found = paces.read(session, FEED)
        daily = session.query("throughput_daily")
    assert found is not None
    whole, home = found.paces
    counted = dict(zip(daily["day"], daily["value"], strict=True))

    first = instant("1970-01-01T00:00:00Z").datetime.date() + timedelta(days=whole.first)
    days = [first + timedelta(days=n) for n in range(whole.done.size)]
    throughput = np.array([counted.get(day, 0) for day in days])
    throughput[-1] -= 1  # the noticed one
    assert whole.done.tolist() == throughput.tolist()
    assert (whole.undated, whole.open, home.collection) == (1, LEAST_OPEN, "home")


def test_a_forecast_can_be_made_again_from_the_ledger(platform: Platform) -> None:
    """Same inputs, same values, also after much else came in; not after its data was withdrawn."""
    stand(settle(platform, [*PAST, *OPEN], seen_at=NOW), platform.ports)
    rows = [row for row in ledger(platform) if row["asks"] == "when_30" and row["collection"] is None]
    done = [msgspec.structs.replace(task, completed=Moment(NOW + DAY)) for task in OPEN]
    settle(platform, done, run=2, seen_at=NOW + 2 * DAY)
    with platform.warehouse.read() as session:
        found = forecasting.again(session, platform.ports.blobs, rows)

    assert found[1:] == (True, True, True)


def test_a_calendar_is_kept_with_what_it_was_used_for(platform: Platform) -> None:
    """Changed since, the old one still makes the old forecast."""
    ports = platform.ports
    ports.state.save_feed(
        Feed(name=FEED, source="wunderlist", settings={"calendar": {"week": [0, 1, 2, 3, 4]}})
    )
    stand(settle(platform, PAST, seen_at=NOW), ports)
    ports.state.save_feed(Feed(name=FEED, source="wunderlist", settings={}))
    rows = [row for row in ledger(platform) if row["asks"] == "when_30"]
    with platform.warehouse.read() as session:
        found = forecasting.again(session, ports.blobs, rows)

    assert rows[0]["calendar"] is not None
    assert found[1:] == (True, True, True)
