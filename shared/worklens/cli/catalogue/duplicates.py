"""What `worklens duplicates` says."""

from __future__ import annotations

WORDS: dict[str, tuple[str, str]] = {
    "duplicates-none": ("No open task is written down twice.", "没有重复记录的未完成任务。"),
    "duplicates-more": ("… and {n} more groups: --json has all.", "……还有 {n} 组，--json 可查看全部。"),
    "duplicates-link": (
        "Some are in two accounts. If you moved from one to the other: {command}",
        "有些任务在两个账户中。如果是从一个迁到另一个：{command}",
    ),
    "duplicate-same": ("The same title", "标题相同"),
    "duplicate-worded": ("The same title but for words that say nothing", "只多了无关紧要的字"),
    "duplicate-slip": ("The same title but for a slip of the pen", "只差一处笔误"),
}
