"""The notebooks in examples/: each holds what its source says, went through without a word of complaint, and is small."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

EXAMPLES = Path(__file__).resolve().parent.parent.parent / "examples"
MOST = 400_000  # bytes of a notebook: what is drawn in it is for the screen


def script() -> ModuleType:
    """examples/_build.py, which is no part of a package."""
    spec = importlib.util.spec_from_file_location("_build", EXAMPLES / "_build.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


BUILD = script()
SOURCES = {path.stem: path for path in BUILD.sources()}


def test_every_notebook_has_its_source_and_is_listed() -> None:
    """None is left over from a source that went, and the README names each."""
    readme = (EXAMPLES / "README.md").read_text(encoding="utf-8")

    assert {path.stem for path in EXAMPLES.glob("*.ipynb")} == set(SOURCES)
    assert [name for name in SOURCES if f"]({name}.ipynb)" not in readme] == []


@pytest.mark.parametrize("name", SOURCES)
def test_a_notebook_holds_what_its_source_says(name: str) -> None:
    """`make example-NAME` mends it."""
    assert not BUILD.stale(SOURCES[name])


@pytest.mark.parametrize("name", SOURCES)
def test_a_notebook_was_executed_from_top_to_bottom(name: str) -> None:
    """Every cell of code once, in order; no error, no warning, at least one picture, and small."""
    notebook = BUILD.kept(SOURCES[name])
    outputs = list(BUILD.outputs(notebook))

    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    assert [cell.execution_count for cell in code] == list(range(1, len(code) + 1))
    assert [output for output in outputs if spoilt(output)] == []
    assert any("image/png" in output.get("data", {}) for output in outputs)
    assert SOURCES[name].with_suffix(".ipynb").stat().st_size < MOST


def spoilt(output: Any) -> bool:
    """An error, or something said on the error stream."""
    return output.output_type == "error" or output.get("name") == "stderr"


def test_a_changed_source_makes_its_notebook_stale(tmp_path: Path) -> None:
    """A word more in a cell is seen; so is a notebook that isn't there."""
    name, source = next(iter(SOURCES.items()))
    copy = tmp_path / source.name
    text = source.read_text(encoding="utf-8")
    copy.with_suffix(".ipynb").write_bytes(source.with_suffix(".ipynb").read_bytes())

    copy.write_text(text, encoding="utf-8")
    assert not BUILD.stale(copy)
    copy.write_text(text + "\n# %%\nprint(1)\n", encoding="utf-8")
    assert BUILD.stale(copy)
    copy.with_suffix(".ipynb").unlink()
    with pytest.raises(SystemExit, match=f"make example-{name}"):
        BUILD.stale(copy)


def test_an_example_that_is_not_there() -> None:
    """The error names those that are."""
    with pytest.raises(SystemExit, match=f"no example nothing; there are .*{next(iter(SOURCES))}"):
        BUILD.sources(["nothing"])
