"""The command line's own words, each in English and Chinese. What sources and findings say stands with them."""

from __future__ import annotations

ERRORS: dict[str, tuple[str, str]] = {
    "interrupted": (
        "Interrupted. What was done is kept; the same command goes on from there.",
        "已中断。已完成的部分会保留，再次运行同一命令即可继续。",
    ),
    "unforeseen": (
        "Something went wrong that nobody foresaw ({error}). Your data is as it was after the last completed step. Try "
        "again; if it happens again, run the same with WORKLENS_DEBUG=1 and report what it prints.",
        "发生了意料之外的错误（{error}）。数据停留在最后完成的一步。请重试；若再次出现，请加上 WORKLENS_DEBUG=1 运行并报告其输出。",
    ),
    "system": (
        "The system refused: {problem} ({where}). Look at the permissions and the free space there, then try again.",
        "系统拒绝了操作：{problem}（{where}）。请检查该处的权限和剩余空间后重试。",
    ),
    "warehouse-damaged": (
        "The file warehouse.duckdb in the data directory is damaged. Put the newest one of its folder backups in its "
        "place, or move the whole directory away and import your files again.",
        "数据目录中的 warehouse.duckdb 已损坏。请用其 backups 文件夹中最新的副本替换，或移走整个目录后重新导入文件。",
    ),
    "extra-missing": (
        'A part of the installation is missing: {detail}. Install it whole: pip install "worklens[local,report]".',
        '安装不完整：{detail}。请完整安装：pip install "worklens[local,report]"。',
    ),
    "data-dir-is-file": (
        "{path} is a file; the data directory must be a folder. Name another with --data-dir.",
        "{path} 是文件，数据目录必须是文件夹。请用 --data-dir 指定别处。",
    ),
    "no-data": (
        "There is nothing in {path} yet. Take in a file with `worklens import FILE`, connect a service with `worklens "
        "connect todoist`, or look at `worklens demo`. If your data lies elsewhere, name its place with --data-dir.",
        "{path} 中还没有数据。请用 `worklens import 文件` 导入，用 `worklens connect todoist` 连接服务，或先看看 `worklens demo`。"
        "如果数据在别处，请用 --data-dir 指明。",
    ),
    "account-unknown": (
        "There is no account {given} here. There are: {known}.",
        "这里没有账户 {given}。现有账户：{known}。",
    ),
    "account-ambiguous": (
        "{given} may be any of {known}. Give the whole name.",
        "{given} 可能是 {known} 中的任何一个。请给出完整名称。",
    ),
    "account-of-other-source": (
        "{given} is no account of {source}. Call it {source}:NAME, such as {source}:me.",
        "{given} 不是 {source} 的账户。请写成 {source}:名称，例如 {source}:me。",
    ),
    "account-malformed": (
        "An account's name may hold no spaces and no control characters: {given!r}. Choose another for --account.",
        "账户名不能含空格或控制字符：{given!r}。请用 --account 另取一个。",
    ),
    "not-a-day": (
        "{option} {text!r} is no day. Write it as 2026-03-01.",
        "{option} {text!r} 不是日期。请写成 2026-03-01 的形式。",
    ),
    "window-empty": (
        "--since {since} is after --until {until}. Change one of them.",
        "--since {since} 晚于 --until {until}。请修改其中之一。",
    ),
    "zone-unknown": (
        "There is no time zone {zone!r}. Write it as Europe/Paris or Asia/Shanghai.",
        "没有时区 {zone!r}。请写成 Europe/Paris 或 Asia/Shanghai 的形式。",
    ),
    "file-missing": (
        "There is no file {file}. Look at the spelling, and at the folder you are in.",
        "没有文件 {file}。请检查拼写以及当前所在的文件夹。",
    ),
    "file-is-directory": (
        "{file} is a folder. Name the files in it, such as {file}/*.json.",
        "{file} 是文件夹。请写出其中的文件，例如 {file}/*.json。",
    ),
    "file-forbidden": (
        "{file} may not be read by you. Change its permissions, or copy it to where you may.",
        "没有读取 {file} 的权限。请修改其权限，或复制到可读取的位置。",
    ),
    "mapping-not-utf8": (
        "The mapping {file} is not UTF-8 text. Save it as UTF-8.",
        "映射文件 {file} 不是 UTF-8 文本。请以 UTF-8 保存。",
    ),
    "nothing-moves": (
        "Nothing has moved for {minutes} minutes. What you asked for is kept: `worklens problems` shows what failed, and "
        "`worklens doctor` whether each service answers. The run is {run}.",
        "已有 {minutes} 分钟没有进展。您的请求已保留：`worklens problems` 显示失败原因，`worklens doctor` 检查各项服务。"
        "本次运行为 {run}。",
    ),
    "cloud-refused": (
        "Google Cloud refused ({error}). `worklens doctor` says which service; for credentials run "
        "`gcloud auth application-default login`.",
        "Google Cloud 拒绝了请求（{error}）。`worklens doctor` 可查看是哪项服务；如需凭据，请运行 "
        "`gcloud auth application-default login`。",
    ),
    "in-other-hands": (
        "Another worklens has {feed} in hand and is not through yet. Let it end, then run this again: what you asked for "
        "is kept.",
        "另一个 worklens 正在处理 {feed}，尚未结束。请等它结束后再次运行；您的请求已保留。",
    ),
}

