"""What `worklens schedule` says."""

from __future__ import annotations

WORDS: dict[str, tuple[str, str]] = {
    "schedule-installed": (
        "Each day at {at}, by {by}: sync, score, report. Written in: {place}",
        "每天 {at} 由 {by} 执行：同步、评分、生成报告。位置：{place}",
    ),
    "schedule-by-systemd": (
        "What is missed while the machine is off is made up for. Words of the last time: journalctl --user -u worklens. It "
        "runs while you are logged in, and also without that after `loginctl enable-linger`.",
        "关机期间错过的会在开机后补上。查看上次输出：journalctl --user -u worklens。默认仅在登录时运行；"
        "运行 `loginctl enable-linger` 后无需登录。",
    ),
    "schedule-by-launchd": (
        "What is missed while the machine sleeps is made up for. Words of the last time: schedule.log with the data.",
        "睡眠期间错过的会在唤醒后补上。上次输出在数据目录的 schedule.log 中。",
    ),
    "schedule-by-cron": (
        "The cron service must be running, and makes up for nothing it missed. Words of the last time: schedule.log with "
        "the data.",
        "需要 cron 服务在运行，错过的不会补上。上次输出在数据目录的 schedule.log 中。",
    ),
    "schedule-none": (
        "Nothing is scheduled for this data. Begin with: {at}",
        "尚未为这些数据安排定时任务。开始使用：{at}",
    ),
    "schedule-one-thing": (
        "--at, --off and --now are three different things. Give one of them.",
        "--at、--off 和 --now 不能同时使用，请只用其一。",
    ),
    "schedule-no-time": (
        "{given} is no time of day. Write it as 07:00.",
        "{given} 不是一天中的时间，请写成 07:00 的形式。",
    ),
    "schedule-nothing": (
        "None of these is here: {known}. Install cron, or run `worklens schedule --now` by whatever else keeps time.",
        "本机没有：{known}。请安装 cron，或用其他方式定时运行 `worklens schedule --now`。",
    ),
    "schedule-elsewhere": (
        "A deployment has timers of its own; this is for the data on this machine. Run it without --platform.",
        "云端部署有自己的定时器；此命令用于本机数据。请不带 --platform 运行。",
    ),
    "schedule-refused": (
        "{what} did not work: {said}",
        "{what} 未成功：{said}",
    ),
    "schedule-newline": (
        "A path or a variable holds a line break, which a crontab can't. Look at PATH and at the data directory's name.",
        "某个路径或变量含有换行，crontab 不支持。请检查 PATH 和数据目录的名称。",
    ),
}
