"""`worklens alerts`: what changed, and the messages of it for a program."""

from __future__ import annotations

import json
from datetime import date

from tests.cli.conftest import Person
from worklens.cli.local_desk import LocalDesk
from worklens.findings.alerts import Alert
from worklens.local.platform import open_platform
from worklens.messages import AlertRaised, TasksChanged
from worklens.stages.alerts import id_of, warn


def test_what_changed_is_listed_and_taken_once(worker: Person) -> None:
    """First nothing; then in words, as a document, before the findings, and as a line on the topic."""
    assert "Nothing changed" in worker.run("alerts").out
    platform = open_platform(worker.data)
    feed, now = platform.state.feeds()[0].name, platform.ports.clock.now()
    alert = Alert(key="work_doubled", account=feed, began=date(2026, 3, 1), params={"open": 90, "usual": 41})
    warn(TasksChanged(feed=feed, run="r", window="w", number=1, seen_at=now), [alert], now, 1, platform.ports)
    platform.close()

    assert "2026-03-01" in worker.run("alerts").out
    assert "90 项未完成任务" in worker.run("alerts", "--language", "zh").out
    (row,) = worker.run("alerts", "--json").json["alerts"]
    assert (row["alert"], row["began"]) == (id_of(alert), "2026-03-01")
    assert worker.run("--json").json["alerts"] == [row]
    assert worker.run().out.startswith("!  90 tasks are open, twice the usual 41")
    assert json.loads(worker.run("alerts", "--take").out)["alert"] == id_of(alert)
    assert worker.run("alerts", "--take").out == ""


def test_who_is_cut_off_gets_them_again(worker: Person) -> None:
    """All that wait are given, and gone only once they were gone through."""
    desk = LocalDesk(worker.data)
    message = AlertRaised(feed="f", run="r", window="w", alert="a", account="f", key="work_doubled")
    desk.ports.bus.publish([message] * 250)
    assert next(desk.take_alerts()).alert == "a"
    desk.platform.database.connection.execute("DELETE FROM held")  # as for a process that is no more

    assert len(list(desk.take_alerts())) == 250
    assert list(desk.take_alerts()) == []
    desk.close()
