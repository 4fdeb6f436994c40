"""Where tokens are kept: found when the first is needed, and in a file where there is no keyring."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from worklens.local.secrets import FileSecrets, LocalSecrets


def test_a_token_comes_back_until_it_is_deleted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In a file that is its owner's alone."""
    monkeypatch.setenv("WORKLENS_SECRETS", "file")
    secrets = LocalSecrets(tmp_path / "secrets.json")
    secrets.put("todoist:me", "token")

    assert isinstance(secrets.kept, FileSecrets)
    assert secrets.get("todoist:me") == "token"
    assert (tmp_path / "secrets.json").stat().st_mode & 0o777 == 0o600
    secrets.delete("todoist:me")
    assert secrets.get("todoist:me") is None


def test_opening_a_data_directory_asks_no_keyring(tmp_path: Path) -> None:
    """The keyring is slow to import, and most commands need no token."""
    script = (
        "import sys; from pathlib import Path; from worklens.local.platform import open_platform;"
        "open_platform(Path(sys.argv[1])).close(); sys.exit('keyring' in sys.modules)"
    )

    subprocess.run([sys.executable, "-c", script, str(tmp_path)], check=True)
