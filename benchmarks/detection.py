"""Suppression beside OpenCV and torch, and blocks of a working week beside two plain ways to find them.

The boxes that stay are compared before anything is timed. Torch's is the usual greedy loop over its operations. The plain
ways' thresholds are the best for other years of the same kind.
"""

from __future__ import annotations

import csv
import sys
from collections.abc import Callable, Sequence
from datetime import date
from functools import partial

import cv2
import numpy as np
import torch

from _evidence import log, publish, table
from _habits import habit_lines, tuesdays
from _planted_weeks import Boxes, Year, by_change_points, by_components, right, year
from _table import Row, hold, interleaved, row, show
from worklens.analysis import weeks
from worklens.analysis.arrays import Floats, Ints
from worklens.analysis.detection.boxes import to_sizes
from worklens.analysis.detection.intervals import suppress_intervals
from worklens.analysis.detection.precision import area_under, precision_and_recall
from worklens.analysis.detection.rhythms import rhythms
from worklens.analysis.detection.suppression import suppress
from worklens.analysis.detection.usual import usual

BOXES, THRESHOLD = 10_000, 0.5
CASES = 1000  # of equal results
YEARS, EMPTY, TUNING = 200, 100, 40
THRESHOLDS = np.arange(0.25, 0.8, 0.05)
LIVES = 24  # of the sample, those of the first seeds
SEED = 20_000  # of the years; nothing was chosen by those from here on


# ----- Suppression -----


