"""One look of the doctor's."""

from __future__ import annotations

import msgspec

OTHERS = 0o077  # the bits of a mode by which anybody else may look


class Check(msgspec.Struct, frozen=True, omit_defaults=True):
    """One look: what was found, and what to do about it where it isn't well."""

    name: str
    well: bool
    text: str
    remedy: str = ""
