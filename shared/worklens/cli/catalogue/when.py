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
    "when-shown-for": (
        "{account}: the days that titles of undated open tasks name are shown with them from now on, as ours.",
        "{account}：今后会显示未设截止日的未完成任务标题中写明的日期，并注明是我们的推断。",
    ),
    "when-hidden-for": (
        "{account}: the days that titles name are not shown with tasks.",
        "{account}：任务旁不再显示标题中写明的日期。",
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
    "when-every": (", every {unit}", "，每 {unit}"),
    "when-unit-minute": ("{count:minute|minutes}", "{count} 分钟"),
    "when-unit-hour": ("{count:hour|hours}", "{count} 小时"),
    "when-unit-day": ("{count:day|days}", "{count} 天"),
    "when-unit-workday": ("{count:working day|working days}", "{count} 个工作日"),
    "when-unit-week": ("{count:week|weeks}", "{count} 周"),
    "when-unit-weekend": ("{count:weekend|weekends}", "{count} 个周末"),
    "when-unit-month": ("{count:month|months}", "{count} 个月"),
    "when-unit-quarter": ("{count:quarter|quarters}", "{count} 个季度"),
    "when-unit-year": ("{count:year|years}", "{count} 年"),
}
