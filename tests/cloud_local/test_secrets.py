"""The stand-in for Secret Manager, through Google's own client."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from cloud_local.processes import Ports
from cloud_local.secrets import SecretManager

PARENT = "projects/p"


@pytest.fixture
def client() -> Iterator[Any]:
    """A client of a stand-in of its own."""
    import grpc
    from google.cloud.secretmanager_v1 import SecretManagerServiceClient
    from google.cloud.secretmanager_v1.services.secret_manager_service.transports import (
        SecretManagerServiceGrpcTransport,
    )

    with SecretManager(Ports().take()) as served, grpc.insecure_channel(served.address) as channel:
        yield SecretManagerServiceClient(transport=SecretManagerServiceGrpcTransport(channel=channel))


def test_a_secret_lives_in_versions(client: Any) -> None:
    """The newest is given; a destroyed one is not; a deleted secret is gone."""
    from google.api_core.exceptions import AlreadyExists, FailedPrecondition, NotFound

    name = f"{PARENT}/secrets/token"
    with pytest.raises(NotFound):
        client.access_secret_version(name=f"{name}/versions/latest")
    client.create_secret(parent=PARENT, secret_id="token", secret={"replication": {"automatic": {}}})
    with pytest.raises(AlreadyExists):
        client.create_secret(parent=PARENT, secret_id="token", secret={})
    for content in (b"one", b"two"):
        client.add_secret_version(parent=name, payload={"data": content})
    assert client.access_secret_version(name=f"{name}/versions/latest").payload.data == b"two"

    client.destroy_secret_version(name=f"{name}/versions/1")
    states = {one.name.rpartition("/")[2]: one.state.name for one in client.list_secret_versions(parent=name)}
    assert states == {"1": "DESTROYED", "2": "ENABLED"}
    with pytest.raises(FailedPrecondition):
        client.access_secret_version(name=f"{name}/versions/1")

    client.delete_secret(name=name)
    with pytest.raises(NotFound):
        client.access_secret_version(name=f"{name}/versions/latest")
