"""A made-up person's tables, as the warehouse's views would give them: seeded, and much like life."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

import numpy as np

from worklens.analysis.behaviour import behaviour
from worklens.analysis.changes import change_points, paces
from worklens.analysis.forecast.forecast import Forecast, forecast
from worklens.analysis.forecast.questions import HowMany, When
from worklens.render import FindingView, Language, Report

LAST = date(2026, 10, 30)
DAYS = 730
INSTANT = 1_793_347_200_000_000  # 2026-10-30 08:00 UTC
LISTS = ("Work", "Errands", "Home", "inbox", "Reading", "Health", "Side project", "Travel")
SHARES = (0.35, 0.13, 0.12, 0.12, 0.1, 0.07, 0.07, 0.04)
PACE = (0.13, 0.3, 0.09, 0.1, 0.0015, 0.12, 0.02, 0.06)  # chance a day to be done
HOURS = np.array([0, 0, 0, 0, 0, 0, 1, 3, 7, 13, 14, 10, 4, 4, 6, 7, 6, 5, 5, 6, 6, 4, 2, 0]) / 103
WEEKDAY = (1.1, 1.7, 1.1, 1.0, 0.9, 0.5, 0.6)  # how much gets done, Monday first

TITLES = {
    "en": ("Learn to bake a proper rye bread", "Read “The Timeless Way of Building”", "Sort the photos of 2019 📷",
           "Write to the old landlord about the deposit", "Refactor the importer of the café map",
           "Find a dentist nearer to the office", "Watch the lectures on information theory", "整理书架"),
    "zh": ("学会做黑麦面包", "读《建筑的永恒之道》", "整理 2019 年的照片 📷", "给老房东写信要押金", "重写咖啡地图的导入",
           "找一个离公司近的牙医", "看完信息论的课", "Sort the bookshelf"),
}  # fmt: skip

FINDINGS = {
    "en": (
        FindingView(
            key="pace_up",
            text="You finish 24 tasks a week now, up from 15 in the half year before.",
            why="97 done in the last 4 weeks; luck alone would do this less than once in 50 times.",
            action="Plan next week with 24, not with 15.",
        ),
        FindingView(
            key="slow_collection",
            text="Hardly anything in Reading gets done: 1 task in 9 after three months.",
            why="58 tasks came in over two years, 7 were done. Elsewhere it is 19 in 20.",
            action="Keep the three you would start this weekend and delete the rest.",
        ),
        FindingView(
            key="best_weekday",
            text="Tuesday is your day: a quarter of the work week's tasks, where a fifth would be even.",
            why="In 81 of 104 weeks Tuesday was above the week's mean.",
            action="Keep Tuesday mornings free of meetings.",
        ),
        FindingView(
            key="put_off",
            text="A task that was put off twice takes four times as long as one that never was.",
            why="212 tasks were put off at least twice.",
            action="At the second delay, split the task or let it go.",
        ),
        FindingView(
            key="oldest",
            text="“Sort the photos of 2019 📷” has been open for 22 months; 98% of tasks were done sooner.",
            action="Decide about it today: one small step, or delete it.",
        ),
    ),
    "zh": (
        FindingView(key="pace_up", text="你现在每周完成 24 项任务，此前半年是 15 项。",
                    why="最近 4 周完成 97 项；纯属偶然的话，50 次里不到 1 次会这样。", action="下周按 24 项来安排，而不是 15 项。"),
        FindingView(key="slow_collection", text="“Reading”里几乎什么都没完成：三个月后 9 项里只完成 1 项。",
                    why="两年里新增 58 项，完成 7 项；别处是 20 项里完成 19 项。", action="留下这个周末就会开始的三项，其余删掉。"),
        FindingView(key="best_weekday", text="星期二是你的好日子：完成了工作日任务的四分之一，平均应是五分之一。",
                    why="104 周里有 81 周，星期二高于当周平均。", action="星期二上午别安排会议。"),
        FindingView(key="put_off", text="推迟过两次的任务，用时是从不推迟的四倍。", why="有 212 项任务至少推迟过两次。",
                    action="第二次推迟时，把任务拆小，或者放弃。"),
        FindingView(key="oldest", text="“整理 2019 年的照片 📷”已经搁置 22 个月；98% 的任务更早完成。",
                    action="今天就决定：走一小步，或者删掉。"),
    ),
}  # fmt: skip


def history(seed: int = 7) -> list[dict[str, Any]]:
    """Each task's list, day of arrival and, where it ended, its last day, how, and at which hour."""
    rng = np.random.default_rng(seed)
    days = np.arange(DAYS)
    rate = 2.35 * np.select(
        [(days >= 300) & (days < 340), (days >= 440) & (days < 455), days >= DAYS - 32], [0.25, 0, 1.8], 1
    )
    tasks = [
        {"list": int(rng.choice(8, p=SHARES)), "arrived": int(day), "ended": None, "ending": None}
        for day in np.repeat(days, rng.poisson(rate))
    ]
    for task in tasks:
        _live(task, rng)
    return tasks


