"""What every benchmark prints: a table for people, and a line of JSON a row for programs.

It asks for one BLAS thread on both sides: pools of threads that wait for one another on a busy machine measure the
machine.
"""

from __future__ import annotations

import json
import os
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from statistics import median
from typing import Literal

ONE_THREAD = ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS")  # read when NumPy is imported
if any(os.environ.get(name) != "1" for name in ONE_THREAD):
    raise SystemExit("Run it with `make bench-NAME`, or set " + " ".join(f"{name}=1" for name in ONE_THREAD))

Better = Literal["less", "more"]


@dataclass(frozen=True)
class Row:
    """One claim: our median beside the peer's, and how far ahead we are."""

    name: str
    ours: float
    peer: float
    ratio: float  # above 1 where we are ahead
    target: float
    unit: str
    runs: int


def row(
    name: str,
    ours: Sequence[float],
    peer: Sequence[float],
    *,
    target: float,
    unit: str,
    better: Better = "less",
) -> Row:
    """The medians of both sides' runs; `better` says whether less is (times, bytes) or more (rates, scores)."""
    mine, theirs = median(ours), median(peer)
    ratio = theirs / mine if better == "less" else mine / theirs
    return Row(
        name, round(mine, 4), round(theirs, 4), round(ratio, 2), target, unit, min(len(ours), len(peer))
    )


def interleaved(
    ours: Callable[[], object], peer: Callable[[], object], runs: int = 5
) -> tuple[list[float], list[float]]:
    """Milliseconds of each side's runs, in turns after one unmeasured run of each: both meet the same load."""
    ours(), peer()
    pairs = [(_milliseconds(ours), _milliseconds(peer)) for _ in range(runs)]
    return [mine for mine, _ in pairs], [theirs for _, theirs in pairs]


def show(rows: Sequence[Row]) -> None:
    """Print the table, then each row as a line of JSON."""
    width = max(len(each.name) for each in rows)
    print(f"{'':{width}}  {'ours':>12}  {'peer':>12}  {'ratio':>7}  {'target':>7}  unit (runs)")
    for each in rows:
        print(
            f"{each.name:{width}}  {each.ours:>12,.2f}  {each.peer:>12,.2f}  {each.ratio:>7.2f}"
            f"  {each.target:>7g}  {each.unit} ({each.runs})"
        )
    for each in rows:
        print(json.dumps(asdict(each)))


def hold(rows: Sequence[Row]) -> None:
    """Fail where a row misses its target."""
    missed = [
        f"{each.name}: {each.ratio} where {each.target} is the least"
        for each in rows
        if each.ratio < each.target
    ]
    if missed:
        raise SystemExit("\n".join(["A bound is broken:", *missed]))


def _milliseconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return (time.perf_counter() - start) * 1000
