"""The charts' JavaScript, kept from one report to the next: making it takes two seconds, reading it a hundredth of one."""

from __future__ import annotations

import os
from contextlib import suppress
from hashlib import sha256
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

MAKER = "vl-convert-python"


def script(folder: Path | None = None) -> str:
    """What `render.runtime.bundle` makes, from the user's cache where this version of its maker left it there.

    The file's name tells the version and the content's hash, so that neither an older one nor half of one is taken.
    Raises ImportError, naming the remedy, where the extra ``report`` isn't installed.
    """
    place = folder or cache_folder()
    try:
        stem = f"charts-{version(MAKER)}-"
    except PackageNotFoundError:
        stem = ""
    for path in place.glob(f"{stem}*.js") if stem else ():
        with suppress(OSError, UnicodeDecodeError):
            found = path.read_text(encoding="utf-8")
            if path.stem == stem + _hash(found):
                return found
    from worklens.render.runtime import bundle

    made = bundle()
    with suppress(OSError):  # a home that can't be written to makes reports as well
        _keep(made, place, stem)
    return made


def cache_folder() -> Path:
    """The platform's place for what can be made again."""
    from platformdirs import user_cache_path

    return user_cache_path("worklens", appauthor=False)


def _keep(made: str, place: Path, stem: str) -> None:
    """Write it beside its place and move it there; what earlier versions left goes."""
    if not stem:
        return
    place.mkdir(parents=True, exist_ok=True, mode=0o700)
    path = place / f"{stem}{_hash(made)}.js"
    beside = path.with_name(f"{path.name}.{os.getpid()}.part")
    beside.write_text(made, encoding="utf-8")
    beside.replace(path)
    for old in place.glob("charts-*.js"):
        if old != path:
            old.unlink(missing_ok=True)


def _hash(text: str) -> str:
    return sha256(text.encode()).hexdigest()[:32]
