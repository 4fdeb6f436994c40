"""Chances of open tasks to be done: the hazard model on the past of two real logs and the sample, beside curves and peers.

Each log is imported as a person would, and graded as `worklens evaluate` does. scikit-learn's boosting learns from the same rows
and features at the same days; lifelines' Cox from all but the last third of the time, as ours does there.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import partial
from pathlib import Path
from time import process_time

import numpy as np
import pandas as pd
from lifelines import CoxPHFitter
from lifelines.exceptions import ConvergenceError
from lifelines.utils import concordance_index
from sklearn.ensemble import HistGradientBoostingClassifier

from _evidence import ROOT, log, publish, table
from worklens.analysis.arrays import NEVER, Bools, Floats
from worklens.analysis.hazard import grading
from worklens.analysis.hazard.curves import EDGES
from worklens.analysis.hazard.features import Past
from worklens.analysis.hazard.grading import OURS, Graded, grade, log_losses, score_rows
from worklens.analysis.hazard.landmarks import Landmarks, done_within, grid_of, landmarks
from worklens.analysis.hazard.model import fit
from worklens.analysis.hazard.prior import prior_of
from worklens.analysis.hazard.prospects import HORIZONS
from worklens.analysis.hazard.records import DONE, Records
from worklens.cli.shell import Shell
from worklens.sample import generate, write
from worklens.stages.records import Told, load

LOGS = {"SiP": "sip-tasks", "pomodoros": "pomodoro-log"}
ASKED = (7, 30)
PENALIZERS = (0.1, 1.0, 10.0)  # of Cox, the first at which it arrives
LIKE = 1e4  # condition of columns' products, above which Cox's steps don't arrive
CLIPS = (1e-2, 1e-3, 1e-4)
HEADS = ("log", "within", "n", "were done", "ours", "Kaplan-Meier", "pooled", "shrunk", "base rate", "ours to Kaplan-Meier", "to shrunk", "calibration error", "z")  # fmt: skip
CLIP_HEADS = (
    "log",
    "within",
    "no nearer to 0 or 1 than",
    "ours",
    "Kaplan-Meier",
    "ours to Kaplan-Meier",
    "to shrunk",
)
PEER_HEADS = (
    "log",
    "log loss 7 d: ours",
    "boosting",
    "30 d: ours",
    "boosting",
    "concordance: ours",
    "Cox",
    "n",
)
BORROWED_HEADS = ("log", "within", "people", "n", "alone", "borrowing", "Kaplan-Meier", "shrunk")
SPEED_HEADS = ("100,000 tasks", "rows", "columns", "s", "Cox by ours")
TASKS, RUNS = 100_000, 5
RATE_HEADS = ("planted", "days", "done", "rate", "95 % from", "to", "hidden", "inside")


def imported(folder: Path, files: list[Path], *options: str) -> Told:
    """What an import of files gives the model."""
    command = [
        sys.executable,
        "-m",
        "worklens",
        "import",
        *map(str, files),
        "--data-dir",
        str(folder),
        *options,
    ]
    subprocess.run(command, check=True, capture_output=True)
    with Shell(folder, None, json=True).existing() as platform:
        (feed,) = [one.name for one in platform.state.feeds()]
        with platform.warehouse.read() as session:
            found = load(session, feed)
    if found is None:
        raise SystemExit(f"the import into {folder} left nothing")
    return found


def histories(folder: Path) -> Iterator[tuple[str, Told]]:
    """Both logs, and the sample's monthly backups."""
    for name, file in LOGS.items():
        mapping = ROOT / "docs" / "examples" / f"{file}.toml"
        yield name, imported(folder / file, [log(f"{file}.csv")], "--mapping", str(mapping))
    write(generate(), folder / "files")
    backups = sorted((folder / "files").glob("wunderlist-*.json"))
    yield "the sample", imported(folder / "sample", backups)


def lines(name: str, graded: Graded | None) -> list[tuple[object, ...]]:
    """A line a horizon."""
    rows = score_rows(graded) if graded else []
    return [
        (
            name,
            f"{row['horizon_days']} d",
            row["n"],
            f"{100 * row['share']:.2g} %",
            *(_four(value) for value in (row["log_loss"], *row["baselines"].values())),
            *(
                _gain(row["log_loss"], row["baselines"][other])
                for other in ("kaplan_meier", "kaplan_meier_shrunk")
            ),
            _four(row["calibration_error"]),
            f"{row['z']['kaplan_meier']:.1f}",
        )
        for row in rows
        if row["horizon_days"] in ASKED
    ]


