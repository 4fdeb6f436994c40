"""The learnt hazard: published where it told a person's tasks better than their curve, served by score, learnt anew when due."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import msgspec
import numpy as np
import pytest

from tests.stages.facts import FEED, NOW, copied, opened, settle
from tests.stages.facts import learn_requested as request
from worklens.analysis.hazard.band import Band, Lately
from worklens.local.forget import Target, forget
from worklens.local.platform import Platform
from worklens.messages import TasksChanged
from worklens.ports import Feed, Pointer
from worklens.stages import hazards
from worklens.stages.borrowing import BORROW, give_back, is_due_back, loan_for
from worklens.stages.hazards import MODEL, knows
from worklens.stages.history import needs_told
from worklens.stages.learn import learn
from worklens.stages.learn_hazard import Known, learn_hazard, reason
from worklens.stages.records import load
from worklens.stages.score import score
from worklens.tasks import DAY, Moment, Task, digest

SETTLED = TasksChanged(feed=FEED, run="r1", window="w", number=1, seen_at=NOW)
OTHER = f"{FEED}/2"


def lived() -> list[Task]:
    """Two lists, one ten times as fast, so that a curve of the age alone knows too little; and another person's few tasks."""
    dice = np.random.default_rng(5)
    tasks = []
    for number in range(700):
        born = NOW - round(float(dice.uniform(1, 600)) * DAY)
        lives = round(float(dice.exponential(4 if number % 2 else 40)) * DAY)
        tasks.append(
            Task(
                account=FEED if number < 660 else OTHER,
                task=f"t{number}",
                collection=f"list {number % 2}",
                created=Moment(born),
                completed=Moment(born + lives) if born + lives < NOW else None,
            )
        )
    return tasks


