"""What `worklens import` and `worklens sync` say: on the way, when they are through, and what a file would become."""

from __future__ import annotations

WORDS: dict[str, tuple[str, str]] = {
    "zone-assumed": (
        "This machine doesn't say where it is, so days are taken in UTC. --time-zone Europe/Paris says better.",
        "本机没有说明所在时区，日期按 UTC 计算。可用 --time-zone Asia/Shanghai 指明。",
    ),
    "waiting": (
        "Another worklens is working on {feed}; waiting for it.",
        "另一个 worklens 正在处理 {feed}，正在等待。",
    ),
    "left-over-failed": (
        "Left over from an earlier command for {feed}: {problem}",
        "先前命令遗留的 {feed} 处理失败：{problem}",
    ),
    "reading": ("reading", "读取中"),
    "settling": ("comparing with what was known", "与已知情况比较"),
    "counts": ("{records:record|records}, {tasks:task|tasks}", "{records} 条记录，{tasks} 个任务"),
    "no-events": ("none", "无"),
    "nothing-changed": (
        "{what}: nothing changed; everything in it was known already ({run}).",
        "{what}：没有变化，其中内容均已知（{run}）。",
    ),
    "held": (
        "{count:record|records} put aside, the first at {place}:",
        "{count} 条记录暂存，第一条在 {place}：",
    ),
    "held-next": (
        "The rest was taken in. See them with: {problems}",
        "其余均已导入。查看暂存的记录：{problems}",
    ),
    "next-after-import": (
        "Next: {report}\nTo take it back: {undo}",
        "下一步：{report}\n如需撤回：{undo}",
    ),
    "preview-about": (
        "{n} tasks · format {format} · account {account} · days in {zone}",
        "{n} 个任务 · 格式 {format} · 账户 {account} · 时区 {zone}",
    ),
    "preview-next": (
        "Nothing was taken in. Without --preview it is.",
        "尚未导入。去掉 --preview 即可导入。",
    ),
    "column-ended": ("ended", "结束"),
}