def _four(value: float) -> str:
    return f"{value:.4f}"


def _gain(ours: float, other: float) -> str:
    return f"{100 * (ours / other - 1):+.1f} %"


def parts(name: str, told: Told, graded: Graded) -> Iterator[tuple[str, Graded | None]]:
    """All of it, the halves of the days asked, and of several people each half from nothing, and each alone."""
    yield name, graded
    middle = np.median(np.unique(graded.block))
    yield f"{name}, earlier days", graded.those(graded.block <= middle)
    yield f"{name}, later days", graded.those(graded.block > middle)
    people = told.records.person
    if not people.any():
        return
    for half, which in (("even people", people % 2 == 0), ("odd people", people % 2 == 1)):
        yield f"{name}, {half}", grade(told.records.those(which), told.end)
    alone = [grade(told.records.those(people == one), told.end) for one in np.unique(people)]
    yield f"{name}, each learnt alone", grading.joined([one for one in alone if one])


def clip_lines(name: str, graded: Graded) -> list[tuple[object, ...]]:
    """What the limit on chances makes of it."""
    found = []
    for clip in CLIPS:
        for row in score_rows(graded, clip):
            if row["horizon_days"] in ASKED:
                ours, plain = row["log_loss"], row["baselines"]
                own, shrunk = plain["kaplan_meier"], plain["kaplan_meier_shrunk"]
                told = (_four(ours), _four(own), _gain(ours, own), _gain(ours, shrunk))
                found.append((name, f"{row['horizon_days']} d", f"{clip:g}", *told))
    return found


# ----- Peers -----


def boosted(told: Told, graded: Graded) -> dict[int, tuple[float, float]]:
    """The log losses of ours and of boosting by horizon, on the rows that Kaplan-Meier answers."""
    records = told.records.those(told.records.born <= told.end)
    grid = grid_of(records, told.end)
    every, start = landmarks(records, grid), grading._start(records, told.end)
    if start is None:
        return {}
    asked = np.flatnonzero(every.day > start)
    fits = grading._fits(int(grid[grid > start][0]), told.end, grading.REFITS)
    columns = _columns(Past.of(records, grid), every)
    found = {}
    for horizon in ASKED:
        at = HORIZONS.index(horizon)
        chance = _boosting(columns, every, asked, fits, horizon, told.end)
        truth = np.where(np.isnan(chance), np.nan, graded.truth[:, at])
        losses = (float(np.nanmean(log_losses(each, truth))) for each in (graded.told[OURS][:, at], chance))
        found[horizon] = tuple(losses)
    return found  # type: ignore[return-value]


def _columns(past: Past, rows: Landmarks) -> Floats:
    found = past.features(rows)
    due = np.where(found.until_due < NEVER, found.until_due, np.nan)
    columns = np.column_stack([found.frozen, due, found.weekday])
    alive = [np.unique(column[~np.isnan(column)]).size > 1 for column in columns.T]
    return columns[:, alive]


def _boosting(
    columns: Floats, every: Landmarks, asked: Floats, fits: list[tuple[int, int]], horizon: int, today: int
) -> Floats:
    truth = done_within(every, horizon, today)
    chance = np.full(len(asked), np.nan)
    for begin, end in fits:
        learnt = (every.day <= begin - horizon) & ~np.isnan(truth)
        here = np.flatnonzero((every.day[asked] > begin) & (every.day[asked] <= end))
        if here.size and 0 < truth[learnt].sum() < learnt.sum():
            model = HistGradientBoostingClassifier(random_state=0).fit(columns[learnt], truth[learnt])
            chance[here] = model.predict_proba(columns[asked[here]])[:, 1]
    return chance


