"""What `worklens status` says."""

from __future__ import annotations

WORDS: dict[str, tuple[str, str]] = {
    "people": ("{n} people", "{n} 人"),
    "connected-note": ("connected", "已连接"),
    "looked": ("last look {when}", "最近读取 {when}"),
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
