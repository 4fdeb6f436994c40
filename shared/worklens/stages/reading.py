"""Reads the file that a pull asks for: the one being imported, or the one that a setting of the feed names."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from worklens.sources.base import File, Json, Refused


def path_in(settings: Mapping[str, Json], name: str) -> Path | None:
    """The path that stands in a setting of the feed; None where there is none."""
    return Path(str(settings[name])).expanduser() if settings.get(name) else None


def read_file(file: Path | File | None) -> File:
    """The file being imported, whole. Raises Refused where there is none or it can't be read."""
    if isinstance(file, File):
        return file
    if file is None:
        raise Refused("no-file")
    try:
        modified = file.stat().st_mtime_ns // 1_000
        return File(name=file.name, content=file.read_bytes(), modified=modified)
    except FileNotFoundError:
        raise Refused("file-missing", file=file.name) from None
    except OSError as error:
        raise Refused("file-unreadable", file=file.name, problem=error.strerror or "") from None