def concordance(told: Told) -> tuple[float, float, int]:
    """Of pairs of open tasks, how often the likelier was done first: ours and Cox's, on the last third of the time."""
    records = told.records.those(told.records.born <= told.end)
    grid = grid_of(records, told.end, 30)
    cut = int(grid[2 * grid.size // 3])
    rows = landmarks(records, grid)
    past = Past.of(records, grid)
    learnt, asked = rows.those(rows.day <= cut), rows.those(rows.day > cut)
    found = past.features(asked)
    ours = fit(records, today=cut).curves(found)[0][:, np.flatnonzero(EDGES == 30)[0]]
    columns = _columns(past, rows)
    first = columns[rows.day <= cut]
    columns = np.clip(columns, first.min(axis=0), first.max(axis=0)) - first.mean(axis=0)
    columns = np.clip(columns / np.maximum(first.std(axis=0), 1e-9), -4, 4)
    columns = columns[
        :, _apart(columns[rows.day <= cut])
    ]  # of two columns that say the same, Cox can't tell which
    cox = _cox(columns[rows.day <= cut], learnt, cut)
    time, done = _lived(asked, told.end)
    if cox is None:
        return concordance_index(time, -ours, done), np.nan, int(asked.task.size)
    risk = cox.predict_partial_hazard(_frame(columns[rows.day > cut])).to_numpy()
    return (
        concordance_index(time, -ours, done),
        concordance_index(time, -np.log(risk), done),
        int(asked.task.size),
    )


def _apart(columns: Floats) -> list[int]:
    """Columns none of which the ones before it give, nearly."""
    kept: list[int] = []
    for column in range(columns.shape[1]):
        trial = np.nan_to_num(columns[:, [*kept, column]])
        if np.linalg.cond(trial.T @ trial / len(trial)) < LIKE:
            kept.append(column)
    return kept


def _cox(columns: Floats, rows: Landmarks, today: int) -> CoxPHFitter | None:
    time, done = _lived(rows, today)
    frame = _frame(columns).assign(time=time, done=done)
    for penalizer in PENALIZERS:
        with suppress(ConvergenceError):
            return CoxPHFitter(penalizer=penalizer).fit(frame[frame.time > 0], "time", "done")
    return None


def _frame(columns: Floats) -> pd.DataFrame:
    return pd.DataFrame(np.nan_to_num(columns)).rename(columns=str)


def _lived(rows: Landmarks, today: int) -> tuple[Floats, Bools]:
    watched = today - rows.day
    return np.minimum(rows.left, watched).astype(np.float64), (rows.left <= watched) & (rows.cause == DONE)


def peer_line(name: str, told: Told, graded: Graded) -> tuple[object, ...]:
    """One log beside its peers."""
    losses = boosted(told, graded)
    ours, cox, n = concordance(told)
    flat = [_four(value) for horizon in ASKED for value in losses[horizon]]
    return (name, *flat, f"{ours:.3f}", f"{cox:.3f}" if cox == cox else "–", n)


# ----- Speed -----


def many(tasks: int = TASKS) -> tuple[Records, int]:
    """Tasks of four years of one person in 20 lists, the long ones ten times slower; and the last day."""
    rng, today = np.random.default_rng(0), 20_000
    born, long = today - rng.integers(0, 1500, tasks), rng.random(tasks) < 0.5
    ended = born + rng.geometric(np.where(long, 0.02, 0.2))
    over = ended <= today
    estimate, lists = np.where(long, 86_400.0, 3_600.0), rng.integers(0, 20, tasks)
    ended, cause = np.where(over, ended, NEVER), np.where(over, DONE, 0)
    return Records.of(born, ended, cause, estimate=estimate, collection=lists), today


def speed_lines() -> list[tuple[object, ...]]:
    """From records to a fitted model, beside Cox on one row a task: with few columns, and as many as ours."""
    records, today = many()
    time, done = np.minimum(records.ended, today) - records.born + 0.5, records.ended <= today
    noise = np.random.default_rng(1).normal(size=(TASKS, 26))
    every = np.column_stack([np.log(records.estimate), records.collection, noise])
    frames = [_frame(every[:, :wide]).assign(time=time, done=done) for wide in (8, every.shape[1])]
    model = fit(records, today=today)
    ways: list[Callable[[], object]] = [
        lambda: fit(records, today=today),
        *(partial(CoxPHFitter().fit, frame, "time", "done") for frame in frames),
    ]
    took = np.median([[_seconds(way) for way in ways] for _ in range(RUNS)], axis=0)
    named = (
        ("ours", model.rows, model.near_done.w.size - 1),
        ("Cox", TASKS, 8),
        ("Cox", TASKS, every.shape[1]),
    )
    return [
        (name, f"{rows:,}", columns, f"{s:.2f}", "" if name == "ours" else f"{s / took[0]:.2f}")
        for (name, rows, columns), s in zip(named, took, strict=True)
    ]


def _seconds(way: Callable[[], object]) -> float:
    begin = process_time()
    way()
    return process_time() - begin


# ----- Borrowing -----


def borrowed_lines(name: str, told: Told) -> list[tuple[object, ...]]:
    """Each person with enough of a past as a feed of their own, learnt alone and drawn to the others: all of them together."""
    people = {one: told.records.those(told.records.person == one) for one in np.unique(told.records.person)}
    alone = {one: graded for one, each in people.items() if (graded := grade(each, told.end, refits=4))}
    if len(alone) < 2:
        return []
    models = {one: fit(people[one], today=told.end) for one in alone}
    priors = {one: prior_of([models[each] for each in alone if each != one]) for one in alone}
    drawn = [grade(people[one], told.end, refits=4, prior=priors[one]) for one in alone]
    both = [
        score_rows(grading.joined(each))
        for each in (list(alone.values()), [graded for graded in drawn if graded])
    ]
    return [
        (
            name,
            f"{own['horizon_days']} d",
            len(alone),
            own["n"],
            *(_four(value) for value in (own["log_loss"], borrowed["log_loss"])),
            *(_four(own["baselines"][other]) for other in ("kaplan_meier", "kaplan_meier_shrunk")),
        )
        for own, borrowed in zip(*both, strict=True)
        if own["horizon_days"] in ASKED
    ]


# ----- What is planted in the sample -----


def rate_lines() -> list[tuple[object, ...]]:
    """Each kind of task's chance a day, and what a moved date takes off it, with what is hidden."""
    sys.path.insert(0, str(ROOT))
    from tests.analysis.hazard.planted import days

    from worklens.analysis.hazard.rates import daily_rates
    from worklens.sample import habits

    all_days = days()
    others = all_days.steady * all_days.week * all_days.pull
    kinds = daily_rates(all_days.kind, others * all_days.tired, all_days.done, habits.CAP)
    few = (all_days.moves > 0) & (all_days.moves < 3)
    moved = daily_rates(
        all_days.moves[few] - 1, (others * all_days.hazard)[few], all_days.done[few], habits.CAP
    )
    hidden = [*(habits.HAZARD[kind] for kind in habits.KINDS), habits.FATIGUE, habits.FATIGUE**2]
    named = [*(f"{kind}, a day" for kind in habits.KINDS), "moved once, times", "moved twice, times"]
    columns = [
        np.concatenate([getattr(kinds, each), getattr(moved, each)])
        for each in ("days", "done", "rate", "low", "high")
    ]
    return [
        (
            name,
            int(n),
            int(done),
            *(f"{v:.4g}" for v in (rate, low, high, truth)),
            "yes" if low < truth < high else "no",
        )
        for name, truth, n, done, rate, low, high in zip(named, hidden, *columns, strict=True)
    ]


def main() -> None:
    """The tables, one under the other."""
    main_lines: list[tuple[object, ...]] = []
    clips: list[tuple[object, ...]] = []
    peers: list[tuple[object, ...]] = []
    borrowed: list[tuple[object, ...]] = []
    with tempfile.TemporaryDirectory() as folder:
        for name, told in histories(Path(folder)):
            graded = grade(told.records, told.end)
            if graded is None:
                continue
            for part, found in parts(name, told, graded):
                main_lines += lines(part, found)
            clips += clip_lines(name, graded)
            peers.append(peer_line(name, told, graded))
            borrowed += borrowed_lines(name, told)
    tables = [
        table(HEADS, main_lines),
        table(CLIP_HEADS, clips),
        table(PEER_HEADS, peers),
        table(BORROWED_HEADS, borrowed),
        table(SPEED_HEADS, speed_lines()),
        table(RATE_HEADS, rate_lines()),
    ]
    publish("chances", "\n\n".join(tables))


if __name__ == "__main__":
    main()
