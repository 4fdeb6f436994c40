"""The stand-in for Secret Manager, through Google's own client."""

from __future__ import annotations

from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any, cast

import pytest

from cloud_local.processes import Ports
from cloud_local.secrets import SecretManager
from worklens.google.secrets import CloudSecrets

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


class NoMaker:
    """A client that may make no secret, as fetch may not."""

    def __init__(self, client: Any) -> None:
        self.client = client

    def __getattr__(self, name: str) -> Any:
        if name == "create_secret":
            raise PermissionError(name)
        return getattr(self.client, name)


def test_a_refreshed_token_is_kept_by_who_may_make_no_secret(client: Any) -> None:
    """The newest is given and the ones before it are destroyed; a first token makes its secret."""
    settings = SimpleNamespace(project="p", prefix="worklens")
    owner = CloudSecrets(cast("Any", SimpleNamespace(secrets=client, settings=settings)))
    fetch = CloudSecrets(cast("Any", SimpleNamespace(secrets=NoMaker(client), settings=settings)))
    owner.put("todoist:me", "one")
    for token in ("two", "three"):
        fetch.put("todoist:me", token)

    name = f"projects/p/secrets/{owner._id('todoist:me')}"
    states = [one.state.name for one in client.list_secret_versions(parent=name)]
    assert fetch.get("todoist:me") == "three"
    assert sorted(states) == ["DESTROYED", "DESTROYED", "ENABLED"]
    with pytest.raises(PermissionError):
        fetch.put("todoist:other", "one")


def test_who_may_not_read_is_told_so() -> None:
    """As by a file system, and not in Google's own words."""
    from google.api_core.exceptions import PermissionDenied

    def refuse(**_: Any) -> None:
        raise PermissionDenied("no")

    clients = SimpleNamespace(
        secrets=SimpleNamespace(access_secret_version=refuse),
        settings=SimpleNamespace(project="p", prefix="worklens"),
    )
    with pytest.raises(PermissionError, match="worklens-token-"):
        CloudSecrets(cast("Any", clients)).get("todoist:me")
