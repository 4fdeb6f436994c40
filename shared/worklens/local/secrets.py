"""Tokens in the system's keyring, or in a file of mode 0600 where there is none."""

from __future__ import annotations

import os
from functools import cached_property
from pathlib import Path

import msgspec


class KeyringSecrets:
    """The system's keyring; each data directory is a service of its own there."""

    def __init__(self, root: Path) -> None:
        """``root`` is the data directory."""
        self.service = f"worklens {root}"

    def get(self, feed: str) -> str | None:
        """The token, or None."""
        import keyring

        return keyring.get_password(self.service, feed)

    def put(self, feed: str, token: str) -> None:
        """Keep the token."""
        import keyring

        keyring.set_password(self.service, feed, token)

    def delete(self, feed: str) -> None:
        """Forget the token, if there is one."""
        import keyring

        if keyring.get_password(self.service, feed) is not None:
            keyring.delete_password(self.service, feed)


class FileSecrets:
    """A JSON file that only its owner can read."""

    def __init__(self, path: Path) -> None:
        """``path`` is made with the first token."""
        self.path = path

    def get(self, feed: str) -> str | None:
        """The token, or None."""
        return self._all().get(feed)

    def put(self, feed: str, token: str) -> None:
        """Keep the token."""
        self._write(self._all() | {feed: token})

    def delete(self, feed: str) -> None:
        """Forget the token, if there is one."""
        kept = {name: token for name, token in self._all().items() if name != feed}
        if self.path.exists():
            self._write(kept)

    def _all(self) -> dict[str, str]:
        if not self.path.exists():
            return {}
        return msgspec.json.decode(self.path.read_bytes(), type=dict[str, str])

    def _write(self, tokens: dict[str, str]) -> None:
        beside = self.path.with_suffix(".part")
        descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(msgspec.json.encode(tokens))
        beside.replace(self.path)


class LocalSecrets:
    """The one of the two that works here, found when it is first needed: most commands need no token."""

    def __init__(self, path: Path) -> None:
        """``path`` is where the file is, or would be."""
        self.path = path

    @cached_property
    def kept(self) -> KeyringSecrets | FileSecrets:
        """The system's keyring where it works; WORKLENS_SECRETS=file asks for the file."""
        if os.environ.get("WORKLENS_SECRETS") == "file" or not _keyring_works():
            return FileSecrets(self.path)
        return KeyringSecrets(self.path.parent)

    def get(self, feed: str) -> str | None:
        """The token, or None."""
        return self.kept.get(feed)

    def put(self, feed: str, token: str) -> None:
        """Keep the token."""
        self.kept.put(feed, token)

    def delete(self, feed: str) -> None:
        """Forget the token, if there is one."""
        self.kept.delete(feed)


def _keyring_works() -> bool:
    import keyring
    from keyring.backends import fail

    return not isinstance(keyring.get_keyring(), fail.Keyring)
