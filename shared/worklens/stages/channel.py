"""Where a digest goes: a chat's webhook, or a mail server. Its settings are a secret: an address of a webhook is a key.

Delivery is at least once. A mail carries the same Message-ID each time, by which many mailboxes drop the second; a chat
would show it twice.
"""

from __future__ import annotations

import smtplib
import ssl
from collections.abc import Sequence
from email.message import EmailMessage
from email.utils import format_datetime
from http.client import HTTPException
from typing import Literal
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

import msgspec

from worklens.tasks import Moment

SECRET = "digest"  # noqa: S105 - the name under which the settings are kept, among the tokens
SECONDS = 30.0  # to wait for an answer
LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})
PASSING = frozenset({408, 425, 429})  # statuses that another try may overcome, beside those from 500 on


class Unsent(RuntimeError):
    """It could not be sent now; it may be later. Holds neither address nor text."""


class NotTaken(ValueError):
    """The channel will not take it however often it is tried, or its settings are wrong; says what to look at."""


class Webhook(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag="webhook", tag_field="to"):
    """An HTTPS address that takes JSON with the text in one field, as chats have them."""

    url: str
    field: str = "text"  # Slack, Mattermost, Google Chat; Discord calls it content


class Mail(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag="mail", tag_field="to"):
    """A mail server and the addresses."""

    host: str
    sender: str
    recipients: tuple[str, ...]
    port: int = 587
    security: Literal["starttls", "tls", "none"] = "starttls"
    user: str = ""
    password: str = ""


class Settings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a person chose: channel, language, and whether names of lists may stand in it."""

    channel: Webhook | Mail | None = None
    language: Literal["en", "zh"] = "en"
    titles: bool = True
    report: str = ""  # the report's address, for the link


class Post(msgspec.Struct, frozen=True):
    """What is sent; ``key`` is the same for the same digest."""

    key: str
    at: int  # microseconds
    subject: str
    plain: str
    html: str


def read_settings(text: str) -> Settings:
    """The settings from their JSON; empty text is nobody's. Raises NotTaken, telling the place and none of the values."""
    try:
        settings = msgspec.json.decode(text, type=Settings) if text.strip() else Settings()
    except msgspec.MsgspecError as error:
        raise NotTaken(f"the digest's settings can't be read: {error}") from None
    _check(settings.channel)
    return settings


def _check(channel: Webhook | Mail | None) -> None:
    host, encrypted = "", True
    if isinstance(channel, Webhook):
        parts = urlsplit(channel.url)
        host, encrypted = parts.hostname or "", parts.scheme == "https"
        if not host or parts.scheme not in {"https", "http"}:
            raise NotTaken("channel.url is no https address")
    if isinstance(channel, Mail):
        host, encrypted = channel.host, channel.security != "none"
        if not channel.recipients or any(
            mark in part for part in (channel.sender, *channel.recipients) for mark in "\r\n"
        ):
            raise NotTaken("channel needs recipients, and each address on one line")
    if not encrypted and host not in LOOPBACK:
        raise NotTaken("the channel is not encrypted; use https, starttls or tls")


def send(post: Post, channel: Webhook | Mail) -> None:
    """Send it. Raises Unsent or NotTaken."""
    if isinstance(channel, Webhook):
        _post(post, channel)
    else:
        _mail(post, channel)


# ----- Webhooks -----


class _Stay(HTTPRedirectHandler):
    """Goes nowhere else: what is sent is for the one address."""

    def redirect_request(self, *args: object) -> None:
        """No redirect is followed."""


def _post(post: Post, channel: Webhook) -> None:
    body = msgspec.json.encode({channel.field: f"{post.subject}\n\n{post.plain}"})
    headers = {"Content-Type": "application/json; charset=utf-8", "Idempotency-Key": post.key}
    request = Request(channel.url, body, headers, method="POST")  # noqa: S310 - checked to be http or https
    try:
        with build_opener(_Stay).open(request, timeout=SECONDS):
            return
    except HTTPError as error:
        status = error.code
        error.close()
    except (URLError, HTTPException, OSError) as error:
        raise Unsent(f"the webhook can't be reached ({type(error).__name__})") from None
    if status >= 500 or status in PASSING:
        raise Unsent(f"the webhook answered {status}")
    raise NotTaken(f"the webhook answered {status}; look at its address")


# ----- Mail -----


def _mail(post: Post, channel: Mail) -> None:
    try:
        with _server(channel) as server:
            if channel.security == "starttls":
                server.starttls(context=ssl.create_default_context())
            if channel.user:
                server.login(channel.user, channel.password)
            server.send_message(message(post, channel), channel.sender, list(channel.recipients))
    except (smtplib.SMTPAuthenticationError, smtplib.SMTPNotSupportedError) as error:
        raise NotTaken(f"the mail server refuses the login ({type(error).__name__})") from None
    except smtplib.SMTPRecipientsRefused as error:
        raise _refused([code for code, _ in error.recipients.values()]) from None
    except smtplib.SMTPResponseException as error:
        raise _refused([error.smtp_code]) from None
    except (smtplib.SMTPException, OSError) as error:
        raise Unsent(f"the mail server can't be reached ({type(error).__name__})") from None


def _refused(codes: Sequence[int]) -> Exception:
    """From 500 on for good, below for now (RFC 5321, 4.2.1)."""
    said = ", ".join(map(str, codes))
    if any(code < 500 for code in codes):
        return Unsent(f"the mail server answered {said}")
    return NotTaken(f"the mail server answered {said}; look at the addresses")


def _server(channel: Mail) -> smtplib.SMTP:
    if channel.security == "tls":
        context = ssl.create_default_context()
        return smtplib.SMTP_SSL(channel.host, channel.port, timeout=SECONDS, context=context)
    return smtplib.SMTP(channel.host, channel.port, timeout=SECONDS)


def message(post: Post, channel: Mail) -> EmailMessage:
    """The mail, text first and HTML beside it; equal each time it is made."""
    mail = EmailMessage()
    mail["Subject"] = post.subject
    mail["From"] = channel.sender
    mail["To"] = ", ".join(channel.recipients)
    mail["Date"] = format_datetime(Moment(post.at).datetime)
    mail["Message-ID"] = f"<{post.key}@worklens.invalid>"
    mail["Auto-Submitted"] = "auto-generated"
    mail.set_content(post.plain)
    mail.add_alternative(post.html, subtype="html")
    return mail
