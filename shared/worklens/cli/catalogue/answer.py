"""What `worklens answer` says."""

from __future__ import annotations

WORDS: dict[str, tuple[str, str]] = {
    "answer-hint": (
        "Wrong, of no use, or not now? Say so, with the letters after it: {answer}",
        "不对、没用或暂时不想看？请用后面的字母告诉它：{answer}",
    ),
    "answer-missing": (
        "Say what you think of it: wrong, not-useful or snooze. For example: {command}",
        "请说明您的看法：wrong（不对）、not-useful（没用）或 snooze（稍后）。例如：{command}",
    ),
    "answer-verdict": (
        "{verdict} is no answer. Say wrong, not-useful, snooze, or again.",
        "{verdict} 不是有效的回答。请用 wrong、not-useful、snooze 或 again。",
    ),
    "answer-until": (
        "--until goes with snooze, and names a day to come.",
        "--until 只与 snooze 同用，且须是今后的某一天。",
    ),
    "answer-unknown": (
        "No finding is called {finding} now. `worklens` shows them, each with its letters.",
        "现在没有名为 {finding} 的发现。用 `worklens` 查看各条及其字母。",
    ),
    "answer-none": (
        "Nothing was answered to {finding}. `worklens answer` shows what was.",
        "没有对 {finding} 的回答。用 `worklens answer` 查看已有的回答。",
    ),
    "answer-kept": (
        "Noted: it won't be told again. To take that back: {back}",
        "已记下：不会再提。如需撤回：{back}",
    ),
    "answer-snoozed": (
        "Noted: it will be told again from {until} on, if it still holds. To take that back: {back}",
        "已记下：{until} 起若仍成立会再提。如需撤回：{back}",
    ),
    "answer-again": ("{finding} will be told again, while it holds.", "{finding} 只要成立就会再提。"),
    "answers-none": ("Nothing was answered yet.", "还没有任何回答。"),
    "answered-task": ("A task on Today", "“今天”页上的一项任务"),
    "answered-alert": ("An alert on Today", "“今天”页上的一条提醒"),
    "column-finding": ("finding", "发现"),
    "column-answer": ("answer", "回答"),
    "verdict-wrong": ("wrong", "不对"),
    "verdict-not-useful": ("not useful", "没用"),
    "verdict-snooze": ("until {until}", "{until} 前不提"),
}
