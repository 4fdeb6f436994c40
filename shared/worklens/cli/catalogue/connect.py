"""What `worklens connect` says, and what Worklens reads from each service."""

from __future__ import annotations

WORDS: dict[str, tuple[str, str]] = {
    "service-unknown": (
        "{given} can't be connected. There are: {known}. Everything else comes in as a file: `worklens import FILE`.",
        "无法连接 {given}。可连接的服务：{known}。其他数据请以文件导入：`worklens import 文件`。",
    ),
    "may-set": (
        "It may also be told, with --set NAME=VALUE: {names}.",
        "还可以用 --set 名称=值 设置：{names}。",
    ),
    "allows": (
        "You sign in at {service} itself, and allow Worklens {scopes}, nothing else. You can take that back there at any "
        "time, or here with `worklens disconnect`.",
        "您将在 {service} 本站登录，并仅授予 Worklens 权限 {scopes}。您可随时在那里撤回，或在此运行 `worklens disconnect`。",
    ),
    "open-page": (
        "Consent in your browser; if it doesn't open, this is the page: {url}",
        "请在浏览器中同意授权；如果没有自动打开，请访问：{url}",
    ),
    "open-elsewhere": (
        "Open this page in any browser and consent: {url}\nIt ends at an address that begins with {redirect} and can't be "
        "shown. Copy that whole address, and paste it here:",
        "请在任意浏览器中打开此页面并同意授权：{url}\n浏览器最后会停在一个以 {redirect} 开头、无法显示的地址。请完整复制该地址并粘贴到这里：",
    ),
    "paste-wrong": (
        "That is not the address at which this sign-in ended. It begins with {redirect}, and each one is good for one run "
        "of the command: run it again.",
        "这不是本次登录结束时的地址。该地址以 {redirect} 开头，且每个地址只适用于一次运行：请重新运行该命令。",
    ),
    "type-code": (
        "Open {url} on any device and type {code}. This command waits for it.",
        "请在任意设备上打开 {url} 并输入 {code}。本命令会等待您完成。",
    ),
    "come-back": (
        "Worklens has what it needs. You can close this page.",
        "Worklens 已获得所需授权，可以关闭此页面。",
    ),
    "no-oauth": (
        "One can't sign in at {service} from here; it takes a token. Run the command without --oauth.",
        "无法从这里登录 {service}，它使用令牌。请去掉 --oauth 重新运行。",
    ),
    "client-missing": (
        "Signing in at {service} needs an application that you register there; its page in docs/sources says how. Give its "
        "id with --client-id or in {variable}.",
        "登录 {service} 需要您在那里注册的应用，方法见 docs/sources 中的说明。请用 --client-id 或 {variable} 给出其 ID。",
    ),
    "setting-malformed": (
        "--set is written as NAME=VALUE, and not as {given}.",
        "--set 应写成 NAME=VALUE，而不是 {given}。",
    ),
    "setting-missing": (
        "{service} needs the setting {setting}: {how}.",
        "{service} 需要设置 {setting}：{how}。",
    ),
    "setting-unknown": (
        "{service} has no setting {setting}. It has: {known}.",
        "{service} 没有设置 {setting}。可用的有：{known}。",
    ),
    "kind-token": ("token", "令牌"),
    "kind-password": ("password", "密码"),
    "kind-client-secret": ("secret", "密钥"),
    "ask-for-token": ("Token (it isn't shown): ", "令牌（不会显示）："),
    "ask-for-password": ("Password (it isn't shown): ", "密码（不会显示）："),
    "ask-for-client-secret": ("The application's secret (it isn't shown): ", "应用的密钥（不会显示）："),
    "local-source-elsewhere": (
        "{service} is read from this machine, and a deployment can't reach it. Connect it without --platform.",
        "{service} 从本机读取，云端部署无法访问。请不带 --platform 连接。",
    ),
    "connected-local": (
        "{account} is connected. Next: {sync}",
        "{account} 已连接。下一步：{sync}",
    ),
    "token-empty": (
        "There was no {kind} to read. Type it at the prompt, set {variable}, pipe it in, or name a file with --token-file.",
        "没有读到{kind}。请在提示处输入、设置 {variable}、用管道传入，或用 --token-file 指定文件。",
    ),
    "connected": (
        "{account} is connected, and its {kind} kept. Next: {sync}",
        "{account} 已连接，{kind}已保存。下一步：{sync}",
    ),
    "still-refused": (
        "Not read, as was said before: {accounts}. `{status}` says why, and what mends it.",
        "仍未读取（此前已说明）：{accounts}。原因和解决办法见 `{status}`。",
    ),
    "unlocks-later": ("{account}: {text}", "{account}：{text}"),
    "unlocked": (
        "{account}: there is history enough for every question. See `worklens`.",
        "{account}：历史足以回答所有问题。请运行 `worklens` 查看。",
    ),
    "nothing-connected": (
        "No service is connected here. Connect one with `worklens connect todoist`; files come in by `worklens import`.",
        "这里没有已连接的服务。请用 `worklens connect todoist` 连接；文件请用 `worklens import` 导入。",
    ),
}
