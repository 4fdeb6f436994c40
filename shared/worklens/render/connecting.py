"""The pages on which an account is connected to a deployment: a form, a link to consent, a code to type, and how it ended."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from worklens.render.model import Language

POLICY = "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"

WORDS: dict[str, tuple[str, str]] = {
    "title": ("Connect a service", "连接服务"),
    "reads": (
        "Worklens reads your tasks there with their titles, notes, dates and lists, open and completed. It changes nothing.",
        "Worklens 只读取您在该服务中的任务（标题、备注、日期、清单，含已完成的），不会修改任何内容。",
    ),
    "source": ("Service", "服务"),
    "account": ("What to call the account", "账户名称"),
    "zone": ("Time zone", "时区"),
    "url": ("Address, if the service is your own", "地址（自建服务）"),
    "user": ("Your name there, where it asks for one", "您在该服务的用户名（如需要）"),
    "token": ("Token or password", "令牌或密码"),
    "client_id": ("Or sign in: id of the application you registered", "或登录：您注册的应用的 ID"),
    "client_secret": ("Its secret, where the service gives one", "应用的密钥（如有）"),
    "go": ("Connect", "连接"),
    "consent": (
        "Consent at the service itself. It will be asked for: {scopes}. It then brings you back here.",
        "请在该服务本站同意授权。请求的权限：{scopes}。之后会自动返回此处。",
    ),
    "consent-link": ("Go to {service}", "前往 {service}"),
    "type-code": (
        "Open {url}, type {code}, and consent. Then:",
        "打开 {url}，输入 {code} 并同意授权，然后：",
    ),
    "not-yet": ("Nobody has consented yet.", "尚未收到授权。"),
    "look": ("I have consented", "我已同意"),
    "connected": (
        "{account} is connected. It is read within the hour.",
        "{account} 已连接，一小时内会开始读取。",
    ),
    "again": ("Back", "返回"),
}


def say(key: str, language: Language, **params: str) -> str:
    """Words of a key, as HTML."""
    texts = WORDS[key]
    return escape(texts[language == "zh"].format(**params))


def page(body: str, language: Language) -> str:
    """A whole page of these parts."""
    title = say("title", language)
    style = "body{font:16px system-ui;max-width:34rem;margin:2rem auto;padding:0 1rem}label{display:block;margin:.8rem 0}"
    style += "input,select{display:block;width:100%;font:inherit;padding:.3rem}button{font:inherit;padding:.4rem 1rem}"
    return (
        f'<!doctype html><html lang="{language}"><meta charset="utf-8"><meta name="viewport" content="width=device-width">'
        f"<title>{title}</title><style>{style}</style><h1>{title}</h1>{body}</html>"
    )


def form(sources: Sequence[str], zone: str, language: Language) -> str:
    """What is asked of the person."""
    options = "".join(f"<option>{escape(name)}</option>" for name in sources)
    fields = "".join(
        _field(name, value, language)
        for name, value in (("account", "me"), ("zone", zone), ("url", ""), ("user", ""), ("token", ""))
    )
    fields += _field("client_id", "", language) + _field("client_secret", "", language)
    select = f'<label>{say("source", language)}<select name="source">{options}</select></label>'
    button = f"<button>{say('go', language)}</button>"
    return page(
        f'<p>{say("reads", language)}</p><form method="post" action="/connect?language={language}">{select}{fields}{button}</form>',
        language,
    )


def _field(name: str, value: str, language: Language) -> str:
    kind = "password" if name in {"token", "client_secret"} else "text"
    about = f'name="{name}" type="{kind}" value="{escape(value)}" autocomplete="off"'
    return f"<label>{say(name, language)}<input {about}></label>"


def consent(service: str, scopes: Sequence[str], url: str, language: Language) -> str:
    """The way to the service's own page. A link and no redirect: the form may lead nowhere but here."""
    text = say("consent", language, scopes=", ".join(scopes))
    link = say("consent-link", language, service=service)
    return page(f'<p>{text}</p><p><a rel="noreferrer" href="{escape(url)}">{link}</a></p>', language)


def code(url: str, typed: str, language: Language, *, waiting: bool = False) -> str:
    """A code to type elsewhere, and a button to say that it was."""
    note = f"<p>{say('not-yet', language)}</p>" if waiting else ""
    button = f"<button>{say('look', language)}</button>"
    text = say("type-code", language, url=url, code=typed)
    return page(
        f'{note}<p>{text}</p><form method="post" action="/connect/look?language={language}">{button}</form>',
        language,
    )


def ended(account: str, language: Language) -> str:
    """It is connected."""
    return page(f"<p>{say('connected', language, account=account)}</p>", language)


def failed(text: str, language: Language) -> str:
    """It is not, and why."""
    back = f'<a href="/connect?language={language}">{say("again", language)}</a>'
    return page(f"<p>{escape(text)}</p><p>{back}</p>", language)
