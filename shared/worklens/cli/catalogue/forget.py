"""What `worklens forget` says, and what it can't reach."""

from __future__ import annotations

WORDS: dict[str, tuple[str, str]] = {
    "forget-ask": (
        "This removes {account} from {path} for good: {tasks:task|tasks}, {events:event|events}, raw records, run "
        "history and token. Type the account's name to go on: ",
        "将从 {path} 中永久删除 {account}：{tasks} 个任务、{events} 个事件、原始记录、运行历史和令牌。请输入账户名以确认：",
    ),
    "forget-not-confirmed": (
        "Nothing was removed, since it wasn't confirmed. Type the account's name when asked, or add --yes.",
        "未经确认，没有删除任何内容。请在提示时输入账户名，或加上 --yes。",
    ),
    "forget-in-use": (
        "Another worklens is working on {account}. Let it end, then forget it.",
        "另一个 worklens 正在处理 {account}。请等它结束后再删除。",
    ),
    "forget-unfinished": (
        "An import or sync of {account} isn't through. Repeat it to complete it, then forget the person in it.",
        "{account} 的导入或同步尚未完成。请先重新执行以完成它，再删除其中的人。",
    ),
    "forgotten": (
        "{account} is forgotten: {rows:row|rows} are gone from every file in {path}, backups included.",
        "{account} 已删除：{rows} 行已从 {path} 的所有文件（包括备份）中清除。",
    ),
    "forgotten-given-back": (
        "{service} has taken the consent back.",
        "{service} 已收回授权。",
    ),
    "forgotten-here": (
        "The {kind} is gone here. Revoke it at {service} too: only you can.",
        "此处的{kind}已删除，请您在 {service} 也将其吊销。",
    ),
    "forgotten-remains": (
        "What this doesn't reach: the service or file the tasks came from, reports and exports you saved elsewhere, and "
        "copies your own backups made of this folder.",
        "以下内容不在删除范围内：任务所来自的服务或文件、另存在别处的报告和导出文件，以及您自己对该文件夹所做的备份。",
    ),
    "remains-buffer": (
        "BigQuery can't delete yet what it took in lately, in {tables}. It is shown nowhere any more; run this again in "
        "{minutes} minutes to delete it.",
        "BigQuery 暂时无法删除最近写入 {tables} 的数据。这些数据已不再显示；请在 {minutes} 分钟后再次运行以将其删除。",
    ),
    "remains-backups": (
        "What remains, until it runs out: {travel} days in which Google Cloud can show its stores as they were, then {safe} "
        "days in BigQuery's fail-safe, and up to {topics} days in subscriptions that nobody read. Besides, the service or "
        "file the tasks came from, and reports and exports you saved.",
        "以下内容会保留到期满为止：Google Cloud 可恢复存储旧状态的 {travel} 天，其后 BigQuery 故障安全期 {safe} 天，"
        "以及无人读取的订阅中最多 {topics} 天。此外还有任务所来自的服务或文件，以及您保存的报告和导出文件。",
    ),
    "forgotten-person": (
        "Records put aside of {feed} that can't be told to be somebody else's went too. A file imported again brings the "
        "person back.",
        "{feed} 中无法确定属于他人的暂存记录也已删除。再次导入文件会使该人重新出现。",
    ),
}
