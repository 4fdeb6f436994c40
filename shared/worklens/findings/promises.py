"""Forecasts in words: what is promised, what it stands on, and what such promises were worth."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from worklens.findings.catalogue import CATALOGUES, text
from worklens.findings.model import Finding
from worklens.findings.plain import rounded

LEAST_GRADED = (
    20  # promises whose time is over: with fewer, the share is off by more than 20 points either way
)
TOLD = 0.85  # the level that the record is summed up by: the one people plan with

TEXT: Mapping[str, Mapping[str, str]] = {
    "en": {
        "when": "{items:count task|tasks}: ",
        "emptied": "All {items:count open task|open tasks}, new work counted in: ",
        "how_many": "By {day:date} ({days:count day|days}): ",
        "by": "by {day:date} with {level:percent}",
        "never": "with {level:percent} no day within a year can be promised",
        "never_from": "with {level:percent} or more no day within a year can be promised",
        "none_from": "with {level:percent} or more none can be promised",
        "at_least": "at least {value:count task|tasks} with {level:percent}",
        "none": "with {level:percent} none can be promised",
        "of_list": "{name:title}: ",
        "evidence": "From {days:count day|days} up to {last:date}, with {done:count task|tasks} done.",
        "record": "On that past such promises of {level:percent} came true {share:percent} of the time, n = {n:number}.",
        "ended": "The record ends on {last:date}: nobody knows what came after, so this speaks from then.",
        "undated": "Left out: {undated:count task|tasks} done on a day that nobody knows.",
        "too_little": "not enough evidence yet. Something was done on {active:count day|days} of late, and it takes {needed:number}.",
    },
    "zh": {
        "when": "完成 {items:count 个任务}：",
        "emptied": "全部 {items:count 个未完成任务}（计入新增任务）：",
        "how_many": "到{day:date}为止（{days:count 天}）：",
        "by": "有 {level:percent} 的把握在{day:date}之前完成",
        "never": "{level:percent} 的把握下，一年之内没有可以承诺的日期",
        "never_from": "{level:percent} 或更高的把握下，一年之内没有可以承诺的日期",
        "none_from": "{level:percent} 或更高的把握下，一个也不能承诺",
        "at_least": "有 {level:percent} 的把握至少完成 {value:count 个任务}",
        "none": "{level:percent} 的把握下，一个也不能承诺",
        "of_list": "{name:title}：",
        "evidence": "依据：截至{last:date}的 {days:count 天}，共完成 {done:count 个任务}。",
        "record": "在这段历史上，{level:percent} 的承诺有 {share:percent} 兑现，n = {n:number}。",
        "ended": "记录止于{last:date}：其后的情况无人知道，因此预测从那时算起。",
        "undated": "未计入：{undated:count 个任务}完成日期不明。",
        "too_little": "证据还不够。近期有完成记录的日子为 {active:count 天}，至少需要 {needed:number} 天。",
    },
}


def write(key: str, language: str, **params: Any) -> str:
    """A text of the catalogue with its parameters, as plain text: escape it for the page it goes on."""
    return CATALOGUES[language].words.vformat(TEXT[language][key], (), params)


def promise(language: str, about: Mapping[str, Any]) -> str:
    """A forecast in one sentence.

    ``about`` has its kind, items or days, day (the last of a how_many, as ISO text), the list's name or "", and levels:
    each a level with tasks, or with date (ISO text, None: not within a year).
    """
    comma, stop = ("；", "。") if language == "zh" else (", ", ".")
    told = comma.join(_levels(language, about["levels"]))
    return of_list(language, about["list"]) + write(about["kind"], language, **about) + told + stop


def of_list(language: str, name: str) -> str:
    """What begins a sentence about a list; nothing where it is about all work."""
    return write("of_list", language, name=name) if name else ""


def _levels(language: str, levels: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    """Each level in words; what can't be promised with one can't with a surer one, which is said once."""
    silent = [one for one in levels if not one.get("tasks", one.get("date"))]
    yield from (_level(language, one) for one in levels if one not in silent)
    if len(silent) > 1:
        key = "none_from" if "tasks" in silent[0] else "never_from"
        yield write(key, language, level=min(one["level"] for one in silent))
    elif silent:
        yield _level(language, silent[0])


def _level(language: str, one: Mapping[str, Any]) -> str:
    if "tasks" in one and not one["tasks"]:
        return write("none", language, level=one["level"])
    if "tasks" in one:
        return write("at_least", language, value=one["tasks"], level=one["level"])
    if one["date"] is None:
        return write("never", language, level=one["level"])
    return write("by", language, day=one["date"], level=one["level"])


def kept(rows: Sequence[Mapping[str, Any]], level: float = TOLD) -> Finding:
    """What the promises of a level were worth, over graded ones: ``rows`` have level, n, kept, first_origin, last_origin.

    With fewer than LEAST_GRADED it says how many are missing.
    """
    ours = [row for row in rows if row["level"] == level and row["n"]]
    n, good = sum(row["n"] for row in ours), sum(row["kept"] for row in ours)
    window = [
        str(min((row["first_origin"] for row in ours), default="")),
        str(max((row["last_origin"] for row in ours), default="")),
    ]
    about = {"about": "record", "method": "promises-over", "n": n, "window": window, "baseline": level}
    if n < LEAST_GRADED:
        params = {"level": level, "n": n, "needed": LEAST_GRADED}
        return Finding(key="promises_unproven", family="promises", params=params, evidence=about)
    share = rounded(good / n)
    return Finding(
        key="promises_kept",
        family="promises",
        params={"level": level, "share": share, "n": n},
        evidence={**about, "effect": share},
    )


def worth(finding: Finding, language: str = "en") -> str:
    """The finding that `kept` gives, in words."""
    return text(finding, language)
