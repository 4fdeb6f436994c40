"""Channels: what is sent to a chat and to a mail server on this machine, and what each refusal means."""

from __future__ import annotations

from email import message_from_bytes, policy
from urllib.parse import urlsplit

import msgspec
import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import Envelope

from worklens.stages.channel import Mail, NotTaken, Post, Settings, Unsent, Webhook, read_settings, send
from worklens.tasks import instant
from worklens.testing.postbox import FakeChat, Postbox
from worklens.testing.server import DROPPED, Fault, Reply, too_many

POST = Post(
    "k1",
    instant("2026-03-02T06:00:00Z").micros,
    "Your week: 3 done",
    "Three “things”.\n.\nDone.\n",
    "<p>Three</p>",
)


def mail_to(box: Postbox, port: int = 0, **more: object) -> Mail:
    """A mailbox on this machine."""
    about = {"host": "127.0.0.1", "port": port or box.port, "security": "none", "sender": "w@example.org"}
    return msgspec.convert(
        {"to": "mail", **about, "recipients": ["me@example.org", "you@example.org"], **more}, Mail
    )


# ----- Sending -----


def test_a_chat_gets_text_in_the_field_it_reads() -> None:
    """One POST of JSON, with a key by which the same digest can be told."""
    with FakeChat() as chat:
        send(POST, Webhook(f"{chat.url}/hook/1"))
        send(POST, Webhook(f"{chat.url}/hook/2", field="content"))

        assert chat.posted == [
            {"text": f"{POST.subject}\n\n{POST.plain}"},
            {"content": f"{POST.subject}\n\n{POST.plain}"},
        ]
        assert [call.headers["idempotency-key"] for call in chat.calls] == ["k1", "k1"]


def test_a_mail_holds_text_and_html() -> None:
    """For everyone named, dated at its hour, and lines of a single dot survive the way."""
    with Postbox() as box:
        send(POST, mail_to(box))
        (mail,) = box.mails

    assert (mail["Subject"], mail["From"], mail["To"]) == (
        POST.subject,
        "w@example.org",
        "me@example.org, you@example.org",
    )
    assert mail["Date"].datetime == instant("2026-03-02T06:00:00Z").datetime
    body, beside = mail.get_body(("plain",)), mail.get_body(("html",))
    assert body is not None
    assert beside is not None
    assert body.get_content().replace("\r\n", "\n") == POST.plain
    assert "<p>Three</p>" in beside.get_content()


def test_the_same_digest_has_the_same_message_id() -> None:
    """By which a mailbox can drop the second."""
    with Postbox() as box:
        send(POST, mail_to(box))
        send(POST, mail_to(box))
        first, second = box.mails

    assert first["Message-ID"] == second["Message-ID"]
    assert "k1" in first["Message-ID"]


def test_a_server_that_others_wrote_takes_it() -> None:
    """aiosmtpd: the envelope is as the settings say, and the mail comes out whole."""
    taken: list[Envelope] = []

    class Keeping:
        async def handle_DATA(self, server: object, session: object, envelope: Envelope) -> str:  # noqa: N802 - its name for it
            taken.append(envelope)
            return "250 kept"

    with FakeChat() as chat:
        port = urlsplit(chat.url).port or 0  # free once that is closed
    server = Controller(Keeping(), hostname="127.0.0.1", port=port)
    server.start()
    try:
        people = ("me@example.org", "you@example.org")
        send(POST, Mail("127.0.0.1", "w@example.org", people, port, "none"))
    finally:
        server.stop()
    (envelope,) = taken
    content = envelope.content
    assert isinstance(content, bytes)
    body = message_from_bytes(content, policy=policy.default).get_body(("plain",))

    assert (envelope.mail_from, envelope.rcpt_tos) == ("w@example.org", list(people))
    assert body is not None
    assert body.get_content().replace("\r\n", "\n") == POST.plain


# ----- Refusals -----


