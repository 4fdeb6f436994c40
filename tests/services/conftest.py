"""Real servers, started with nothing in them; where one is missing its tests are skipped with the reason.

With CI set to true nothing is skipped: what is missing is a failure.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from cloud_local.processes import Ports, Processes
from tests.services.dav import Dav, radicale, xandikos

HERE = Path(__file__).resolve().parent.parent.parent
SERVERS = Path(os.environ.get("WORKLENS_SERVICES") or HERE / ".venv-services") / "bin" / "python"
STARTS = {"radicale": radicale, "xandikos": xandikos}


def missing(reason: str) -> None:
    """Skip with the reason; in CI fail with it."""
    if os.environ.get("CI") == "true":
        pytest.fail(f"{reason} (with CI=true nothing is skipped)", pytrace=False)
    pytest.skip(reason)


@pytest.fixture(autouse=True)
def _secrets_in_a_file(monkeypatch: pytest.MonkeyPatch) -> None:
    """No keyring is asked."""
    monkeypatch.setenv("WORKLENS_SECRETS", "file")


@pytest.fixture(params=STARTS)
def dav(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Dav]:
    """Each CalDAV server in its turn, with one empty calendar for to-dos."""
    if not SERVERS.exists():
        missing("no CalDAV servers here: make test-services installs Radicale and Xandikos")
    named = os.environ.get("WORKLENS_TEST_PORT")
    ports = Ports(int(named) if named else None)
    with Processes(tmp_path / "logs") as processes:
        yield STARTS[request.param](SERVERS, processes, ports.take(), tmp_path / "dav")
