"""Runs an unpacked bundle as the cloud does: under functions-framework, with nothing of ours on the path but it."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import sysconfig
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path

from worklens.messages import Message, attributes, encode


def without_site(**more: str) -> dict[str, str]:
    """An environment in which the installed packages can be imported, but nothing that is installed as editable."""
    return {**os.environ, "PYTHONPATH": sysconfig.get_path("purelib"), "PYTHONDONTWRITEBYTECODE": "1", **more}


@contextmanager
def serving(folder: Path, kind: str = "http", **environment: str) -> Iterator[int]:
    """The function in this folder, served; its port."""
    port = free_port()
    command = [sys.executable, "-S", "-m", "functions_framework", "--target=main", f"--signature-type={kind}"]
    with running([*command, "--host=127.0.0.1", f"--port={port}"], folder, without_site(**environment), port):
        yield port


@contextmanager
def running(
    command: Sequence[str | Path], folder: Path, environment: Mapping[str, str], port: int
) -> Iterator[None]:
    """A server, from when it listens on."""
    process = subprocess.Popen(
        command, cwd=folder, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    )
    try:
        _wait_for(port, process)
        yield
    finally:
        process.terminate()
        process.communicate(timeout=20)


def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_for(port: int, process: subprocess.Popen[bytes]) -> None:
    for _ in range(300):
        if process.poll() is not None:
            raise AssertionError(process.communicate()[0].decode())
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise AssertionError("it does not listen after 30 s")


def post_message(port: int, message: Message) -> int:
    """Post the message as a CloudEvent in binary form; the status of the answer."""
    known = attributes(message)
    headers = {f"ce-{name}": value for name, value in known.items() if name != "datacontenttype"}
    connection = HTTPConnection("127.0.0.1", port, timeout=60)
    try:
        body = encode(message)
        connection.request("POST", "/", body, {**headers, "Content-Type": "application/json"})
        return connection.getresponse().status
    finally:
        connection.close()
