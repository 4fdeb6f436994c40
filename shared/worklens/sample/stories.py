"""Each task's whole story, to the second: the world's days get hours, titles, notes, and changes of mind."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import NamedTuple

import msgspec
import numpy as np

from worklens.sample import habits
from worklens.sample.dice import Dice
from worklens.sample.habits import CHORE, LISTS, NEVER_DONE
from worklens.sample.timeline import BURN_OUT, ZONE, Timeline
from worklens.sample.titles import Title, fill, name_all, note
from worklens.sample.vocabulary import SUBTASKS, TOPICS
from worklens.sample.world import NONE, RHYTHMS, World, live

FIRST_ID = 4_300_000_000  # beyond 32 bits, as the real ids were beyond 31
EVENING = (18, 21)  # hours in which she moves due dates
NIGHT = (23, 23)  # the hour in which she throws things away, after all else of the day

# Shares of one-off tasks; nothing here changes how likely a task is to get done.
STARRED = 0.07
STARRED_LATER = 0.04
RENAMED = 0.04
TRIAGED = 0.50  # of the inbox: moved to the list they belong to, within TRIAGE_DAYS
TRIAGE_DAYS = 6
REOPENED = 0.02  # of the completed: wasn't done after all
NOTED = 0.16
SPLIT = 0.08  # into subtasks
REMINDED = 0.30  # of those with a due date

_HOME_OF = {topic.name: topic.collection for topic in TOPICS}
_RENAMINGS = (
    "{} (ask {{colleague}})",
    "{} – not urgent",
    "{} with {{friend}}",
    "{} 2.0",
    "{}（{{zh_month}}）",
)


class Change(msgspec.Struct, frozen=True, omit_defaults=True):
    """Something that happened to a task at an instant: what it was before, and after."""

    at: datetime
    kind: str
    before: str | None = None
    after: str | None = None


class Part(NamedTuple):
    """A subtask; still open where it has no completion, even below a completed task."""

    title: str
    created: datetime
    completed: datetime | None


@dataclass
class Story:
    """A task from its writing down to its end, if it has come. ``collection`` and ``due`` are those it began with."""

    row: int
    kind: str
    topic: str
    style: str
    title: str
    collection: str
    due: str | None
    created: datetime
    starred: bool = False
    id: int = 0
    changes: list[Change] = field(default_factory=list)
    note: str | None = None
    mood: str | None = None
    parts: list[Part] = field(default_factory=list)
    reminder: datetime | None = None
    moved_reminder: datetime | None = None

    @property
    def over(self) -> Change | None:
        """Its end: the last completion not taken back, or its deletion."""
        ends = [change for change in self.changes if change.kind in {"completed", "reopened", "deleted"}]
        return ends[-1] if ends and ends[-1].kind != "reopened" else None


class State(NamedTuple):
    """What an export shows of a task."""

    title: str
    collection: str
    due: str | None
    completed: datetime | None
    starred: bool
    revision: int


Shown = list[tuple[Story, State]]


def state_at(story: Story, when: datetime) -> State | None:
    """The task as it stood at an instant; None before it was written down and after it was thrown away."""
    if story.created > when:
        return None
    title, place, due, completed, starred = story.title, story.collection, story.due, None, story.starred
    past = [change for change in story.changes if change.at <= when]
    for change in past:
        match change.kind:
            case "deleted":
                return None
            case "completed":
                completed = change.at
            case "reopened":
                completed = None
            case "rescheduled":
                due = change.after
            case "renamed":
                title = change.after or title
            case "moved":
                place = change.after or place
            case "reprioritized":
                starred = change.after == "starred"
    return State(title, place, due, completed, starred, 1 + len(past))


def shown_at(stories: list[Story], when: datetime) -> Shown:
    """All tasks an export of that instant holds, each with its state."""
    return [(story, state) for story in stories if (state := state_at(story, when))]


def tell(seed: int, line: Timeline) -> tuple[World, list[Story]]:
    """Live the world and tell its stories, in the order of the world's rows."""
    world = live(seed, line)
    stories = _begin(world, line, name_all(world, line, seed), Dice(seed, "hours"))
    _change_minds(world, stories, line, Dice(seed, "changes"))
    _dress(world, stories, line, Dice(seed, "details"))
    for story in stories:
        story.changes.sort(key=lambda change: change.at)
    _number(stories, Dice(seed, "ids"))
    return world, stories


