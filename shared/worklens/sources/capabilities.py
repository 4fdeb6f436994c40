"""What can be known of each source, and what knowing it costs: the README's table, each cell of it tested.

A source that joins gets a row here; ``sources/capabilities_page.py`` puts the rows into words.
"""

from __future__ import annotations

from typing import Literal, NamedTuple

import msgspec

from worklens.sources.options import Window

Increments = Literal["changes", "lists", "open", "all"]
"""What comes when one task changed: that one; its whole list; all that is open; everything."""
Deletions = Literal["dated", "seen", "daily", "whole files"]
"""At the next sync with its instant, or without; within a day; only where a file is said to hold everything."""
Completion = Literal["instant", "day", "day, steps instant", "as given"]
"""How well the time of a completion is known."""
Recurring = Literal["occurrences", "tasks", "moved", "none"]
"""Each completion is an occurrence, or a task; the one task is moved on and completions don't show; nothing repeats."""


class Cost(NamedTuple):
    """The requests of a sync: so many, and so many more for each list, and for each in which something changed.

    ``is_small``: with 20,000 tasks and 10 changed it moves less than a hundredth of what a whole listing does.
    """

    requests: int
    a_list: int = 0
    a_changed_list: int = 0
    is_small: bool = True

    def of(self, lists: int, changed: int) -> int:
        """The requests with so many lists, in so many of which something changed."""
        return self.requests + self.a_list * lists + self.a_changed_list * changed


class Capabilities(msgspec.Struct, frozen=True, kw_only=True):
    """What a source shows.

    ``tells_done_deleted``: that a completed task was deleted shows too. ``tells_rule``: how something repeats shows.
    ``published``: the limits that the service names. ``cost``: None where nothing is asked over the network.
    """

    increments: Increments
    deletions: Deletions
    tells_done_deleted: bool = True
    completion: Completion
    recurring: Recurring
    tells_rule: bool = True
    published: tuple[Window, ...] = ()
    cost: Cost | None = None


_TICKTICK = Capabilities(
    increments="open",
    deletions="seen",
    tells_done_deleted=False,
    completion="instant",
    recurring="tasks",
    cost=Cost(3, a_list=1, is_small=False),
)

CAPABILITIES: dict[str, Capabilities] = {
    "todoist": Capabilities(
        increments="changes",
        deletions="dated",
        completion="instant",
        recurring="occurrences",
        published=(Window(1_000, 900.0), Window(100, 900.0, "full")),
        cost=Cost(3),
    ),
    "microsoft_todo": Capabilities(
        increments="changes",
        deletions="seen",
        completion="day, steps instant",
        recurring="tasks",
        published=(Window(10_000, 600.0),),
        cost=Cost(2),
    ),
    "google_tasks": Capabilities(
        increments="changes",
        deletions="seen",
        completion="instant",
        recurring="tasks",
        tells_rule=False,
        published=(Window(50_000, 86_400.0),),
        cost=Cost(1, a_list=1),
    ),
    "github": Capabilities(
        increments="changes",
        deletions="daily",
        tells_done_deleted=False,
        completion="instant",
        recurring="none",
        published=(Window(5_000, 3_600.0), Window(900, 60.0)),
        cost=Cost(2),
    ),
    "ticktick": _TICKTICK,
    "dida365": _TICKTICK,
    "caldav": Capabilities(
        increments="changes",
        deletions="seen",
        completion="instant",
        recurring="moved",
        cost=Cost(1, a_changed_list=2),
    ),
    "wunderlist": Capabilities(
        increments="lists",
        deletions="seen",
        completion="instant",
        recurring="tasks",
        cost=Cost(3, a_changed_list=5, is_small=False),
    ),
    "taskwarrior": Capabilities(increments="all", deletions="dated", completion="instant", recurring="tasks"),
    "todotxt": Capabilities(
        increments="all",
        deletions="seen",
        tells_done_deleted=False,
        completion="day",
        recurring="tasks",
    ),
    "icalendar": Capabilities(increments="all", deletions="seen", completion="instant", recurring="moved"),
    "csv": Capabilities(increments="all", deletions="whole files", completion="as given", recurring="tasks"),
}
"""In the order in which the README shows them."""
