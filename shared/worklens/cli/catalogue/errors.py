"""What can go wrong in any command, and what to do about it."""

from __future__ import annotations

WORDS: dict[str, tuple[str, str]] = {
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
        "{given} is no account of {service}. Call it {source}:NAME, such as {source}:me.",
        "{given} 不是 {service} 的账户。请写成 {source}:名称，例如 {source}:me。",
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
