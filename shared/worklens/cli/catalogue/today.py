"""What bare `worklens` says around the findings."""

from __future__ import annotations

WORDS: dict[str, tuple[str, str]] = {
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
