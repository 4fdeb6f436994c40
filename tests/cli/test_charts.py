"""The charts' JavaScript, kept in the user's cache."""

from __future__ import annotations

from pathlib import Path

import pytest

from worklens.cli import charts
from worklens.render import runtime


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """How often the script was made; it is short here."""
    count: list[str] = []

    def bundle() -> str:
        count.append("made")
        return "window.vegaEmbed = 'ä';"

    monkeypatch.setattr(runtime, "bundle", bundle)
    return count


def test_it_is_made_once_and_then_read(made: list[str], tmp_path: Path) -> None:
    """The same text each time."""
    assert charts.script(tmp_path / "cache") == charts.script(tmp_path / "cache") == runtime.bundle()
    assert len(made) == 2


def test_another_version_or_half_a_file_is_not_taken(
    made: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is made anew, and what the earlier version left goes."""
    charts.script(tmp_path)
    (path,) = tmp_path.iterdir()
    path.write_text(path.read_text("utf-8")[:9], "utf-8")
    charts.script(tmp_path)
    monkeypatch.setattr(charts, "version", lambda name: "9.9.9")
    charts.script(tmp_path)

    assert len(made) == 3
    assert [path.name.split("-")[1] for path in tmp_path.iterdir()] == ["9.9.9"]


def test_a_cache_that_can_not_be_written_is_done_without(made: list[str], tmp_path: Path) -> None:
    """The report is made all the same."""
    (tmp_path / "file").write_text("")

    assert charts.script(tmp_path / "file" / "cache") == runtime.bundle()
