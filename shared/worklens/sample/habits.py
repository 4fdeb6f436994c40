"""The person, as tables: her lists, how fast each kind of work gets done, her weekly rhythm, and her chores.

Every number here is planted, none is measured; docs/sample.md says in words what they are for.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from worklens.sample.dice import Floats

# --- How fast -------------------------------------------------------------------------------------------------

# The chance that an open task is done on a usual day, from the day it is written down.
HAZARD = {"quick": 0.40, "normal": 0.10, "slow": 0.022, "zombie": 0.0003}
KINDS = tuple(HAZARD)
CHORE = "chore"  # a fifth kind: its chance stands in CHORES

FATIGUE = 0.6  # each time a due date is moved the chance shrinks by this: what is put off stays put off
CAP = 0.95  # no day is certain
EARLY = 0.15  # a chore may be done the day before it is due, at this part of its chance; never earlier

# --- Where ----------------------------------------------------------------------------------------------------


class Habit(NamedTuple):
    """How she treats a list: ``mix`` is the shares of quick, normal, slow and zombie among its one-off tasks."""

    title: str
    share: float  # of all one-off tasks
    mix: tuple[float, float, float, float]
    dated: float  # share with a due date
    lead: tuple[int, int]  # days from writing it down to the due date, from and to
    pull: float  # on the day before the due date and on it, the chance is multiplied by this
    put_off: (
        float  # chance, on each of the two evenings before it is due, that an open task gets a later date
    )
    rhythm: str
    chinese: float  # share of titles in Chinese


LISTS = (
    Habit("inbox", 0.13, (0.42, 0.38, 0.14, 0.06), 0.20, (3, 10), 1.5, 0.25, "home", 0.20),
    Habit("Work", 0.34, (0.35, 0.49, 0.15, 0.01), 0.60, (4, 12), 2.0, 0.35, "office", 0.06),
    Habit("Home", 0.12, (0.32, 0.45, 0.19, 0.04), 0.35, (4, 14), 1.5, 0.30, "home", 0.28),
    Habit("Health", 0.06, (0.30, 0.50, 0.18, 0.02), 0.55, (5, 16), 2.0, 0.25, "home", 0.20),
    Habit("Errands", 0.13, (0.62, 0.33, 0.04, 0.01), 0.45, (2, 7), 2.0, 0.25, "home", 0.25),
    Habit("Reading", 0.08, (0.01, 0.02, 0.05, 0.92), 0.00, (1, 1), 1.0, 0.00, "evening", 0.15),
    Habit("Side project", 0.09, (0.12, 0.43, 0.35, 0.10), 0.45, (3, 8), 1.2, 0.30, "evening", 0.05),
    Habit("Travel", 0.05, (0.35, 0.50, 0.13, 0.02), 0.85, (8, 30), 4.0, 0.20, "home", 0.15),
)
NEVER_DONE = "Reading"  # the list where hardly anything gets done

ARRIVALS = 2.75  # one-off tasks written down on a usual day
# Monday is for planning, the week-end for living.
ARRIVALS_BY_WEEKDAY = (1.5, 1.2, 1.05, 1.0, 0.95, 0.6, 0.7)

OVERDUE_MOVE = 0.04  # chance a day that an overdue task gets a new date
MOVE_DAYS = (3, 10)  # how far a date moves
MOST_MOVES = 4

DELETION = 0.0012  # chance a day that a task open for SETTLED_IN days is thrown away
SETTLED_IN = 10
SPRING_CLEANS = (170, 530)  # days when long-open tasks are thrown away by this chance
SPRING_CLEAN_CHANCE = 0.12
SPRING_CLEAN_AGE = 120

FORGOTTEN = 0.07  # chance a day that something already on a list is written down once more
FORGOTTEN_AGE = (3, 60)

# --- When -----------------------------------------------------------------------------------------------------

# Chance to get things done by weekday, Monday first; each row has the mean 1.
WEEKDAY = {
    "office": (1.10, 2.15, 1.20, 1.10, 0.95, 0.25, 0.25),
    "home": (0.85, 1.50, 0.90, 0.85, 0.80, 1.10, 1.00),
    "evening": (0.95, 1.60, 0.95, 0.85, 0.65, 0.90, 1.10),
}
BEST_WEEKDAY = 1
BEST_HOURS = (9, 11)  # from 9:00 to 11:59

#             0  1  2  3  4  5  6  7  8   9  10  11 12 13 14 15 16 17 18 19 20 21 22 23
_OFFICE = (0, 0, 0, 0, 0, 0, 0, 1, 5, 14, 16, 12, 4, 5, 8, 9, 7, 5, 2, 1, 1, 1, 0, 0)
_HOME = (0, 0, 0, 0, 0, 0, 1, 4, 6, 9, 10, 7, 4, 2, 2, 2, 3, 5, 8, 9, 8, 5, 2, 0)
_EVENING = (0, 0, 0, 0, 0, 0, 0, 1, 2, 5, 6, 4, 1, 1, 1, 1, 2, 3, 6, 11, 14, 12, 6, 0)
_WEEKEND = (0, 0, 0, 0, 0, 0, 0, 1, 4, 8, 10, 10, 9, 7, 7, 8, 8, 7, 5, 4, 3, 2, 1, 0)
_TUESDAY_MORNING = 2.2  # on Tuesdays the best hours weigh this much more


def _hours(week: tuple[int, ...]) -> Floats:
    """Shares of the 24 hours by weekday (7, 24), each row summing to 1."""
    table = np.array([week] * 5 + [_WEEKEND] * 2, dtype=np.float64)
    table[BEST_WEEKDAY, BEST_HOURS[0] : BEST_HOURS[1] + 1] *= _TUESDAY_MORNING
    shares: Floats = table / table.sum(axis=1, keepdims=True)
    return shares


HOURS = {"office": _hours(_OFFICE), "home": _hours(_HOME), "evening": _hours(_EVENING)}
#               0  1  2  3  4  5  6  7  8  9 10 11 12 13 14 15 16 17 18 19 20 21 22 23
WRITING_DOWN = (0, 0, 0, 0, 0, 0, 1, 4, 9, 9, 8, 7, 5, 5, 6, 6, 5, 5, 4, 4, 4, 4, 2, 0)

# --- Again and again ------------------------------------------------------------------------------------------


class Chore(NamedTuple):
    """A recurring task. ``chance`` is that of doing it on a day from its due date on; ``start`` is the first due day."""

    title: str
    collection: str
    every: int
    unit: str  # day, week, month or year, as in the file
    start: int
    chance: float
    rhythm: str = "home"


# Day 0 is a Monday, so a start of 5 is a Saturday.
CHORES = (
    Chore("Water the plants 🪴", "Home", 5, "day", 2, 0.75),
    Chore("Laundry 洗衣服", "Home", 1, "week", 5, 0.80),
    Chore("Clean the bathroom", "Home", 1, "week", 5, 0.45),
    Chore("Take out the bins 🗑️", "Home", 1, "week", 3, 0.92),
    Chore("Submit the timesheet", "Work", 1, "week", 4, 0.85, "office"),
    Chore("给妈妈打电话", "inbox", 1, "week", 6, 0.60),
    Chore("Go for a run 🏃", "Health", 3, "day", 1, 0.40),
    Chore("Change the bed sheets 换床单", "Home", 2, "week", 12, 0.50),
    Chore("Vacuum the flat", "Home", 2, "week", 6, 0.35),
    Chore("Pay the rent", "Home", 1, "month", 4, 0.90),
    Chore("Check the credit card statement", "Errands", 1, "month", 9, 0.50),
    Chore("Expense report", "Work", 1, "month", 16, 0.30, "office"),
    Chore("Back up the laptop 💾", "Side project", 1, "month", 20, 0.20, "evening"),
    Chore("Order contact lenses", "Health", 3, "month", 24, 0.45),
    Chore("Zahnarzt: check-up", "Health", 6, "month", 40, 0.12),
    Chore("Renew the domain of the café map", "Side project", 1, "year", 90, 0.30, "evening"),
)
