"""Runs an unpacked bundle as the cloud does: under functions-framework, with nothing of ours on the path but it."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import sysconfig
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path

from worklens.messages import Message, attributes, encode


def without_site(**more: str) -> dict[str, str]:
    """An environment in which the installed packages can be imported, but nothing that is installed as editable."""
    return {**os.environ, "PYTHONPATH": sysconfig.get_path("purelib"), "PYTHONDONTWRITEBYTECODE": "1", **more}


@contextmanager
def serving(folder: Path, kind: str = "cloudevent", **environment: str) -> Iterator[int]:
    """The function in this folder, served; its port."""
    port = _free_port()
    command = [sys.executable, "-S", "-m", "functions_framework", "--target=main", f"--signature-type={kind}"]
    command += ["--host=127.0.0.1", f"--port={port}"]
    process = subprocess.Popen(
        command, cwd=folder, env=without_site(**environment), stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    )
    try:
        _wait_for(port, process)
        yield port
    finally:
        process.terminate()
        process.communicate(timeout=20)


def _free_port() -> int:
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
