"""What is installed is held against advisories, by pip-audit itself; only the service of advisories is played."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from deploy import advisories
from worklens.testing.server import Call, FakeService, Reply, json_reply

LOCK = f"msgspec==0.19.0 --hash=sha256:{'0' * 64}\nrequests==2.32.0 --hash=sha256:{'1' * 64}\n"
NOTICE = {"id": "PYSEC-2026-1", "summary": "a planted one", "affected": []}


class Osv(FakeService):
    """Knows an advisory on one package, or on none."""

    bad = ""

    def answer(self, call: Call) -> Reply:
        """The advisories on the package that is asked of."""
        package = msgspec.json.decode(call.body).get("package", {}).get("name", "")
        return json_reply({"vulns": [NOTICE]} if package and package == self.bad else {})


@pytest.fixture
def osv(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Osv]:
    """A service; nothing that another one said is remembered."""
    monkeypatch.setenv("PIP_CACHE_DIR", str(tmp_path / "cache"))
    monkeypatch.setenv("HOME", str(tmp_path))
    with Osv() as service:
        yield service


@pytest.fixture
def lock(tmp_path: Path) -> str:
    """Two packages."""
    (tmp_path / "lock.txt").write_text(LOCK)
    return str(tmp_path / "lock.txt")


@pytest.mark.parametrize(("bad", "status"), [("", 0), ("requests", 1)])
def test_an_advisory_is_a_failure(
    osv: Osv, lock: str, bad: str, status: int, capfd: pytest.CaptureFixture[str]
) -> None:
    """Named, with the package; without one all is well, each package asked of."""
    osv.bad = bad

    assert advisories.main(["--service", osv.url, lock]) == status
    asked = {msgspec.json.decode(call.body).get("package", {}).get("name", "") for call in osv.calls}
    assert asked == {"", "msgspec", "requests"}
    assert ("PYSEC-2026-1" in capfd.readouterr().out) == bool(bad)


def test_a_service_that_does_not_answer_is_said(lock: str, capsys: pytest.CaptureFixture[str]) -> None:
    """It passes for no clean bill; whoever wants can have it fail."""
    nowhere = ["--service", "http://127.0.0.1:1/", lock]

    assert advisories.main(nowhere) == 0
    assert "Not asked" in capsys.readouterr().out
    assert advisories.main(["--required", *nowhere]) == 2


def test_all_that_is_deployed_is_asked_of() -> None:
    """Each function's lock."""
    names = {path.parent.name for path in advisories.locks()}

    assert {"fetch", "transform", "score", "learn", "report"} <= names
