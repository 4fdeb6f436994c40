"""The scores that hold: of the newest run that was scored and counts, each once, with their prospects."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from tests.warehouse.conftest import SETTLED, Store

from worklens.tasks import is_anothers

DAY = timedelta(days=1)
DUE = date(2026, 6, 20)


def scored(
    store: Store,
    run: int = 1,
    model: str = "age-curve",
    *,
    with_prospect: bool = True,
    prospect: Mapping[str, Any] | None = None,
    **given: Any,
) -> None:
    """A task's chance within a week, and its prospect."""
    seen = SETTLED + (run - 1) * DAY
    key = {
        "feed": "a:me",
        "account": "a:me",
        "task": "t",
        "occurrence": "",
        "run": run,
        "model": model,
        "version": "v",
    }
    row = {"horizon_days": 7, "probability": 0.5, "age_days": 3.0, "at_risk": 40}
    store.add("scores", **(key | row | {"seen_at": seen} | given))
    if with_prospect:
        more = {
            "features": "f",
            "origin_day": date(2026, 6, 1),
            "evidence": 40,
            "never": 0.1,
            "seen_at": seen,
        }
        more |= prospect or {}
        store.add("prospects", **(key | more | {name: given[name] for name in ("task",) if name in given}))


def latest(store: Store, *columns: str, **when: Any) -> list[tuple[Any, ...]]:
    """Those columns of what holds."""
    return store.pick("latest_scores", *columns, **when)


def test_the_newest_run_holds_and_each_row_once(store: Store) -> None:
    """Delivered twice it is there once; a task that is not scored any more is not there."""
    store.run(1)
    store.run(2, seen=SETTLED + DAY)
    scored(store, 1, task="done since")
    scored(store, 2)
    scored(store, 2)

    assert latest(store, "task", "run", "probability", "never") == [("t", 2, 0.5, 0.1)]
    assert latest(store, "task", as_of=SETTLED) == [("done since",)]
    assert latest(store, "task", known_at=SETTLED) == [("done since",)]


def test_a_withdrawn_run_counts_no_more(store: Store) -> None:
    """What held before holds again."""
    store.run(1)
    store.run(2, seen=SETTLED + DAY)
    store.run(2, seen=SETTLED + 2 * DAY, status="withdrawn")
    scored(store, 1)
    scored(store, 2, probability=0.9)

    assert latest(store, "run", "probability") == [(1, 0.5)]


def test_rows_of_before_there_were_prospects_stay(store: Store) -> None:
    """With nothing of what was not told then."""
    store.run(1)
    scored(store, with_prospect=False)

    assert latest(store, "probability", "never", "reasons") == [(0.5, None, None)]


def test_of_two_models_of_one_run_the_learnt_one_holds(store: Store) -> None:
    """A message that came again after a model was published was scored by both."""
    store.run(1)
    scored(store)
    scored(store, model="hazard", probability=0.7)

    assert latest(store, "model", "probability", "never") == [("hazard", 0.7, 0.1)]


def test_what_a_task_calls_for(store: Store) -> None:
    """Late goes before never, never before soon; an overdue one is not likely late any more; of what recurs ages say nothing."""
    store.run(1)
    open_tasks: dict[str, tuple[float | None, float | None, float | None]] = {
        "late": (0.6, 0.9, 0.1), "later": (0.9, None, 0.1), "overdue": (1.0, 0.2, 0.6), "never": (None, 0.5, 0.9),
        "soon": (0.4, 0.4, 0.5), "wait": (None, None, 0.4), "unknown": (None, None, None),
    }  # fmt: skip
    for name, (late, never, week) in open_tasks.items():
        store.state(name, due=DUE)
        scored(store, task=name, probability=week, prospect={"late": late, "never": never})
    store.state("rent", due=DUE, recurrence="every month")
    scored(store, task="rent", prospect={"late": 0.9})
    store.state("done", completed=DUE)
    scored(store, task="done")

    assert sorted(store.pick("attention", "task", "need", "among", "place")) == sorted(
        [
            ("late", "late", 2, 2), ("later", "late", 2, 1), ("overdue", "soon", 2, 1), ("never", "never", 1, 1),
            ("soon", "soon", 2, 2), ("rent", "wait", 2, 1), ("wait", "wait", 2, 2), ("unknown", "unknown", 1, 1),
        ]
    )  # fmt: skip
    assert len(store.pick("attention_first", "task")) == 8
    told = store.ask("open_chances", feed="a:me")
    assert {row["task"] for row in told} == {*open_tasks, "rent"} - {"unknown"}


def test_what_is_somebody_elses_calls_for_nothing(store: Store) -> None:
    """Of a team's repository it is a number; the own tasks keep their places and counts, and a number elsewhere is a title."""
    titles = {"theirs": "#12", "mine": "#12 again, and again", "also": "# mine", "elsewhere": "#12"}
    accounts = {name: "a:me" if name == "elsewhere" else "github:mill" for name in titles}
    store.run(1)
    store.run(1, feed="github:mill")
    for name, title in titles.items():
        about = {"feed": accounts[name], "account": accounts[name]}
        store.state(name, title=title, **about)
        scored(store, task=name, probability=0.9 if name == "theirs" else 0.6, prospect=about, **about)

    told = {row[0]: row[1:] for row in store.pick("attention", "task", "need", "among", "title")}
    assert told == {
        name: ("theirs", 1, title) if name == "theirs" else ("soon", 1 if name == "elsewhere" else 2, title)
        for name, title in titles.items()
    }
    assert {name: is_anothers(accounts[name], title) for name, title in titles.items()} == {
        name: name == "theirs" for name in titles
    }
