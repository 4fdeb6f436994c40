"""What `worklens problems` says."""

from __future__ import annotations

WORDS: dict[str, tuple[str, str]] = {
    "no-problems": ("Nothing is put aside.", "没有暂存的记录。"),
    "group": ("{count:record|records} of {account}: {reason}", "{account} 的 {count} 条记录：{reason}"),
    "more-places": ("  and {n} more", "  另有 {n} 处"),
    "dead-letter": (
        "Message {id} ({type}) could not be worked off in {attempts} attempts: {reason}",
        "消息 {id}（{type}）尝试 {attempts} 次后仍无法处理：{reason}",
    ),
    "replay-next": ("To read them again: {replay}", "重新读取：{replay}"),
    "replay-would": (
        "{account}: {readable:record|records} can be read now, {known_since} came with a later run, {still_held} must stay.",
        "{account}：{readable} 条记录现在可以读取，{known_since} 条已由后来的运行导入，{still_held} 条仍暂存。",
    ),
    "replay-would-letters": ("{n:message|messages} would be tried again.", "将重试 {n} 条消息。"),
    "replay-did": (
        "{account}: {readable:record|records} taken in, {known_since} came with a later run, {still_held} must stay.",
        "{account}：已导入 {readable} 条记录，{known_since} 条已由后来的运行导入，{still_held} 条仍暂存。",
    ),
    "replay-kept": (
        "  {count:record|records} stay, the first at {place}: {text}",
        "  {count} 条仍暂存，第一条位于 {place}：{text}",
    ),
    "kept-too-large": (
        "It has {bytes} bytes, and at most {limit} can be taken. Shorten it at its source, then import or sync again.",
        "它有 {bytes} 字节，最多只能接收 {limit} 字节。请在来源处缩短后重新导入或同步。",
    ),
    "kept-blob-gone": (
        "The file in which the whole of it was kept is no longer there. Import or sync again.",
        "保存其完整内容的文件已不存在。请重新导入或同步。",
    ),
    "kept-cut-off": (
        "Only its beginning was kept, and the raw records of that run are gone. Import or sync again.",
        "只保留了开头部分，而该次运行的原始记录已删除。请重新导入或同步。",
    ),
    "kept-no-record": (
        "What was kept is a piece of a file or of an answer, and no record. Mend the cause, then import or sync again.",
        "保留下来的只是文件或应答的一个片段，不是完整的记录。请先排除原因，再重新导入或同步。",
    ),
    "kept-busy": (
        "Another run of the account was at work. Try again.",
        "该账户有另一个运行正在进行。请重试。",
    ),
    "replay-did-letters": ("{n:message|messages} tried again.", "已重试 {n} 条消息。"),
}