def spread(kind: str, rng: np.random.Generator, count: int = BOXES) -> tuple[Floats, Floats]:
    """Boxes 30 to 60 wide on a picture of 4000, and different scores above 0."""
    centres = {"sparse": count, "clustered": count // 20, "dense": 50}[kind]
    middle = rng.uniform(0, 4000, (max(1, centres), 2))[rng.integers(max(1, centres), size=count)]
    middle += rng.normal(0, {"sparse": 0, "clustered": 6, "dense": 4}[kind], (count, 2))
    half = rng.uniform(15, 30, (count, 2))
    return np.concatenate([middle - half, middle + half], axis=1), (1 + rng.permutation(count)) / count


def by_opencv(sizes: Floats, scores: Floats) -> Ints:
    """OpenCV's, its conversion of arrays included."""
    return np.asarray(cv2.dnn.NMSBoxes(sizes, scores, 0.0, THRESHOLD), dtype=np.int64).ravel()


def by_torch(boxes: torch.Tensor, scores: torch.Tensor) -> list[int]:
    """Greedy, best first, each against all that are left."""
    left, kept = scores.argsort(descending=True), []
    area = (boxes[:, 2] - boxes[:, 0]) * (boxes[:, 3] - boxes[:, 1])
    while left.numel():
        best, left = left[0], left[1:]
        kept.append(int(best))
        low, high = (
            torch.maximum(boxes[left, :2], boxes[best, :2]),
            torch.minimum(boxes[left, 2:], boxes[best, 2:]),
        )
        inter = (high - low).clamp(min=0).prod(dim=1)
        left = left[inter <= THRESHOLD * (area[left] + area[best] - inter)]
    return kept


def assert_equal(cases: int) -> None:
    """All three keep the same boxes in the same order, in random cases of every kind."""
    rng = np.random.default_rng(1)
    for case in range(cases):
        boxes, scores = spread(("sparse", "clustered", "dense")[case % 3], rng, int(rng.integers(1, 200)))
        ours = suppress(boxes, scores, THRESHOLD)
        np.testing.assert_array_equal(ours, by_opencv(to_sizes(boxes), scores))
        np.testing.assert_array_equal(ours, by_torch(torch.tensor(boxes), torch.tensor(scores)))


def suppression(runs: int) -> list[Row]:
    """A row a kind and peer, then intervals."""
    rows = []
    for kind in ("sparse", "clustered", "dense"):
        boxes, scores = spread(kind, np.random.default_rng(2))
        ours = partial(suppress, boxes, scores, THRESHOLD)
        peers: dict[str, Callable[[], object]] = {
            "OpenCV": partial(by_opencv, to_sizes(boxes), scores),
            "torch": partial(by_torch, torch.tensor(boxes), torch.tensor(scores)),
        }
        for name, peer in peers.items():
            rows.append(
                row(
                    f"suppression of 10k, {kind}, {name}", *interleaved(ours, peer, runs), target=2, unit="ms"
                )
            )
    return [*rows, intervals(runs)]


def intervals(runs: int) -> Row:
    """10,000 intervals, which OpenCV takes as boxes of height 1."""
    rng = np.random.default_rng(3)
    start = rng.uniform(0, 100_000, BOXES)
    rows, scores = (
        np.stack([start, start + rng.uniform(10, 60, BOXES)], axis=1),
        (1 + rng.permutation(BOXES)) / BOXES,
    )
    flat = np.stack([start, np.zeros(BOXES), rows[:, 1] - start, np.ones(BOXES)], axis=1)
    ours, peer = partial(suppress_intervals, rows, scores, THRESHOLD), partial(by_opencv, flat, scores)
    np.testing.assert_array_equal(ours(), peer())
    return row("suppression of 10k intervals, OpenCV", *interleaved(ours, peer, runs), target=50, unit="ms")


# ----- Blocks -----


def by_rhythms(this: Year) -> Boxes:
    """Ours."""
    found = rhythms(this.counts, this.open, np.random.default_rng(0))
    return (
        Boxes(np.empty((0, 6), dtype=np.int64), np.empty(0))
        if found is None
        else Boxes(found.boxes, found.score)
    )


def judged(way: Callable[[Year], Boxes], years: Sequence[Year]) -> tuple[float, float]:
    """The average precision at an IoU of a half, and how many boxes a year find nothing."""
    found = [way(this) for this in years]
    hits = np.concatenate([right(boxes, this.truth) for boxes, this in zip(found, years, strict=True)])
    truths = sum(len(this.truth) for this in years)
    scores = np.concatenate([boxes.score for boxes in found])
    area = area_under(*precision_and_recall(scores, hits, truths)) if truths else float("nan")
    return area, float((~hits).sum() / len(years))


def tuned(way: Callable[[Year, float], Boxes], years: Sequence[Year]) -> float:
    """The threshold with the best average precision."""
    return float(max(THRESHOLDS, key=lambda threshold: judged(lambda this: way(this, threshold), years)[0]))


def blocks(years: int, empty: int, tuning: int) -> str:
    """The table of the three ways."""
    planted = [year(np.random.default_rng(SEED + number)) for number in range(years)]
    nothing = [year(np.random.default_rng(2 * SEED + number), blocks=0) for number in range(empty)]
    others = [year(np.random.default_rng(3 * SEED + number)) for number in range(tuning)]
    ways: dict[str, Callable[[Year], Boxes]] = {"Worklens": by_rhythms}
    for name, way in (("threshold and components", by_components), ("change-points", by_change_points)):
        threshold = tuned(way, others)
        ways[f"{name}, at {threshold:.0%}"] = lambda this, way=way, threshold=threshold: way(this, threshold)  # type: ignore[misc]
    rows = [(name, *judged(way, planted), judged(way, nothing)[1]) for name, way in ways.items()]
    return table(("way", "average precision", "false a year", "false a year without blocks"), rows)


# ----- Real logs, and the sample -----

HABITS = (
    "log", "lists with weekdays of their own in a half-year", "their tasks in the next", "their share on them", "other work's",
    "in the next", "other work's then",
)  # fmt: skip


def pomodoros() -> tuple[int, Floats]:
    """The first week of the log, and on which days anything was done: (weeks, 7, 1)."""
    with log("pomodoro-log.csv").open(encoding="utf-8") as file:
        days = (
            np.array(
                [
                    date.fromisoformat(line["date"]).toordinal()
                    for line in csv.DictReader(file)
                    if line["done"] == "1"
                ]
            )
            - date(1970, 1, 1).toordinal()
        )
    week = weeks.week(days)
    first, count = int(week.min()), int(week.max() - week.min()) + 1
    worked = np.zeros((count, 7, 1))
    worked[week - first, weeks.weekday(days), 0] = 1
    return first, worked


def halves(worked: Floats) -> tuple[float, float]:
    """The mean squared error on each second half-year of what its first half tells: blocks that last, and weekday means."""
    errors: list[tuple[float, float]] = []
    for start in range(0, len(worked) - 51, 52):
        before, after = worked[start : start + 26], worked[start + 26 : start + 52]
        found = rhythms(before.astype(np.int64), np.ones((26, 7), dtype=np.bool_), np.random.default_rng(0))
        if found is None:
            continue
        lasting = [box for box in found.boxes if box[3] == 26]
        told = np.clip(usual(before, np.ones((26, 7), dtype=np.bool_), lasting)[-4:].mean(axis=0), 0, 1)
        errors.append(
            (float(((after - told) ** 2).mean()), float(((after - before.mean(axis=0)) ** 2).mean()))
        )
    ours, plain = np.array(errors).reshape(-1, 2).mean(axis=0)
    return float(ours), float(plain)


def main() -> None:
    """All of it; with --few a small part, to see that it runs."""
    few = "--few" in sys.argv[1:]
    assert_equal(30 if few else CASES)
    rows = suppression(1 if few else 5)
    show(rows)
    text = blocks(*((4, 3, 3) if few else (YEARS, EMPTY, TUNING)))
    ours, plain = halves(pomodoros()[1])
    lives = 2 if few else LIVES
    own, within = tuesdays(lives)
    publish(
        "detection",
        f"{text}\n\nPomodoro log, each half-year by the one before: {ours:.4f} by blocks, {plain:.4f} by weekday.\n\n"
        f"{table(HABITS, habit_lines())}\n\nOf {lives} lives of the sample, the planted Tuesday mornings are a block in {own}, and "
        f"in {within} more lie within one of more days.",
    )
    if not few:
        hold(rows)


if __name__ == "__main__":
    main()
