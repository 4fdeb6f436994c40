"""Two places a digest goes to, on this machine: a chat's webhook, and a mail server that takes mail in the clear."""

from __future__ import annotations

from email import message_from_bytes, policy
from email.message import EmailMessage
from socketserver import StreamRequestHandler, ThreadingTCPServer

import msgspec

from worklens.testing.loopback import Loopback
from worklens.testing.server import Call, FakeService, Reply


class FakeChat(FakeService):
    """Takes JSON at any path and keeps it."""

    def answer(self, call: Call) -> Reply:
        """Taken."""
        return Reply(body=b'{"ok":true}')

    @property
    def posted(self) -> list[dict[str, str]]:
        """The bodies that came, those that were then refused too."""
        return [msgspec.json.decode(call.body) for call in self.calls]


class Postbox(Loopback):
    """Speaks as much SMTP (RFC 5321) as a client needs, and keeps what comes. Use it as a context manager."""

    def __init__(self) -> None:
        """Not listening yet."""
        self.mails: list[EmailMessage] = []
        self.replies: dict[
            str, str
        ] = {}  # what to say to a command instead of yes, by its first word: "RCPT": "550 no"

    def listener(self) -> ThreadingTCPServer:
        """A thread a connection."""
        server = ThreadingTCPServer(("127.0.0.1", 0), _session(self))
        server.daemon_threads = True
        return server

    def take(self, content: bytes) -> None:
        """Keep a mail."""
        self.mails.append(message_from_bytes(content, policy=policy.default))


def _session(box: Postbox) -> type[StreamRequestHandler]:
    class Session(StreamRequestHandler):
        def handle(self) -> None:
            self.say("220 postbox")
            while line := self.rfile.readline():
                word = line.decode().split()[0].upper()
                default = {"DATA": "354 go on", "QUIT": "221 bye"}.get(word, "250 yes")
                reply = box.replies.get(word, default)
                self.say(reply)
                if word == "QUIT":
                    return
                if word == "DATA" and reply.startswith("354"):
                    self.take()

        def take(self) -> None:
            lines = iter(self.rfile.readline, b".\r\n")
            box.take(b"".join(line.removeprefix(b".") if line.startswith(b"..") else line for line in lines))
            self.say(box.replies.get(".", "250 kept"))

        def say(self, text: str) -> None:
            self.wfile.write(f"{text}\r\n".encode())

    return Session
