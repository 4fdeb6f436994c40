"""What `worklens calendar` says."""

from __future__ import annotations

WORDS: dict[str, tuple[str, str]] = {
    "calendar-whose": (
        "Say whose calendar is to change: worklens calendar ACCOUNT and the options.",
        "请说明更改哪个账户的日历：worklens calendar 账户 加上选项。",
    ),
    "calendar-country": (
        "No public holidays of {country!r} are known. Name a country by its code: {known}.",
        "没有 {country!r} 的法定节假日。请用国家代码：{known}。",
    ),
    "calendar-region": (
        "{country} has no region {region!r} with holidays of its own. There are: {known}.",
        "{country} 没有节假日不同的地区 {region!r}。现有地区：{known}。",
    ),
    "calendar-region-of": (
        "Say which country the region is in, with --country.",
        "请用 --country 说明该地区属于哪个国家。",
    ),
    "calendar-no-library": (
        'The library of public holidays isn\'t installed. Install it with: pip install "holidays>=0.100"; '
        "or give the days with --off.",
        '没有安装节假日库。请运行：pip install "holidays>=0.100"；或者用 --off 给出日期。',
    ),
    "not-weekdays": (
        "{option} {text!r} are no weekdays. Write them as mon-fri or mon,wed-fri, or all.",
        "{option} {text!r} 不是星期几。请写成 mon-fri 或 mon,wed-fri 的形式，或写 all（每天）。",
    ),
    "not-hours-of-day": (
        "{option} {text!r} are no hours of a day. Write them as 9-17, from 0 to 24, or all.",
        "{option} {text!r} 不是一天中的时段。请写成 9-17 的形式（0 到 24），或写 all（全天）。",
    ),
    "not-days": (
        "{option} {text!r} is no day and no span of up to three years. Write 2026-12-24, or 2026-12-24..2027-01-02.",
        "{option} {text!r} 不是日期，也不是三年以内的一段日期。请写成 2026-12-24 或 2026-12-24..2027-01-02。",
    ),
    "calendar-all": ("all", "全部"),
    "calendar-week": ("  working days: {week}; hours: {hours}", "  工作日：{week}；时段：{hours}"),
    "calendar-holidays": (
        "  public holidays of {place} are free (looked up until {until})",
        "  {place} 的法定节假日不工作（已查到 {until}）",
    ),
    "calendar-off": ("  days off: {days}", "  休息：{days}"),
    "calendar-on": ("  worked all the same: {days}", "  照常工作：{days}"),
    "calendar-learn": (
        "  free weekdays and past days off are told from what was done",
        "  从完成记录中推断每周的休息日和过去的假期",
    ),
    "calendar-learnt": (
        "  so far: working days {week}; days off in the last year: {days}",
        "  目前：工作日 {week}；过去一年的假期：{days}",
    ),
    "calendar-ahead": (
        "  {days} of the next {of} days are working days",
        "  今后 {of} 天中有 {days} 个工作日",
    ),
    "calendar-soon": ("  free in the next {of} days: {days}", "  今后 {of} 天内的休息日：{days}"),
}
