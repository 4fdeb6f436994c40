"""The pages' figures: measured by the benchmarks, kept in docs/figures.json, and put between two marks in each page.

`python docs/figures.py measure NAME ...` runs benchmarks/NAME.py, with options such as `--runs=3`, and keeps its rows;
`python docs/figures.py write` puts what is kept into the pages. `make figures` does both, for the README's; another
page's are measured by `make figures FIGURES="NAME ..."`.
"""

from __future__ import annotations

import json
import os
import platform
import subprocess
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple

ROOT = Path(__file__).resolve().parent.parent
KEPT = ROOT / "docs" / "figures.json"
BEGIN, END = "<!-- figures: make figures -->", "<!-- end of figures -->"

Figures = dict[str, dict[str, Any]]  # by benchmark: when and where it ran, and its rows


class Page(NamedTuple):
    """Which benchmarks' figures stand in it, and what stands around them."""

    names: tuple[str, ...]
    heads: tuple[str, ...]
    measured: str
    once: str  # in place of it where there was one run


SPEED, CLOUD = ("kaplan_meier", "pipeline"), ("cloud_load", "cold_start", "function_memory")
LEARNING = ("learning", "learn_scale")
ENGLISH = (
    ("what", "ours", "peer", "times", "target"),
    "`make bench-{name}`, {date}: {machine}; medians of {runs} runs in turns with the peer's.",
    "`make bench-{name}`, {date}: {machine}; one run.",
)
PAGES = {
    "README.md": Page(SPEED, *ENGLISH),
    "README.zh.md": Page(
        SPEED,
        ("项目", "我们", "同类", "倍数", "目标"),
        "`make bench-{name}`，{date}：{machine}；与同类工具交替运行 {runs} 次，取中位数。",
        "`make bench-{name}`，{date}：{machine}；运行一次。",
    ),
    "docs/operations/on-one-machine.md": Page(CLOUD, *ENGLISH),
    "docs/evidence.md": Page(LEARNING, *ENGLISH),
}


def measure(names: Sequence[str], options: Sequence[str] = ()) -> None:
    """Run the benchmarks and keep their rows beside those of the others."""
    for name in names:
        about = {"date": datetime.now(UTC).date().isoformat(), "machine": machine()}
        command = [sys.executable, str(ROOT / "benchmarks" / f"{name}.py"), *options]
        done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)  # noqa: S603
        rows = [json.loads(line) for line in done.stdout.splitlines() if line.startswith('{"name"')]
        sys.stdout.write(done.stdout)
        keep({**kept(), name: {**about, "rows": rows}})


def machine() -> str:
    """What a figure depends on, and how busy it was."""
    load = os.getloadavg()[0]
    return f"{platform.machine()}, {os.cpu_count()} CPUs, Python {platform.python_version()}, load {load:.1f} before"


def kept() -> Figures:
    """The figures measured last."""
    return json.loads(KEPT.read_text(encoding="utf-8")) if KEPT.exists() else {}


def keep(figures: Figures) -> None:
    """Store them, a row a line."""
    KEPT.write_text(json.dumps(dict(sorted(figures.items())), indent=1) + "\n", encoding="utf-8")


def table(figures: Figures, page: Page) -> str:
    """The page's figures as Markdown: a table for each benchmark, below it how it was measured."""
    return "\n\n".join(_one(name, found, page) for name, found in figures.items() if name in page.names)


def _one(name: str, found: dict[str, Any], page: Page) -> str:
    lines = [page.heads, ("---", "---:", "---:", "---:", "---:"), *map(_cells, found["rows"])]
    text = "\n".join(f"| {' | '.join(line)} |" for line in lines)
    runs = min(row["runs"] for row in found["rows"])
    measured = page.measured if runs > 1 else page.once
    return f"{text}\n\n{measured.format(name=name, runs=runs, **found)}"


def _cells(row: dict[str, Any]) -> tuple[str, ...]:
    ours, peer = (f"{_number(row[side])} {row['unit']}" for side in ("ours", "peer"))
    return row["name"], ours, peer, f"{row['ratio']:.{1 if row['ratio'] >= 1 else 2}f}", f"{row['target']:g}"


def _number(value: float) -> str:
    return f"{value:,.0f}" if value >= 100 else f"{value:.3g}"


def with_figures(text: str, figures: str) -> str:
    """A page's text with the figures between its marks."""
    before, _, rest = text.partition(BEGIN)
    _, _, after = rest.partition(END)
    return f"{before}{BEGIN}\n{figures}\n{END}{after}"


def write() -> None:
    """Put the figures into their pages."""
    for name, page in PAGES.items():
        path = ROOT / name
        path.write_text(with_figures(path.read_text(encoding="utf-8"), table(kept(), page)), encoding="utf-8")


def main(arguments: Sequence[str]) -> None:
    """Measure, or write."""
    match arguments:
        case ["measure", *names]:
            options = [name for name in names if name.startswith("-")]
            measure([name for name in names if name not in options], options)
        case ["write"]:
            write()
        case _:
            raise SystemExit(__doc__)


if __name__ == "__main__":
    main(sys.argv[1:])
