"""What `worklens status` says."""

from __future__ import annotations

WORDS: dict[str, tuple[str, str]] = {
    "people": ("{n} people", "{n} 人"),
    "connected-note": ("connected", "已连接"),
    "looked": ("last look {when}", "最近读取 {when}"),
    "ago-days": ("{n:day|days} ago", "{n} 天前"),
    "ago-hours": ("{n:hour|hours} ago", "{n} 小时前"),
    "ago-minutes": ("{n:minute|minutes} ago", "{n} 分钟前"),
    "ago-now": ("just now", "刚刚"),
    "allows-requests": (
        "requests that {service} allows: {limits}; Worklens keeps within that",
        "{service} 的请求限额：{limits}；Worklens 不会超出",
    ),
    "keeps-within": (
        "{service} publishes no limit; Worklens sends no more requests than {limits}",
        "{service} 未公布请求限额；Worklens 限制在{limits}以内",
    ),
    "counted": ("{service} says {theirs} open, ours {ours}", "{service} 显示未完成 {theirs}，本地 {ours}"),
    "because-new": ("{n} made since the last look", "{n} 个在上次读取后新建"),
    "because-held": ("{n} put aside, as `worklens problems` says", "{n} 个暂存，见 `worklens problems`"),
    "because-elsewhere": (
        "{n} in lists that were archived or left, as last seen",
        "{n} 个在已归档或已退出的清单中，保持最后所见的状态",
    ),
    "unexplained": (
        "{n} unexplained, or changed since the last look: {sync}, and look again",
        "{n} 个尚无解释，或在上次读取后有变化：请运行 {sync} 后再看",
    ),
    "no-count": ("{service} has no count of its own to compare with", "{service} 没有可比对的总数"),
    "done-a-week": ("done a week", "每周完成"),
    "to-week": ("{n} in the week of {day}", "{day} 当周 {n} 个"),
    "quarantined-note": (
        "{n:record|records} put aside; `worklens problems` shows them",
        "{n} 条记录暂存，可用 `worklens problems` 查看",
    ),
    "nothing-settled": ("Nothing was taken in yet.", "尚未导入任何数据。"),
    "column-run": ("run", "运行号"),
    "column-looked-at": ("as of (UTC)", "数据时间 (UTC)"),
    "column-file": ("file", "文件"),
    "column-records": ("records", "记录"),
    "column-events-n": ("events", "事件"),
    "column-state": ("state", "状态"),
    "run-settled": ("done", "完成"),
    "run-fetching": ("unfinished", "未完成"),
    "run-fetched": ("unfinished", "未完成"),
    "run-failed": ("failed", "失败"),
    "run-refused": ("refused", "被拒绝"),
    "run-withdrawn": ("withdrawn", "已撤回"),
    "more-runs": ("{n} older ones: {json}", "还有 {n} 次更早的运行：{json}"),
    "queue-waiting": (
        "{n:message|messages} in the queue; the next import or sync goes on with them.",
        "队列中有 {n} 条消息等待处理，下次导入或同步时会继续。",
    ),
    "dead-letters": ("{n:message|messages} given up: {problems}", "{n} 条消息无法处理：{problems}"),
}
