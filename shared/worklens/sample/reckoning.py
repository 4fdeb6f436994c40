"""Sums up what chance made of the planted rates: by week, by list, by chore, and by whether a date was moved."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, datetime, timedelta
from itertools import pairwise

import numpy as np

from worklens.sample.habits import CHORE, CHORES, LISTS
from worklens.sample.stories import Shown, State, Story
from worklens.sample.timeline import ZONE, Timeline
from worklens.sample.truth import ChoreTruth, ListTruth, MovedTruth, Seen, Week
from worklens.sample.world import World

_PERIOD = {
    "day": 1.0,
    "week": 7.0,
    "month": 30.4375,
    "year": 365.25,
}  # months and years at their average length


def last_due(story: Story) -> date | None:
    """The due date a task had in the end."""
    moves = [change.after for change in story.changes if change.kind == "rescheduled"]
    text = moves[-1] if moves else story.due
    return date.fromisoformat(text) if text else None


def last_list(story: Story) -> str:
    """The list a task ended up in."""
    moves = [change.after for change in story.changes if change.kind == "moved" and change.after]
    return moves[-1] if moves else story.collection


def outcome(story: Story) -> str:
    """``open``, ``completed`` or ``deleted``."""
    return story.over.kind if story.over else "open"


def done_on(story: Story) -> date | None:
    """The person's date of the completion that stands, if there is one."""
    if story.over is None or story.over.kind != "completed":
        return None
    return story.over.at.astimezone(ZONE).date()


def days_late(story: Story) -> int | None:
    """Days from the last due date to completion (negative: before it); None if undated or not done."""
    due, done = last_due(story), done_on(story)
    return (done - due).days if due and done else None


def weeks(world: World, stories: list[Story], line: Timeline) -> list[Week]:
    """The weeks one by one; a week's completions are all that ever happened, also those taken back later."""
    written = np.zeros(line.days)
    done = np.zeros(line.days)
    for story in stories:
        written[line.day_of(story.created)] += 1
        for change in story.changes:
            done[line.day_of(change.at)] += change.kind == "completed"
    starts = np.arange(0, line.days, 7)
    sums = [np.add.reduceat(series, starts) for series in (written, np.array(world.expected), done)]
    return [
        Week(
            line.date_of(start), float(line.pace[start]), int(new), round(float(expected), 3), int(completed)
        )
        for start, new, expected, completed in zip(starts.tolist(), *sums, strict=True)
    ]


def lists(stories: list[Story], line: Timeline) -> list[ListTruth]:
    """The one-off tasks of each list."""
    one_offs = [story for story in stories if story.kind != CHORE]
    today = line.date_of(line.days)
    return [
        _list(habit.title, [s for s in one_offs if last_list(s) == habit.title], today) for habit in LISTS
    ]


def _list(title: str, stories: list[Story], today: date) -> ListTruth:
    ends = [outcome(story) for story in stories]
    late, dated = _lateness(stories)
    overdue = [s for s in stories if outcome(s) == "open" and (due := last_due(s)) and due < today]
    return ListTruth(
        title=title,
        tasks=len(stories),
        done=ends.count("completed"),
        deleted=ends.count("deleted"),
        open=ends.count("open"),
        done_share=round(ends.count("completed") / max(1, len(ends)), 4),
        dated_done=dated,
        late=late,
        late_share=_share(late, dated),
        overdue=len(overdue),
    )


def _lateness(stories: Iterable[Story]) -> tuple[int, int]:
    """How many were late, of how many done with a due date."""
    delays = [delay for story in stories if (delay := days_late(story)) is not None]
    return sum(delay > 0 for delay in delays), len(delays)


def _share(part: int, whole: int) -> float | None:
    return round(part / whole, 4) if whole else None


