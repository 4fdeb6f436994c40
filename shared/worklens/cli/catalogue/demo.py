"""What `worklens demo` says."""

from __future__ import annotations

WORDS: dict[str, tuple[str, str]] = {
    "demo-writing": ("making up two years", "正在生成两年的虚构数据"),
    "demo-in-the-way": (
        "{path} is there already and wasn't made by a demo, so it is left alone. Move it, or name another place with "
        "--data-dir.",
        "{path} 已存在且不是由演示生成，因此不作改动。请移走它，或用 --data-dir 指定别处。",
    ),
    "demo-ends": (
        "The person is made up; so is everything told of them.\nOpen the pages: {serve}\nThe same in one file: {report}\nLook around: {open}",
        "以上人物及其一切均为虚构。\n打开页面：{serve}\n单个文件：{report}\n继续查看：{open}",
    ),
}
