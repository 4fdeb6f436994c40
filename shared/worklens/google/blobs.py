"""Blobs in a bucket of Cloud Storage."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from worklens.google.clients import Clients


class CloudBlobs:
    """Each blob is an object of the bucket."""

    def __init__(self, clients: Clients) -> None:
        """The bucket is the one of the settings."""
        self.clients = clients

    @cached_property
    def bucket(self) -> Any:
        """The bucket; nothing is asked of the service for it."""
        return self.clients.storage.bucket(self.clients.settings.bucket)

    def put(self, name: str, content: bytes) -> None:
        """Store, replacing what was there, all or nothing."""
        self.bucket.blob(name).upload_from_string(content, content_type="application/octet-stream")

    def get(self, name: str) -> bytes:
        """The content; raises KeyError."""
        from google.api_core.exceptions import NotFound

        try:
            content: bytes = self.bucket.blob(name).download_as_bytes()
        except NotFound:
            raise KeyError(name) from None
        return content

    def delete(self, name: str) -> None:
        """Remove it, if it is there."""
        from google.api_core.exceptions import NotFound

        try:
            self.bucket.blob(name).delete()
        except NotFound:
            return

    def names(self, prefix: str = "") -> list[str]:
        """The names that begin so."""
        return sorted(blob.name for blob in self.clients.storage.list_blobs(self.bucket, prefix=prefix))
