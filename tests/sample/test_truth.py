"""What was planted can be seen in the files by honest statistics, and the truth says what the files say."""

from __future__ import annotations

import json
import math
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import combinations, pairwise
from typing import Any
from zoneinfo import ZoneInfo

import msgspec
import numpy as np
import pytest
from tests.sample.conftest import Seen

from worklens.sample import Sample
from worklens.sample.stories import Change
from worklens.sample.truth import TaskTruth, Truth, Window


def done_in(tasks: list[Seen], window: Window) -> float:
    """Completions a week in a window of days."""
    days = (window.last - window.first).days + 1
    return (
        7 * sum(bool(t.completed and window.first <= t.completed.date() <= window.last) for t in tasks) / days
    )


def usual(truth: Truth) -> Window:
    """The half year before the burn-out, when the pace was 1."""
    return Window(truth.burn_out.first - timedelta(weeks=26), truth.burn_out.first - timedelta(days=1), 1.0)


def late(task: Seen) -> bool:
    """Done after the due date."""
    return bool(task.completed and task.due and task.completed.date() > date.fromisoformat(task.due))


# ----- Pace -------------------------------------------------------------------------------------------------


def test_half_as_much_gets_done_in_the_burn_out(sample: Sample, tasks: list[Seen]) -> None:
    """0.4 to 0.65 of the half year before."""
    share = done_in(tasks, sample.truth.burn_out) / done_in(tasks, usual(sample.truth))

    assert 0.4 < share < 0.65


def test_nothing_happens_on_holiday(sample: Sample, tasks: list[Seen]) -> None:
    """Two weeks with no completion and nothing written down."""
    window = sample.truth.holiday

    assert done_in(tasks, window) == 0
    assert not [task for task in tasks if window.first <= task.created.date() <= window.last]


def test_she_is_a_quarter_faster_at_the_end(sample: Sample, tasks: list[Seen]) -> None:
    """More gets done than in the months before, and one-off tasks take fewer days."""
    fast = sample.truth.faster
    before = Window(fast.first - timedelta(weeks=25), fast.first - timedelta(days=1), 1.0)

    assert 1.15 < done_in(tasks, fast) / done_in(tasks, before) < 1.4


def test_the_truths_weeks_add_up(sample: Sample, tasks: list[Seen]) -> None:
    """Their completions are those of the file and those taken back later, week by week."""
    final = Counter(task.completed.date() for task in tasks if task.completed)
    again = Counter(
        local_date(change.at, sample.truth)
        for task in sample.truth.tasks
        for change, following in pairwise(task.events)
        if change.kind == "completed" and following.kind == "reopened"
    )

    for week in sample.truth.weeks:
        days = [week.monday + timedelta(days=day) for day in range(7)]
        assert week.done == sum(final[day] + again[day] for day in days)


# ----- Rhythm -----------------------------------------------------------------------------------------------


def test_tuesday_is_the_best_day_and_its_morning_the_best_time(sample: Sample, tasks: list[Seen]) -> None:
    """Of the 7 x 24 hours of the week, in her zone, three of the best four are Tuesday's from 9 to 11."""
    grid = np.zeros((7, 24))
    for task in tasks:
        if task.completed:
            grid[task.completed.weekday(), task.completed.hour] += 1
    best = [divmod(int(cell), 24) for cell in np.argsort(grid, axis=None)[::-1][:4]]
    first, last = sample.truth.best_hours

    assert sample.truth.best_weekday == grid.sum(axis=1).argmax()
    assert {(sample.truth.best_weekday, hour) for hour in range(first, last + 1)} <= set(best)


def test_chores_are_done_on_saturdays(tasks: list[Seen]) -> None:
    """Of the recurring tasks more than on any other day."""
    days = Counter(task.completed.weekday() for task in tasks if task.recurring and task.completed)

    assert days.most_common(1)[0][0] == 5


def test_no_one_works_at_night(tasks: list[Seen]) -> None:
    """In her own zone, in summer and winter, nothing is done from midnight to six."""
    assert all(task.completed.hour >= 6 for task in tasks if task.completed)


def test_days_of_clearing_out_stand_out(sample: Sample, tasks: list[Seen]) -> None:
    """On them at least half as much again gets done as on other days of the same weekday."""
    done = Counter(task.completed.date() for task in tasks if task.completed and not task.recurring)
    quiet = np.zeros(7)
    for week in sample.truth.weeks:
        if week.pace >= 1:
            quiet += [done[week.monday + timedelta(days=day)] for day in range(7)]
    usual_weeks = sum(week.pace >= 1 for week in sample.truth.weeks)

    expected = sum(quiet[day.weekday()] / usual_weeks for day in sample.truth.burst_days)

    assert sum(done[day] for day in sample.truth.burst_days) > 1.5 * expected


