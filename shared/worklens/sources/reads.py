"""What is read of each source, said before the person consents; and where what opens it is to be found."""

from __future__ import annotations

from typing import Literal

Language = Literal["en", "zh"]

READS: dict[str, tuple[str, str]] = {
    "todoist": (
        "Worklens will read from Todoist: your tasks with their titles, notes, labels, dates and projects, what you "
        "completed, and the log of changes.",
        "Worklens 将读取 Todoist 中的任务（标题、备注、标签、日期、项目）、已完成的任务以及变更日志。",
    ),
    "microsoft_todo": (
        "Worklens will read from Microsoft To Do: your lists, and the tasks in them with their titles, notes, "
        "categories, dates and steps, open and completed; no mail.",
        "Worklens 将读取 Microsoft To Do 中的列表以及其中的任务（标题、备注、类别、日期、步骤，含已完成的），不读取邮件。",
    ),
    "google_tasks": (
        "Worklens will read from Google Tasks: your lists, and the tasks in them with their titles, notes and dates, "
        "open, completed and deleted.",
        "Worklens 将读取 Google Tasks 中的清单以及其中的任务（标题、备注、日期，含已完成和已删除的）。",
    ),
    "github": (
        "Worklens will read from GitHub: the issues and pull requests that are assigned to you, with their titles, "
        "texts, labels and dates; or, where you name a repository, all of it, of other people's only numbers, labels "
        "and dates.",
        "Worklens 将读取 GitHub 中分配给您的议题和拉取请求（标题、正文、标签、日期）；如指定仓库，则读取该仓库的全部，"
        "其中他人的仅限编号、标签和日期。",
    ),
    "ticktick": (
        "Worklens will read from TickTick: your lists, and the tasks in them with their titles, notes, tags, dates, "
        "checklists and time spent, open and completed.",
        "Worklens 将读取 TickTick 中的清单以及其中的任务（标题、备注、标签、日期、检查项、专注时长，含已完成的）。",
    ),
    "dida365": (
        "Worklens will read from Dida365: your lists, and the tasks in them with their titles, notes, tags, dates, "
        "checklists and time spent, open and completed.",
        "Worklens 将读取滴答清单中的清单以及其中的任务（标题、备注、标签、日期、检查项、专注时长，含已完成的）。",
    ),
    "caldav": (
        "Worklens will read from the CalDAV server: the to-dos in all calendars you can see there, with their titles, "
        "notes, categories and dates, open and completed; no events.",
        "Worklens 将读取 CalDAV 服务器上您可见的所有日历中的待办事项（标题、备注、分类、日期，含已完成的），不读取日程。",
    ),
    "wunderlist": (
        "Worklens will read from Wunderlist: your lists, and the tasks in them with their titles, notes, dates and "
        "subtasks, open and completed.",
        "Worklens 将读取 Wunderlist 中的清单以及其中的任务（标题、备注、日期、子任务，含已完成的）。",
    ),
    "taskwarrior": (
        "Worklens will read from Taskwarrior on this machine: all tasks with their descriptions, annotations, tags, "
        "dates and projects, by `task export`.",
        "Worklens 将通过 `task export` 读取本机 Taskwarrior 中的全部任务（描述、注释、标签、日期、项目）。",
    ),
    "todotxt": (
        "Worklens will read todo.txt and the done.txt beside it on this machine, whole.",
        "Worklens 将完整读取本机的 todo.txt 及同目录的 done.txt。",
    ),
}

CHANGES_NOTHING = ("It changes nothing there.", "不会修改任何内容。")

KEYS: dict[str, tuple[str, str]] = {
    "todoist": (
        "Your token is on Todoist's page Settings, Integrations, Developer.",
        "令牌在 Todoist 的“设置 → 集成 → 开发者”页面。",
    ),
    "microsoft_todo": (
        "docs/sources/microsoft_todo.md says how to register the application whose id is asked for.",
        "如何注册应用并取得其 ID，见 docs/sources/microsoft_todo.md。",
    ),
    "google_tasks": (
        "docs/sources/google_tasks.md says how to register the application.",
        "应用的注册方法见 docs/sources/google_tasks.md。",
    ),
    "github": (
        "A fine-grained token with Issues and Pull requests: read is enough.",
        "使用具有 Issues 和 Pull requests 只读权限的细粒度令牌即可。",
    ),
    "ticktick": (
        "Your token is in the web app: Settings, Account, API Token.",
        "令牌在网页版的“设置 → 账户 → API 口令”。",
    ),
    "dida365": (
        "Your token is in the web app: Settings, Account, API Token.",
        "令牌在网页版的“设置 → 账户 → API 口令”。",
    ),
    "caldav": (
        "Where the server has app passwords, make one for Worklens.",
        "如果服务器支持应用专用密码，请为 Worklens 单独创建一个。",
    ),
    "wunderlist": (
        "Give the token as CLIENT_ID:ACCESS_TOKEN.",
        "令牌请写成 CLIENT_ID:ACCESS_TOKEN。",
    ),
    "todotxt": ("Name the file with --set todo=PATH.", "请用 --set todo=路径 指定文件。"),
}


def reads(source: str, language: Language) -> str:
    """In one sentence what will be read of a source that one can connect to, and that nothing is changed."""
    here = language == "zh"
    return f"{READS[source][here]}{'' if here else ' '}{CHANGES_NOTHING[here]}"


def key_hint(source: str, language: Language) -> str:
    """Where its token or application comes from; empty where it needs none."""
    return KEYS.get(source, ("", ""))[language == "zh"]
