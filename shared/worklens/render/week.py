"""The week's figures: the same seven days in the digest, on the page and in the API."""

from __future__ import annotations

import msgspec
import numpy as np

from worklens.render.columns import WEEK, Flow


class Week(msgspec.Struct, frozen=True, kw_only=True):
    """The seven days up to the last one on record, beside the seven before."""

    done: int = 0
    done_before: int = 0
    arrived: int = 0
    removed: int = 0  # deleted, or closed without being done
    open: int = 0
    open_before: int = 0  # at the end of the week before


def week_of(days: Flow | None) -> Week:
    """The last week of a flow; nothing at all where there is none."""
    if days is None:
        return Week()
    done, opened = np.pad(days.done, (2 * WEEK, 0)), np.pad(days.open, (2 * WEEK, 0))
    return Week(
        done=int(done[-WEEK:].sum()),
        done_before=int(done[-2 * WEEK : -WEEK].sum()),
        arrived=int(days.arrived[-WEEK:].sum()),
        removed=int(days.removed[-WEEK:].sum()),
        open=int(opened[-1]),
        open_before=int(opened[-1 - WEEK]),
    )
