"""Which open tasks to decide on: those at the age where most are done, and the oldest."""

from __future__ import annotations

import numpy as np

from worklens.render.section import Section
from worklens.render.sections.open_work import OpenWork
from worklens.render.words import Words

OLDEST = 8  # as many as one would look through in a morning


def turning(work: OpenWork, words: Words) -> Section | None:
    """The open tasks at the age where most of their kind are done: later hardly any is. None where there are none."""
    if work.known is None or not work.turning.size:
        return None
    return Section(
        key="turning",
        title=words("turning.title"),
        subtitle=words("turning.subtitle", limit=words.age(work.known.most)),
        items=tuple(work.item(place, words) for place in work.turning[:OLDEST].tolist()),
    )


def oldest(work: OpenWork, words: Words) -> Section | None:
    """The oldest open tasks by name, and how many are other people's; None where there are no open tasks."""
    if not work.ages.size:
        return None
    theirs = int((~work.own).sum())
    order = np.argsort(np.where(work.own, -work.ages, 1), kind="stable")[: min(OLDEST, work.own.sum())]
    overtaken = work.known is not None and order.size > 0 and bool((work.ages[order] > work.known.most).all())
    return Section(
        key="oldest",
        title=words("oldest.title"),
        subtitle=words("oldest.overtaken") if overtaken else "",
        items=tuple(work.item(place, words) for place in order.tolist()),
        note=words.plural("oldest.theirs", theirs) if theirs else "",
    )