# ----- Lists ------------------------------------------------------------------------------------------------


def test_the_lists_of_the_truth_are_those_of_the_file(sample: Sample, tasks: list[Seen]) -> None:
    """One-off tasks, done, late and overdue, counted from the file alone."""
    today = sample.truth.end.date()
    for truth in sample.truth.lists:
        here = [task for task in tasks if task.list == truth.title and not task.recurring]
        undone = [task for task in here if not task.completed]
        dated = [task for task in here if task.completed and task.due]

        assert (truth.tasks - truth.deleted, truth.open) == (len(here), len(undone)), truth.title
        assert (truth.dated_done, truth.late) == (len(dated), sum(map(late, dated))), truth.title
        assert truth.overdue == sum(bool(t.due and date.fromisoformat(t.due) < today) for t in undone)


def test_hardly_anything_on_the_reading_list_gets_done(sample: Sample) -> None:
    """Under 20 % there, over 75 % everywhere else."""
    shares = {row.title: row.done_share for row in sample.truth.lists}

    assert shares.pop(sample.truth.never_done_list) < 0.2
    assert min(shares.values()) > 0.75


def test_lists_differ_in_what_is_late(sample: Sample) -> None:
    """On time on travels, late with the side project, both beyond chance."""
    rows = {row.title: row for row in sample.truth.lists}
    travel, project = rows["Travel"], rows["Side project"]

    assert z_of(travel.late, travel.dated_done, project.late, project.dated_done) < -5


def test_open_tasks_older_than_a_year_are_the_zombies(sample: Sample, tasks: list[Seen]) -> None:
    """The file shows just those that the truth names; eight in ten are of the planted kind, the others were put off again and again."""
    end = sample.truth.end
    old = {task.id for task in tasks if not task.completed and end - task.created > timedelta(days=365)}

    assert set(sample.truth.open_over_a_year) == old
    assert 30 <= len(old) <= 100
    assert len(old & set(sample.truth.zombies)) >= 0.8 * len(old)


# ----- Moved dates ------------------------------------------------------------------------------------------


def test_work_with_moved_dates_is_late_more_often(sample: Sample, tasks: list[Seen]) -> None:
    """Even against its last date, and even counting only the moves that the series of exports shows."""
    moved = {change.task for change in differences(sample) if change.kind == "rescheduled"}
    dated = [task for task in tasks if task.completed and task.due and not task.recurring]
    groups = [[late(t) for t in dated if (t.id in moved) == flag] for flag in (True, False)]
    truth = sample.truth.moved

    assert truth.moved_late_share > 2 * truth.kept_late_share
    assert truth.moved + truth.kept == len(dated)
    assert len(groups[0]) >= 50
    assert z_of(sum(groups[0]), len(groups[0]), sum(groups[1]), len(groups[1])) > 5


def z_of(hits: int, tries: int, other_hits: int, other_tries: int) -> float:
    """The two-proportion z statistic, pooled."""
    pooled = (hits + other_hits) / (tries + other_tries)
    deviation = math.sqrt(pooled * (1 - pooled) * (1 / tries + 1 / other_tries))
    return (hits / tries - other_hits / other_tries) / deviation


# ----- Chores -----------------------------------------------------------------------------------------------


def test_chores_come_round_at_their_period(sample: Sample) -> None:
    """Never faster than that by much, and the reliable ones within a tenth of it."""
    for chore in sample.truth.chores:
        if chore.interval_days and chore.done >= 20:
            assert chore.interval_days > 0.97 * chore.period_days, chore.title
            if chore.chance >= 0.75:
                assert chore.interval_days < 1.1 * chore.period_days, chore.title


def test_the_likelier_chore_is_the_more_punctual(sample: Sample) -> None:
    """On-time shares order as the planted chances do (rank correlation over 0.8)."""
    rows = [chore for chore in sample.truth.chores if chore.done >= 20]
    planted = np.argsort(np.argsort([chore.chance for chore in rows]))
    found = np.argsort(np.argsort([chore.on_time_share or 0.0 for chore in rows]))

    assert np.corrcoef(planted, found)[0, 1] > 0.8


def test_a_completed_chore_leaves_its_next_occurrence(sample: Sample, hidden: dict[int, TaskTruth]) -> None:
    """Written down a second after the completion, due later; exactly one occurrence is open at the end."""
    for chore in sample.truth.chores:
        rows = [hidden[task] for task in chore.tasks]

        assert ["completed"] * chore.done + ["open"] == [row.outcome for row in rows]
        for before, after in pairwise(rows):
            assert before.events[-1].at + timedelta(seconds=1) == after.created
            assert (before.planned_due or date.max) < (after.planned_due or date.min)


