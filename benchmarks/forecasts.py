"""Forecasts of "how many" and "when" on real logs, from the past alone at every origin, beside the plain bootstraps."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from _evidence import publish, table
from _logs import developers, pomodoros
from worklens.analysis.arrays import Floats, Ints
from worklens.analysis.forecast.bootstrap import bootstrap
from worklens.analysis.forecast.evaluate import USUAL, WINDOWS, Evaluation, evaluate
from worklens.analysis.forecast.forecast import past_origins
from worklens.analysis.forecast.grades import capped, kept
from worklens.analysis.forecast.questions import HowMany, Question, Truth, When, promised, truth

QUESTIONS: dict[str, Question] = {
    "how_many_14d": HowMany(14),
    "how_many_30d": HowMany(30),
    "when_10": When(10),
    "when_30": When(30),
}
LEVELS = ("log", "question", "n", "level", "came true", "mean promise", "pinball", *(f"bootstrap {days} d" for days in WINDOWS))  # fmt: skip
PARTS = ("log", "question", "n", "85 % came true", "95 %", "pinball to the best bootstrap", "promise at 85 %", "of a bootstrap that came true as often", "of one corrected alike", "which came true", "of one by the paper's rule", "which came true")  # fmt: skip
FIRM = 2  # the place of 85 % among the levels
PAPER = 0.05  # the step of Gibbs and Candes' rule, among those of their paper
ASKED = np.linspace(0.5, 0.999, 500)  # levels that hindsight may ask of a bootstrap


def levels(log: str, question: str, found: Evaluation) -> Iterator[tuple[object, ...]]:
    """A line for each level, and one for their mean."""
    for place, level in enumerate(found.levels):
        yield (
            log,
            question,
            found.n,
            f"{100 * level:g} %",
            f"{100 * found.coverage[place]:.1f} %",
            float(found.promise[place]),
            float(found.pinball[place]),
            *(float(losses[place]) for losses in found.baselines.values()),
        )
    plain = (float(losses.mean()) for losses in found.baselines.values())
    yield log, question, found.n, "mean", "", "", found.mean_pinball, *plain


def as_often(series: Sequence[Ints], question: Question, coverage: float) -> float:
    """What the plain bootstrap promises on average, asked at the one level that lets it come true so often: hindsight."""
    promises, hits = [], []
    for done in series:
        origins = past_origins(done)
        value = truth(done, question, origins).value
        said = promised(bootstrap(done, question, origins, USUAL), question, ASKED)[~np.isnan(value)]
        promises.append(capped(question, said))
        hits.append(kept(question, said, value[~np.isnan(value)]))
    share = np.concatenate(hits).mean(axis=0)  # (levels,)
    place = int(np.argmax(share >= coverage - 1e-9)) if share.max() >= coverage - 1e-9 else share.size - 1
    return float(np.concatenate(promises).mean(axis=0)[place])


def by_paper(series: Sequence[Ints], question: Question) -> tuple[float, float]:
    """The plain bootstrap under adaptive conformal inference as published: its mean promise, and how often it came true."""
    promises, hits = [], []
    for done in series:
        origins = past_origins(done)
        came, table = truth(done, question, origins), bootstrap(done, question, origins, USUAL)
        said = followed(table, question, origins, came)
        there = ~np.isnan(came.value)
        promises.append(capped(question, said[there]))
        hits.append(kept(question, said, came.value)[there])
    return float(np.concatenate(promises).mean()), float(np.concatenate(hits).mean())


def followed(table: Floats, question: Question, origins: Ints, came: Truth) -> Floats:
    """(origins, 1) of promises at a level that takes a step with each answer, as soon as that is known."""
    level, said = 0.85, np.zeros((origins.size, 1))
    told = np.isnan(came.value)  # what nobody knows is never told
    for row, origin in enumerate(origins.tolist()):
        new = np.flatnonzero(~told[:row] & (came.known[:row] <= origin))
        told[new] = True
        level += PAPER * float((0.85 - kept(question, said[new], came.value[new])).sum())
        said[row] = promised(table[[row]], question, np.clip([level], 0.005, 0.995))
    return said


def part(
    log: str, question: str, found: Evaluation, hindsight: float, paper: tuple[float, float]
) -> tuple[object, ...]:
    """One line of the shorter table."""
    return (
        log,
        question,
        found.n,
        *(f"{100 * found.coverage[place]:.1f} %" for place in (FIRM, FIRM + 1)),
        f"{100 * (found.mean_pinball / found.best_baseline - 1):+.1f} %",
        float(found.promise[FIRM]),
        hindsight,
        float(found.corrected.promise[FIRM]),
        f"{100 * found.corrected.coverage[FIRM]:.1f} %",
        paper[0],
        f"{100 * paper[1]:.1f} %",
    )


def main() -> None:
    """Both logs; then every second developer, and either half of each history by itself."""
    company, person = developers(), [pomodoros()]
    logs: dict[str, Sequence[Ints]] = {"SiP": company, "pomodoros": person}
    parts = {
        **logs,
        "SiP, every second developer": company[::2],
        "SiP, the others": company[1::2],
        "SiP, earlier halves": [days[: days.size // 2] for days in company],
        "SiP, later halves": [days[days.size // 2 :] for days in company],
        "pomodoros, earlier half": [days[: days.size // 2] for days in person],
        "pomodoros, later half": [days[days.size // 2 :] for days in person],
    }
    found = {
        (log, name): evaluate(series, question)
        for log, series in parts.items()
        for name, question in QUESTIONS.items()
    }
    whole = [line for (log, name), each in found.items() if log in logs for line in levels(log, name, each)]
    short = [
        part(
            log,
            name,
            each,
            as_often(parts[log], QUESTIONS[name], each.coverage[FIRM]),
            by_paper(parts[log], QUESTIONS[name]),
        )
        for (log, name), each in found.items()
    ]
    publish("forecasts", f"{table(PARTS, short)}\n\n{table(LEVELS, whole)}")


if __name__ == "__main__":
    main()
