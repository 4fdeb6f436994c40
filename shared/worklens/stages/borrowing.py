"""What a feed's hazard is drawn to, where the deployment's people asked for it: what other feeds' models have in common.

Off unless WORKLENS_BORROW is 1. Parameters alone are read, no task of anyone's; and only of models that were learnt without
borrowing, so that nothing comes back to the feed it came from.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from worklens.ports import Ports
from worklens.stages import hazards

if TYPE_CHECKING:
    from worklens.analysis.hazard.model import Hazard

BORROW = "WORKLENS_BORROW"


def prior_for(feed: str, ports: Ports) -> Hazard | None:
    """The centre for this feed's ridge; None where nobody asked, or where no other feed has a model of its own."""
    if os.environ.get(BORROW) != "1":
        return None
    from worklens.analysis.hazard.prior import prior_of

    others = [one.name for one in ports.state.feeds() if one.name != feed and _own(one.name, ports)]
    found = [learnt.hazard for name in others if (learnt := hazards.load(name, ports)) is not None]
    alike = [one for one in found if one.near_done.w.size == found[0].near_done.w.size]
    return prior_of(alike) if alike else None


def _own(feed: str, ports: Ports) -> bool:
    """Whether its model was learnt from its own past alone."""
    pointer = ports.state.pointer(feed, hazards.MODEL)
    return bool(pointer and pointer.version and not pointer.evidence.get("borrowed"))
