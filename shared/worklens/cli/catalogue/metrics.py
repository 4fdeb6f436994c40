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
}
