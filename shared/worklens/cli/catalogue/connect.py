"""What `worklens connect` says, and what Worklens reads from each service."""

from __future__ import annotations

WORDS: dict[str, tuple[str, str]] = {
    "service-unknown": (
        "{given} can't be connected. There are: {known}. Everything else comes in as a file: `worklens import FILE`.",
        "无法连接 {given}。可连接的服务：{known}。其他数据请以文件导入：`worklens import 文件`。",
    ),
    "reads-todoist": (
        "Worklens will read from Todoist: your tasks with their titles, notes, labels, dates and projects, what you "
        "completed, and the log of changes. It changes nothing there. Your token is on Todoist's page Settings, "
        "Integrations, Developer.",
        "Worklens 将读取 Todoist 中的任务（标题、备注、标签、日期、项目）、已完成的任务以及变更日志，不会修改任何内容。"
        "令牌在 Todoist 的“设置 → 集成 → 开发者”页面。",
    ),
    "reads-google_tasks": (
        "Worklens will read from Google Tasks: your lists, and the tasks in them with their titles, notes and dates, "
        "open, completed and deleted. It changes nothing there. docs/sources/google_tasks.md says how to register the "
        "application.",
        "Worklens 将读取 Google Tasks 中的清单以及其中的任务（标题、备注、日期，含已完成和已删除的），不会修改任何内容。"
        "应用的注册方法见 docs/sources/google_tasks.md。",
    ),
    "reads-github": (
        "Worklens will read from GitHub: the issues and pull requests that are assigned to you, with their titles, texts, "
        "labels and dates; or with --set repository=OWNER/NAME those of a repository, of other people's only numbers, "
        "labels and dates. It changes nothing there. A fine-grained token with Issues and Pull requests: read is enough.",
        "Worklens 将读取 GitHub 中分配给您的议题和拉取请求（标题、正文、标签、日期）；使用 --set repository=OWNER/NAME 时"
        "读取该仓库的全部议题，其中他人的仅限编号、标签和日期。不会修改任何内容。"
        "使用具有 Issues 和 Pull requests 只读权限的细粒度令牌即可。",
    ),
    "reads-microsoft_todo": (
        "Worklens will read from Microsoft To Do: your lists, and the tasks in them with their titles, notes, "
        "categories, dates and steps, open and completed. It reads no mail and changes nothing there. "
        "docs/sources/microsoft_todo.md says how to register the application whose id is asked for.",
        "Worklens 将读取 Microsoft To Do 中的列表以及其中的任务（标题、备注、类别、日期、步骤，含已完成的），"
        "不读取邮件，也不会修改任何内容。如何注册应用并取得其 ID，见 docs/sources/microsoft_todo.md。",
    ),
    "reads-ticktick": (
        "Worklens will read from TickTick: your lists, and the tasks in them with their titles, notes, tags, dates, "
        "checklists and time spent, open and completed. It changes nothing there. Your token is in the web app: "
        "Settings, Account, API Token.",
        "Worklens 将读取 TickTick 中的清单以及其中的任务（标题、备注、标签、日期、检查项、专注时长，含已完成的），"
        "不会修改任何内容。令牌在网页版的“设置 → 账户 → API 口令”。",
    ),
    "reads-dida365": (
        "Worklens will read from Dida365: your lists, and the tasks in them with their titles, notes, tags, dates, "
        "checklists and time spent, open and completed. It changes nothing there. Your token is in the web app: "
        "Settings, Account, API Token.",
        "Worklens 将读取滴答清单中的清单以及其中的任务（标题、备注、标签、日期、检查项、专注时长，含已完成的），"
        "不会修改任何内容。令牌在网页版的“设置 → 账户 → API 口令”。",
    ),
    "reads-wunderlist": (
        "Worklens will read from Wunderlist: your lists, and the tasks in them with their titles, notes, dates and "
        "subtasks, open and completed. It changes nothing there. Give the token as CLIENT_ID:ACCESS_TOKEN.",
        "Worklens 将读取 Wunderlist 中的清单以及其中的任务（标题、备注、日期、子任务，含已完成的），不会修改任何内容。"
        "令牌请写成 CLIENT_ID:ACCESS_TOKEN。",
    ),
    "reads-caldav": (
        "Worklens will read from the CalDAV server: the to-dos in all calendars you can see there, with their titles, "
        "notes, categories and dates, open and completed; no events. It changes nothing there. Where the server has app "
        "passwords, make one for Worklens.",
        "Worklens 将读取 CalDAV 服务器上您可见的所有日历中的待办事项（标题、备注、分类、日期，含已完成的），不读取日程，也不会修改任何内容。"
        "如果服务器支持应用专用密码，请为 Worklens 单独创建一个。",
    ),
    "allows": (
        "You sign in at {service} itself, and allow Worklens {scopes}, nothing else. You can take that back there at any "
        "time, or here with `worklens disconnect`.",
        "您将在 {service} 本站登录，并仅授予 Worklens 权限 {scopes}。您可随时在那里撤回，或在此运行 `worklens disconnect`。",
    ),
    "open-page": (
        "Consent in your browser; if it doesn't open, this is the page: {url}",
        "请在浏览器中同意授权；如果没有自动打开，请访问：{url}",
    ),
    "open-elsewhere": (
        "Open this page in any browser and consent: {url}\nIt ends at an address that begins with {redirect} and can't be "
        "shown. Copy that whole address, and paste it here:",
        "请在任意浏览器中打开此页面并同意授权：{url}\n浏览器最后会停在一个以 {redirect} 开头、无法显示的地址。请完整复制该地址并粘贴到这里：",
    ),
    "paste-wrong": (
        "That is not the address at which this sign-in ended. It begins with {redirect}, and each one is good for one run "
        "of the command: run it again.",
        "这不是本次登录结束时的地址。该地址以 {redirect} 开头，且每个地址只适用于一次运行：请重新运行该命令。",
    ),
    "type-code": (
        "Open {url} on any device and type {code}. This command waits for it.",
        "请在任意设备上打开 {url} 并输入 {code}。本命令会等待您完成。",
    ),
    "come-back": (
        "Worklens has what it needs. You can close this page.",
        "Worklens 已获得所需授权，可以关闭此页面。",
    ),
    "no-oauth": (
        "One can't sign in at {service} from here; it takes a token. Run the command without --oauth.",
        "无法从这里登录 {service}，它使用令牌。请去掉 --oauth 重新运行。",
    ),
    "client-missing": (
        "Signing in at {service} needs an application that you register there; its page in docs/sources says how. Give its "
        "id with --client-id or in {variable}.",
        "登录 {service} 需要您在那里注册的应用，方法见 docs/sources 中的说明。请用 --client-id 或 {variable} 给出其 ID。",
    ),
    "setting-malformed": (
        "--set is written as NAME=VALUE, and not as {given}.",
        "--set 应写成 NAME=VALUE，而不是 {given}。",
    ),
    "setting-missing": (
        "{service} needs the setting {setting}: {how}.",
        "{service} 需要设置 {setting}：{how}。",
    ),
    "setting-unknown": (
        "{service} has no setting {setting}. It has: {known}.",
        "{service} 没有设置 {setting}。可用的有：{known}。",
    ),
    "ask-for-token": ("Token (it isn't shown): ", "令牌（不会显示）："),
    "ask-for-password": ("Password (it isn't shown): ", "密码（不会显示）："),
    "ask-for-client-secret": ("The application's secret (it isn't shown): ", "应用的密钥（不会显示）："),
    "reads-taskwarrior": (
        "Worklens will read from Taskwarrior on this machine: all tasks with their descriptions, annotations, tags, dates "
        "and projects, by `task export`. It changes nothing there.",
        "Worklens 将通过 `task export` 读取本机 Taskwarrior 中的全部任务（描述、注释、标签、日期、项目），不会修改任何内容。",
    ),
    "reads-todotxt": (
        "Worklens will read todo.txt and the done.txt beside it on this machine. It changes neither. Name the file with "
        "--set todo=PATH.",
        "Worklens 将读取本机的 todo.txt 及同目录的 done.txt，不会修改它们。请用 --set todo=路径 指定文件。",
    ),
    "local-source-elsewhere": (
        "{service} is read from this machine, and a deployment can't reach it. Connect it without --platform.",
        "{service} 从本机读取，云端部署无法访问。请不带 --platform 连接。",
    ),
    "connected-local": (
        "{account} is connected. Next: {sync}",
        "{account} 已连接。下一步：{sync}",
    ),
    "token-empty": (
        "There was no token to read. Type it at the prompt, pipe it in, or name a file with --token-file.",
        "没有读到令牌。请在提示处输入、用管道传入，或用 --token-file 指定文件。",
    ),
    "connected": (
        "{account} is connected, and its token kept. Next: {sync}",
        "{account} 已连接，令牌已保存。下一步：{sync}",
    ),
    "still-refused": (
        "Not read, as was said before: {accounts}. `{status}` says why, and what mends it.",
        "仍未读取（此前已说明）：{accounts}。原因和解决办法见 `{status}`。",
    ),
    "unlocks-later": ("{account}: {text}", "{account}：{text}"),
    "unlocked": (
        "{account}: there is history enough for every question. See `worklens`.",
        "{account}：历史足以回答所有问题。请运行 `worklens` 查看。",
    ),
    "nothing-connected": (
        "No service is connected here. Connect one with `worklens connect todoist`; files come in by `worklens import`.",
        "这里没有已连接的服务。请用 `worklens connect todoist` 连接；文件请用 `worklens import` 导入。",
    ),
}