def _live(task: dict[str, Any], rng: np.random.Generator) -> None:
    for day in range(task["arrived"], DAYS):
        weekday = (LAST - timedelta(days=DAYS - 1 - day)).weekday()
        slow = 0.2 if 300 <= day < 340 else 0.0 if 440 <= day < 455 else 1.25 if day > DAYS - 29 else 1.0
        if rng.random() < PACE[task["list"]] * WEEKDAY[weekday] * slow:
            task.update(ended=day, ending="done", hour=int(rng.choice(24, p=HOURS)))
            return
        if rng.random() < 0.0015:
            task.update(ended=day, ending="deleted")
            return


def day(number: int) -> date:
    """The date of a day of the history; the last is LAST."""
    return LAST - timedelta(days=DAYS - 1 - number)


def tables(tasks: Sequence[dict[str, Any]], language: Language = "en") -> dict[str, dict[str, list[Any]]]:
    """The views over these tasks, by name."""
    done = [task for task in tasks if task["ending"] == "done"]
    return {
        "daily_flow": _daily(tasks),
        "lifetimes": _counted(
            ("age", "ending"),
            [
                ((DAYS - 1 if task["ended"] is None else task["ended"]) - task["arrived"], task["ending"])
                for task in tasks
            ],
            "tasks",
        ),
        "age_of_open_work": _open([task for task in tasks if task["ended"] is None], language),
        "attention_first": attention(language),
        "work_by_collection": _counted(
            ("account", "week", "collection", "collection_title"),
            [(A, _monday(task["ended"]), str(task["list"]), LISTS[task["list"]]) for task in done],
        ),
        "work_by_weekday_hour": _counted(
            ("account", "weekday", "hour"),
            [(A, day(task["ended"]).isoweekday(), task["hour"]) for task in done],
        ),
        "standing_forecasts": _standing(tasks),
        **_reckoned(tasks),
        "data_quality": {
            "account": [A],
            "last_seen_at": [INSTANT],
            "runs": [24],
            "records": [len(tasks)],
            "quarantined": [3],
            "instant_share": [0.97],
            "undated_share": [0.0],
            "events": [2 * len(tasks)],
            "late_events": [len(tasks) // 5],
        },
    }


A = "wunderlist:ada"


def _standing(tasks: Sequence[dict[str, Any]]) -> dict[str, list[Any]]:
    done = np.array(_daily(tasks)["done"])
    rows = [
        row
        for question in (HowMany(7), HowMany(14), HowMany(30), When(30))
        for row in promised(forecast(done, question))
    ]
    return {name: [row[name] for row in rows] for name in rows[0]}


def promised(said: Any, account: str = A) -> list[dict[str, Any]]:
    """A forecast's rows in the view standing_forecasts, one a level."""
    assert isinstance(said, Forecast)
    kind, amount = (
        ("how_many", said.question.days)
        if isinstance(said.question, HowMany)
        else ("when", said.question.items)
    )
    return [
        {
            "account": account,
            "kind": kind,
            "amount": amount,
            "level": level,
            "value": value if np.isfinite(value) else None,
            "origin_day": LAST + timedelta(days=1),
            "tried": said.record.n,
            "tried_kept": round(said.record.n * share) if said.record.n else 0,
        }
        for level, value, share in zip(said.levels, said.values.tolist(), said.record.coverage, strict=True)
    ]


def _reckoned(tasks: Sequence[dict[str, Any]]) -> dict[str, dict[str, list[Any]]]:
    """What a history is reckoned into, week by week from the first Monday on, and some estimates."""
    begin = next(number for number in range(7) if day(number).weekday() == 0)
    done = np.array(_daily(tasks)["done"])[begin:]
    weekly = done[: done.size // 7 * 7].reshape(-1, 7).sum(axis=1)
    weeks = [day(begin + 7 * place) for place in range(weekly.size)]
    found = change_points(weekly, np.random.default_rng(1))
    starts, means = paces(weekly, found.start)
    ends = [*starts[1:].tolist(), weekly.size]
    chart = behaviour(weekly[-52:])
    lines = {"average": chart.average, "lower": chart.lower, "upper": chart.upper}
    return {
        "whole_weeks": {"week": weeks, "done": weekly.tolist()},
        "changes_of_pace": {
            "since": [weeks[start] for start in starts],
            "until": [weeks[end - 1] + timedelta(days=6) for end in ends],
            "weeks": [end - start for start, end in zip(starts.tolist(), ends, strict=True)],
            "a_week": means.tolist(),
            "p": [None, *found.p.tolist()],
        },
        "process_behaviour": {
            "week": weeks[-52:],
            "value": weekly[-52:].tolist(),
            **{name: [value] * 52 for name, value in lines.items()},
            "signal": [(None, "outside", "near-limit", "run")[rule] for rule in chart.signal],
        },
        "cycle_time_lately": {
            "share": [0.85], "days": [41.0], "low": [25.0], "high": [70.0], "level": [0.8], "tasks": [120],
        },
        "estimates_by_list": {
            "title": ["Work", "Home", "Errands"], "tasks": [120, 40, 4], "ratio": [1.61, 0.9, 3.0],
            "value": [1.58, 0.97, 1.3],
        },
        "list_hours": {
            "title": ["Work", "Home"], "tasks": [40, 12], "estimated": [31, 4], "hours": [88.0, 6.5],
            "half": [31.0, None], "sure": [52.0, None],
        },
    }  # fmt: skip


def _monday(number: int) -> date:
    when = day(number)
    return when - timedelta(days=when.weekday())


def _daily(tasks: Sequence[dict[str, Any]]) -> dict[str, list[Any]]:
    arrived = Counter(task["arrived"] for task in tasks)
    done = Counter(task["ended"] for task in tasks if task["ending"] == "done")
    removed = Counter(task["ended"] for task in tasks if task["ending"] == "deleted")
    return {
        "account": [A] * DAYS,
        "day": [day(number) for number in range(DAYS)],
        "arrived": [arrived[number] for number in range(DAYS)],
        "done": [done[number] for number in range(DAYS)],
        "removed": [removed[number] for number in range(DAYS)],
    }


def _open(tasks: Sequence[dict[str, Any]], language: Language) -> dict[str, list[Any]]:
    size = len(tasks)
    return {
        "account": [A] * size,
        "collection_title": [LISTS[task["list"]] for task in tasks],
        "title": [TITLES[language][number % 8] for number in range(size)],
        "created_day": [day(task["arrived"]) for task in tasks],
        "due_day": [
            day(task["arrived"]) + timedelta(days=20) if number % 3 == 1 else None
            for number, task in enumerate(tasks)
        ],
        "link": ["https://tasks.example/42" if number % 2 else None for number in range(size)],
    }


def attention(language: Language = "en") -> dict[str, list[Any]]:
    """What calls for attention: two of each kind, one with a link, and one that can wait."""
    needs = ("late", "late", "never", "never", "soon", "soon", "wait")
    count = len(needs)
    return {
        "account": [A] * count,
        "task": [str(number) for number in range(count)],
        "occurrence": [""] * count,
        "title": list(TITLES[language][:count]),
        "collection": ["4"] * count,
        "collection_title": ["Reading"] * count,
        "link": [None, "https://tasks.example/42", *[None] * (count - 2)],
        "due_day": [LAST + timedelta(days=5)] * 2 + [None] * (count - 2),
        "model": ["hazard"] * count,
        "origin_day": [LAST] * count,
        "age_days": [3.0, 40.0, 400.0, 500.0, 0.4, 2.0, 9.0],
        "at_risk": [300, 120, 25, 24, 800, 700, 90],
        "within_week": [0.2, 0.1, 0.01, 0.01, 0.8, 0.7, 0.3],
        "median_days": [9.0, 4.0, None, None, 2.0, 3.0, 20.0],
        "late": [0.7, 0.9, None, None, None, None, None],
        "never": [0.1, 0.1, 0.8, 0.75, 0.02, 0.03, 0.2],
        "reasons": ['{"list":-1.2,"age":0.9,"moved":-0.4,"due":-0.3}', None]
        + ['{"age":-2.0}', '{"age":0.5}'] * 2
        + ["{}"],
        "need": list(needs),
        "among": [2, 2, 31, 31, 2, 2, 1],
        "place": [2, 1, 1, 2, 1, 2, 1],
    }


def _counted(names: Sequence[str], rows: list[tuple[Any, ...]], of: str = "done") -> dict[str, list[Any]]:
    counts = Counter(rows)
    columns = {name: [key[place] for key in counts] for place, name in enumerate(names)}
    return {**columns, of: list(counts.values())}


def report(language: Language = "en", **changes: Any) -> Report:
    """A whole report; `changes` replace fields of it."""
    fields: dict[str, Any] = {
        "language": language,
        "as_of": LAST,
        "newest_fact": INSTANT,
        "zone": "Europe/Berlin",
        "accounts": (A,),
        "findings": FINDINGS[language],
        "tables": tables(history(), language),
    }
    return Report(**{**fields, **changes})