@pytest.fixture(scope="module")
def _learnt(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data directory in which it was learnt, made once."""
    root = tmp_path_factory.mktemp("learnt")
    with opened(root, lived()) as platform:
        learn(request(), platform.ports)
    return root


@pytest.fixture
def learnt(_learnt: Path, tmp_path: Path) -> Iterator[Platform]:
    """A copy of it, to do with as one likes."""
    with copied(_learnt, tmp_path) as platform:
        yield platform


def again(platform: Platform, at: int) -> str:
    """Learn from what had been seen by then; why it was."""
    with platform.warehouse.read() as session:
        told = load(session, FEED, known_at=max(at, NOW))
    assert told
    return learn_hazard(request(at), platform.ports, told)


def pointed(platform: Platform) -> Pointer:
    """What the feed's hazard stands for."""
    found = platform.state.pointer(FEED, MODEL)
    assert found is not None
    return found


def models(platform: Platform) -> dict[str, set[str]]:
    """Which model tells of each account in the table of scores."""
    with platform.warehouse.read() as session:
        table = session.query("prospects")
    told: dict[str, set[str]] = {}
    for account, model in zip(table["account"], table["model"], strict=True):
        told.setdefault(account, set()).add(model)
    return told


# ----- Published and served -----


def test_each_person_is_told_by_the_model_that_told_them_better(learnt: Platform) -> None:
    """Of whose past shows it the hazard speaks, with its version, its evidence and what moved it; of the other's their curve."""
    score(SETTLED, learnt.ports)
    with learnt.warehouse.read() as session:
        rows = session.query("prospects")
    known = pointed(learnt)
    own = [row for row, account in enumerate(rows["account"]) if account == FEED]
    told = [row for row in own if rows["reasons"][row] is not None]

    assert models(learnt) == {FEED: {MODEL}, OTHER: {"age-curve"}}
    assert {rows["version"][row] for row in own} == {known.version}
    assert len({rows["features"][row] for row in own}) == 1
    assert any('"list"' in rows["reasons"][row] for row in told)
    assert min(rows["evidence"][row] for row in told) >= 20
    with learnt.warehouse.read() as session:
        needs = needs_told(session, FEED)
    assert {(one.account, one.models) for one in needs} == {(FEED, (MODEL,))}
    grade = known.evidence["accounts"][FEED]["done"]
    assert grade["passed"]
    assert grade["ours"] < grade["plain"]


def test_what_came_before_it_is_told_by_the_curve(learnt: Platform) -> None:
    """A run of which it knows the future isn't served by it."""
    score(msgspec.structs.replace(SETTLED, seen_at=NOW - DAY), learnt.ports)

    assert all(told == {"age-curve"} for told in models(learnt).values())


def test_due_dates_are_told_by_the_share_that_is_missed_unless_it_did_better(learnt: Platform) -> None:
    """What is overdue stays late, and what has no date has no chance."""
    found = hazards.load(FEED, learnt.ports)
    assert found is not None
    chances = np.array([0.2, 1.0, np.nan])

    np.testing.assert_array_equal(
        found._replace(late=np.array([0.3])).lateness(FEED, chances), [0.3, 1.0, np.nan]
    )
    np.testing.assert_array_equal(found._replace(late=np.array([np.nan])).lateness(FEED, chances), chances)


# ----- Again and again -----


def test_a_repeated_request_changes_nothing(learnt: Platform) -> None:
    """Nor does one from before; on a platform of its own the same past gives the same bytes."""
    before = pointed(learnt)
    file = learnt.blobs.get(hazards.place(FEED, before.version))
    assert again(learnt, NOW) == ""
    assert again(learnt, NOW - DAY) == ""
    assert pointed(learnt) == before

    learnt.database.connection.execute("DELETE FROM pointers WHERE name = ?", (MODEL,))
    learnt.blobs.delete(hazards.place(FEED, before.version))
    assert again(learnt, NOW) == "first"
    assert learnt.blobs.get(hazards.place(FEED, pointed(learnt).version)) == file


def test_what_holds_is_only_looked_at(learnt: Platform) -> None:
    """A day later nothing is fitted; a month later it is, from where it was, and the file before goes."""
    before = pointed(learnt)
    assert again(learnt, NOW + DAY) == ""
    assert pointed(learnt).version == before.version
    assert pointed(learnt).evidence["at"] == NOW + DAY

    fresh = Task(account=FEED, task="n", created=Moment(NOW), completed=Moment(NOW + 29 * DAY))
    settle(learnt, [fresh], run=2, seen_at=NOW + 30 * DAY)
    assert again(learnt, NOW + 30 * DAY) == "month"
    after = pointed(learnt)
    assert after.version != before.version
    assert [name for name in learnt.blobs.names() if MODEL in name] == (
        [hazards.place(FEED, after.version)] if after.version else []
    )
    assert after.evidence["lately"]["rows"] >= 30


def test_why_it_is_learnt_anew() -> None:
    """A grade that is missed, a history that grew by a quarter or shrank, a file that is gone, a month."""
    band = Band(0.3, 0.05, 10)
    then = {"fitted": NOW, "ended": 100, "band": band._asdict()}

    def why(ended: int = 100, at: int = NOW + DAY, loss: float = 0.3, version: str = "") -> str:
        known = Known(None, ended, Pointer(version, then), None, Lately(loss, 50, 30))  # type: ignore[arg-type]
        return reason(known, at)

    assert why() == why(ended=125) == why(loss=0.1) == ""
    assert why(ended=126) == why(ended=99) == "history"
    assert why(at=NOW + 30 * DAY) == "month"
    assert why(version="v") == "lost"
    assert why(loss=0.42) == "band"
    assert not band.left_by(0.40, 30)
    assert not Band(0.0, 0.0, 0).left_by(9.0, 90)
    assert knows(80, 100)


def test_who_is_forgotten_leaves_no_hazard(learnt: Platform) -> None:
    """One person of the feed: the file was made of both, so it goes, and so does its pointer."""
    forget(learnt, Target(FEED, OTHER, lambda record: False))

    assert learnt.blobs.names("models/") == []
    assert learnt.state.pointer(FEED, MODEL) is None


# ----- Borrowing -----


def test_parameters_are_lent_to_who_asks(learnt: Platform, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody borrows unasked; who asks gets parameters without a life of any task; what was borrowed is not lent on."""
    assert loan_for("todoist:small", learnt.ports).prior is None

    monkeypatch.setenv(BORROW, "1")
    lent, lenders = loan_for("todoist:small", learnt.ports)

    assert lent is not None
    assert (lent.lives.size, lent.late) == (0, None)
    assert lenders == (digest(FEED),)
    assert loan_for(FEED, learnt.ports) == (None, ())
    known = pointed(learnt)
    assert known.evidence["borrowed"] == []
    learnt.state.point(FEED, MODEL, known.version, {**known.evidence, "borrowed": [digest("todoist:small")]})
    assert loan_for("todoist:small", learnt.ports).prior is None


def test_what_was_borrowed_is_given_back(learnt: Platform, monkeypatch: pytest.MonkeyPatch) -> None:
    """When its lender is forgotten, in part too: file and pointer go at once, and the next night learns anew; so it does
    where nobody borrows any longer, and where one of before doesn't say from whom."""
    monkeypatch.setenv(BORROW, "1")
    lender = "todoist:lender"
    learnt.state.save_feed(Feed(name=lender, source="todoist"))
    known = pointed(learnt)
    lent = {**known.evidence, "borrowed": [digest(lender)]}
    assert not is_due_back(known.evidence, learnt.ports)
    assert not is_due_back(lent, learnt.ports)
    assert is_due_back({"borrowed": True}, learnt.ports)
    assert is_due_back({"borrowed": [digest("todoist:gone")]}, learnt.ports)
    with monkeypatch.context() as patch:
        patch.delenv(BORROW)
        assert is_due_back(lent, learnt.ports)

    learnt.state.point(FEED, MODEL, known.version, lent)
    give_back("todoist:another", learnt.ports)
    assert pointed(learnt).version == known.version
    with monkeypatch.context() as killed:
        killed.setattr(learnt.blobs, "delete", lambda _: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            give_back(lender, learnt.ports)
    for _ in range(2):
        give_back(lender, learnt.ports)
    assert pointed(learnt).version == ""
    assert [name for name in learnt.blobs.names() if MODEL in name] == []

    assert again(learnt, NOW + DAY) == "borrowed"
    assert pointed(learnt).evidence["borrowed"] == []
    assert again(learnt, NOW + 2 * DAY) == ""
