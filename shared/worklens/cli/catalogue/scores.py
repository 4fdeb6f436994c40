"""What `worklens scores` says."""

from __future__ import annotations

WORDS: dict[str, tuple[str, str]] = {
    "scores-count": (
        "{count:open task|open tasks}; there is enough evidence to speak of {known}.",
        "{count} 个未完成任务，其中 {known} 个有足够的依据。",
    ),
    "scores-learning": ("Learning from your past", "正在从你的过往中学习"),
    "scores-task": ("task", "任务"),
    "scores-title": ("title", "标题"),
    "scores-week": ("in 7 days", "7 天内"),
    "scores-month": ("in 30 days", "30 天内"),
    "scores-half": ("half within", "半数用时"),
    "scores-late": ("late", "逾期"),
    "scores-never": ("never", "不会完成"),
    "scores-why": ("why", "原因"),
    "scores-days": ("{days} d", "{days} 天"),
    "reason-for": ("{what} +", "{what} +"),
    "reason-against": ("{what} -", "{what} -"),
    "reason-age": ("age", "存在时间"),
    "reason-person": ("your pace of late", "近来的节奏"),
    "reason-list": ("its list", "所在清单"),
    "reason-moved": ("times moved", "改期次数"),
    "reason-seen": ("when last seen", "最近出现"),
    "reason-due": ("due date", "截止日期"),
    "reason-recurring": ("recurring", "重复任务"),
    "reason-estimate": ("estimate", "预估"),
    "reason-started": ("started", "是否开始"),
    "reason-weekday": ("weekdays ahead", "临近的星期"),
    "advice-chances": (
        "Done within 7 days with {week}, within 30 with {month}",
        "7 天内完成的可能为 {week}，30 天内为 {month}",
    ),
    "advice-late": (
        "likely late ({late}): make it smaller, or move its date now",
        "很可能逾期（{late}）：把它拆小，或现在就改期",
    ),
    "advice-never": (
        "likely never done ({never}): decide to do it, hand it over, or let it go",
        "很可能不会完成（{never}）：决定去做、交给别人，或放下它",
    ),
    "advice-why": (
        "what speaks for (+) and against (-) it: {why}; from {n} earlier tasks",
        "有利（+）与不利（-）的因素：{why}；依据 {n} 个以往任务",
    ),
    "advice-age-more": (
        "of your tasks this old, more get done within a week than of your others; from {n} earlier tasks",
        "您放到这样久的任务，一周内完成的比其他的多；依据 {n} 个以往任务",
    ),
    "advice-age-fewer": (
        "of your tasks this old, fewer get done within a week than of your others; from {n} earlier tasks",
        "您放到这样久的任务，一周内完成的比其他的少；依据 {n} 个以往任务",
    ),
}
