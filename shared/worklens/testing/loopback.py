"""A server on this machine that listens while a ``with`` lasts, in a thread of its own."""

from __future__ import annotations

from abc import ABC, abstractmethod
from socketserver import TCPServer
from threading import Thread
from types import TracebackType
from typing import Self


class Loopback(ABC):
    """What every such server shares: its port, and how it begins and ends. Use it as a context manager."""

    @abstractmethod
    def listener(self) -> TCPServer:
        """The server, bound to the loopback interface; unless there is a reason, at a port of the system's choice."""

    @property
    def port(self) -> int:
        """Where it listens, on the loopback interface."""
        return int(self._server.server_address[1])

    def __enter__(self) -> Self:
        """Listen."""
        self._server = self.listener()
        self._thread = Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Listen no more."""
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()
