"""What `worklens schedule` says, and `sync` of what is paused."""

from __future__ import annotations

WORDS: dict[str, tuple[str, str]] = {
    "not-hours": (
        "{option} {text!r} are no hours. Write them as 8,13,18 or 8-18, from 0 to 23; or never, or usual.",
        "{option} {text!r} 不是钟点。请写成 8,13,18 或 8-18 的形式（0 到 23），或写 never（从不）、usual（照常）。",
    ),
    "schedule-whose": (
        "Say whose schedule is to change: worklens schedule ACCOUNT and the options.",
        "请说明更改哪个账户的安排：worklens schedule 账户 加上选项。",
    ),
    "schedule-here": (
        "Kept. The hours count on Google Cloud; on this machine everything is asked once a day, as --at says.",
        "已保存。这些钟点只在 Google Cloud 上起作用；本机每天执行一次，时间由 --at 指定。",
    ),
    "sync-paused": (
        "{account} is paused and was left out. To ask it again: {resume}",
        "{account} 已暂停，未读取。如需恢复：{resume}",
    ),
    "column-account": ("account", "账户"),
    "column-asked": ("asked", "读取"),
    "column-sync": ("changes", "变化"),
    "column-reconcile": ("everything", "全部"),
    "column-learn": ("models", "模型"),
    "column-digest": ("digest (Mon)", "摘要（周一）"),
    "asked-yes": ("yes", "是"),
    "asked-paused": ("paused", "已暂停"),
    "asked-file": ("by files", "文件"),
    "asked-not-connected": ("no token", "未连接"),
    "asked-refused": ("refused", "被拒绝"),
    "hours-never": ("never", "从不"),
}