def moved(stories: list[Story], seen: list[Seen]) -> MovedTruth:
    """Lateness with and without a moved due date."""
    one_offs = [story for story in stories if story.kind != CHORE]
    late, count = _lateness(story for story in one_offs if _moves(story))
    kept_late, kept = _lateness(story for story in one_offs if not _moves(story))
    return MovedTruth(
        moved=count,
        moved_late=late,
        kept=kept,
        kept_late=kept_late,
        moved_late_share=_share(late, count) or 0.0,
        kept_late_share=_share(kept_late, kept) or 0.0,
        moves=sum(map(_moves, stories)),
        moves_seen=sum(change.kind == "rescheduled" for change in seen),
    )


def _moves(story: Story) -> int:
    return sum(change.kind == "rescheduled" for change in story.changes)


def chores(world: World, stories: list[Story]) -> list[ChoreTruth]:
    """Each recurring task with its occurrences in order."""
    return [
        _chore(number, [s for s in stories if world.chore[s.row] == number]) for number in range(len(CHORES))
    ]


def _chore(number: int, stories: list[Story]) -> ChoreTruth:
    chore = CHORES[number]
    delays = np.array([delay for story in stories if (delay := days_late(story)) is not None])
    days = [day for story in stories if (day := done_on(story))]
    gaps = np.array([(after - before).days for before, after in pairwise(days)])
    return ChoreTruth(
        title=chore.title,
        collection=chore.collection,
        every=chore.every,
        unit=chore.unit,
        period_days=chore.every * _PERIOD[chore.unit],
        chance=chore.chance,
        tasks=[story.id for story in stories],
        done=len(days),
        on_time_share=_rounded((delays <= 0).mean, len(delays)),
        mean_delay_days=_rounded(delays.mean, len(delays)),
        interval_days=_rounded(gaps.mean, len(gaps)),
        interval_deviation_days=_rounded(lambda: gaps.std(ddof=1), len(gaps) - 1),
    )


def _rounded(number: Callable[[], float], evidence: int) -> float | None:
    return round(float(number()), 4) if evidence > 0 else None


def old_and_open(stories: list[Story], end: datetime) -> list[int]:
    """Ids of open tasks older than 365 days."""
    return [s.id for s in stories if outcome(s) == "open" and end - s.created > timedelta(days=365)]


# ----- What a series of exports shows -----------------------------------------------------------------------


def seen(series: list[Shown]) -> list[Seen]:
    """All differences between consecutive exports; before the first there was nothing."""
    before: dict[int, State] = {}
    found: list[Seen] = []
    for number, shown in enumerate(series):
        now = {story.id: state for story, state in shown}
        for task in sorted(before.keys() | now.keys()):
            found += [Seen(number, task, *rest) for rest in _differences(before.get(task), now.get(task))]
        before = now
    return found


def _differences(old: State | None, new: State | None) -> list[tuple[str, str | None, str | None]]:
    """Kind, before and after of each; a task new and done at once shows as created and completed."""
    if old == new:
        return []
    if new is None:
        return [("deleted", None, None)]
    if old is None:
        return [("created", None, None)] + (
            [("completed", None, _text(new.completed))] if new.completed else []
        )
    pairs = (
        ("renamed", old.title, new.title),
        ("moved", old.collection, new.collection),
        ("rescheduled", old.due, new.due),
        ("reprioritized", _star(old), _star(new)),
    )
    return [change for change in pairs if change[1] != change[2]] + _completion(old, new)


def _completion(old: State, new: State) -> list[tuple[str, str | None, str | None]]:
    """A completion that moved to another time was taken back between the exports, and made again."""
    if old.completed == new.completed:
        return []
    reopened = [("reopened", _text(old.completed), None)] if old.completed else []
    return reopened + ([("completed", None, _text(new.completed))] if new.completed else [])


def _star(state: State) -> str:
    return "starred" if state.starred else "plain"


def _text(when: datetime | None) -> str | None:
    return when.isoformat(timespec="milliseconds").replace("+00:00", "Z") if when else None
