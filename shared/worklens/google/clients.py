"""Google's client libraries: each imported and made when it is first asked for, then kept while the process lives.

Where the environment names an emulator, a client speaks to that, without credentials.
"""

from __future__ import annotations

import os
from functools import cached_property
from typing import Any

from worklens.google.settings import Settings


class Clients:
    """The clients of one deployment."""

    def __init__(self, settings: Settings) -> None:
        """Makes none of them yet."""
        self.settings = settings

    @cached_property
    def datastore(self) -> Any:
        """For state. DATASTORE_EMULATOR_HOST is known to the library."""
        from google.cloud.datastore import Client

        return Client(project=self.settings.project, database=self.settings.database or None)

    @cached_property
    def publisher(self) -> Any:
        """For publishing, one request a call and no threads: what is published is stored when the call returns."""
        from google.pubsub_v1 import PublisherClient
        from google.pubsub_v1.services.publisher.transports import PublisherGrpcTransport

        return PublisherClient(**_emulated(PublisherGrpcTransport))

    @cached_property
    def subscriber(self) -> Any:
        """For what lies in the dead-letter subscriptions."""
        from google.pubsub_v1 import SubscriberClient
        from google.pubsub_v1.services.subscriber.transports import SubscriberGrpcTransport

        return SubscriberClient(**_emulated(SubscriberGrpcTransport))

    @cached_property
    def bigquery(self) -> Any:
        """For facts. BIGQUERY_EMULATOR_HOST is known to the library."""
        from google.cloud.bigquery import Client

        return Client(
            project=self.settings.project,
            location=self.settings.location,
            **_anonymous("BIGQUERY_EMULATOR_HOST"),
        )

    @cached_property
    def storage(self) -> Any:
        """For blobs. STORAGE_EMULATOR_HOST is known to the library."""
        from google.cloud.storage import Client

        return Client(project=self.settings.project, **_anonymous("STORAGE_EMULATOR_HOST"))

    @cached_property
    def secrets(self) -> Any:
        """For tokens. There is no emulator of Secret Manager; SECRET_MANAGER_EMULATOR_HOST may name a fake one."""
        from google.cloud.secretmanager_v1 import SecretManagerServiceClient
        from google.cloud.secretmanager_v1.services.secret_manager_service.transports import (
            SecretManagerServiceGrpcTransport,
        )

        return SecretManagerServiceClient(
            **_emulated(SecretManagerServiceGrpcTransport, "SECRET_MANAGER_EMULATOR_HOST")
        )


def _anonymous(variable: str) -> dict[str, Any]:
    """No credentials where an emulator is named."""
    if not os.environ.get(variable):
        return {}
    from google.auth.credentials import AnonymousCredentials

    return {"credentials": AnonymousCredentials()}


def _emulated(transport: Any, variable: str = "PUBSUB_EMULATOR_HOST") -> dict[str, Any]:
    """A channel to the emulator, where one is named."""
    host = os.environ.get(variable)
    if not host:
        return {}
    import grpc

    unbounded = [("grpc.max_receive_message_length", -1), ("grpc.max_send_message_length", -1)]
    return {"transport": transport(channel=grpc.insecure_channel(host, unbounded))}
