"""What `worklens digest` says."""

from __future__ import annotations

WORDS: dict[str, tuple[str, str]] = {
    "channel-kept": (
        "Kept. {send} sends the digest; put it into your timer, after a sync.",
        "已保存。用 {send} 发送摘要；可将它放进定时任务，在同步之后运行。",
    ),
    "channel-forgotten": ("The digest's channel is forgotten.", "已删除摘要的发送方式。"),
    "channel-unreadable": (
        "The digest's channel can't be used: {problem}. docs/digest.md shows how it is written.",
        "无法使用摘要的发送方式：{problem}。写法见 docs/digest.md。",
    ),
    "no-channel": (
        "There is no channel to send by. Keep one with --channel FILE; docs/digest.md shows what stands in it.",
        "还没有发送方式。请用 --channel 文件 保存一个，内容见 docs/digest.md。",
    ),
    "digest-unsent": (
        "It could not be sent: {problem}. Try again later.",
        "未能发送：{problem}。请稍后重试。",
    ),
    "digest-not-taken": ("The channel will not take it: {problem}.", "对方拒收：{problem}。"),
    "digest-sent": ("Sent.", "已发送。"),
    "digest-told": ("It was sent today already.", "今天已经发送过。"),
    "digest-nothing": (
        "Nothing was taken in yet, so nothing was sent.",
        "还没有读取任何数据，因此没有发送。",
    ),
    "digest-quiet": (
        "Nothing was looked at since the last digest, so nothing was sent. Run a sync or an import first.",
        "上次摘要之后没有读取过任何数据，因此没有发送。请先同步或导入。",
    ),
}
