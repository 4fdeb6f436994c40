"""A project for deploy.sh: commands that answer as gcloud and Terraform do, a report, and a repository to deploy from."""

from __future__ import annotations

import os
import pty
import shutil
import subprocess
import sys
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pytest

from deploy.functions import ROOT

FAKE = Path(__file__).with_name("cloud.sh")
TOOLS = (
    "bash", "basename", "cat", "curl", "cut", "date", "dirname", "env", "grep", "head", "mktemp", "rm", "sleep", "tee",
    "tr", "make",
)  # fmt: skip
PERSON, ROBOT = "ops@example.org", "robot@my-project.iam.gserviceaccount.com"
PAGE, NOTHING_YET = b"<!doctype html>", b"Nothing was taken in by then that could be shown.\n"


class Report(BaseHTTPRequestHandler):
    """The deployed report: closed to strangers, and in the state the test wants."""

    answers: tuple[int, bytes] = (200, PAGE)
    open_to_all = False
    refusal = 403  # 302 with Identity-Aware Proxy before it

    def do_GET(self) -> None:
        """Answer as Cloud Run and the report would."""
        known = self.headers["Authorization"] == "Bearer identity-token" or self.open_to_all
        status, body = self.answers if known else (self.refusal, b"Forbidden")
        self.send_response(status)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args: object) -> None:
        """Say nothing."""


@dataclass
class Done:
    """How the script ended."""

    status: int
    said: str


class Cloud:
    """A project, the commands that speak to it, and a small repository to deploy from."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.bin, self.repository = folder / "cloud", folder / "bin", folder / "repository"
        self.folder.mkdir()
        self._make_bin()
        self._make_repository()
        self.hold(account=PERSON, project="my-project", billing="True", terraform="1.11.4")

    def _make_bin(self) -> None:
        self.bin.mkdir()
        for name in TOOLS:
            (self.bin / name).symlink_to(shutil.which(name) or pytest.skip(f"no {name} here"))
        (self.bin / "python3.11").symlink_to(sys.executable)
        for name in ("gcloud", "terraform", "bq"):
            (self.bin / name).symlink_to(FAKE)

    def _make_repository(self) -> None:
        for name in ("functions/fetch", "shared/worklens", "terraform"):
            (self.repository / name).mkdir(parents=True)
        (self.repository / "functions/fetch/main.py").write_text("import worklens")
        (self.repository / "shared/worklens/__init__.py").write_text("")
        shutil.copy(ROOT / "deploy.sh", self.repository)
        shutil.copytree(
            ROOT / "deploy", self.repository / "deploy", ignore=shutil.ignore_patterns("__pycache__")
        )

    def hold(self, **files: str) -> None:
        """Set what the fakes answer from."""
        for name, content in files.items():
            (self.folder / name).write_text(content)

    def fail(self, beginning: str, output: str) -> None:
        """Let calls that begin so fail with this output."""
        self.hold(failing=f"{beginning}\n{output}\n")

    def run(self, *args: str, typed: str | None = None, **environment: str) -> Done:
        """Run the script; ``typed`` is what somebody at a terminal answers."""
        environment = {
            "PATH": str(self.bin),
            "FAKE_CLOUD": str(self.folder),
            "HOME": str(self.folder),
            **environment,
        }
        environment |= {"WORKLENS_SMOKE_SECONDS": "0", "WORKLENS_SMOKE_TRIES": "2"}
        input_, ours = _terminal(typed) if typed is not None else (subprocess.DEVNULL, None)
        done = subprocess.run(
            [self.repository / "deploy.sh", *args],
            env=environment, stdin=input_, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, timeout=600,
        )  # fmt: skip
        for end in (input_, ours):
            if end is not None and end >= 0:
                os.close(end)
        return Done(done.returncode, done.stdout)

    def calls(self, beginning: str = "") -> list[str]:
        """The calls that begin so."""
        path = self.folder / "calls"
        lines = path.read_text().splitlines() if path.exists() else []
        return [line for line in lines if line.startswith(beginning)]

    def changes(self) -> list[str]:
        """The calls that change something in the cloud."""
        changing = (
            "terraform apply",
            "terraform destroy",
            "gcloud storage buckets create",
            "gcloud services",
        )
        return [line for line in self.calls() if line.startswith(changing)]


def _terminal(typed: str) -> tuple[int, int]:
    """A terminal at which this was typed: its end for the script, and ours."""
    ours, theirs = pty.openpty()
    os.write(ours, typed.encode())
    return theirs, ours
