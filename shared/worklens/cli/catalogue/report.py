"""What `worklens report` says; the page's own words are in render/catalogues."""

from __future__ import annotations

WORDS: dict[str, tuple[str, str]] = {
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
