"""An empty warehouse, made once a process and then copied: making one takes longer than most tests do."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from worklens.local.paths import prepare
from worklens.local.platform import Platform, open_platform
from worklens.ports import Clock


def platform_in(root: Path, clock: Clock | None = None) -> Platform:
    """Open the platform in a folder; where there is none yet, one whose warehouse is already made, and empty."""
    place_warehouse(root)
    return open_platform(root, clock)


def place_warehouse(root: Path) -> None:
    """Put a warehouse that is made, and empty, into a folder that has none."""
    place = prepare(root).warehouse
    if not place.exists():
        place.write_bytes(_empty())


@cache
def _empty() -> bytes:
    """The file of a warehouse in which nothing is."""
    with TemporaryDirectory() as folder:
        platform = open_platform(Path(folder))
        with platform.warehouse.write():
            pass
        platform.close()
        return platform.paths.warehouse.read_bytes()
