"""What `worklens metrics` says."""

from __future__ import annotations

WORDS: dict[str, tuple[str, str]] = {
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
    "column-block": ("block", "时段"),
    "column-since": ("since", "开始"),
    "column-until": ("until", "结束"),
    "column-block-hours": ("hours", "小时"),
    "column-block-usual": ("usual", "平常"),
    "block-still": ("still", "至今"),
    "block-of": ("{worked} of {possible}", "{worked}/{possible}"),
    "coming-next": ("Next: {when}, for {list}.", "下一次：{when}，用于 {list}。"),
    "coming-share": (
        "Since {since}, {share} of {list} was done in its hours, of other work {others}.",
        "自 {since} 以来，{list} 有 {share} 在这些小时里完成，其他工作是 {others}。",
    ),
    "coming-tasks": (
        "{tasks:open task|open tasks}; of those that can wait until then, first:",
        "未完成任务 {tasks} 个；能等到那时的，依次是：",
    ),
    "coming-nothing": (
        "None of its {tasks:open task|open tasks} can wait until then.",
        "{tasks} 个未完成任务都等不到那时。",
    ),
    "coming-empty": ("Nothing of it is open.", "没有未完成的任务。"),
    "column-late": ("late", "逾期"),
    "blocks-explained": (
        "Hours: in how many of the block's hours something got done. Usual: in how many it would be.",
        "小时：时段内有所完成的小时数/全部小时数。平常：按平常会有所完成的小时数。",
    ),
}
