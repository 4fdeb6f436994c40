"""Every variable of the environment that we read is documented."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
NAME = re.compile(r"\bWORKLENS_[A-Z0-9_]+\b")


def names_in(folder: str, pattern: str) -> set[str]:
    """The variables that these files mention."""
    texts = (path.read_text(encoding="utf-8") for path in (ROOT / folder).rglob(pattern))
    return {name for text in texts for name in NAME.findall(text)}


def test_every_variable_is_documented() -> None:
    """Those of the code and those that Terraform sets, in some page below docs."""
    read = names_in("shared/worklens", "*.py") | names_in("functions", "*.py") | names_in("terraform", "*.tf")

    assert read - names_in("docs", "*.md") == set()
