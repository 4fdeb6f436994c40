"""The pages' figures are those that were measured."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parent.parent


def script() -> ModuleType:
    """docs/figures.py, which is no part of a package."""
    spec = importlib.util.spec_from_file_location("figures", ROOT / "docs" / "figures.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules["figures"] = module
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("name", list(script().PAGES))
def test_a_page_says_what_was_measured(name: str) -> None:
    """`python docs/figures.py write` mends it."""
    figures = script()
    text = (ROOT / name).read_text(encoding="utf-8")

    assert figures.BEGIN in text
    assert figures.END in text
    assert text == figures.with_figures(text, figures.table(figures.kept(), figures.PAGES[name]))
    assert all(figures.kept()[one]["rows"] for one in figures.PAGES[name].names)


def test_every_row_says_whether_the_target_was_met() -> None:
    """A ratio above 1 is ahead of the peer; the target stands beside it."""
    for found in script().kept().values():
        for row in found["rows"]:
            assert {"name", "ours", "peer", "ratio", "target", "unit", "runs"} == set(row)