# ----- Hours ------------------------------------------------------------------------------------------------


def _begin(world: World, line: Timeline, titles: list[Title], dice: Dice) -> list[Story]:
    steps: dict[int, list[tuple[int, str, int, int]]] = {row: [] for row in range(world.size)}
    for step in world.steps:
        steps[step.row].append((step.day, step.kind, step.before, step.after))
    stories: list[Story] = []
    for row in range(world.size):
        created = _written(world, row, stories, line, dice)
        place = LISTS[world.collection[row]].title
        due = _iso(line, int(world.first_due[row]))
        text, topic, style = titles[row]
        story = Story(row, world.kinds[row], topic, style, text, place, due, created)
        for day, kind, before, after in steps[row]:
            at = _happened(world, row, day, kind, created, line, dice)
            story.changes.append(Change(at, kind, _iso(line, before), _iso(line, after)))
        stories.append(story)
    return stories


def _iso(line: Timeline, day: int) -> str | None:
    return None if day == NONE else line.date_of(day).isoformat()


def _written(world: World, row: int, stories: list[Story], line: Timeline, dice: Dice) -> datetime:
    """The next occurrence of a chore is written down, by the service, right after the one before."""
    previous = int(world.previous[row])
    if previous != NONE:
        return stories[previous].changes[-1].at + timedelta(seconds=1)
    hour = dice.index(habits.WRITING_DOWN)
    return line.instant(int(world.created[row]), 3600 * (hour + dice.uniform()))


def _happened(
    world: World, row: int, day: int, kind: str, created: datetime, line: Timeline, dice: Dice
) -> datetime:
    if kind == "completed":
        return _completed(RHYTHMS[world.rhythm[row]], day, created, line, dice)
    hours = EVENING if kind == "rescheduled" else NIGHT
    return line.instant(day, 3600 * (dice.whole(*hours) + dice.uniform()))


def _completed(rhythm: str, day: int, created: datetime, line: Timeline, dice: Dice) -> datetime:
    """An hour of the rhythm; on the day of writing one after that, or else some minutes later."""
    weights = habits.HOURS[rhythm][day % 7]
    since = created.astimezone(ZONE).hour if line.day_of(created) == day else NONE
    later = np.where(np.arange(24) > since, weights, 0.0)
    if later.sum() > 0:
        return line.instant(day, 3600 * (dice.index(later) + dice.uniform()))
    return created + timedelta(seconds=dice.whole(300, 2400))


def _number(stories: list[Story], dice: Dice) -> None:
    """Give ids in the order of writing, with gaps: the service counted everyone's tasks."""
    last = FIRST_ID
    for story in sorted(stories, key=lambda story: story.created):
        last += dice.whole(900, 90_000)
        story.id = last


# ----- Changes of mind --------------------------------------------------------------------------------------


def _change_minds(world: World, stories: list[Story], line: Timeline, dice: Dice) -> None:
    paired = set(world.original[: world.size].tolist())
    for story in stories:
        if story.kind == CHORE:
            continue
        if story.row not in paired and not story.style:
            _reopen(world, story, line, dice)
            _rename(world, story, line, dice)
        _triage(world, story, line, dice)
        _star(world, story, line, dice)


def _span(world: World, story: Story, line: Timeline) -> tuple[int, int]:
    """The days strictly between writing down and the first end, on which other things may happen."""
    ends = [change.at for change in story.changes if change.kind in {"completed", "deleted"}]
    last = line.day_of(min(ends)) if ends else line.days
    return int(world.created[story.row]) + 1, last - 1


def _awake(line: Timeline, day: int) -> int:
    """This day, or the first one after it that is no holiday."""
    while day < line.days and line.pace[day] == 0:
        day += 1
    return day


