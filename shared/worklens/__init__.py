"""A personal work analyzer: what happened to every task, how you really work, and what will be done by when.

``worklens.open()`` gives all that is known to whoever would ask in Python.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from worklens.version import __version__

if TYPE_CHECKING:
    from worklens.opened import Work


def open(data_dir: str | os.PathLike[str] | None = None) -> Work:  # noqa: A001 - as shelve and tarfile do
    """What is known, as it is now, from a data directory: the one given, else that which the command line takes.

    It is copied, so that a sync goes on meanwhile. Raises FileNotFoundError where nothing was taken in yet, and Busy where
    the store doesn't come free within ten seconds.
    """
    from worklens.opened import Work

    return Work(data_dir)


__all__ = ["__version__", "open"]
