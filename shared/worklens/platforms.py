"""Which platform the stages run on: chosen from the environment, by the functions and the command line alone."""

from __future__ import annotations

import os
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from worklens.ports import Ports

PLATFORMS = ("local", "google")
VARIABLE = "WORKLENS_PLATFORM"


class UnknownPlatform(ValueError):
    """WORKLENS_PLATFORM names none."""


def chosen(given: str | None = None) -> str:
    """The platform named, else that of WORKLENS_PLATFORM, else local. Raises UnknownPlatform."""
    name = given or os.environ.get(VARIABLE) or PLATFORMS[0]
    if name not in PLATFORMS:
        raise UnknownPlatform(f"{VARIABLE} is {name!r}; this version knows: {', '.join(PLATFORMS)}")
    return name


@lru_cache(maxsize=1)
def ports() -> Ports:
    """The ports of the platform that WORKLENS_PLATFORM names, made on first use and kept while the process lives.

    Raises UnknownPlatform, and google.settings.BadSettings where the environment lacks a part.
    """
    if chosen() == "google":
        from worklens.google.platform import open_platform as open_google

        return open_google().ports
    from worklens.local.paths import data_directory
    from worklens.local.platform import open_platform

    return open_platform(data_directory()).ports


def bigquery() -> tuple[str, str] | None:
    """Project and data set of the views, where they lie in BigQuery. Raises UnknownPlatform and BadSettings."""
    if chosen() != "google":
        return None
    from worklens.google.settings import settings

    found = settings()
    return found.project, found.dataset
