"""Tokens in Secret Manager: a secret a feed, of which only the newest version is kept."""

from __future__ import annotations

from errno import EACCES
from hashlib import sha256
from typing import Any

from worklens.google.clients import Clients


class CloudSecrets:
    """The tokens of a deployment, under names that tell nothing of whose they are."""

    def __init__(self, clients: Clients) -> None:
        """Nothing is asked of the service yet."""
        self.clients = clients

    def get(self, feed: str) -> str | None:
        """The token, or None. Raises PermissionError for who may not read it."""
        from google.api_core.exceptions import FailedPrecondition, NotFound, PermissionDenied

        try:
            found = self.clients.secrets.access_secret_version(name=f"{self._path(feed)}/versions/latest")
        except (NotFound, FailedPrecondition):  # never there, or its newest version was destroyed
            return None
        except PermissionDenied:
            raise PermissionError(EACCES, "you may not read this secret", self._id(feed)) from None
        return str(found.payload.data.decode())

    def put(self, feed: str, token: str) -> None:
        """Keep the token; the versions before it are destroyed.

        The secret is made only where it isn't there: fetch, which keeps refreshed tokens, may not make any.
        """
        from google.api_core.exceptions import NotFound

        path, client = self._path(feed), self.clients.secrets
        about = {"parent": path, "payload": {"data": token.encode()}}
        try:
            added = client.add_secret_version(**about)
        except NotFound:
            self._make(feed)
            added = client.add_secret_version(**about)
        for version in client.list_secret_versions(parent=path):
            if version.name != added.name and version.state.name != "DESTROYED":
                client.destroy_secret_version(name=version.name)

    def delete(self, feed: str) -> None:
        """Forget the token, if there is one."""
        from google.api_core.exceptions import NotFound

        try:
            self.clients.secrets.delete_secret(name=self._path(feed))
        except NotFound:
            return

    def _make(self, feed: str) -> None:
        """Make the secret where it isn't there. Raises PermissionError where that is not allowed."""
        from google.api_core.exceptions import AlreadyExists, PermissionDenied

        settings = self.clients.settings
        secret: dict[str, Any] = {"replication": {"automatic": {}}, "labels": {"app": "worklens"}}
        try:
            self.clients.secrets.create_secret(
                parent=f"projects/{settings.project}", secret_id=self._id(feed), secret=secret
            )
        except AlreadyExists:
            return
        except PermissionDenied:
            raise PermissionError(EACCES, "no such secret, and none may be made", self._id(feed)) from None

    def _path(self, feed: str) -> str:
        return f"projects/{self.clients.settings.project}/secrets/{self._id(feed)}"

    def _id(self, feed: str) -> str:
        """By a hash that Terraform knows too: it grants by these names, and may make the entries beforehand."""
        return f"{self.clients.settings.prefix}-token-{sha256(feed.encode()).hexdigest()[:32]}"
