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
    "blocks-explained": (
        "Hours: in how many of the block's hours something got done. Usual: in how many it would be.",
        "小时：时段内有所完成的小时数/全部小时数。平常：按平常会有所完成的小时数。",
    ),
}
