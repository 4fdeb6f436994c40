"""Makes the sample from its seed: the series of exports, and the truth that none of them shows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

import msgspec

from worklens.sample import habits, reckoning
from worklens.sample.backup import backup, file_name
from worklens.sample.dice import Dice
from worklens.sample.habits import CHORE, HAZARD, LISTS, NEVER_DONE
from worklens.sample.stories import Shown, Story, shown_at, tell
from worklens.sample.timeline import (
    BURN_OUT,
    BURST_FACTOR,
    END,
    FASTER,
    HOLIDAY,
    PHASES,
    ZONE,
    Timeline,
    snapshots,
    timeline,
)
from worklens.sample.titles import language
from worklens.sample.truth import Duplicate, ExportTruth, TaskTruth, Truth, Window
from worklens.sample.world import NONE, RHYTHMS, World

NOTICE = "Synthetic: made by worklens.sample from a seed. No person, client or task in it is real."
SNAPSHOTS = 24  # one a month, as someone careful would make them
TRUTH_FILE = "truth.json"


@dataclass(frozen=True)
class Export:
    """One backup file: its name, the instant it was made, and its bytes."""

    name: str
    at: datetime
    data: bytes


@dataclass(frozen=True)
class Sample:
    """The exports, oldest first, and what is hidden in them."""

    exports: tuple[Export, ...]
    truth: Truth

    @property
    def backup(self) -> bytes:
        """The last export: the history as one file shows it."""
        return self.exports[-1].data


def generate(seed: int = 7, end: datetime = END, count: int = SNAPSHOTS) -> Sample:
    """Make two years that end at ``end`` (an aware datetime), seen in ``count`` monthly exports (1 to 24).

    The same arguments give the same bytes on every machine; nothing depends on today.
    """
    if end.tzinfo is None or not 1 <= count <= SNAPSHOTS or seed < 0:
        raise ValueError(f"end needs a zone, count is 1 to {SNAPSHOTS}, and seed is 0 or more")
    end = end.astimezone(UTC)
    line = timeline(Dice(seed, "timeline"), end)
    world, stories = tell(seed, line)
    begun = line.instant(0, 0)
    instants = snapshots(end, count)
    series = [shown_at(stories, when) for when in instants]
    exports = tuple(
        Export(file_name(when), when, backup(world, stories, shown, begun, when))
        for when, shown in zip(instants, series, strict=True)
    )
    return Sample(exports, _truth(seed, line, world, stories, series, exports))


def write(sample: Sample, folder: Path) -> list[Path]:
    """Write the exports, oldest first, and truth.json into a folder (made if need be); give their paths."""
    folder.mkdir(parents=True, exist_ok=True)
    files = {export.name: export.data for export in sample.exports}
    files[TRUTH_FILE] = msgspec.json.encode(sample.truth)
    for name, data in files.items():
        (folder / name).write_bytes(data)
    return [folder / name for name in files]


def _truth(
    seed: int,
    line: Timeline,
    world: World,
    stories: list[Story],
    series: list[Shown],
    exports: tuple[Export, ...],
) -> Truth:
    seen = reckoning.seen(series)
    return Truth(
        notice=NOTICE,
        seed=seed,
        zone=ZONE.key,
        first=line.first,
        end=line.end,
        burn_out=_window(line, BURN_OUT),
        holiday=_window(line, HOLIDAY),
        faster=_window(line, FASTER),
        hazards=HAZARD,
        fatigue=habits.FATIGUE,
        cap=habits.CAP,
        early=habits.EARLY,
        pulls={habit.title: habit.pull for habit in LISTS},
        weekday={name: list(week) for name, week in habits.WEEKDAY.items()},
        hours={name: table.round(6).tolist() for name, table in habits.HOURS.items()},
        best_weekday=habits.BEST_WEEKDAY,
        best_hours=habits.BEST_HOURS,
        burst_factor=BURST_FACTOR,
        burst_days=[line.date_of(day) for day in range(line.days) if line.burst[day] > 1],
        weeks=reckoning.weeks(world, stories, line),
        lists=reckoning.lists(stories, line),
        never_done_list=NEVER_DONE,
        moved=reckoning.moved(stories, seen),
        chores=reckoning.chores(world, stories),
        zombies=[s.id for s in stories if s.kind == "zombie" and s.over is None],
        open_over_a_year=reckoning.old_and_open(stories, line.end),
        duplicates=_duplicates(world, stories),
        tasks=[_task(world, story, stories) for story in stories],
        exports=[
            ExportTruth(export.name, export.at, len(shown), len(export.data))
            for export, shown in zip(exports, series, strict=True)
        ],
        seen=seen,
    )


def _window(line: Timeline, phase: int) -> Window:
    return Window(*line.phase(phase), PHASES[phase][1])


def _duplicates(world: World, stories: list[Story]) -> list[Duplicate]:
    copies = [story for story in stories if world.original[story.row] != NONE]
    return [Duplicate(stories[world.original[s.row]].id, s.id, s.style) for s in copies]


def _task(world: World, story: Story, stories: list[Story]) -> TaskTruth:
    original, chore = int(world.original[story.row]), int(world.chore[story.row])
    return TaskTruth(
        id=story.id,
        kind=story.kind,
        hazard=float(world.hazard[story.row]),
        rhythm=RHYTHMS[world.rhythm[story.row]],
        collection=story.collection,
        topic=story.topic,
        language=language(story.title),
        created=story.created,
        planned_due=None if story.due is None else date.fromisoformat(story.due),
        mood=story.mood,
        chore=None if story.kind != CHORE else chore,
        original=None if original == NONE else stories[original].id,
        outcome=reckoning.outcome(story),
        events=story.changes,
    )
