"""Makes docs/metrics.md from the metrics and the views: ``python -m worklens.warehouse.metrics_page docs/metrics.md``.

With it goes described.json, what other programs are told of the views.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

from worklens.warehouse import catalogue
from worklens.warehouse.metrics import Metric, metrics

HEAD = """\
# Metrics

What each number means. `worklens metrics NAME` prints one; without a name it lists them.
Most are a view of the warehouse, written once in GoogleSQL (`shared/worklens/warehouse/views`) for BigQuery and DuckDB.
The others are computed from a person's history (`shared/worklens/stages/measures/`, with the algorithms of `analysis/`).

Common to all:

* A task is what its source calls one. Subtasks are tasks, and so is each occurrence of a recurring task.
* Days are the person's: an instant falls on the day it was in the zone they lived in then; a date stays that date.
* A view reads no clock. Now is the last time the feed was looked at, or the time given by `--as-of`.
* `--as-of D` shows what had happened by then, however late we learnt of it. It takes back what was completed, deleted,
  closed, reviewed, started or created later. A title, list, label, due time or estimate changed later is taken back only where
  the state before was seen.
* `--known-at D` shows only what had been seen by then. A run withdrawn by `undo` is gone from every time.
* NULL is unknown, and never 0.
* Less than the least evidence gives no answer in the report; the numbers are here all the same.

This page is made from `metrics.toml`: `python -m worklens.warehouse.metrics_page docs/metrics.md`.
"""


def page() -> str:
    """The whole page, in Markdown."""
    parts = [HEAD, *(_section(name, metric) for name, metric in metrics().items()), _chinese(), _views()]
    return "\n".join(parts)


def _section(name: str, metric: Metric) -> str:
    cut = f"`{metric.day}`" if metric.day else "nothing: it is about the whole history"
    lines = [
        f"## {name}\n",
        f"**{metric.title.en}.** {metric.question.en}\n",
        f"{metric.definition.en.strip()}\n",
        f"* {_origin(metric)}; value: `{metric.value}`, in {metric.unit.en}",
        f"* `--since` and `--until` cut by {cut}",
        f"* Least evidence: {metric.least.en}\n",
        "| column | |\n|---|---|",
        *(f"| `{column}` | {text} |" for column, text in metric.columns.items()),
    ]
    return "\n".join(lines) + "\n"


def _origin(metric: Metric) -> str:
    return f"View: `{metric.view}`" if metric.view else "Computed from the history"


def _chinese() -> str:
    lines = [
        "## 指标说明\n",
        *(line for name, metric in metrics().items() for line in _in_chinese(name, metric)),
    ]
    return "\n".join(lines) + "\n"


def _in_chinese(name: str, metric: Metric) -> Iterator[str]:
    yield f"**{name}**：{metric.title.zh}（单位：{metric.unit.zh}）。{metric.question.zh}"
    yield metric.definition.zh.strip()
    yield f"最少证据：{metric.least.zh}。\n"


def _views() -> str:
    shown = {metric.view for metric in metrics().values()}
    rows = [f"| `{name}` | {text} |" for name, text in catalogue.headings().items() if name not in shown]
    return "\n".join(["## The views underneath\n", "| view | |\n|---|---|", *rows]) + "\n"


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(page(), encoding="utf-8")
    from worklens.warehouse import describing

    describing.write()
