"""What `worklens connect` says, and what Worklens reads from each service."""

from __future__ import annotations

WORDS: dict[str, tuple[str, str]] = {
    "service-unknown": (
        "{source} can't be connected. There are: {known}. Everything else comes in as a file: `worklens import FILE`.",
        "无法连接 {source}。可连接的服务：{known}。其他数据请以文件导入：`worklens import 文件`。",
    ),
    "reads-todoist": (
        "Worklens will read from Todoist: your tasks with their titles, notes, labels, dates and projects, what you "
        "completed, and the log of changes. It changes nothing there. Your token is on Todoist's page Settings, "
        "Integrations, Developer.",
        "Worklens 将读取 Todoist 中的任务（标题、备注、标签、日期、项目）、已完成的任务以及变更日志，不会修改任何内容。"
        "令牌在 Todoist 的“设置 → 集成 → 开发者”页面。",
    ),
    "reads-wunderlist": (
        "Worklens will read from Wunderlist: your lists, and the tasks in them with their titles, notes, dates and "
        "subtasks, open and completed. It changes nothing there. Give the token as CLIENT_ID:ACCESS_TOKEN.",
        "Worklens 将读取 Wunderlist 中的清单以及其中的任务（标题、备注、日期、子任务，含已完成的），不会修改任何内容。"
        "令牌请写成 CLIENT_ID:ACCESS_TOKEN。",
    ),
    "token-prompt": ("Token (it isn't shown): ", "令牌（不会显示）："),
    "token-empty": (
        "There was no token to read. Type it at the prompt, pipe it in, or name a file with --token-file.",
        "没有读到令牌。请在提示处输入、用管道传入，或用 --token-file 指定文件。",
    ),
    "connected": (
        "{account} is connected, and its token kept. Next: {sync}",
        "{account} 已连接，令牌已保存。下一步：{sync}",
    ),
    "nothing-connected": (
        "No service is connected here. Connect one with `worklens connect todoist`; files come in by `worklens import`.",
        "这里没有已连接的服务。请用 `worklens connect todoist` 连接；文件请用 `worklens import` 导入。",
    ),
}
