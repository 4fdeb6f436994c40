"""Lends a command's platform to whoever looks after what is in it: the command itself, or the pages that it serves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from worklens.cli.watch import QUIET
from worklens.stages.care import Hands

if TYPE_CHECKING:
    from worklens.cli.desk import Desk
    from worklens.cli.voice import Voice
    from worklens.stages.pages.tending import Tending


def hands(platform: Desk, voice: Voice) -> Hands:
    """How the platform works off what is asked of it; what is to be said meanwhile goes to ``voice``."""
    return Hands(
        lambda: platform.take_up(voice, QUIET), lambda runs: platform.until_settled(runs, voice, QUIET)
    )


def tending(platform: Desk, voice: Voice, bound: str = "") -> Tending | None:
    """What the pages may do on this machine, to ``bound`` alone; None where the services of a deployment hold the data."""
    from worklens.stages.pages.tending import Tending

    local = platform.written() is not None
    return Tending(platform, hands(platform, voice), bound) if local else None
