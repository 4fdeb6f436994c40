"""The deployable functions, and what of the package each does without."""

from __future__ import annotations

from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
NAMES = tuple(sorted(path.parent.name for path in ROOT.glob("functions/*/main.py")))
RUNTIME = (3, 11)  # Python of the deployed functions: the one that the tests run on

# Rooms that no deployed function enters: the laptop's platform and command line, made-up data, the tests' fakes.
LAPTOP = frozenset(
    {"worklens.local", "worklens.cli", "worklens.sample", "worklens.testing", "worklens.__main__"}
)

WITHOUT: dict[str, frozenset[str]] = {name: frozenset() for name in NAMES}
"""What a function's imports name though it never gets there."""
