"""Puts the table of what each source shows into the READMEs: ``python -m worklens.sources.capabilities_page``."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Literal

from worklens.sources.capabilities import CAPABILITIES, Capabilities, Cost
from worklens.sources.names import name_of
from worklens.sources.options import Window, rate_of
from worklens.sources.registry import ONLY_FILES, source

Language = Literal["en", "zh"]

BEGIN, END = "<!-- sources: make sources -->", "<!-- end of sources -->"
READMES: dict[str, Language] = {"README.md": "en", "README.zh.md": "zh"}
UNITS = (
    (86_400, "day", "days", "天"),
    (3_600, "hour", "hours", "小时"),
    (60, "minute", "minutes", "分钟"),
    (1, "second", "seconds", "秒"),
)

WORDS: dict[str, tuple[str, str]] = {
    "source": ("source", "来源"),
    "increments": ("a sync moves", "每次同步传输"),
    "deletions": ("deletions", "删除"),
    "completion": ("completions", "完成时间"),
    "recurring": ("recurring tasks", "重复任务"),
    "limits": ("limits, as published", "公布的限额"),
    "cost": ("10 of 20,000 tasks changed", "20,000 个任务中 10 个有变化时"),
    "increments-changes": ("what changed", "有变化的任务"),
    "increments-lists": ("the lists in which something changed, whole", "有变化的整个清单"),
    "increments-open": ("all that is open, and what was done lately", "全部未完成的任务，以及最近完成的"),
    "increments-all": ("everything, which is compared", "全部，再与已知的比较"),
    "deletions-dated": ("at the next sync, with their time", "下次同步可见，且有确切时间"),
    "deletions-seen": ("at the next sync", "下次同步可见"),
    "deletions-daily": ("within a day", "一天内可见"),
    "deletions-whole files": (
        "in the next file, where the mapping says that files are whole",
        "映射声明文件完整时，下一个文件可见",
    ),
    "only-open": ("; of open tasks alone", "；仅限未完成的任务"),
    "completion-instant": ("to the instant", "精确到时刻"),
    "completion-day": ("to the day", "精确到日"),
    "completion-day, steps instant": ("to the day; of steps to the instant", "精确到日；步骤精确到时刻"),
    "completion-as given": ("as the column gives it, day or instant", "与列中一致：日期或时刻"),
    "recurring-occurrences": ("each completion, as an occurrence", "每次完成都是一次重复"),
    "recurring-tasks": ("each completion, as a task of its own", "每次完成都是独立的任务"),
    "recurring-moved": ("moved on; completions don't show", "仅顺延日期，看不到各次完成"),
    "recurring-none": ("don't exist", "不存在"),
    "no-rule": ("; without the rule", "；看不到重复规则"),
    "window": ("{n} in {time}", "每{time} {n} 次"),
    "window-full": ("{n} whole listings in {time}", "每{time} {n} 次完整列表"),
    "none-published": ("none", "未公布"),
    "kept": ("none; we keep within {limits}", "未公布；我们限制在{limits}以内"),
    "local": ("–", "–"),
    "request": ("1 request", "1 次请求"),
    "requests": ("{n} requests", "{n} 次请求"),
    "a-list": (" and {n} a list", "，每个清单另加 {n} 次"),
    "a-changed-list": (" and {n} a changed list", "，每个有变化的清单另加 {n} 次"),
    "small": (", under 1 % of the bytes", "，字节数不到完整读取的 1 %"),
    "large": ("", ""),
    "machine": ("read on this machine", "在本机读取"),
    "file": ("the whole file", "整个文件"),
}


def say(key: str, language: Language, **params: object) -> str:
    """Words of a key."""
    return WORDS[key][language == "zh"].format(**params)


def table(language: Language) -> str:
    """The whole table, in Markdown."""
    columns = ("source", "increments", "deletions", "completion", "recurring", "limits", "cost")
    heads = [say(column, language) for column in columns]
    rows = [heads, ["---"] * len(heads), *_rows(language)]
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def _rows(language: Language) -> Iterator[list[str]]:
    """One a source; those that are the same in all go together."""
    named: dict[int, list[str]] = {}
    for name, about in CAPABILITIES.items():
        named.setdefault(id(about), []).append(name)
    for names in named.values():
        about = CAPABILITIES[names[0]]
        called = ", ".join(name_of(name, language) for name in names)
        yield [called, *_cells(names[0], about, language)]


def _cells(name: str, about: Capabilities, language: Language) -> Iterator[str]:
    yield say(f"increments-{about.increments}", language)
    yield say(f"deletions-{about.deletions}", language) + (
        "" if about.tells_done_deleted else say("only-open", language)
    )
    yield say(f"completion-{about.completion}", language)
    yield say(f"recurring-{about.recurring}", language) + (
        "" if about.tells_rule else say("no-rule", language)
    )
    yield limits(name, about, language)
    here = "file" if name in ONLY_FILES else "machine"
    yield _cost(about.cost, language) if about.cost else say(here, language)


def limits(name: str, about: Capabilities, language: Language) -> str:
    """What the service publishes; else what we keep within all the same."""
    if about.cost is None:
        return say("local", language)
    if about.published:
        return several(about.published, language)
    kept = rate_of(source(name)).windows
    if not kept:
        return say("none-published", language)
    return say("kept", language, limits=several(kept, language))


def several(windows: Sequence[Window], language: Language) -> str:
    """All the limits that hold at once."""
    return ("，" if language == "zh" else ", ").join(window(one, language) for one in windows)


def window(one: Window, language: Language) -> str:
    """So many requests in so long."""
    key = f"window-{one.quota}" if one.quota else "window"
    return say(key, language, n=f"{one.requests:,}", time=span(one.seconds, language))


def span(seconds: float, language: Language) -> str:
    """A length of time in the largest unit of which it is a whole number."""
    for length, singular, plural, chinese in UNITS:
        n, rest = divmod(seconds, length)
        if n and not rest:
            if language == "zh":
                return chinese if n == 1 else f" {n:.0f} {chinese}"
            return f"a{'n' if singular == 'hour' else ''} {singular}" if n == 1 else f"{n:.0f} {plural}"
    return f"{seconds:g} {'秒' if language == 'zh' else 'seconds'}"


def _cost(cost: Cost, language: Language) -> str:
    said = say("request" if cost.requests == 1 else "requests", language, n=cost.requests)
    said += say("a-list", language, n=cost.a_list) if cost.a_list else ""
    said += say("a-changed-list", language, n=cost.a_changed_list) if cost.a_changed_list else ""
    return said + say("small" if cost.is_small else "large", language)


def with_table(text: str, language: Language) -> str:
    """A README with the table between its two marks. Raises ValueError where they aren't there."""
    before, begin, rest = text.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not begin or not end:
        raise ValueError(f"the marks {BEGIN} and {END} are missing")
    return f"{before}{BEGIN}\n{table(language)}\n{END}{after}"


if __name__ == "__main__":
    for path, language in READMES.items():
        page = Path(*sys.argv[1:2], path)
        page.write_text(with_table(page.read_text(encoding="utf-8"), language), encoding="utf-8")
