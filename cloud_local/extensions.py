"""Lay DuckDB's extensions where the BigQuery emulator looks for them: run by the Python that holds both.

The emulator would download them; here they come from wheels that its lock names. ``extensions.py HOME``.
"""

from __future__ import annotations

import importlib.metadata
import shutil
import sys
from pathlib import Path


def main() -> None:
    """Copy every extension that is installed below ``HOME/.duckdb``."""
    import duckdb

    platform = duckdb.execute("PRAGMA platform").fetchall()[0][0]
    folder = Path(sys.argv[1]) / ".duckdb" / "extensions" / f"v{duckdb.__version__}" / platform
    folder.mkdir(parents=True, exist_ok=True)
    for file in _installed():
        shutil.copy2(file, folder / file.name)


def _installed() -> list[Path]:
    installed = importlib.metadata.distributions()
    wheels = [one for one in installed if one.name.replace("-", "_").startswith("duckdb_extension_")]
    files = [Path(str(wheel.locate_file(file))) for wheel in wheels for file in wheel.files or ()]
    return [file for file in files if file.suffix == ".duckdb_extension"]


if __name__ == "__main__":
    main()
