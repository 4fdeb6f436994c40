"""The grammar of programs as an automaton over symbols: at each step only what can still become a valid program.

A program is `none`, or a few operations: `every` first, then days, then at most one time.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

import numpy as np

from worklens.analysis.arrays import Bools, Ints
from worklens.reading.symbols import END, NONE, NUMBER_OF, SIGNATURES, SLOTS, SYMBOLS, TIMES, WORDS

OPERATIONS = 5  # at most, so that every program ends
NOWHERE = -1

NUMBER_KINDS = ("count", "often", "month", "day", "year", "quarter", "week", "nth", "hour", "minute", "hhmm")
"""The kinds of arguments for which a number of the title may stand."""

OPERATION = len(NUMBER_KINDS)  # an operation is due
OTHER = OPERATION + 1  # a word is due


def fits(kind: str, value: int, digits: int) -> bool:
    """Whether a number may be an argument of a kind."""
    match kind:
        case "count" | "often":
            return (kind == "often") <= value <= 9999
        case "year":
            return digits == 2 or (digits == 4 and 1900 <= value <= 2199)
        case "hhmm":
            return digits in {3, 4} and value // 100 < 24 and value % 100 < 60
        case _:
            low, high = LIMITS[kind]
            return low <= value <= high and digits < 3


LIMITS = {
    "month": (1, 12),
    "day": (1, 31),
    "quarter": (1, 4),
    "week": (1, 53),
    "nth": (1, 31),
    "hour": (0, 24),
    "minute": (0, 59),
}


@dataclass(frozen=True, eq=False)
class Automaton:
    """States and where each symbol leads; where a number is due, which kind."""

    leads: Ints  # (states, symbols): the next state, or NOWHERE
    shut: Bools  # (states, symbols): whether it leads nowhere
    kind: Ints  # (states,): the place in NUMBER_KINDS, OPERATION or OTHER
    start: int


State = tuple[int, str, int]
"""How many operations are over, which one is being said ("" between two), and which of its arguments is due."""


@cache
def automaton() -> Automaton:
    """The one of the language: every state that can be reached from the start."""
    states: dict[State, dict[str, State]] = {}
    waiting: list[State] = [(0, "", 0)]
    while waiting:
        state = waiting.pop()
        if state not in states:
            states[state] = ways(state)
            waiting.extend(states[state].values())
    place = {state: at for at, state in enumerate(states)}
    leads = np.full((len(states), len(SYMBOLS)), NOWHERE)
    for state, leading in states.items():
        for symbol, there in leading.items():
            leads[place[state], NUMBER_OF[symbol]] = place[there]
    kinds = np.array([kind_of(state) for state in states])
    return Automaton(leads, leads == NOWHERE, kinds, place[(0, "", 0)])


def kind_of(state: State) -> int:
    """What is due: a kind of number, OPERATION or OTHER."""
    _, operation, argument = state
    if not operation:
        return OPERATION
    wanted = SIGNATURES[operation][argument]
    return NUMBER_KINDS.index(wanted) if wanted in NUMBER_KINDS else OTHER


def ways(state: State) -> dict[str, State]:
    """Where each symbol leads that may come next."""
    over, operation, argument = state
    if not operation:
        return between(over)
    after = argument + 1
    if after < len(SIGNATURES[operation]):
        there = (over, operation, after)
    else:
        there = (FINAL if operation in TIMES else over + 1, "", 0)
    return dict.fromkeys(WORDS[SIGNATURES[operation][argument]], there)


def between(over: int) -> dict[str, State]:
    """Before an operation: the first may be `every`, or `none`; after the last only END comes, again and again."""
    leads: dict[str, State] = {END: (OVER, "", 0)} if over else {NONE: (FINAL, "", 0)}
    if over < OPERATIONS:
        leads |= {
            name: (over, name, 0) if kinds else (over + 1, "", 0)
            for name, kinds in SIGNATURES.items()
            if name != "every" or not over
        }
    return leads


POINTING = {
    name: [kind for kind in kinds if WORDS[kind] == SLOTS]
    for name, kinds in SIGNATURES.items()
    if any(WORDS[kind] == SLOTS for kind in kinds)
}
"""The operations with arguments that only a number of the title can be, and their kinds."""

FINAL = OPERATIONS  # nothing but END may follow
OVER = OPERATIONS + 1


def usable(numbers: Sequence[Sequence[tuple[int, int]]]) -> Bools:
    """Which symbols a title's numbers allow where something of each kind is due: (titles, kinds, symbols).

    The kinds are NUMBER_KINDS, OPERATION and OTHER, where everything is allowed.
    """
    allowed = np.ones((len(numbers), OTHER + 1, len(SYMBOLS)), np.bool_)
    first = NUMBER_OF[SLOTS[0]]
    slots = slice(first, first + len(SLOTS))
    allowed[:, :OPERATION, slots] = False
    for at, title in enumerate(numbers):
        for slot, (value, digits) in enumerate(title[: len(SLOTS)]):
            allowed[at, :OPERATION, first + slot] = fitting(value, digits)
    found: Bools = np.any(allowed[:, :OPERATION, slots], axis=2)  # (titles, kinds of numbers)
    for name, kinds in POINTING.items():  # what would find no number isn't begun
        due = [NUMBER_KINDS.index(kind) for kind in kinds]
        allowed[:, OPERATION, NUMBER_OF[name]] = found[:, due].all(axis=1)
    return allowed


@lru_cache(10_000)
def fitting(value: int, digits: int) -> tuple[bool, ...]:
    """As which of NUMBER_KINDS a number fits."""
    return tuple(fits(kind, value, digits) for kind in NUMBER_KINDS)
