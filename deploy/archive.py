"""Makes a zip of a folder whose bytes depend on the files' names and contents alone."""

from __future__ import annotations

from pathlib import Path
from zipfile import ZIP_STORED, ZipFile, ZipInfo

LONG_AGO = (1980, 1, 1, 0, 0, 0)  # the first instant that a zip can write
UNIX = 3
PLAIN_FILE = 0o100644 << 16


def write_zip(folder: Path, target: Path) -> None:
    """Write all files below ``folder`` into ``target``, whole or not at all.

    Nothing is compressed: two builds of zlib may pack the same bytes differently, and a bundle is a megabyte or two.
    """
    half = target.with_name(f"{target.name}.part")
    with ZipFile(half, "w", ZIP_STORED) as archive:
        for path in sorted(path for path in folder.rglob("*") if path.is_file()):
            archive.writestr(_entry(path.relative_to(folder)), path.read_bytes())
    half.replace(target)


def _entry(path: Path) -> ZipInfo:
    entry = ZipInfo(path.as_posix(), LONG_AGO)
    entry.create_system = UNIX
    entry.external_attr = PLAIN_FILE
    return entry
