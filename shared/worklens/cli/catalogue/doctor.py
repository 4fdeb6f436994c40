"""What `worklens doctor` says."""

from __future__ import annotations

WORDS: dict[str, tuple[str, str]] = {
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
