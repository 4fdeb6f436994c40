"""The tables of docs/evidence.md: each benchmark of accuracy prints its own, and with --write puts it between its marks."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "evidence.md"


def log(name: str) -> Path:
    """A real log among the test data; ends the program with a reason where there is none."""
    path = Path(os.environ.get("WORKLENS_TEST_DATA") or ROOT.parent / "shared" / "data") / name
    if not path.is_file():
        raise SystemExit(f"{path} isn't there: name the folder that holds it in WORKLENS_TEST_DATA")
    return path


def table(heads: Sequence[str], rows: Sequence[Sequence[object]]) -> str:
    """A Markdown table: the first column on the left, numbers on the right."""
    lines = [heads, ["---", *["---:"] * (len(heads) - 1)], *([_cell(value) for value in row] for row in rows)]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def publish(section: str, text: str, part: str = "") -> None:
    """Print a section, or a part of one that is measured by itself, and put it into the page where --write was said."""
    how = f"{section} ARGS={part}" if part else section
    made = f"{text}\n\nMeasured by `make bench-{how}` on {datetime.now(UTC).date().isoformat()}."
    print(made)
    if "--write" in sys.argv[1:]:
        PAGE.write_text(_with(PAGE.read_text(encoding="utf-8"), section, made, part), encoding="utf-8")


def marks(section: str, part: str = "") -> tuple[str, str]:
    """What stands before and after a section, or a part of one."""
    if part:
        return f'<!-- make bench-{section} ARGS="{part} --write" -->', f"<!-- end of {section} {part} -->"
    return f"<!-- make bench-{section} ARGS=--write -->", f"<!-- end of {section} -->"


def _with(page: str, section: str, text: str, part: str = "") -> str:
    begin, end = marks(section, part)
    before, found, rest = page.partition(begin)
    _, closed, after = rest.partition(end)
    if not (found and closed):
        raise SystemExit(f"{PAGE.name} has no marks of {section}: put `{begin}` and `{end}` into it")
    return f"{before}{begin}\n{text}\n{end}{after}"


def _cell(value: object) -> str:
    if isinstance(value, float):
        return "–" if value != value else f"{value:,.1f}" if abs(value) >= 10 else f"{value:.3g}"
    return f"{value:,}" if isinstance(value, int) else str(value)
