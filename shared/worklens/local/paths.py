"""Where things lie in the one data directory."""

from __future__ import annotations

import os
from pathlib import Path
from typing import NamedTuple


class Paths(NamedTuple):
    """The files of a data directory."""

    root: Path

    @property
    def state(self) -> Path:
        """SQLite: feeds, runs, queue."""
        return self.root / "state.sqlite"

    @property
    def warehouse(self) -> Path:
        """DuckDB: facts and views."""
        return self.root / "warehouse.duckdb"

    @property
    def blobs(self) -> Path:
        """Files being imported, oversized records."""
        return self.root / "blobs"

    @property
    def backups(self) -> Path:
        """Copies made before a migration."""
        return self.root / "backups"

    @property
    def secrets(self) -> Path:
        """Tokens, where the system has no keyring."""
        return self.root / "secrets.json"


def data_directory(given: str | os.PathLike[str] | None = None) -> Path:
    """The directory given, else WORKLENS_DATA_DIR, else the platform's standard place for a user's data."""
    chosen = given or os.environ.get("WORKLENS_DATA_DIR")
    return Path(chosen).expanduser().absolute() if chosen else usual_directory()


def usual_directory() -> Path:
    """The platform's standard place for a user's data."""
    from platformdirs import user_data_path

    return user_data_path("worklens", appauthor=False)


def prepare(root: Path) -> Paths:
    """Make the directory, readable by its owner only, where it is not there yet."""
    root.mkdir(parents=True, exist_ok=True, mode=0o700)
    return Paths(root)
