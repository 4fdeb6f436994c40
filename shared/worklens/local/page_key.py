"""The key to the pages served on this machine: whoever else is logged in here has none."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

NAME = "page.key"
BYTES = 24


def page_key(root: Path) -> str:
    """The data directory's key, made when it is first asked for and readable by its owner alone."""
    place = root / NAME
    try:
        handle = os.open(place, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        known = place.read_text(encoding="ascii").strip()
        if known:
            return known
        handle = os.open(place, os.O_WRONLY | os.O_TRUNC)
    made = secrets.token_urlsafe(BYTES)
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(made)
    return made
