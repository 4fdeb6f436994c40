"""Titles that say the same: equal once signs, capitals and words that say nothing are gone, or but for a slip of the pen.

Precision comes first, so nothing is guessed from likeness: "week 3" and "week 4" are as like as titles can be, and two
things to do. Candidates for a slip are those that share what is left of them without one character (Garbe's symmetric
deletion, 2012), which finds every pair one edit apart without comparing all with all.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations
from typing import NamedTuple

from worklens.analysis.words.slips import is_slip
from worklens.analysis.words.tokens import HAN, plain

LONGEST = 120  # characters of a title in which slips are sought: each gives that many keys
SHORTEST = 5  # below it one character more or less is another word
COMMON = 50  # titles that share what is left without one character; so many are a series, not slips
_SEPARATORS = re.compile(r"[\W_]+")
_LEADING = re.compile(
    r"^(?:to do|todo|don t forget(?: to)?|do not forget(?: to)?|remember(?: to)?|reminder|please|urgent|asap"
    r"|记得|别忘了|不要忘记|请|待办)(?:\s+|(?<=[" + HAN + r"]))(?=.)"
)
_TRAILING = re.compile(
    r"(?<=.)(?:\s+|(?=["
    + HAN
    + r"]))(?:soon|asap|urgent|please|today|now|don t forget|do not forget|别忘了|不要忘记|尽快|急)$"
)


class Alike(NamedTuple):
    """Titles that say the same, by their places, and how they differ at most."""

    places: tuple[int, ...]  # ascending, two or more
    how: str  # "same": capitals and signs only; "worded": words that say nothing too; "slip": a slip of the pen


def spelt(title: str) -> str:
    """A title without capitals and signs."""
    return _SEPARATORS.sub(" ", plain(title)).strip()


def core(title: str) -> str:
    """A title as it is spelt, less words before or behind it that say nothing of what is to be done."""
    text, before = spelt(title), ""
    while text != before:
        before, text = text, _TRAILING.sub("", _LEADING.sub("", text))
    return text


def alike(titles: Sequence[str], others: Iterable[str] = ()) -> list[Alike]:
    """The groups of titles that say the same, by their first place.

    `others` are further titles of the same person: what is a slip and what a word of theirs is told from all.
    """
    places: defaultdict[str, list[int]] = defaultdict(list)
    for place, title in enumerate(titles):
        if said := core(title):
            places[said].append(place)
    met = Counter(word for text in {*places, *map(core, others)} for word in set(text.split()))
    leader = _joined(slips(places, met), places)
    groups: defaultdict[str, list[str]] = defaultdict(list)
    for said in places:
        groups[leader[said]].append(said)
    found = [_group(saids, places, titles) for saids in groups.values()]
    return sorted(group for group in found if len(group.places) > 1)


def slips(cores: Iterable[str], met: Mapping[str, int]) -> Iterator[tuple[str, str]]:
    """Pairs that are one title but for a slip; `met` says in how many titles a word stands."""
    left: defaultdict[str, list[str]] = defaultdict(list)
    for text in cores:
        if SHORTEST <= len(text) <= LONGEST:
            for rest in {text, *(text[:at] + text[at + 1 :] for at in range(len(text)))}:
                left[rest].append(text)
    for texts in left.values():
        if 1 < len(texts) <= COMMON:
            yield from (pair for pair in combinations(texts, 2) if is_slip(*pair, met))


def _joined(pairs: Iterable[tuple[str, str]], texts: Iterable[str]) -> dict[str, str]:
    """The one that stands for each text: all that are joined, however far, have the same."""
    leader = {text: text for text in texts}

    def led(text: str) -> str:
        while leader[text] != text:
            text = leader[text]
        return text

    for one, other in pairs:
        leader[led(other)] = led(one)
    return {text: led(text) for text in leader}


def _group(saids: Sequence[str], places: Mapping[str, Sequence[int]], titles: Sequence[str]) -> Alike:
    together = tuple(sorted(place for said in saids for place in places[said]))
    spellings = {spelt(titles[place]) for place in together}
    how = "slip" if len(saids) > 1 else "worded" if len(spellings) > 1 else "same"
    return Alike(together, how)
