"""A Secret Manager that keeps its secrets in memory: there is no emulator of it. It knows the calls that we make."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Lock
from types import TracebackType
from typing import Any, Self

import grpc
from google.cloud.secretmanager_v1.types import resources, service

SERVICE = "google.cloud.secretmanager.v1.SecretManagerService"
ENABLED = resources.SecretVersion.State.ENABLED
DESTROYED = resources.SecretVersion.State.DESTROYED


class SecretManager:
    """Listens on a port of its own. Use it in a ``with``."""

    def __init__(self, port: int) -> None:
        """Nothing is kept yet."""
        self.port = port
        self._secrets: dict[str, list[bytes | None]] = {}  # versions from 1; None: destroyed
        self._lock = Lock()

    @property
    def address(self) -> str:
        """Where it listens."""
        return f"127.0.0.1:{self.port}"

    @property
    def env(self) -> dict[str, str]:
        """What our own client reads."""
        return {"SECRET_MANAGER_EMULATOR_HOST": self.address}

    def __enter__(self) -> Self:
        """Listen."""
        self._server = grpc.server(ThreadPoolExecutor(4))
        methods = {name: _handler(*method) for name, method in self._methods().items()}
        self._server.add_generic_rpc_handlers((grpc.method_handlers_generic_handler(SERVICE, methods),))
        self._server.add_insecure_port(self.address)
        self._server.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Forget everything."""
        self._server.stop(None).wait()

    def _methods(self) -> dict[str, tuple[Callable[[Any, Any], Any], Any]]:
        return {
            "CreateSecret": (self._create, service.CreateSecretRequest),
            "AddSecretVersion": (self._add, service.AddSecretVersionRequest),
            "AccessSecretVersion": (self._access, service.AccessSecretVersionRequest),
            "ListSecretVersions": (self._list, service.ListSecretVersionsRequest),
            "DestroySecretVersion": (self._destroy, service.DestroySecretVersionRequest),
            "DeleteSecret": (self._delete, service.DeleteSecretRequest),
        }

    def _create(self, request: Any, context: Any) -> Any:
        name = f"{request.parent}/secrets/{request.secret_id}"
        with self._lock:
            if name in self._secrets:
                context.abort(grpc.StatusCode.ALREADY_EXISTS, name)
            self._secrets[name] = []
        return resources.Secret(name=name)

    def _add(self, request: Any, context: Any) -> Any:
        with self._lock:
            versions = self._of(request.parent, context)
            versions.append(bytes(request.payload.data))
            return _version(request.parent, len(versions), ENABLED)

    def _access(self, request: Any, context: Any) -> Any:
        name, _, number = request.name.rpartition("/versions/")
        with self._lock:
            versions = self._of(name, context)
            if not versions:
                context.abort(grpc.StatusCode.NOT_FOUND, request.name)
            index = len(versions) if number == "latest" else int(number)
            content = versions[index - 1]
        if content is None:
            context.abort(grpc.StatusCode.FAILED_PRECONDITION, "it is destroyed")
        return service.AccessSecretVersionResponse(
            name=f"{name}/versions/{index}", payload=resources.SecretPayload(data=content)
        )

    def _list(self, request: Any, context: Any) -> Any:
        with self._lock:
            versions = list(enumerate(self._of(request.parent, context), start=1))
        found = [_version(request.parent, n, DESTROYED if v is None else ENABLED) for n, v in versions]
        return service.ListSecretVersionsResponse(versions=found[::-1], total_size=len(found))

    def _destroy(self, request: Any, context: Any) -> Any:
        name, _, number = request.name.rpartition("/versions/")
        with self._lock:
            self._of(name, context)[int(number) - 1] = None
        return _version(name, int(number), DESTROYED)

    def _delete(self, request: Any, context: Any) -> Any:
        from google.protobuf.empty_pb2 import Empty

        with self._lock:
            self._of(request.name, context)
            del self._secrets[request.name]
        return Empty()

    def _of(self, name: str, context: Any) -> list[bytes | None]:
        if name not in self._secrets:
            context.abort(grpc.StatusCode.NOT_FOUND, name)
        return self._secrets[name]


def _version(name: str, number: int, state: Any) -> Any:
    return resources.SecretVersion(name=f"{name}/versions/{number}", state=state)


def _handler(method: Callable[[Any, Any], Any], request: Any) -> Any:
    return grpc.unary_unary_rpc_method_handler(
        method,
        request_deserializer=request.deserialize,
        response_serializer=lambda answer: (
            answer.SerializeToString()
            if hasattr(answer, "SerializeToString")
            else type(answer).serialize(answer)
        ),
    )
