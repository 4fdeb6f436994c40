"""Which platform the stages run on: chosen from the environment, by the functions and the command line alone."""

from __future__ import annotations

import os
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from worklens.ports import Ports


class UnknownPlatform(ValueError):
    """WORKLENS_PLATFORM names none."""


@lru_cache(maxsize=1)
def ports() -> Ports:
    """The ports of the platform that WORKLENS_PLATFORM names, made on first use and kept while the process lives."""
    name = os.environ.get("WORKLENS_PLATFORM", "local")
    if name != "local":
        raise UnknownPlatform(f"WORKLENS_PLATFORM is {name!r}; this version knows: local")
    from worklens.local.paths import data_directory
    from worklens.local.platform import open_platform

    return open_platform(data_directory()).ports
