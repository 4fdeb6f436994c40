"""What a feed's hazard is drawn to, where the deployment's people asked for it: what other feeds' models have in common.

Off unless WORKLENS_BORROW is 1. Parameters alone are read, no task of anyone's; and only of models that were learnt without
borrowing, so that nothing comes back to the feed it came from. Who borrowed gives it back when a lender is forgotten.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from worklens.ports import Ports
from worklens.stages import hazards
from worklens.tasks import digest

if TYPE_CHECKING:
    from worklens.analysis.hazard.model import Hazard

BORROW = "WORKLENS_BORROW"


class Loan(NamedTuple):
    """The centre for a feed's ridge, None where there is none, and the hashes of the feeds that it was made of."""

    prior: Hazard | None = None
    lenders: tuple[str, ...] = ()


def loan_for(feed: str, ports: Ports) -> Loan:
    """What this feed may borrow; nothing where nobody asked, or where no other feed has a model of its own."""
    if os.environ.get(BORROW) != "1":
        return Loan()
    from worklens.analysis.hazard.prior import prior_of

    others = [one.name for one in ports.state.feeds() if one.name != feed and _own(one.name, ports)]
    found = {name: learnt.hazard for name in others if (learnt := hazards.load(name, ports)) is not None}
    width = next((one.near_done.w.size for one in found.values()), 0)
    alike = {name: one for name, one in found.items() if one.near_done.w.size == width}
    return Loan(prior_of(list(alike.values())), tuple(map(digest, alike))) if alike else Loan()


def _own(feed: str, ports: Ports) -> bool:
    """Whether its model was learnt from its own past alone."""
    pointer = ports.state.pointer(feed, hazards.MODEL)
    return bool(pointer and pointer.version and not pointer.evidence.get("borrowed"))


# ----- Giving back -----


def is_due_back(evidence: Mapping[str, Any], ports: Ports) -> bool:
    """Whether a model of this evidence may no longer hold what it borrowed, or had to give it back already."""
    lenders = evidence.get("borrowed")
    if not lenders:
        return bool(evidence.get("given_back"))
    if os.environ.get(BORROW) != "1":
        return True
    return lenders is True or not set(lenders) <= {digest(one.name) for one in ports.state.feeds()}


def give_back(lender: str, ports: Ports) -> None:
    """Remove every model that borrowed from a feed: of who is forgotten nothing stays with the others.

    Until these are learnt anew, their feeds are told by their curves. Harmless when repeated.
    """
    for feed in ports.state.feeds():
        pointer = ports.state.pointer(feed.name, hazards.MODEL)
        lenders = pointer.evidence.get("borrowed") if pointer else None
        if pointer and (lenders is True or (lenders and digest(lender) in lenders)):
            # The files first: a model that isn't there counts as none, and a pointer that says it owes is found again.
            for version in {pointer.version, pointer.evidence["replaced"]} - {""}:
                ports.blobs.delete(hazards.place(feed.name, version))
            evidence = {**pointer.evidence, "borrowed": [], "given_back": True}
            ports.state.point(feed.name, hazards.MODEL, "", evidence)
