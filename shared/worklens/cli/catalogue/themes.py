"""What `worklens themes` says."""

from __future__ import annotations

WORDS: dict[str, tuple[str, str]] = {
    "themes-unknown": (
        "{n} different titles are too few to tell themes from; {least} are needed.",
        "只有 {n} 个不同的标题，不足以看出主题，至少需要 {least} 个。",
    ),
    "themes-none": (
        "No words come together often enough to be a theme: {n} different titles.",
        "{n} 个不同的标题中，没有经常同时出现、足以成为主题的词。",
    ),
    "themes-other": ("(no theme)", "（无主题）"),
    "themes-quarter": (
        "Lately: what was done in the 91 days up to {day}.",
        "近期：截至 {day} 的 91 天内完成的任务。",
    ),
    "column-theme": ("theme", "主题"),
    "column-theme-tasks": ("tasks", "任务"),
    "column-theme-open": ("open", "未完成"),
    "column-theme-done": ("done", "已完成"),
    "column-theme-share": ("lately", "近期占比"),
}
