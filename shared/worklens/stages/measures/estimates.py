"""Spent by estimated for each kind of work."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from worklens.analysis.arrays import Floats
from worklens.analysis.plans import kind_ratios, with_both
from worklens.stages.efforts import Efforts
from worklens.stages.history import coded
from worklens.stages.measures.ground import Ground, Rows, floats, nulls


def estimates_by_kind(ground: Ground) -> Rows:
    """Spent by estimated for each list and each label, the small ones drawn towards all."""
    parts = [by_list(ground.efforts), _by_label(ground)]
    rows = {name: [value for part in parts for value in part[name]] for name in parts[0]}
    titles = ground.past.query("latest_collections") if ground.past else {"collection": [], "title": []}
    names = dict(zip(titles["collection"], titles["title"], strict=True))
    title = [
        names.get(kind) if by == "list" else kind for by, kind in zip(rows["by"], rows["kind"], strict=True)
    ]
    return {
        "by": rows["by"],
        "kind": rows["kind"],
        "title": title,
        **{key: rows[key] for key in list(rows)[2:]},
    }


def by_list(efforts: Efforts) -> Rows:
    """The same for lists alone, by their ids."""
    done = efforts.those(efforts.has_both)
    names = [efforts.collections[code] if code >= 0 else "" for code in done.collection.tolist()]
    pairs = [(row, name) for row, name in enumerate(names) if name]
    return _kinds("list", pairs, done.estimate, done.spent)


def _by_label(ground: Ground) -> Rows:
    table = ground.rows_of("completions")
    estimate, spent = (floats(table[name]) for name in ("estimate_seconds", "spent_seconds"))
    known = with_both(estimate, spent).tolist()
    pairs = [
        (row, name) for row, names in enumerate(table["labels"]) if known[row] for name in sorted(set(names))
    ]
    return _kinds("label", pairs, estimate, spent)


def _kinds(by: str, pairs: Sequence[tuple[int, str]], estimate: Floats, spent: Floats) -> Rows:
    """The kinds of one sort, those with most tasks last; ``pairs`` are the rows in each."""
    rows = np.array([row for row, _ in pairs], dtype=np.int64)
    names, code = coded(name for _, name in pairs)
    found = kind_ratios(estimate[rows], spent[rows], code, len(names))
    order = np.argsort(found.n, kind="stable")
    return {
        "by": [by] * len(names),
        "kind": [names[place] for place in order],
        "tasks": found.n[order].tolist(),
        "ratio": nulls(found.ratio[order]),
        "value": nulls(found.shrunk[order]),
        "weight": nulls(found.weight[order]),
    }
