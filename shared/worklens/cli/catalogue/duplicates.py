"""What `worklens duplicates` says."""

from __future__ import annotations

WORDS: dict[str, tuple[str, str]] = {
    "duplicates-none": ("No open task is written down twice.", "没有重复记录的未完成任务。"),
    "duplicates-more": ("… and {n} more groups: --json has all.", "……还有 {n} 组，--json 可查看全部。"),
    "duplicates-link": (
        "Some are in two accounts. To count one group once: {one}. If you moved from one to the other: {command}",
        "有些任务在两个账户中。让一组只计一次：{one}。如果是从一个迁到另一个：{command}",
    ),
    "duplicate-unknown": (
        "There is no group {number}; there are {n}. Take a number that stands before one.",
        "没有第 {number} 组，共 {n} 组。请使用组前的编号。",
    ),
    "duplicate-one-account": (
        "The tasks of group {number} are all in one account: close one of them there.",
        "第 {number} 组的任务都在同一账户中：请在该服务中关闭其中一个。",
    ),
    "duplicate-linked": (
        "“{title}” counts once, at {new}. To take back all links between the two: {undo}",
        "“{title}”只在 {new} 计一次。撤回这两者间的全部关联：{undo}",
    ),
    "duplicate-same": ("The same title", "标题相同"),
    "duplicate-worded": ("The same title but for words that say nothing", "只多了无关紧要的字"),
    "duplicate-slip": ("The same title but for a slip of the pen", "只差一处笔误"),
}
