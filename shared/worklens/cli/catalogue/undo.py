"""What `worklens undo` says."""

from __future__ import annotations

WORDS: dict[str, tuple[str, str]] = {
    "run-unknown": (
        "There is no run {run}. Runs are called ACCOUNT#NUMBER; `worklens status` lists them.",
        "没有运行 {run}。运行号的形式为 账户#编号，可用 `worklens status` 查看。",
    ),
    "undone-before": ("{run} was withdrawn before. There is nothing to do.", "{run} 此前已撤回，无需操作。"),
    "run-unfinished": (
        "{run} isn't through, so there is nothing to withdraw. Repeat its import or sync to complete it.",
        "{run} 尚未完成，没有可撤回的内容。请重新执行相应的导入或同步以完成它。",
    ),
    "run-not-newest": (
        "{run} isn't the newest run of its account, and {first} stands on it. Withdraw {first} first.",
        "{run} 不是该账户最新的运行，{first} 建立在它之上。请先撤回 {first}。",
    ),
    "undone": (
        "Withdrawn: {run} ({what}), with {events} events. Tasks are as they were before it.",
        "已撤回：{run}（{what}），含 {events} 个事件。任务恢复到此前的状态。",
    ),
}
