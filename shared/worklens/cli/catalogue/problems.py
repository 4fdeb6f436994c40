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
    "replay-did-letters": ("{n:message|messages} tried again.", "已重试 {n} 条消息。"),
}
