"""Which modules go into a bundle is read from the imports."""

from __future__ import annotations

from pathlib import Path

import pytest

from deploy.closure import closure, data_of


@pytest.fixture
def package(tmp_path: Path) -> Path:
    """A package called worklens, in which each module is imported in another way."""
    files = {
        "__init__.py": "",
        "first.py": "def later():\n    from worklens.rooms import second",
        "rooms/__init__.py": "",
        "rooms/second.py": "WHERE = {'third': 'worklens.third:Third'}",
        "rooms/queries/all.sql": "SELECT 1",
        "rooms/py.typed": "",
        "third.py": "import worklens.laptop.fourth",
        "laptop/__init__.py": "",
        "laptop/fourth.py": "",
        "laptop/map.json": "{}",
        "unused.py": "",
        "typed.py": "",
    }
    folder = tmp_path / "worklens"
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)
    return folder


def needed(package: Path, source: str, *without: str) -> set[str]:
    """What a function with this source needs, less the package's own name."""
    root = package.parent / "main.py"
    root.write_text(source)
    return {name.partition(".")[2] for name in closure([root], package, frozenset(without))} - {""}


def test_imports_are_followed_wherever_they_stand(package: Path) -> None:
    """In a function, through a package, by a name in a string; what nobody names stays out."""
    found = needed(package, "import worklens.first")

    assert found == {"first", "rooms", "rooms.second", "third", "laptop", "laptop.fourth"}


def test_what_is_left_out_is_not_followed(package: Path) -> None:
    """A room that is cut goes with everything in it."""
    assert "laptop" in needed(package, "import worklens.third")
    assert needed(package, "import worklens.third", "worklens.laptop") == {"third"}


def test_an_import_for_the_type_checker_does_not_count(package: Path) -> None:
    """It never runs."""
    source = "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    import worklens.typed"

    assert needed(package, source) == set()


def test_data_goes_with_its_package(package: Path) -> None:
    """SQL below a package comes along, the mark for type checkers and another package's data don't."""
    modules = closure([package / "first.py"], package, frozenset({"worklens.laptop"}))

    assert data_of(modules.values()) == [package / "rooms" / "queries" / "all.sql"]
