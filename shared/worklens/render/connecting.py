"""The pages on which an account is connected to a deployment: which service, what it reads, consent, and how it ended."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import Literal, NamedTuple

from worklens.render.model import Language

POLICY = "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"

STYLE = """
:root{color-scheme:light dark;--paper:#fcfcfb;--ink:#1b242d;--soft:#56626e;--line:#b9c0c7;--blue:#15609f;--on-blue:#fff}
@media (prefers-color-scheme:dark){:root{--paper:#11161b;--ink:#e6eaed;--soft:#9ba7b2;--line:#46525d;--blue:#8cc4f2;--on-blue:#11161b}}
*{box-sizing:border-box}
body{font:16px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"PingFang SC","Noto Sans CJK SC","Microsoft YaHei",sans-serif;
max-width:38rem;margin:0 auto;padding:clamp(16px,4vw,40px);background:var(--paper);color:var(--ink);overflow-wrap:anywhere}
h1{font-size:1.5rem;margin:0 0 1rem}a{color:var(--blue)}p{margin:.6rem 0}
.soft,small{color:var(--soft)}
ul{list-style:none;margin:0;padding:0}li{border-top:1px solid var(--line);padding:.7rem 0}li a{font-weight:600;display:inline-block;padding:.3rem 0}
label{display:block;margin:.9rem 0}
input{display:block;width:100%;font:inherit;color:inherit;background:transparent;border:1px solid var(--line);border-radius:4px;padding:.5rem}
button{font:inherit;padding:.6rem 1.2rem;border:0;border-radius:4px;background:var(--blue);color:var(--on-blue);cursor:pointer}
nav{margin-top:2rem}.problem{border-left:4px solid #d9730d;padding-left:.8rem}
code{font-size:1.4rem;user-select:all}
"""

WORDS: dict[str, tuple[str, str]] = {
    "title": ("Connect a service", "连接服务"),
    "title-one": ("Connect {service}", "连接 {service}"),
    "choose": (
        "Choose where your tasks are. What will be read is said before you give anything.",
        "请选择您的任务所在的服务。在您提供任何信息之前，会先说明将读取什么。",
    ),
    "account": ("What to call the account", "账户名称"),
    "zone": ("Time zone", "时区"),
    "url": ("Address of the server", "服务器地址"),
    "user": ("Your name there", "您在该服务的用户名"),
    "repository": ("Repository (OWNER/NAME), for all of it", "仓库（OWNER/NAME），读取其全部内容时填写"),
    "history_since": ("Read the history since (YYYY-MM-DD)", "读取此日期以来的历史（YYYY-MM-DD）"),
    "flagged_emails": ("Flagged mails are tasks too (true)", "标记的邮件也算任务（true）"),
    "token": ("Token", "令牌"),
    "password": ("Password", "密码"),
    "optional": ("optional", "可不填"),
    "or-sign-in": ("Or sign in there, and type no token", "或在该服务登录，不必填写令牌"),
    "or-token": ("Or type a token, and don't sign in", "或填写令牌，不必登录"),
    "client_id": ("Id of the application you registered there", "您在该服务注册的应用的 ID"),
    "client_secret": ("Its secret", "应用的密钥"),
    "redirect": (
        "The redirect to register for it: {url}",
        "注册时填写的重定向地址：{url}",
    ),
    "go": ("Connect", "连接"),
    "consent": (
        "Consent at {service} itself. It will be asked for: {scopes}. It then brings you back here.",
        "请在 {service} 本站同意授权。请求的权限：{scopes}。之后会自动返回此处。",
    ),
    "consent-link": ("Go to {service}", "前往 {service}"),
    "type-code": (
        "Open this page on any device, type the code, and consent:",
        "在任意设备上打开此页面，输入代码并同意授权：",
    ),
    "scopes": ("It will be asked for: {scopes}", "请求的权限：{scopes}"),
    "not-yet": ("Nobody has consented yet.", "尚未收到授权。"),
    "look": ("I have consented", "我已同意"),
    "connected": (
        "{account} is connected. It is read within the hour.",
        "{account} 已连接，一小时内会开始读取。",
    ),
    "again": ("All services", "所有服务"),
    "other-language": ("中文", "English"),
}


class Entry(NamedTuple):
    """A service to choose: its id, its name, and in one sentence what is read of it."""

    source: str
    service: str
    reads: str


class Field(NamedTuple):
    """Something to type; ``needed`` says whether one must."""

    name: str
    value: str = ""
    needed: bool = False
    secret: bool = False


class Questions(NamedTuple):
    """What is asked of a service, and how else one may connect it, where there is another way."""

    fields: Sequence[Field]
    redirect: str = ""  # to be registered with the application, where one signs in by it
    other: Literal["", "sign-in", "token"] = ""


def say(key: str, language: Language, **params: str) -> str:
    """Words of a key, as HTML."""
    texts = WORDS[key]
    return escape(texts[language == "zh"].format(**params))


def page(body: str, language: Language, *, title: str = "", foot: str = "") -> str:
    """A whole page of these parts; ``title`` is HTML."""
    title = title or say("title", language)
    return (
        f'<!doctype html><html lang="{language}"><meta charset="utf-8"><meta name="viewport" content="width=device-width">'
        f"<title>{title}</title><style>{STYLE}</style><h1>{title}</h1><main>{body}</main><nav>{foot}</nav></html>"
    )


def choice(entries: Sequence[Entry], language: Language) -> str:
    """Which services there are, each with what will be read."""
    rows = "".join(
        f'<li><a href="/connect?source={escape(one.source)}&amp;language={language}">{escape(one.service)}</a>'
        f"<br>{escape(one.reads)}</li>"
        for one in entries
    )
    body = f'<p class="soft">{say("choose", language)}</p><ul>{rows}</ul>'
    other = "en" if language == "zh" else "zh"
    foot = f'<a lang="{other}" href="/connect?language={other}">{say("other-language", language)}</a>'
    return page(body, language, foot=foot)


def form(entry: Entry, hint: str, asked: Questions, language: Language) -> str:
    """What is asked of the person, below what will be read."""
    fields = "".join(_field(one, language) for one in asked.fields)
    if asked.redirect:
        fields += f'<p class="soft">{say("redirect", language, url=asked.redirect)}</p>'
    hidden = f'<input type="hidden" name="source" value="{escape(entry.source)}">'
    body = (
        f'<p>{escape(entry.reads)}</p><p class="soft">{escape(hint)}</p>'
        f'<form method="post" action="/connect?language={language}">{hidden}{fields}'
        f"<p><button>{say('go', language)}</button></p></form>"
    )
    if asked.other:
        where = f"/connect?source={escape(entry.source)}&amp;way={asked.other}&amp;language={language}"
        body += f'<p><a href="{where}">{say(f"or-{asked.other}", language)}</a></p>'
    return page(body, language, title=say("title-one", language, service=entry.service), foot=_back(language))


def _field(one: Field, language: Language) -> str:
    label = say(one.name, language) if one.name in WORDS else escape(one.name)
    label += "" if one.needed else f" <small>({say('optional', language)})</small>"
    name = "token" if one.name == "password" else one.name
    about = f'name="{escape(name)}" type="{"password" if one.secret else "text"}" value="{escape(one.value)}"'
    required = " required" if one.needed else ""
    return f'<label>{label}<input {about} autocomplete="off" spellcheck="false"{required}></label>'


def _back(language: Language) -> str:
    return f'<a href="/connect?language={language}">{say("again", language)}</a>'


def consent(service: str, scopes: Sequence[str], url: str, language: Language) -> str:
    """The way to the service's own page. A link and no redirect: the form may lead nowhere but here."""
    text = say("consent", language, service=service, scopes=", ".join(scopes))
    link = say("consent-link", language, service=service)
    body = f'<p>{text}</p><p><a rel="noreferrer" href="{escape(url)}">{link}</a></p>'
    return page(body, language, title=say("title-one", language, service=service))


def code(
    url: str, typed: str, language: Language, *, scopes: Sequence[str] = (), waiting: bool = False
) -> str:
    """A code to type elsewhere, and a button to say that it was."""
    note = f'<p class="problem">{say("not-yet", language)}</p>' if waiting else ""
    asked = f'<p class="soft">{say("scopes", language, scopes=", ".join(scopes))}</p>' if scopes else ""
    button = f"<button>{say('look', language)}</button>"
    link = f'<p><a rel="noreferrer" target="_blank" href="{escape(url)}">{escape(url)}</a></p>'
    return page(
        f"{note}<p>{say('type-code', language)}</p>{link}<p><code>{escape(typed)}</code></p>{asked}"
        f'<form method="post" action="/connect/look?language={language}">{button}</form>',
        language,
    )


def ended(account: str, language: Language) -> str:
    """It is connected."""
    return page(f"<p>{say('connected', language, account=account)}</p>", language, foot=_back(language))


def failed(text: str, language: Language) -> str:
    """It is not, and why."""
    return page(f'<p class="problem">{escape(text)}</p>', language, foot=_back(language))
