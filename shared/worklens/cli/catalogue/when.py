"""What `worklens when` says."""

from __future__ import annotations

WORDS: dict[str, tuple[str, str]] = {
    "when-what": (
        "Give a title to read, in quotes, or --lines and titles on standard input.",
        "请给出要识别的标题（加引号），或用 --lines 从标准输入逐行读取。",
    ),
    "when-now": (
        "--now takes an instant such as 2026-11-22T09:00, not {text}.",
        "--now 需要形如 2026-11-22T09:00 的时间，而不是 {text}。",
    ),
    "when-nothing": ("No time is named.", "没有写明时间。"),
    "when-unsure": (
        "It might mean {day}, but that is too unsure ({sure}) to be taken for it.",
        "可能是 {day}，但把握不足（{sure}），不予采用。",
    ),
    "when-program": ("Program: {program}", "程序：{program}"),
    "when-from": ("Read from: {phrase} (confidence {sure})", "依据：{phrase}（把握 {sure}）"),
    "when-other": ("Else: {day}, by {program}", "其次：{day}，程序 {program}"),
    "when-looked": ("Where the reader looked for each word of the program:", "程序的每个词看向标题何处："),
    "when-every": (", every {count} {unit}", "，每 {count} {unit}"),
    "when-unit-minute": ("minutes", "分钟"),
    "when-unit-hour": ("hours", "小时"),
    "when-unit-day": ("days", "天"),
    "when-unit-workday": ("working days", "个工作日"),
    "when-unit-week": ("weeks", "周"),
    "when-unit-weekend": ("weekends", "个周末"),
    "when-unit-month": ("months", "个月"),
    "when-unit-quarter": ("quarters", "个季度"),
    "when-unit-year": ("years", "年"),
}
