"""Why a service could not be read, in English and Chinese: what its answer, the network or the token stood in the way of."""

from __future__ import annotations

SERVICES: dict[str, tuple[str, str]] = {
    "not-connected": (
        "{feed} has no token here. Connect it: `worklens connect {source} --account {feed}`; a file comes in by `worklens import`.",
        "{feed} 在这里没有令牌。请运行 `worklens connect {source} --account {feed}` 连接；文件请用 `worklens import` 导入。",
    ),
    "token-refused": (
        "{host} doesn't take the token or password of {feed}. It may have been revoked: make a new one there, and "
        "run `worklens connect {source} --account {feed}`.",
        "{host} 不接受 {feed} 的令牌或密码，可能已被吊销。请在那里重新生成，然后运行 "
        "`worklens connect {source} --account {feed}`。",
    ),
    "typed-refused": (
        "{host} doesn't take the token or password that was given for {feed}, so nothing was kept. Copy it again, whole, and "
        "connect once more.",
        "{host} 不接受为 {feed} 提供的令牌或密码，因此没有保存任何内容。请重新完整复制后再连接。",
    ),
    "sign-in-over": (
        "{service} no longer lets Worklens in for {feed}: the consent was withdrawn, or has run out. Sign in again: "
        "`worklens connect {source} --account {feed} --oauth`.",
        "{service} 不再允许 Worklens 访问 {feed}：授权已被撤回或已过期。请重新登录："
        "`worklens connect {source} --account {feed} --oauth`。",
    ),
    "sign-in-denied": (
        "You did not consent at the service, so nothing was connected.",
        "您没有在服务中同意授权，因此未建立连接。",
    ),
    "sign-in-late": (
        "Nobody consented at the service in time. Run the command again.",
        "没有在规定时间内在服务中同意授权。请重新运行该命令。",
    ),
    "sign-in-refused": (
        "The service did not let you sign in ({error}). Look at the application you registered there: its kind, its "
        "redirect address and its scopes.",
        "服务拒绝了登录（{error}）。请检查您在那里注册的应用：类型、重定向地址和权限范围。",
    ),
    "nothing-typed": (
        "There was neither a token nor an application to sign in with.",
        "既没有填写令牌，也没有填写用于登录的应用。",
    ),
    "no-sign-in": (
        "One can't sign in at {service} from here; it takes a token.",
        "无法从这里登录 {service}，它使用令牌。",
    ),
    "secret-not-made": (
        "There is no entry for the token of {feed}, and this page may make none. Add {feed} to the deployment's variable "
        "`feeds`, and apply.",
        "{feed} 的令牌没有对应条目，而此页面无权创建。请把 {feed} 加入部署变量 `feeds` 后重新 apply。",
    ),
    "port-taken": (
        "Port {port} of this machine is taken, to which the browser would come back. End the program that holds it, and "
        "run the command again.",
        "本机端口 {port} 已被占用，浏览器无法返回。请结束占用它的程序后重新运行该命令。",
    ),
    "client-refused": (
        "The service doesn't take the application's id or secret ({error}). Copy both again from where you registered it.",
        "服务不接受该应用的 ID 或密钥（{error}）。请从注册处重新复制。",
    ),
    "token-malformed": (
        "The token holds characters that no token has. Copy it again, whole and without spaces.",
        "令牌中有不应出现的字符。请重新完整复制，不要带空格。",
    ),
    "not-found": (
        "{host} has nothing at {path}. The service may have changed: look for a newer worklens.",
        "{host} 上没有 {path}。服务可能已更改，请查看是否有新版 worklens。",
    ),
    "no-calendars": (
        "There are no calendars at {url}, or none that you may see. Give the address that the server's page names for "
        "CalDAV, or that of one calendar.",
        "{url} 上没有日历，或者您无权查看。请填写服务器页面上给出的 CalDAV 地址，或某个日历的地址。",
    ),
    "member-not-given": (
        "The server lists this to-do, but doesn't give what it holds. It is asked for again with each sync; open it at the "
        "server, and save it anew.",
        "服务器列出了该待办事项，但没有给出内容。每次同步都会再次请求；请在服务器上打开它并重新保存。",
    ),
    "service-gone": (
        "{host} says that {path} is gone for good. The service may have changed: look for a newer worklens.",
        "{host} 表示 {path} 已永久移除。服务可能已更改，请查看是否有新版 worklens。",
    ),
    "service-down": (
        "{host} is out of order (status {status}). Try again later: the next sync goes on from where this one stopped.",
        "{host} 出现故障（状态 {status}）。请稍后再试，下次同步会从中断处继续。",
    ),
    "too-many-requests": (
        "{host} asks to be left alone for a while. Try again in a few minutes: the next sync goes on from there.",
        "{host} 要求暂停访问。请过几分钟再试，下次同步会从中断处继续。",
    ),
    "limit-reached": (
        "The number of requests that {host} allows is used up for now; there is room again in {seconds} seconds. Try again "
        "then: the next sync goes on from there.",
        "{host} 允许的请求次数目前已用完，{seconds} 秒后恢复。请届时再试，下次同步会从中断处继续。",
    ),
    "already-connected": (
        "This token is that of {other} already, so the same tasks would be counted twice. Use a token of another account.",
        "该令牌已用于 {other}，同样的任务会被计算两次。请使用另一个账户的令牌。",
    ),
    "timed-out": (
        "{host} did not answer in time. Look at the network, and try again: the next sync goes on from there.",
        "{host} 没有及时响应。请检查网络后重试，下次同步会从中断处继续。",
    ),
    "unreachable": (
        "{host} can't be reached. Look at the network, and at the proxy if there is one, and try again.",
        "无法连接 {host}。请检查网络和代理设置后重试。",
    ),
    "tls-failed": (
        "The connection to {host} is not safe: its certificate is not to be trusted, so nothing was sent. Look at the "
        "clock of this machine, and at who runs this network.",
        "与 {host} 的连接不安全：其证书不可信，因此没有发送任何内容。请检查本机时间以及所用的网络。",
    ),
    "request-refused": (
        "{host} refused a request (status {status} for {path}). The service may have changed: look for a newer worklens.",
        "{host} 拒绝了请求（{path}，状态 {status}）。服务可能已更改，请查看是否有新版 worklens。",
    ),
    "redirected": (
        "{host} sends its visitors elsewhere, and the token doesn't go along. Look at the address of the service.",
        "{host} 把请求转到了别处，令牌不会随之发送。请检查服务的地址。",
    ),
    "other-host": (
        "The service names {host} where {expected} was expected, so the token was not sent there.",
        "服务指向 {host}，而预期是 {expected}，因此没有把令牌发送过去。",
    ),
    "not-encrypted": (
        "{host} would be asked without encryption, and the token could be read on the way. Use an https address.",
        "访问 {host} 未加密，令牌可能在途中被读取。请使用 https 地址。",
    ),
    "wrong-url": (
        "The address of the service can't be used ({url}). Write it as https://api.example.com.",
        "服务地址无效（{url}）。请写成 https://api.example.com 的形式。",
    ),
    "answer-too-large": (
        "{host} sent more than {limit} bytes in one answer, which no task service does. Look at the address.",
        "{host} 一次返回超过 {limit} 字节，任务服务不会如此。请检查地址。",
    ),
    "answer-garbled": (
        "The answer was no answer of the service: it broke off, or a sign-in page of this network took its place. Try "
        "again.",
        "收到的不是服务的响应：可能中断，或被本网络的登录页取代。请重试。",
    ),
    "answer-not-understood": (
        "{service} answered in a form that this worklens doesn't know: {detail}. Look for a newer one.",
        "{service} 的响应格式无法识别：{detail}。请查看是否有新版 worklens。",
    ),
    "wrong-setting": (
        "The setting {setting} of the account can't be used. It is written as {expected}.",
        "账户的设置 {setting} 无效，应写成 {expected}。",
    ),
    "program-missing": (
        "The program {program} is not on this machine. Install it, or see that it is found on the path.",
        "本机没有程序 {program}。请安装它，或确认它在搜索路径中。",
    ),
    "program-unknown": (
        "The program {program} is not one that this source may run.",
        "此来源不得运行程序 {program}。",
    ),
    "program-failed": (
        "{program} ended with code {code}. Run it yourself to see what it says.",
        "{program} 以代码 {code} 结束。请自行运行以查看其输出。",
    ),
    "program-too-slow": (
        "{program} had not ended after {seconds} seconds, and was stopped. Run it yourself to see what it waits for.",
        "{program} 在 {seconds} 秒后仍未结束，已被停止。请自行运行以查看它在等待什么。",
    ),
    "program-too-wordy": (
        "{program} said more than {limit} bytes, and was stopped.",
        "{program} 的输出超过 {limit} 字节，已被停止。",
    ),
    "repository-unseen": (
        "There is no repository {repository} that the token may see. Look at its name, and at which repositories the "
        "token is for.",
        "没有该令牌可见的仓库 {repository}。请检查仓库名称以及令牌授权的仓库。",
    ),
    "google-api-off": (
        "The Google Tasks API is not enabled in the project of the application. Enable it in the Google Cloud console, "
        "wait a few minutes, and try again.",
        "该应用所在的项目未启用 Google Tasks API。请在 Google Cloud 控制台中启用，过几分钟再试。",
    ),
    "google-scope-missing": (
        "The consent doesn't extend to reading tasks. Connect again, and leave the permission ticked.",
        "授权不包括读取任务。请重新连接，并保留该权限的勾选。",
    ),
    "listing-shrunk": (
        "{service} shows {gone} of the {known} tasks known no more, as if its data lay elsewhere now, so nothing was taken "
        "from that. Look where its data is; if all is right, `worklens sync --full` takes it as it is.",
        "{service} 不再显示已知的 {known} 个任务中的 {gone} 个，像是数据换了位置，因此没有采用。请检查其数据位置；"
        "若确实如此，请运行 `worklens sync --full`。",
    ),
    "file-gone": (
        "The copy of {file} that was to be read is gone. Import the file again.",
        "待读取的 {file} 副本已不存在。请重新导入该文件。",
    ),
    "files-changing": (
        "Another program is writing the files of {service} just now. Try again in a moment.",
        "另一个程序正在写入 {service} 的文件，请稍后再试。",
    ),
    "file-missing": (
        "{file} is not where it was. Put it back, or connect again and say where it is now.",
        "{file} 已不在原处。请放回原处，或重新连接并指明其新位置。",
    ),
    "file-unreadable": (
        "{file} can't be read: {problem}. Look at its permissions, or copy it elsewhere.",
        "无法读取 {file}：{problem}。请检查其权限或复制到别处。",
    ),
    "unreadable-date": (
        "The record's {field} holds no date that can be read. Set it again at the service.",
        "该记录的 {field} 中没有可以读取的日期。请在服务中重新设置。",
    ),
}