@pytest.mark.parametrize("fault", [Fault(reply=Reply(status=500)), too_many(), DROPPED])
def test_what_may_pass_is_tried_again(fault: Fault) -> None:
    """By whoever asked: the chat is out of order, busy, or hangs up."""
    with FakeChat() as chat:
        chat.fail(fault)
        with pytest.raises(Unsent):
            send(POST, Webhook(chat.url))
        send(POST, Webhook(chat.url))


@pytest.mark.parametrize("status", [301, 307, 400, 404, 410])
def test_what_will_not_pass_is_said(status: int) -> None:
    """The hook is gone, or points elsewhere, where nothing of ours is sent."""
    with FakeChat() as chat, FakeChat() as other:
        chat.fail(Fault(reply=Reply(status=status, headers={"Location": f"{other.url}/x"})))
        with pytest.raises(NotTaken, match=str(status)):
            send(POST, Webhook(f"{chat.url}/secret-hook"))

        assert other.calls == []


@pytest.mark.parametrize(
    ("command", "reply", "error"),
    [
        ("RCPT", "450 mailbox busy", Unsent),
        ("RCPT", "550 no such user", NotTaken),
        ("MAIL", "421 closing", Unsent),
        (".", "554 looks like spam", NotTaken),
    ],
)
def test_a_mail_servers_no(command: str, reply: str, error: type[Exception]) -> None:
    """From 500 on for good, below for now."""
    with Postbox() as box:
        box.replies[command] = reply
        with pytest.raises(error, match=reply[:3]):
            send(POST, mail_to(box))


def test_nobody_there() -> None:
    """Neither at the chat's address nor at the mail server's."""
    with Postbox() as box:
        port = box.port
    with pytest.raises(Unsent):
        send(POST, mail_to(box, port))
    with pytest.raises(Unsent):
        send(POST, Webhook(f"http://127.0.0.1:{port}/secret"))


def test_no_encryption_where_it_was_asked_for() -> None:
    """A server without STARTTLS gets neither password nor mail."""
    with Postbox() as box:
        with pytest.raises(NotTaken):
            send(POST, mail_to(box, security="starttls", user="me", password="secret"))

        assert box.mails == []


# ----- Settings -----


def test_settings_are_read() -> None:
    """A channel of one kind, and what everyone has where nothing is said."""
    assert read_settings(" \n") == Settings()
    text = (
        '{"channel": {"to": "webhook", "url": "https://chat.example/1"}, "language": "zh", "titles": false}'
    )
    assert read_settings(text) == Settings(Webhook("https://chat.example/1"), "zh", titles=False)
    mail = '{"channel": {"to": "mail", "host": "m", "sender": "a@b", "recipients": ["c@d"]}}'
    assert read_settings(mail).channel == Mail("m", "a@b", ("c@d",))


@pytest.mark.parametrize(
    "text",
    [
        "{",
        '{"chanel": null}',
        '{"channel": {"to": "pigeon"}}',
        '{"channel": {"to": "webhook", "url": "http://chat.example/sesame"}}',
        '{"channel": {"to": "webhook", "url": "file:///sesame"}}',
        '{"channel": {"to": "mail", "host": "m", "sender": "a@b", "recipients": ["c@d"], "security": "none"}}',
        '{"channel": {"to": "mail", "host": "m", "sender": "a@b", "recipients": []}}',
        '{"channel": {"to": "mail", "host": "m", "sender": "a@b", "recipients": ["c@d\\r\\nBcc: sesame@x"]}}',
        '{"channel": {"to": "webhook", "url": ["sesame"]}}',
    ],
)
def test_settings_that_can_not_be_used_are_said_without_telling_them(text: str) -> None:
    """Misspelt, unencrypted, of no use: the complaint holds no address."""
    with pytest.raises(NotTaken) as caught:
        read_settings(text)

    assert "sesame" not in str(caught.value)
