"""What each function installs: pinned with hashes, at the versions the tests run on, and no more than it needs."""

from __future__ import annotations

import json
import re
from functools import cache
from importlib.metadata import distribution, packages_distributions

import pytest

from deploy.bundle import files_of
from deploy.closure import mentioned
from deploy.functions import LAPTOP, NAMES, ROOT, RUNTIME, UNREACHED

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
def providers() -> dict[str, set[str]]:
    """The distributions by the module they provide: the top one, but for Google's, which share theirs."""
    found = {module: set(names) for module, names in packages_distributions().items() if module != "google"}
    for name in {name for name in packages_distributions()["google"] if name.startswith("google")}:
        for file in distribution(name).files or []:
            if file.name == "__init__.py":
                found.setdefault(".".join(file.parts[:-1]), set()).add(name)
    return {module: {name.lower().replace("_", "-") for name in names} for module, names in found.items()}


def provider(module: str) -> set[str]:
    """The distributions that provide a module, or what it is taken from; none for Python's own and for ours."""
    while module and module not in providers():
        module = module.rpartition(".")[0]
    return providers().get(module, set())


def reached(name: str, module: str) -> bool:
    """Whether the function ever comes to import it."""
    return not any(f"{module}.".startswith(f"{each}.") for each in UNREACHED[name])


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
    assert ("vl-convert-python" in locked) == (name in DRAWING)


@pytest.mark.parametrize("name", NAMES)
def test_whatever_a_bundle_imports_is_installed(name: str) -> None:
    """Each package that a file of the bundle imports, at the top or later, is in the lock."""
    locked = set(pins(f"functions/{name}/requirements.txt"))
    files = [path for path in files_of(name, LAPTOP) if path.suffix == ".py"]
    missing = [
        f"{path.relative_to(ROOT)} imports {module}"
        for path in files
        for module in sorted(mentioned(path))
        if reached(name, module) and (found := provider(module)) and not found & locked
    ]

    assert not missing, "\n".join(missing)


def test_the_runtime_is_the_one_that_bundles_are_compiled_for() -> None:
    """Byte-code of another Python would be made anew at each cold start."""
    topology = json.loads((ROOT / "terraform" / "topology.json").read_text())

    assert topology["runtime"] == "python" + "".join(map(str, RUNTIME))