def _on(line: Timeline, day: int, dice: Dice) -> datetime:
    return line.instant(day, 3600 * (dice.whole(8, 17) + dice.uniform()))


def _reopen(world: World, story: Story, line: Timeline, dice: Dice) -> None:
    """Take the completion back after some days, and complete it again after some more."""
    if story.over is None or story.over.kind != "completed" or not dice.chance(REOPENED):
        return
    day = _awake(line, line.day_of(story.over.at) + dice.whole(1, 12))
    again = _awake(line, day + dice.whole(1, 20))
    if day < line.days:
        story.changes.append(Change(_on(line, day, dice), "reopened"))
    if again < line.days:
        rhythm = RHYTHMS[world.rhythm[story.row]]
        story.changes.append(Change(_completed(rhythm, again, story.created, line, dice), "completed"))


def _some_day(first: int, last: int, line: Timeline, dice: Dice) -> int | None:
    """A day from first to last, if there is one and it is no holiday."""
    if first > last:
        return None
    day = dice.whole(first, last)
    return day if line.pace[day] > 0 else None


def _triage(world: World, story: Story, line: Timeline, dice: Dice) -> None:
    """Move a task from the inbox to the list it belongs to; what is to be read is forgotten there."""
    home = _HOME_OF[story.topic]
    if story.collection != "inbox" or home == NEVER_DONE or not dice.chance(TRIAGED):
        return
    first, last = _span(world, story, line)
    day = _some_day(first, min(last, first + TRIAGE_DAYS - 1), line, dice)
    if day is not None:
        story.changes.append(Change(_on(line, day, dice), "moved", "inbox", home))


def _rename(world: World, story: Story, line: Timeline, dice: Dice) -> None:
    day = _some_day(*_span(world, story, line), line, dice)
    if day is not None and dice.chance(RENAMED):
        text = fill(dice.pick(_RENAMINGS).format(story.title), dice, line.date_of(day))
        story.changes.append(Change(_on(line, day, dice), "renamed", story.title, text))


def _star(world: World, story: Story, line: Timeline, dice: Dice) -> None:
    story.starred = dice.chance(STARRED)
    day = _some_day(*_span(world, story, line), line, dice)
    if day is not None and dice.chance(STARRED_LATER):
        words = ("starred", "plain") if story.starred else ("plain", "starred")
        story.changes.append(Change(_on(line, day, dice), "reprioritized", *words))


# ----- Notes, subtasks, reminders ---------------------------------------------------------------------------


def _dress(world: World, stories: list[Story], line: Timeline, dice: Dice) -> None:
    start, stop = line.phase(BURN_OUT)
    for story in stories:
        if story.kind == CHORE:
            continue
        today = line.date_of(int(world.created[story.row]))
        if dice.chance(NOTED):
            story.note, story.mood = note(dice, start <= today <= stop, today)
        if dice.chance(SPLIT):
            story.parts = _split(story, line, dice)
        if story.due and dice.chance(REMINDED):
            _remind(world, story, line)


def _split(story: Story, line: Timeline, dice: Dice) -> list[Part]:
    """Two to five subtasks; of a completed task most are completed, of another some."""
    stop = story.over.at if story.over else line.instant(line.days, 0)
    share = 0.85 if story.over and story.over.kind == "completed" else 0.3
    parts = []
    for number in range(dice.whole(2, 5)):
        created = story.created + timedelta(milliseconds=1000 * (number + 1) + dice.whole(0, 999))
        done = created + (stop - created) * dice.uniform() if dice.chance(share) and stop > created else None
        text = fill(dice.pick(SUBTASKS), dice, line.date_of(0))
        parts.append(Part(text, created, done and done.replace(microsecond=done.microsecond // 1000 * 1000)))
    return parts


def _remind(world: World, story: Story, line: Timeline) -> None:
    story.reminder = line.instant(int(world.first_due[story.row]), 9 * 3600)
    if world.moves[story.row]:
        story.moved_reminder = line.instant(int(world.due[story.row]), 9 * 3600)
