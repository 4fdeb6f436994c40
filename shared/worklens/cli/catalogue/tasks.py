"""What `worklens tasks`, `task` and `events` say, and what happens to a task."""

from __future__ import annotations

WORDS: dict[str, tuple[str, str]] = {
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
    "fact-understood": (
        "understood from “{phrase}”: {when} (ours, {sure})",
        "由“{phrase}”识别：{when}（我们的推断，把握 {sure}）",
    ),
    "column-understood": ("understood (ours)", "识别（我们的推断）"),
    "tasks-understood": (
        "{count:undated task names|undated tasks name} a day in the title; the days are ours, not the source's",
        "标题写明日期而未设截止日的任务：{count} 个；日期由我们推断，并非来自原服务",
    ),
    "fact-priority": ("priority {n} of 1 (most urgent) to 9", "优先级 {n}（1 最紧急，9 最低）"),
    "fact-estimate": ("estimated {hours} h", "预计 {hours} 小时"),
    "fact-spent": ("spent {hours} h", "实际 {hours} 小时"),
    "fact-moved": (
        "moved {times:time|times}, {days:day|days} later in all",
        "改期 {times} 次，共推迟 {days} 天",
    ),
    "fact-moved-earlier": (
        "moved {times:time|times}, {days:day|days} earlier in all",
        "改期 {times} 次，共提前 {days} 天",
    ),
    "fact-corrected": (
        "such estimates come to {likely} h with you (80 %: {low} to {high} h; from {tasks:task|tasks})",
        "这样的估计在您手里要用 {likely} 小时（80% 的把握在 {low} 到 {high} 小时之间；依据 {tasks} 个任务）",
    ),
    "fact-residual": (
        "open {age:day|days}; half of such tasks are done within {half:day|days} more",
        "已放 {age} 天；这样的任务有一半在此后 {half} 天内完成",
    ),
    "fact-block": (
        "{share} of its list is done {block}, of other work {others}",
        "所在清单有 {share} 在 {block} 完成，其他工作是 {others}",
    ),
    "fact-similar": (
        "{tasks:task|tasks} like this took you {low} to {high:day|days}",
        "类似的 {tasks} 个任务，您用了 {low} 到 {high} 天",
    ),
    "fact-similar-once": (
        "{tasks:task|tasks} like this took you {high:day|days}",
        "类似的 {tasks} 个任务，您用了 {high} 天",
    ),
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
    "kind-created": ("created", "创建"),
    "kind-started": ("started", "开始"),
    "kind-reviewed": ("reviewed", "评审"),
    "kind-carried": ("carried over", "顺延"),
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
