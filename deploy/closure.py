"""Which modules and data files of the package a function needs: read from its imports, wherever they stand."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

NAMED = re.compile(r"(worklens(?:\.\w+)+)(?::\w+)?")  # a module named in a string, as a registry does


def closure(roots: Iterable[Path], package: Path, without: frozenset[str]) -> dict[str, Path]:
    """The modules of ``package`` that the files ``roots`` may import, by name, with the packages they stand in.

    Modules in ``without``, and all below them, are left out. Imports for the type checker alone don't count.
    """
    modules = modules_of(package)
    found: dict[str, Path] = {}
    waiting = [name for root in roots for name in imported(root, modules)]
    while waiting:
        name = waiting.pop()
        if name in found or any(name == cut or name.startswith(f"{cut}.") for cut in without):
            continue
        found[name] = modules[name]
        waiting += imported(modules[name], modules)
        waiting += [name.rpartition(".")[0]] if "." in name else []
    return dict(sorted(found.items()))


def modules_of(package: Path) -> dict[str, Path]:
    """Every module of a package by its full name."""
    paths = sorted(package.rglob("*.py"))
    return {_module_name(path.relative_to(package.parent)): path for path in paths}


def _module_name(path: Path) -> str:
    parts = path.with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def imported(path: Path, modules: dict[str, Path]) -> set[str]:
    """The modules among ``modules`` that a file imports or names in a string."""
    return {_nearest(name, modules) for name in mentioned(path)} - {""}


def mentioned(path: Path) -> set[str]:
    """All dotted names that a file imports or, for modules of ours, names in a string."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return {name for node in _running(tree) for name in _names(node)}


def _running(node: ast.AST) -> Iterator[ast.AST]:
    """All nodes but those for the type checker alone."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.If) and "TYPE_CHECKING" in ast.unparse(child.test):
            continue
        yield child
        yield from _running(child)


def _names(node: ast.AST) -> Iterator[str]:
    match node:
        case ast.Import(names=names):
            yield from (alias.name for alias in names)
        case ast.ImportFrom(module=str(module), names=names, level=0):
            yield from (f"{module}.{alias.name}" for alias in names)
        case ast.Constant(value=str(text)) if named := NAMED.fullmatch(text):
            yield named[1]


def _nearest(name: str, modules: dict[str, Path]) -> str:
    """The longest part of a dotted name that is one of the modules; empty if none is."""
    while name and name not in modules:
        name = name.rpartition(".")[0]
    return name


def data_of(modules: Iterable[Path]) -> list[Path]:
    """The files that are no Python in the packages among these modules: SQL, schemas, templates, catalogues."""
    packages = [path.parent for path in modules if path.name == "__init__.py"]
    return sorted(path for folder in packages for path in _data(folder))


def _data(folder: Path) -> Iterator[Path]:
    for path in folder.iterdir():
        if path.is_dir() and path.name != "__pycache__" and not (path / "__init__.py").exists():
            yield from _data(path)
        elif path.is_file() and path.suffix not in {".py", ".pyc", ".typed"}:
            yield path