NOTES: dict[str, tuple[str, str]] = {
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
}

IMPORT: dict[str, tuple[str, str]] = {
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
}

KINDS: dict[str, tuple[str, str]] = {
    "kind-created": ("created", "创建"),
    "kind-started": ("started", "开始"),
    "kind-completed": ("completed", "完成"),
    "kind-reopened": ("reopened", "重新打开"),
    "kind-rescheduled": ("rescheduled", "改期"),
    "kind-renamed": ("renamed", "改名"),
    "kind-moved": ("moved", "移动"),
    "kind-reprioritized": ("reprioritized", "调整优先级"),
    "kind-edited": ("edited", "编辑"),
    "kind-deleted": ("deleted", "删除"),
    "kind-restored": ("restored", "恢复"),
    "kind-closed": ("closed", "关闭"),
}

SERVICES: dict[str, tuple[str, str]] = {
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

UNDO: dict[str, tuple[str, str]] = {
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

METRICS: dict[str, tuple[str, str]] = {
    "metric-unknown": (
        "There is no metric {name}. There are: {known}.",
        "没有指标 {name}。现有指标：{known}。",
    ),
    "column-name": ("name", "名称"),
    "column-question": ("question", "问题"),
    "column-unit": ("unit", "单位"),
    "metric-without-days": (
        "{metric} is about the whole history, so --since and --until can't cut it. Leave them out.",
        "{metric} 针对全部历史，不能用 --since 和 --until 截取。请去掉它们。",
    ),
    "metric-empty": (
        "There are no rows yet. It takes {least}.",
        "暂无数据。至少需要：{least}。",
    ),
    "more-rows": (
        "The last {shown} of {all} rows. All of them: {json}",
        "共 {all} 行，此处为最后 {shown} 行。查看全部：{json}",
    ),
}

TODAY: dict[str, tuple[str, str]] = {
    "welcome": (
        "Worklens reads the to-do services you use and says honestly how you work.\n\n"
        "  worklens demo              a made-up person's two years, to see what it does\n"
        "  worklens import FILE       take in a backup or a table of tasks\n"
        "  worklens connect todoist   read from a service\n\n"
        "Your data will lie in {path}, and nowhere else.",
        "Worklens 读取您使用的待办服务，如实说明您的工作方式。\n\n"
        "  worklens demo              用虚构人物的两年数据看看效果\n"
        "  worklens import 文件       导入备份或任务表格\n"
        "  worklens connect todoist   连接服务\n\n"
        "您的数据只保存在 {path}。",
    ),
    "no-findings": ("There is nothing to tell yet.", "暂时没有可说的。"),
    "next-after-findings": ("The whole picture: {report}", "查看完整报告：{report}"),
}

TASKS: dict[str, tuple[str, str]] = {
    "status-unknown": (
        "There is no status {status}. There are: {known}.",
        "没有状态 {status}。可用的状态：{known}。",
    ),
    "status-open": ("open", "未完成"),
    "status-completed": ("completed", "已完成"),
    "status-closed": ("closed", "已关闭"),
    "status-deleted": ("deleted", "已删除"),
    "tasks-count": ("{count:task|tasks} {status}", "{status}的任务：{count} 个"),
    "more-tasks": ("The oldest {shown}. All of them: {json}", "此处为最早的 {shown} 个。查看全部：{json}"),
    "more-events": (
        "The newest {shown} of {all}. All of them: {json}",
        "共 {all} 个，此处为最新的 {shown} 个。查看全部：{json}",
    ),
    "no-events-here": ("Nothing is known to have happened there.", "该范围内没有已知的事件。"),
    "column-task": ("task", "任务"),
    "column-title": ("title", "标题"),
    "column-list": ("list", "清单"),
    "column-created": ("created", "创建"),
    "column-due": ("due", "截止"),
    "column-age": ("age", "存续"),
    "column-when": ("when", "时间"),
    "column-what": ("what", "事件"),
    "column-seen": ("seen", "得知"),
    "days": ("{n} d", "{n} 天"),
    "moment-seen": ("by {when}", "{when} 之前"),
    "moment-unknown": ("after {when}", "{when} 之后"),
    "from-to": ("{before} to {after}", "{before} 改为 {after}"),
    "fact-due": ("due {day}", "截止 {day}"),
    "fact-priority": ("priority {n} of 1 (most urgent) to 9", "优先级 {n}（1 最紧急，9 最低）"),
    "fact-estimate": ("estimated {hours} h", "预计 {hours} 小时"),
    "fact-spent": ("spent {hours} h", "实际 {hours} 小时"),
    "occurrences": (
        "It recurs: the last {shown} of {all} occurrences. All of them: --json",
        "重复任务：共 {all} 次，此处为最近 {shown} 次。查看全部：--json",
    ),
    "task-unknown": (
        "There is no task with the id {task}, and none with these words in its title. `worklens tasks` lists them.",
        "没有编号为 {task} 的任务，标题中也没有这些字。可用 `worklens tasks` 查看列表。",
    ),
    "task-ambiguous": (
        "No task has the id {task}, and {count:task has|tasks have} these words in the title. Give the id of one:\n{shown}",
        "没有编号为 {task} 的任务，有 {count} 个任务的标题含有这些字。请给出其中一个的编号：\n{shown}",
    ),
}

STATUS: dict[str, tuple[str, str]] = {
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

REPORT: dict[str, tuple[str, str]] = {
    "report-written": ("The report: {path}", "报告：{path}"),
    "nothing-to-report": (
        "Nothing was taken in by then that could be shown. {status} says what is here.",
        "截至该时间没有可显示的数据。可用 {status} 查看现有数据。",
    ),
    "no-such-folder": ("There is no folder {path}. Make it first.", "没有文件夹 {path}，请先创建。"),
    "serving": ("The report is at {url} (Ctrl-C ends this).", "报告地址：{url}（按 Ctrl-C 结束）。"),
    "served": ("Ended.", "已结束。"),
    "port-taken": (
        "Port {port} can't be used: {problem}. Name another with --port; 0 takes any that is free.",
        "无法使用端口 {port}：{problem}。请用 --port 另选一个，0 表示任选空闲端口。",
    ),
}

DIGEST: dict[str, tuple[str, str]] = {
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

PREVIEW: dict[str, tuple[str, str]] = {
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

EXPORT: dict[str, tuple[str, str]] = {
    "not-a-folder": ("{path} is a file. Name a folder.", "{path} 是文件，请指定文件夹。"),
    "column-parquet": ("file", "文件"),
    "column-rows": ("rows", "行"),
    "exported": (
        "Written to {path}. These files hold titles and notes; `worklens forget` doesn't reach them.",
        "已写入 {path}。这些文件含有标题和备注，`worklens forget` 不会删除它们。",
    ),
}

PROBLEMS: dict[str, tuple[str, str]] = {
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

FORGET: dict[str, tuple[str, str]] = {
    "forget-ask": (
        "This removes {account} from {path} for good: {tasks:task|tasks}, {events:event|events}, raw records, run "
        "history and token. Type the account's name to go on: ",
        "将从 {path} 中永久删除 {account}：{tasks} 个任务、{events} 个事件、原始记录、运行历史和令牌。请输入账户名以确认：",
    ),
    "forget-not-confirmed": (
        "Nothing was removed, since it wasn't confirmed. Type the account's name when asked, or add --yes.",
        "未经确认，没有删除任何内容。请在提示时输入账户名，或加上 --yes。",
    ),
    "forget-in-use": (
        "Another worklens is working on {account}. Let it end, then forget it.",
        "另一个 worklens 正在处理 {account}。请等它结束后再删除。",
    ),
    "forget-unfinished": (
        "An import or sync of {account} isn't through. Repeat it to complete it, then forget the person in it.",
        "{account} 的导入或同步尚未完成。请先重新执行以完成它，再删除其中的人。",
    ),
    "forgotten": (
        "{account} is forgotten: {rows:row|rows} are gone from every file in {path}, backups included.",
        "{account} 已删除：{rows} 行已从 {path} 的所有文件（包括备份）中清除。",
    ),
    "forgotten-remains": (
        "What this doesn't reach: the service or file the tasks came from, reports and exports you saved elsewhere, and "
        "copies your own backups made of this folder.",
        "以下内容不在删除范围内：任务所来自的服务或文件、另存在别处的报告和导出文件，以及您自己对该文件夹所做的备份。",
    ),
    "remains-buffer": (
        "BigQuery can't delete yet what it took in lately, in {tables}. It is shown nowhere any more; run this again in "
        "{minutes} minutes to delete it.",
        "BigQuery 暂时无法删除最近写入 {tables} 的数据。这些数据已不再显示；请在 {minutes} 分钟后再次运行以将其删除。",
    ),
    "remains-backups": (
        "What remains, until it runs out: {travel} days in which Google Cloud can show its stores as they were, then {safe} "
        "days in BigQuery's fail-safe, and up to {topics} days in subscriptions that nobody read. Besides, the service or "
        "file the tasks came from, and reports and exports you saved.",
        "以下内容会保留到期满为止：Google Cloud 可恢复存储旧状态的 {travel} 天，其后 BigQuery 故障安全期 {safe} 天，"
        "以及无人读取的订阅中最多 {topics} 天。此外还有任务所来自的服务或文件，以及您保存的报告和导出文件。",
    ),
    "forgotten-person": (
        "Records put aside of {feed} that can't be told to be somebody else's went too. A file imported again brings the "
        "person back.",
        "{feed} 中无法确定属于他人的暂存记录也已删除。再次导入文件会使该人重新出现。",
    ),
}

DOCTOR: dict[str, tuple[str, str]] = {
    "doctor-well": ("All is in order.", "一切正常。"),
    "doctor-not-well": (
        "Something isn't in order; see the lines marked !!.",
        "有问题需要处理，见标有 !! 的行。",
    ),
    "check-version": (
        "worklens {version}, Python {python}, {system}",
        "worklens {version}，Python {python}，{system}",
    ),
    "check-packages-remedy": (
        'Parts are missing: pip install "worklens[{extras}]"',
        '缺少组件：pip install "worklens[{extras}]"',
    ),
    "check-zone": ("this machine's time zone is {zone}", "本机时区为 {zone}"),
    "check-zone-unknown": (
        "this machine doesn't say its time zone; UTC is taken where nothing else is known",
        "本机未说明时区；没有其他信息时按 UTC 处理",
    ),
    "check-empty": (
        "nothing was taken in yet; data would lie in {path}",
        "尚未导入数据；数据将保存在 {path}",
    ),
    "check-folder": ("{path} is readable by you only", "{path} 仅您本人可读"),
    "check-open": ("{path} is readable by others on this machine", "{path} 可被本机其他用户读取"),
    "check-open-remedy": ("Close it: chmod 700 {path}", "请关闭权限：chmod 700 {path}"),
    "check-space": ("{used} MB used, {free} GB free", "已用 {used} MB，剩余 {free} GB"),
    "check-space-remedy": ("There is little space left. Make some free.", "剩余空间不足，请清理。"),
    "check-state": ("the state is sound (schema {version})", "状态库完好（结构版本 {version}）"),
    "check-state-remedy": (
        "The state file is damaged. Put a copy from {path} in its place, or import anew.",
        "状态文件已损坏。请用 {path} 中的副本替换，或重新导入。",
    ),
    "check-warehouse": (
        "the warehouse opens (schema {schema}), {n:run|runs}",
        "数据仓库可以打开（结构 {schema}），{n} 次运行",
    ),
    "check-broken": ("the data can't be opened", "无法打开数据"),
    "check-deployment": (
        "on Google Cloud: {place}, files in {bucket}, names beginning with {prefix}",
        "位于 Google Cloud：{place}，文件存于 {bucket}，名称以 {prefix} 开头",
    ),
    "check-service": ("{service} answers ({n})", "{service} 正常响应（{n}）"),
    "check-service-broken": ("{service} doesn't answer ({error})", "{service} 没有响应（{error}）"),
    "check-service-remedy": (
        "Look at the project, and at what you may do there: this command needs to read from {service}.",
        "请检查项目及您的权限：此命令需要能够读取 {service}。",
    ),
    "check-queue": ("{n:message|messages} waiting in the queue", "队列中有 {n} 条消息等待"),
    "check-queue-remedy": (
        "A command was cut off, or a service was away. Repeat the import or the sync: it goes on from there.",
        "有命令被中断，或服务暂时不可用。请重新导入或同步，会从中断处继续。",
    ),
    "check-dead": ("{n:message|messages} given up", "{n} 条消息已放弃"),
    "check-dead-remedy": ("See why: {problems}", "查看原因：{problems}"),
    "check-leases": ("at work now on {names}", "正在处理：{names}"),
    "check-no-leases": ("no account is being worked on", "没有正在处理的账户"),
    "check-keyring": ("tokens are kept in the system's keyring", "令牌保存在系统密钥环中"),
    "check-secrets-file": (
        "this system has no keyring; tokens are kept in {path}, readable by you only",
        "本系统没有密钥环；令牌保存在 {path}，仅您本人可读",
    ),
    "check-secrets-remedy": (
        "Others can read the tokens. Close it: chmod 600 {path}",
        "他人可读取令牌。请执行：chmod 600 {path}",
    ),
}

DEMO: dict[str, tuple[str, str]] = {
    "demo-writing": ("making up two years", "正在生成两年的虚构数据"),
    "demo-in-the-way": (
        "{path} is there already and wasn't made by a demo, so it is left alone. Move it, or name another place with "
        "--data-dir.",
        "{path} 已存在且不是由演示生成，因此不作改动。请移走它，或用 --data-dir 指定别处。",
    ),
    "demo-ends": (
        "The person is made up; so is everything told of them.\nThe report: {report}\nLook around: {open}",
        "以上人物及其一切均为虚构。\n报告：{report}\n继续查看：{open}",
    ),
}

WORDS: dict[str, tuple[str, str]] = (
    ERRORS
    | NOTES
    | IMPORT
    | KINDS
    | SERVICES
    | UNDO
    | METRICS
    | TODAY
    | TASKS
    | STATUS
    | REPORT
    | DIGEST
    | PREVIEW
    | EXPORT
    | PROBLEMS
    | FORGET
    | DOCTOR
    | DEMO
)
