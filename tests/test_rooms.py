"""The rooms of the package, and who may lean on whom.

Read from the source with `ast`, so that an import inside a function or under TYPE_CHECKING counts too.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parent.parent / "shared" / "worklens"

GROUND = {"tasks", "messages", "analysis"}
PLATFORMS = {"local", "google"}
ROOF = {"", "cli", "platforms", "opened", "__main__"}  # the package itself opens a data directory

# A room, and the other rooms it may import. What isn't named here may not be imported, and a new room must be named.
MAY_LEAN_ON: dict[str, set[str]] = {
    "tasks": set(),
    "analysis": set(),
    "messages": {"tasks"},
    "ports": GROUND,
    "sources": GROUND,
    "warehouse": GROUND,
    "findings": GROUND,
    "sample": GROUND,
    "reading": {"analysis"},
    "render": GROUND | {"findings"},
    "local": GROUND | {"ports", "warehouse"},
    "google": GROUND | {"ports", "warehouse"},
    "version": set(),
    "stages": GROUND | {"version", "ports", "sources", "warehouse", "findings", "render", "reading"},
    "logs": set(),
    "oidc": set(),
    "iap": {"oidc"},
    "entry": GROUND | {"ports", "logs", "oidc"},
    "testing": GROUND | {"ports", "sources"},
}
ROOMS = set(MAY_LEAN_ON) | ROOF


def module_name(path: Path, package: Path) -> str:
    """`worklens.local.queue` for package/local/queue.py, `worklens.local` for package/local/__init__.py."""
    parts = path.relative_to(package.parent).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def modules_of(package: Path) -> dict[str, Path]:
    """Every module of the package by its full name."""
    return {module_name(path, package): path for path in sorted(package.rglob("*.py"))}


def absolute(node: ast.ImportFrom, module: str, is_package: bool) -> str:
    """The module that `from X import` names, its leading dots resolved."""
    if not node.level:
        return node.module or ""
    here = module.split(".") if is_package else module.split(".")[:-1]
    base = here[: len(here) - node.level + 1]
    return ".".join([*base, *([node.module] if node.module else [])])


def named_by(node: ast.AST, module: str, is_package: bool) -> Iterator[str]:
    """The dotted names an import statement mentions: `from a import b` may mean the module a.b."""
    if isinstance(node, ast.Import):
        yield from (alias.name for alias in node.names)
    elif isinstance(node, ast.ImportFrom):
        base = absolute(node, module, is_package)
        yield from (f"{base}.{alias.name}" for alias in node.names)


def nearest(name: str, modules: dict[str, Path]) -> str:
    """The longest part of a dotted name that is a module of ours; empty if none is."""
    while name and name not in modules:
        name = name.rpartition(".")[0]
    return name


def every_import(module: str, modules: dict[str, Path]) -> set[str]:
    """The modules of ours that a module imports, wherever it does, each as exactly as it can be told."""
    path = modules[module]
    names = names_in(path.read_text(encoding="utf-8"), module, path.name == "__init__.py")
    return {nearest(name, modules) for name in names} - {"", module}


@cache
def names_in(text: str, module: str, is_package: bool) -> frozenset[str]:
    """All dotted names that a module's import statements mention; kept, since to parse them all takes seconds."""
    nodes = ast.walk(ast.parse(text))
    return frozenset(name for node in nodes for name in named_by(node, module, is_package))


def room_of(module: str) -> str:
    """The room a module stands in; the package itself is nobody's room."""
    return module.partition(".")[2].partition(".")[0]


def leanings(package: Path) -> Iterator[tuple[str, str]]:
    """Each (module, module it imports) that goes from one room into another and isn't allowed."""
    modules = modules_of(package)
    for module in modules:
        room = room_of(module)
        if room in ROOF:
            continue
        allowed = MAY_LEAN_ON.get(room, set()) | {room}
        yield from (
            (module, other) for other in every_import(module, modules) if room_of(other) not in allowed
        )


def cycle_in(package: Path) -> list[str]:
    """The modules of one import cycle, or none."""
    modules = modules_of(package)
    try:
        TopologicalSorter({module: every_import(module, modules) for module in modules}).prepare()
    except CycleError as error:
        return list(error.args[1])
    return []


def test_no_room_leans_where_it_may_not() -> None:
    """Each room imports only the rooms below it."""
    wrong = [f"{module} imports {other}" for module, other in leanings(PACKAGE)]

    assert not wrong, "\n".join(wrong)


def test_every_room_has_its_rule() -> None:
    """A new file or folder at the top of the package is given its place in MAY_LEAN_ON."""
    without = {room_of(module) for module in modules_of(PACKAGE)} - {""} - ROOMS

    assert not without, f"give {sorted(without)} a line in MAY_LEAN_ON"


def test_no_import_cycle() -> None:
    """No module leans on one that leans on it, not even in a function or for a type."""
    assert not cycle_in(PACKAGE)


def test_only_the_roof_is_free() -> None:
    """Nothing below the roof may choose a platform, and the ground leans on nothing above it."""
    assert not any(PLATFORMS & may for may in MAY_LEAN_ON.values())
    assert all(MAY_LEAN_ON[room] <= GROUND for room in GROUND)


def write_package(folder: Path, files: dict[str, str]) -> Path:
    """A package called worklens made of these files."""
    package = folder / "worklens"
    for name, source in {"__init__.py": "", **files}.items():
        path = package / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(source, encoding="utf-8")
    return package


@pytest.mark.parametrize(
    "source",
    [
        "import worklens.local.queue",
        "from worklens.local import queue",
        "from worklens.local.queue import Queue",
        "from worklens import local",
        "from ..local import queue",
        "from .. import local",
        "def later():\n    from worklens.local.queue import Queue",
        "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from worklens.local.queue import Queue",
    ],
)
def test_each_form_of_import_is_seen(tmp_path: Path, source: str) -> None:
    """A stage that reaches for a platform is caught, however the import is written."""
    files = {"local/__init__.py": "", "local/queue.py": "Queue = int", "stages/__init__.py": ""}
    package = write_package(tmp_path, {**files, "stages/fetch.py": source})

    assert [module for module, _ in leanings(package)] == ["worklens.stages.fetch"]


@pytest.mark.parametrize(
    "source",
    [
        "import worklens.messages",
        "def later():\n    import worklens.messages",
        "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from worklens.messages import Batch",
    ],
)
def test_a_cycle_is_seen(tmp_path: Path, source: str) -> None:
    """Two modules that lean on each other are caught, also where one does so later or for a type."""
    assert cycle_in(write_package(tmp_path, {"tasks.py": source, "messages.py": "import worklens.tasks"}))
    assert not cycle_in(write_package(tmp_path, {"tasks.py": source, "messages.py": ""}))