# ----- Duplicates -------------------------------------------------------------------------------------------


def test_duplicates_were_open_together(sample: Sample, hidden: dict[int, TaskTruth]) -> None:
    """The copy was written down 3 to 60 days after the original, which was open then; each style is there."""
    assert 30 <= len(sample.truth.duplicates) <= 90
    assert {"exact", "case", "wording", "typo", "translation"} == {d.style for d in sample.truth.duplicates}
    for pair in sample.truth.duplicates:
        original, copy = hidden[pair.original], hidden[pair.copy]
        days = (local_date(copy.created, sample.truth) - local_date(original.created, sample.truth)).days

        assert (original.id, original.topic) == (copy.original, copy.topic)
        assert 3 <= days <= 60
        assert first_end(original) > copy.created


def test_no_other_tasks_share_a_title_while_both_are_open(
    sample: Sample, hidden: dict[int, TaskTruth]
) -> None:
    """A title written again later is no duplicate: its earlier task was over. Both kinds of equals are there."""
    planted = {frozenset((pair.original, pair.copy)) for pair in sample.truth.duplicates}
    titles: dict[str, set[int]] = {}
    for export in sample.exports:
        for row in json.loads(export.data)["data"]["tasks"]:
            titles.setdefault(row["title"], set()).add(row["id"])
    pairs = [pair for ids in titles.values() for pair in combinations(sorted(ids), 2)]
    equal = [frozenset(pair) for pair in pairs if hidden[pair[0]].kind != "chore"]

    assert any(pair in planted for pair in equal)
    assert any(pair not in planted for pair in equal)
    for pair in equal:
        earlier, later = sorted((hidden[task] for task in pair), key=lambda task: task.created)
        assert pair in planted or first_end(earlier) < later.created


def first_end(task: TaskTruth) -> datetime:
    """When a task was first over; the far future if it never was."""
    ends = [change.at for change in task.events if change.kind in {"completed", "deleted"}]
    return min(ends, default=datetime.max.replace(tzinfo=UTC))


# ----- Moods ------------------------------------------------------------------------------------------------


def test_notes_are_weary_in_the_burn_out(sample: Sample) -> None:
    """And seldom at other times."""
    window = sample.truth.burn_out
    noted = [task for task in sample.truth.tasks if task.mood]
    inside = [
        task.mood for task in noted if window.first <= local_date(task.created, sample.truth) <= window.last
    ]
    weary = [task.mood for task in noted].count("weary") - inside.count("weary")

    assert len(inside) >= 5
    assert inside.count("weary") / len(inside) > 0.35
    assert weary / (len(noted) - len(inside)) < 0.12


# ----- Hazards ----------------------------------------------------------------------------------------------


def local_date(when: datetime, truth: Truth) -> date:
    """The calendar date of an instant in the person's zone."""
    return when.astimezone(ZoneInfo(truth.zone)).date()


