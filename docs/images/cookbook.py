"""Draws what some of the cookbook's queries answer for the demo's made-up person: part of `make pictures`."""

from __future__ import annotations

import io
import re
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from PIL import Image

import worklens
from worklens.opened import Work

HERE = Path(__file__).parent
PAGE = HERE.parent / "cookbook.md"
BLUE, GREY, ORANGE = "#2f6fab", "#b8bec6", "#c9741a"
HEIGHT = 180
SCALE = 2.0  # for screens with two dots a pixel


def axis(field: str, kind: str, title: str | None = None, **more: Any) -> dict[str, Any]:
    """One side of a chart."""
    return {"field": field, "type": kind, "title": title, **more}


def bars(x: dict[str, Any], y: dict[str, Any], **more: Any) -> dict[str, Any]:
    """A chart of bars."""
    return {"mark": {"type": "bar", "color": BLUE}, "encoding": {"x": x, "y": y} | more}


MONTH = {"timeUnit": "yearmonth", "axis": {"format": "%b %y", "labelAngle": 0}}
HOW_LONG = "days, until half (dot) and 85 % (bar) were done"
FATES = {"done": BLUE, "still_open": ORANGE, "let_go": GREY}

# By the question as the page has it: the picture's name and the chart.
CHARTS: dict[str, tuple[str, dict[str, Any]]] = {
    "This week against the one before": (
        "weeks",
        bars(axis("week", "ordinal", timeUnit="yearmonthdate", axis={"format": "%-d %b", "labelAngle": 0}), axis("done", "quantitative", "done")),
    ),
    "What was done, by list": (
        "lists",
        bars(axis("done", "quantitative", "done"), axis("list", "nominal", sort="-x")),
    ),
    "How long things take, by list": (
        "how-long",
        {
            "layer": [
                {"mark": {"type": "bar", "height": 6, "color": GREY}, "encoding": {"x": axis("most", "quantitative", HOW_LONG), "y": axis("list", "nominal", sort="-x")}},
                {"mark": {"type": "point", "filled": True, "size": 90, "color": BLUE}, "encoding": {"x": axis("half", "quantitative", HOW_LONG), "y": axis("list", "nominal", sort="-x")}},
            ]
        },
    ),
    "What became of the tasks of each month": (
        "months",
        {
            "transform": [{"fold": list(FATES), "as": ["became", "tasks"]}],
            **bars(
                axis("month", "ordinal", **MONTH),
                axis("tasks", "quantitative", "tasks created in the month"),
                color=axis("became", "nominal", scale={"domain": list(FATES), "range": list(FATES.values())}),
            ),
        },
    ),
    "The busiest hours": (
        "hours",
        bars(axis("done", "quantitative", "done"), axis("when", "nominal", sort="-x")),
    ),
    "Whether more comes in than goes out": (
        "in-and-out",
        {
            "transform": [{"fold": ["arrived", "done"], "as": ["what", "tasks"]}],
            "mark": {"type": "line", "point": True},
            "encoding": {
                "x": axis("month", "ordinal", **MONTH),
                "y": axis("tasks", "quantitative", "tasks"),
                "color": axis("what", "nominal", scale={"domain": ["arrived", "done"], "range": [ORANGE, BLUE]}),
            },
        },
    ),
}  # fmt: skip


def queries() -> dict[str, str]:
    """Each question's SQL, for DuckDB."""
    found = re.findall(
        r"^## (.+?)\n.*?^```sql\n(.*?)^```", PAGE.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL
    )
    return {question: text.replace("PERCENTILE_CONT", "QUANTILE_CONT") for question, text in found}


def rows(work: Work, query: str) -> list[dict[str, Any]]:
    """The answer, days as text."""
    answer = work.sql(query)
    names = answer.columns
    return [shown(dict(zip(names, row, strict=True))) for row in answer.fetchall()]


def shown(row: dict[str, Any]) -> dict[str, Any]:
    """A row as a chart reads it; a weekday and an hour are read as one."""
    if "hour" in row:
        row["when"] = (
            f"{['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'][row['weekday'] - 1]} {row['hour']:02}:00"
        )
    return {
        name: value if isinstance(value, int | float | None) else str(value) for name, value in row.items()
    }


def picture(values: list[dict[str, Any]], chart: dict[str, Any]) -> bytes:
    """The chart of these rows, as PNG."""
    import vl_convert

    spec = {
        "$schema": "https://vega.github.io/schema/vega-lite/v6.json",
        "background": "white",
        "width": 560,
        "height": HEIGHT if chart.get("transform") or "week" in values[0] else {"step": 20},
        "data": {"values": values},
        "config": {"view": {"stroke": None}, "axis": {"grid": False}, "font": "DejaVu Sans"},
        **chart,
    }
    return smaller(vl_convert.vegalite_to_png(spec, scale=SCALE))


def smaller(made: bytes) -> bytes:
    """The picture in few colours, which takes a tenth of the room and looks the same."""
    flat = Image.open(io.BytesIO(made)).convert("RGB").quantize(64, dither=Image.Dither.NONE)
    kept = io.BytesIO()
    flat.save(kept, "PNG", optimize=True)
    return kept.getvalue()


def main() -> None:
    """Make the demo in a folder of its own, ask it, and draw what it says."""
    with tempfile.TemporaryDirectory() as folder:
        words = [sys.executable, "-m", "worklens", "demo", "--data-dir", folder]
        subprocess.run(words, check=True)  # noqa: S603 - our own command
        with worklens.open(Path(folder) / "demo") as work:
            for question, (name, chart) in CHARTS.items():
                values = rows(work, queries()[question])
                (HERE / f"cookbook-{name}.png").write_bytes(picture(values, chart))


if __name__ == "__main__":
    main()
