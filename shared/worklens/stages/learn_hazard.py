"""Learn's part about the hazard: when it is learnt anew, how it is graded on the people's own past, and whose tasks it then tells.

One is learnt of a feed's people together, and graded on each by themselves. It is learnt anew when its chances cost more since
than their grade let expect, when the history grew by a quarter, when something was withdrawn, when what it borrowed has to be
given back, or after EVERY days.
"""

from __future__ import annotations

from dataclasses import asdict
from typing import Any, NamedTuple

import numpy as np

from worklens.analysis.hazard.band import Band, Lately, band, lately
from worklens.analysis.hazard.grading import Graded, Verdict, grade, late_verdict, together, verdict
from worklens.analysis.hazard.model import fit
from worklens.messages import LearnRequested
from worklens.ports import Pointer, Ports
from worklens.stages import hazards
from worklens.stages.borrowing import is_due_back, loan_for
from worklens.stages.hazards import MODEL, Learnt, arrays_of, knows
from worklens.stages.history import ages
from worklens.stages.records import Told
from worklens.tasks import DAY

EVERY = 30  # days: what nobody complains about may still have aged
REFITS = (
    4  # of the grade: half a minute for a large account would be no work for a laptop; more change it little
)


class Known(NamedTuple):
    """What a request knows: the records, how many tasks had ended, and what was published before."""

    told: Told
    ended: int
    before: Pointer | None
    served: Learnt | None
    lately: Lately | None  # how the served one has done since it was learnt
    due_back: bool = False  # what was published may not hold any longer what it borrowed


def learn_hazard(request: LearnRequested, ports: Ports, told: Told) -> str:
    """Learn the feed's hazard where that is due, and publish it for those whose tasks it told better; why it was, "" where it wasn't.

    ``told`` is what had been seen by the request. A repeated request finds its work done, so that the file is that of the first.
    """
    feed = request.feed
    before = ports.state.pointer(feed, MODEL)
    if before and before.evidence["at"] >= request.at:
        _tidy(feed, ports)
        return ""
    known = _known(feed, before, told, ports)
    why = reason(known, request.at)
    if why:
        _publish(request, known, why, ports)
    elif before:
        looked = {"at": request.at, "lately": known.lately and known.lately._asdict()}
        ports.state.point(feed, MODEL, before.version, {**before.evidence, **looked})
    return why


def _known(feed: str, before: Pointer | None, told: Told, ports: Ports) -> Known:
    served = hazards.load(feed, ports)
    since = before.evidence["day"] if before and served else None
    found = (
        lately(served.hazard, told.records, since=since, today=told.end)
        if served and since is not None
        else None
    )
    due_back = before is not None and is_due_back(before.evidence, ports)
    return Known(told, int(np.count_nonzero(ages(told.history).cause)), before, served, found, due_back)


def reason(known: Known, at: int) -> str:
    """Why it is to be learnt anew; "" where the one before still holds."""
    if known.before is None:
        return "first"
    if known.due_back:
        return "borrowed"
    then = known.before.evidence
    if at - then["fitted"] >= EVERY * DAY:
        return "month"
    if not knows(then["ended"], known.ended):
        return "history"
    if known.before.version and known.served is None:
        return "lost"
    worse = known.lately and Band(**then["band"]).left_by(known.lately.loss, known.lately.days)
    return "band" if worse else ""


# ----- Publishing -----


def _publish(request: LearnRequested, known: Known, why: str, ports: Ports) -> None:
    """Store the file first, then point to it, then remove the one before. Where none passed, the name stands for none."""
    feed, told = request.feed, known.told
    loan = loan_for(feed, ports)
    graded = grade(told.records, told.end, refits=REFITS, prior=loan.prior)
    grades = grades_of(graded, told.accounts) if graded else {}
    passed = {name: one for name, one in grades.items() if one.done.passed}
    version = ""
    if passed:
        warm = known.served.hazard if known.served and not known.due_back else None
        hazard = fit(told.records, today=told.end, prior=loan.prior, warm=warm)
        late = {name: one.rate for name, one in passed.items()}
        version = hazards.store(feed, arrays_of(told.history.now, known.ended, late, hazard), ports)
    evidence = _evidence(request, known, why, graded, grades)
    ports.state.point(feed, MODEL, version, {**evidence, "borrowed": list(loan.lenders)})
    _tidy(feed, ports)
    if version and ports.state.feed(feed) is None:  # forgotten meanwhile
        ports.blobs.delete(hazards.place(feed, version))


def _tidy(feed: str, ports: Ports) -> None:
    """Remove the file that the one in force took the place of."""
    known = ports.state.pointer(feed, MODEL)
    replaced = known.evidence["replaced"] if known else ""
    if known and replaced not in {"", known.version}:
        ports.blobs.delete(hazards.place(feed, replaced))


def _evidence(
    request: LearnRequested, known: Known, why: str, graded: Graded | None, grades: dict[str, AccountGrade]
) -> dict[str, Any]:
    """What says whether it holds the next time, and each person's grade."""
    expected = band(graded) if graded else Band(0.0, 0.0, 0)
    return {
        "at": request.at,
        "fitted": request.at,
        "day": known.told.end,
        "ended": known.ended,
        "why": why,
        "replaced": known.before.version if known.before else "",
        "band": expected._asdict(),
        "lately": known.lately and known.lately._asdict(),  # of the one before
        "accounts": {name: one.evidence for name, one in grades.items()},
    }


# ----- Grades -----


class AccountGrade(NamedTuple):
    """How it told one person's tasks: beside their curve, and their due dates beside the share they miss."""

    done: Verdict
    late: Verdict
    rate: float  # that share, NaN where its own answer did better or nothing was due

    @property
    def evidence(self) -> dict[str, Any]:
        """For the pointer."""
        both = {"done": self.done, "late": self.late}
        return {name: {**asdict(one), "passed": one.passed} for name, one in both.items()}


def grades_of(graded: Graded, accounts: tuple[str, ...]) -> dict[str, AccountGrade]:
    """Of each person with anything graded, by name; who is told by the model stands out among all of them."""
    codes = np.unique(graded.person).tolist()
    own = [graded.those(graded.person == code) for code in codes]
    done, late = (together([judge(one) for one in own]) for judge in (verdict, late_verdict))
    rates = [np.nan if lately.passed else late_rate(one) for lately, one in zip(late, own, strict=True)]
    found = map(AccountGrade, done, late, rates)
    return dict(zip((accounts[code] for code in codes), found, strict=True))


def late_rate(own: Graded) -> float:
    """What the base rate told last of a person's due dates; NaN where it told nothing."""
    known = ~np.isnan(own.late)
    if not known.any():
        return np.nan
    last = known & (own.block == own.block[known].max())
    return float(own.told_late["base_rate"][last].mean())
