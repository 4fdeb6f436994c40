"""Blobs as files in a directory."""

from __future__ import annotations

import os
from pathlib import Path
from urllib.parse import quote


class FileBlobs:
    """Each blob is a file; names are quoted, so that none can leave the directory."""

    def __init__(self, root: Path) -> None:
        """``root`` is made when the first blob is stored."""
        self.root = root

    def put(self, name: str, content: bytes) -> None:
        """Store by writing beside and renaming, so that a reader sees all or nothing."""
        path = self._path(name)
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        beside = path.with_name(f"{path.name}.{os.getpid()}.part")
        with beside.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)

    def get(self, name: str) -> bytes:
        """The content; raises KeyError."""
        try:
            return self._path(name).read_bytes()
        except FileNotFoundError:
            raise KeyError(name) from None

    def delete(self, name: str) -> None:
        """Remove it, if it is there."""
        self._path(name).unlink(missing_ok=True)

    def names(self, prefix: str = "") -> list[str]:
        """The names that begin so."""
        from urllib.parse import unquote

        paths = self.root.glob("*") if self.root.exists() else []
        return sorted(name for path in paths if (name := unquote(path.name)).startswith(prefix))

    def _path(self, name: str) -> Path:
        return self.root / quote(name, safe="")
