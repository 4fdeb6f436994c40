"""What `worklens link` says."""

from __future__ import annotations

WORDS: dict[str, tuple[str, str]] = {
    "link-same": (
        "{account} can't be linked with itself. Name the account you left, then the one you moved to.",
        "{account} 不能与自身关联。请先写离开的账户，再写迁入的账户。",
    ),
    "link-nothing": (
        "No task of {old} is found at {new} that isn't linked yet.",
        "{new} 中没有找到与 {old} 相同且尚未关联的任务。",
    ),
    "link-none-taken": ("Nothing was linked.", "没有建立关联。"),
    "linked": (
        "Linked {n} of {old} with {new}: they count once, at {new}. To take it back: {undo}",
        "已将 {old} 的 {n} 个任务与 {new} 关联，只在 {new} 计一次。如需撤回：{undo}",
    ),
    "link-undone": (
        "Took back {n} links between {old} and {new}.",
        "已撤回 {old} 与 {new} 之间的 {n} 个关联。",
    ),
    "link-how": (
        "{n} of these are likely. The same with {yes} links them.",
        "其中 {n} 个很可能相同。加上 {yes} 即可关联。",
    ),
    "link-all": ("Link these {n}?", "关联这 {n} 个？"),
    "link-this": ("Is this the same task?", "这是同一个任务吗？"),
    "link-more": ("… and {n} more.", "……还有 {n} 个。"),
    "link-created": ("created the same day", "同日创建"),
    "link-done": ("done the same day", "同日完成"),
    "link-due": ("due the same day", "同日到期"),
    "link-list": ("the same list", "同名清单"),
    "link-alone": ("the only one called so", "标题唯一"),
    "column-link-title": ("task", "任务"),
    "column-link-there": ("there", "原处"),
    "column-link-here": ("here", "此处"),
    "column-link-because": ("because", "依据"),
}