def chances(task: TaskTruth, truth: Truth) -> Iterator[tuple[date, float]]:
    """The chance of each day a task was open, from docs/sample.md and the truth alone."""
    ends = [local_date(change.at, truth) for change in task.events if change.kind in {"completed", "deleted"}]
    moves = [(local_date(c.at, truth), c.after) for c in task.events if c.kind == "rescheduled"]
    day, due, moved = local_date(task.created, truth), task.planned_due, 0
    last = min(ends, default=truth.end.date() - timedelta(days=1))
    if task.original or (task.kind == "chore" and day > truth.first):
        day += timedelta(
            days=1
        )  # a copy, or a chore's next occurrence: written down after that day's chances
    while day <= last:
        pace = truth.weeks[(day - truth.first).days // 7].pace
        yield day, min(truth.cap, task.hazard * pace * factor(task, truth, day, due, moved))
        for on, after in moves:
            if on == day and after:
                due, moved = date.fromisoformat(after), moved + 1
        day += timedelta(days=1)


def factor(task: TaskTruth, truth: Truth, day: date, due: date | None, moved: int) -> float:
    """What the hazard and the pace are multiplied by on a day."""
    until = (due - day).days if due else None
    if task.kind == "chore":
        return 0.0 if until is None or until > 1 else truth.early if until == 1 else 1.0
    burst = truth.burst_factor if day in truth.burst_days else 1.0
    pull = truth.pulls[task.collection] if until in {0, 1} and not moved else 1.0
    return truth.weekday[task.rhythm][day.weekday()] * burst * pull * truth.fatigue**moved


def test_the_documented_formula_gives_the_expected_completions(sample: Sample) -> None:
    """Recomputed from the truth alone, the sum of the chances is that of every week."""
    weeks = np.zeros(len(sample.truth.weeks))
    for task in sample.truth.tasks:
        for day, chance in chances(task, sample.truth):
            weeks[(day - sample.truth.first).days // 7] += chance

    assert weeks == pytest.approx([week.expected for week in sample.truth.weeks], abs=0.01)


def test_what_came_is_what_the_chances_gave(sample: Sample) -> None:
    """By kind, completions are within four deviations of the sum of the chances (those ticked off as twins left out)."""
    paired = {task for pair in sample.truth.duplicates for task in (pair.original, pair.copy)}
    for kind in ("quick", "normal", "slow", "zombie", "chore"):
        rows = [task for task in sample.truth.tasks if task.kind == kind and task.id not in paired]
        each = [chance for task in rows for _, chance in chances(task, sample.truth)]
        done = sum(any(change.kind == "completed" for change in task.events) for task in rows)

        deviation = math.sqrt(sum(chance * (1 - chance) for chance in each))
        assert abs(done - sum(each)) < 4 * deviation + 1, kind


# ----- What the series of exports shows ---------------------------------------------------------------------


class Difference(msgspec.Struct, frozen=True):
    """A change found by comparing two files."""

    export: int
    task: int
    kind: str
    before: str | None = None
    after: str | None = None


def differences(sample: Sample) -> Iterator[Difference]:
    """Compare each file with the one before it."""
    old: dict[int, dict[str, Any]] = {}
    for number, export in enumerate(sample.exports):
        data = json.loads(export.data)["data"]
        lists = {row["id"]: row["title"] for row in data["lists"]}
        new = {row["id"]: row | {"list": lists[row["list_id"]]} for row in data["tasks"]}
        for task in old.keys() | new.keys():
            for change in compare(old.get(task), new.get(task)):
                yield Difference(number, task, *change)
        old = new


def compare(
    old: dict[str, Any] | None, new: dict[str, Any] | None
) -> list[tuple[str, str | None, str | None]]:
    """Kind, before and after of all that differs between two rows of a task."""
    if new is None:
        return [("deleted", None, None)]
    found: list[tuple[str, str | None, str | None]] = []
    if old is None:
        found.append(("created", None, None))
        old = {key: value for key, value in new.items() if key != "completed_at"}
    for kind, key in (("renamed", "title"), ("moved", "list"), ("rescheduled", "due_date")):
        if old.get(key) != new.get(key):
            found.append((kind, old.get(key), new.get(key)))
    if old["starred"] != new["starred"]:
        words = ("plain", "starred")
        found.append(("reprioritized", words[old["starred"]], words[new["starred"]]))
    if old.get("completed_at") != new.get("completed_at"):
        found += [("reopened", old["completed_at"], None)] if "completed_at" in old else []
        found += [("completed", None, new["completed_at"])] if "completed_at" in new else []
    return found


def test_the_truth_lists_all_that_the_files_show(sample: Sample) -> None:
    """A plain comparison of consecutive files finds the same changes, no more and no fewer."""
    listed = {Difference(s.export, s.task, s.kind, s.before, s.after) for s in sample.truth.seen}

    assert len(listed) == len(sample.truth.seen)
    assert listed == set(differences(sample))


def test_all_kinds_of_change_show(sample: Sample) -> None:
    """Each often enough to test a diff against; and some moves stay hidden between two exports."""
    kinds = Counter(change.kind for change in sample.truth.seen)
    rare = {"moved", "reopened"}

    assert rare < set(kinds)
    assert all(count >= 15 for kind, count in kinds.items() if kind not in rare)
    assert 80 <= sample.truth.moved.moves_seen < sample.truth.moved.moves


def test_events_are_in_order_and_end_with_what_the_file_shows(
    tasks: list[Seen], hidden: dict[int, TaskTruth]
) -> None:
    """A task's events come after its writing down, in order; the last state they lead to is the file's."""
    shown = {task.id: task for task in tasks}
    assert set(shown) == {task.id for task in hidden.values() if task.outcome != "deleted"}
    for task in hidden.values():
        times = [task.created, *(change.at for change in task.events)]
        assert times == sorted(times)
        if task.outcome != "deleted":
            assert (shown[task.id].completed is not None) == (task.outcome == "completed")
            assert shown[task.id].due == last(task.events, "rescheduled", task.planned_due)


def last(events: list[Change], kind: str, begun: date | None) -> str | None:
    """The value after the last change of a kind, else the one it began with."""
    values = [change.after for change in events if change.kind == kind]
    return values[-1] if values else (begun.isoformat() if begun else None)
