"""The deployable functions, and what of the package each does without."""

from __future__ import annotations

from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
NAMES = tuple(sorted(path.parent.name for path in ROOT.glob("functions/*/main.py")))
RUNTIME = (3, 11)  # Python of the deployed functions: the one that the tests run on

# Rooms that no deployed function enters: the laptop's platform and command line, made-up data, the tests' fakes.
LAPTOP = frozenset(
    {
        "worklens.local",
        "worklens.cli",
        "worklens.sample",
        "worklens.testing",
        "worklens.opened",
        "worklens.__main__",
    }
)

SECRETS, BLOBS, NUMBERS = "google.cloud.secretmanager_v1", "google.cloud.storage", "numpy"
UNREACHED: dict[str, frozenset[str]] = {
    "fetch": frozenset({"google.cloud.bigquery", NUMBERS}),
    "transform": frozenset({SECRETS, NUMBERS}),
    "score": frozenset({SECRETS}),
    "learn": frozenset({SECRETS}),
    "report": frozenset({SECRETS, BLOBS}),
}
"""Packages that the platform imports on the way to a port which the function never asks for: it needn't install them.
The tests on the emulators run the functions so."""
