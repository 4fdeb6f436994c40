"""The emulators of the four services: Pub/Sub, Datastore, BigQuery and Cloud Storage, each a process of its own.

Google ships the first two with its Cloud SDK; the others are Python packages in ``.venv-emulators``.
"""

from __future__ import annotations

import urllib.error
import urllib.request
from collections.abc import Mapping
from http import HTTPStatus
from pathlib import Path
from typing import NamedTuple

import msgspec

from cloud_local import sdk
from cloud_local.processes import Ports, Process, Processes

REPOSITORY = Path(__file__).resolve().parent.parent
VENV = REPOSITORY / ".venv-emulators"
PROJECT = "local-dev"
LEAN_JAVA = ("-Xmx512m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1")  # these start soonest and take least
LOGS = Path(__file__).with_name("logging.properties")  # else each push that fails is a page of its log
QUICK = 2.0  # seconds an answer may take before we look again


class Emulators(NamedTuple):
    """Where they listen, and what they are."""

    pubsub: str  # host:port
    datastore: str  # host:port
    bigquery: str  # http://host:port
    storage: str  # http://host:port
    versions: Mapping[str, str]
    logs: Path

    @property
    def env(self) -> dict[str, str]:
        """What Google's own clients read; then they need no credentials."""
        return {
            "GOOGLE_CLOUD_PROJECT": PROJECT,
            "PUBSUB_EMULATOR_HOST": self.pubsub,
            "DATASTORE_EMULATOR_HOST": self.datastore,
            "DATASTORE_PROJECT_ID": PROJECT,
            "BIGQUERY_EMULATOR_HOST": self.bigquery,
            "STORAGE_EMULATOR_HOST": self.storage,
        }


def start(processes: Processes, ports: Ports, data: Path) -> Emulators:
    """Start all four at once and return when each answers; ``data`` is theirs. Raises Missing and DidNotStart."""
    commands = {"pubsub": _pubsub, "datastore": _datastore, "bigquery": _bigquery, "storage": _storage}
    at = {name: ports.take() for name in commands}
    extra = {"bigquery": {"HOME": str(VENV / "home")}}
    lines = {name: command(at[name], ports, data) for name, command in commands.items()}
    started = {name: processes.start(name, line, extra.get(name)) for name, line in lines.items()}
    for name, process in started.items():
        _wait(name, process, at[name])
    address = {name: f"127.0.0.1:{port}" for name, port in at.items()}
    return Emulators(
        pubsub=address["pubsub"],
        datastore=address["datastore"],
        bigquery=f"http://{address['bigquery']}",
        storage=f"http://{address['storage']}",
        versions=versions(),
        logs=processes.folder,
    )


def _pubsub(port: int, ports: Ports, data: Path) -> list[str]:
    jar = sdk.jar("pubsub-emulator", "lib/cloud-pubsub-emulator-*-all.jar")
    logs = f"-Djava.util.logging.config.file={LOGS}"
    return [sdk.java(), *LEAN_JAVA, logs, "-jar", str(jar), "--host=127.0.0.1", f"--port={port}"]


def _datastore(port: int, ports: Ports, data: Path) -> list[str]:
    """The older emulator: it aborts the second of two transactions at once, as Datastore does; memory only."""
    jar = sdk.jar("cloud-datastore-emulator", "CloudDatastore.jar")
    main = "com.google.cloud.datastore.emulator.CloudDatastore"
    where = ["--host=127.0.0.1", f"--port={port}"]
    return [sdk.java(), *LEAN_JAVA, "-cp", str(jar), main, "start", *where, "--testing"]


def _bigquery(port: int, ports: Ports, data: Path) -> list[str]:
    where = ["--host", "127.0.0.1", "--port", str(port), "--grpc-port", str(ports.take())]
    folder = data / "bigquery"
    folder.mkdir(parents=True, exist_ok=True)
    return [_tool("local-bigquery"), *where, "--project", PROJECT, "--data-dir", str(folder)]


def _storage(port: int, ports: Ports, data: Path) -> list[str]:
    return [_tool("gcp-storage-emulator"), "start", "--host=127.0.0.1", f"--port={port}", "--in-memory"]


def _tool(name: str) -> str:
    if not (VENV / ".ready").exists():
        raise sdk.Missing("The emulators of BigQuery and Cloud Storage are not installed: make emulators")
    return str(VENV / "bin" / name)


def _wait(name: str, process: Process, port: int) -> None:
    if name == "bigquery":  # it opens its store at the first query, which takes seconds
        query = msgspec.json.encode({"query": "SELECT 1", "useLegacySql": False})
        url = f"http://127.0.0.1:{port}/bigquery/v2/projects/{PROJECT}/queries"
        process.wait_until(lambda: answers(url, query, seconds=30.0))
    else:
        process.wait_until(lambda: answers(f"http://127.0.0.1:{port}/"))


def answers(url: str, body: bytes | None = None, *, seconds: float = QUICK) -> bool:
    """Whether something there answers, and not that it is broken."""
    headers = {"Content-Type": "application/json"} if body else {}
    try:
        with urllib.request.urlopen(
            urllib.request.Request(url, body, headers),
            timeout=seconds,
        ):
            return True
    except urllib.error.HTTPError as error:
        with error:
            return error.code < HTTPStatus.INTERNAL_SERVER_ERROR and body is None
    except OSError:
        return False


def versions() -> dict[str, str]:
    """Each emulator's version."""
    return {
        "pubsub-emulator": sdk.version("pubsub-emulator"),
        "cloud-datastore-emulator": sdk.version("cloud-datastore-emulator"),
        "local-bigquery": _installed("local_bigquery"),
        "gcp-storage-emulator": _installed("gcp_storage_emulator"),
    }


def _installed(package: str) -> str:
    records = list(VENV.glob(f"lib/python3.*/site-packages/{package}-*.dist-info"))
    return records[0].name.removesuffix(".dist-info").rpartition("-")[2] if records else "unknown"
