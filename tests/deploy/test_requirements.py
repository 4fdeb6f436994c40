"""What each function installs: pinned with hashes, at the versions the tests run on, and no more than it needs."""

from __future__ import annotations

import re
from functools import cache
from importlib.metadata import packages_distributions

import pytest

from deploy.bundle import files_of
from deploy.closure import mentioned
from deploy.functions import LAPTOP, NAMES, ROOT, WITHOUT

PIN = re.compile(r"^(\S+)==(\S+)", re.MULTILINE)
HEAVY = {
    "pandas",
    "pyarrow",
    "duckdb",
    "keyring",
    "sqlglot",
    "typer",
    "rich",
}  # of the laptop, or worth a second
NUMERIC = {"score", "learn", "report"}
DRAWING = {"report"}


def pins(path: str) -> dict[str, str]:
    """Versions by name, as a lock has them."""
    return dict(PIN.findall((ROOT / path).read_text()))


def named(name: str) -> set[str]:
    """What a function asks for itself."""
    lines = (ROOT / "functions" / name / "requirements.in").read_text().splitlines()
    return {line.partition("#")[0].strip() for line in lines} - {""}


@cache
def providers() -> dict[str, list[str]]:
    """The distributions by the top module they provide, in a lock's spelling."""
    found = packages_distributions()
    return {module: [name.lower().replace("_", "-") for name in names] for module, names in found.items()}


def provider(module: str) -> set[str]:
    """The distributions that may provide a module; none for Python's own."""
    parts = module.split(".")
    if parts[0] == "google" and len(parts) > 1:
        google = {"cloud": "-".join(parts[:3]), "auth": "google-auth", "oauth2": "google-auth"}
        return {google.get(parts[1], f"google-{parts[1].replace('_', '-')}")}
    return set(providers().get(parts[0], [])) - {"worklens"}


@pytest.mark.parametrize("name", NAMES)
def test_every_requirement_is_pinned_as_tested_with_its_hashes(name: str) -> None:
    """The same versions as in the lock of the tests."""
    text = (ROOT / "functions" / name / "requirements.txt").read_text()
    locked, tested = pins(f"functions/{name}/requirements.txt"), pins("requirements/dev.txt")

    assert locked.items() <= tested.items()
    assert named(name) <= set(locked)
    assert all("--hash=sha256:" in part for part in re.split(PIN, text)[3::3])


@pytest.mark.parametrize("name", NAMES)
def test_a_function_installs_nothing_heavy_that_it_does_not_use(name: str) -> None:
    """NumPy only where numbers are computed, charts only for the page, nothing of the laptop's."""
    locked = set(pins(f"functions/{name}/requirements.txt"))

    assert not locked & HEAVY
    assert ("numpy" in locked) == (name in NUMERIC)
    assert ("altair" in locked) == ("vl-convert-python" in locked) == (name in DRAWING)


@pytest.mark.parametrize("name", NAMES)
def test_whatever_a_bundle_imports_is_installed(name: str) -> None:
    """Each package that a file of the bundle imports, at the top or later, is in the lock."""
    locked = set(pins(f"functions/{name}/requirements.txt"))
    files = [path for path in files_of(name, LAPTOP | WITHOUT[name]) if path.suffix == ".py"]
    missing = [
        f"{path.relative_to(ROOT)} imports {module}"
        for path in files
        for module in sorted(mentioned(path))
        if (found := provider(module)) and not found & locked
    ]

    assert not missing, "\n".join(missing)
