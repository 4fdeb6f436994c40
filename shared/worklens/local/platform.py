"""The whole platform in one data directory."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from worklens.local.blobs import FileBlobs
from worklens.local.clock import SystemClock
from worklens.local.database import Database
from worklens.local.paths import Paths, prepare
from worklens.local.queue import LocalQueue
from worklens.local.secrets import LocalSecrets
from worklens.local.state import LocalState
from worklens.local.translated import duckdb_sql
from worklens.local.warehouse import LocalWarehouse
from worklens.ports import Clock, Ports


class Platform(NamedTuple):
    """The ports, and what only the local platform has."""

    ports: Ports
    paths: Paths
    database: Database
    state: LocalState
    queue: LocalQueue
    warehouse: LocalWarehouse
    blobs: FileBlobs

    def close(self) -> None:
        """Close the state file, and end what the warehouse had running."""
        self.warehouse.close()
        self.database.close()


def open_platform(root: Path, clock: Clock | None = None) -> Platform:
    """Open (or make) the data directory."""
    paths = prepare(root)
    database = Database(paths.state, paths.backups)
    state = LocalState(database)
    queue = LocalQueue(database)
    warehouse = LocalWarehouse(paths.warehouse, paths.backups, duckdb_sql, lambda: state.bump("warehouse"))
    blobs = FileBlobs(paths.blobs)
    ports = Ports(state, queue, warehouse, blobs, LocalSecrets(paths.secrets), clock or SystemClock())
    return Platform(ports, paths, database, state, queue, warehouse, blobs)
