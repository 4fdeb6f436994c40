"""The emulators, started once for the whole session; where one is missing, its tests are skipped with the reason.

With CI set to true nothing is skipped: what is missing is a failure.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace

from cloud_local import emulators as services
from cloud_local.cloud import Cloud
from cloud_local.processes import Ports, Processes
from cloud_local.sdk import Missing
from cloud_local.topology import topology
from tests.emulators.watching import Watch

PORTS = 100  # more than one worker ever takes


def pytest_report_header() -> list[str]:
    """The versions stand in the log of every run."""
    try:
        versions = services.versions()
    except Missing as missing:
        return [f"emulators: {missing}"]
    return [f"emulators: {', '.join(f'{name} {version}' for name, version in versions.items())}"]


def missing(reason: str) -> None:
    """Skip with the reason; in CI fail with it."""
    if os.environ.get("CI") == "true":
        pytest.fail(f"{reason} (with CI=true nothing is skipped)", pytrace=False)
    pytest.skip(reason)


def first_port() -> int | None:
    """Where to look for free ports: WORKLENS_TEST_PORT, else wherever the system gives them; each worker elsewhere."""
    named = os.environ.get("WORKLENS_TEST_PORT")
    worker = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))
    return int(named) + worker * PORTS if named else None


@pytest.fixture(scope="session")
def free_ports() -> Ports:
    """Ports for whoever needs one."""
    return Ports(first_port())


@pytest.fixture(scope="session")
def emulators(tmp_path_factory: pytest.TempPathFactory, free_ports: Ports) -> Iterator[services.Emulators]:
    """All four, with nothing in them; tests keep apart by names of their own (datasets, buckets, projects)."""
    folder: Path = tmp_path_factory.mktemp("emulators")
    with Processes(folder / "logs") as processes:
        try:
            started = services.start(processes, free_ports, folder)
        except Missing as error:
            missing(str(error))
            raise
        yield started


@pytest.fixture(scope="session")
def cloud(request: pytest.FixtureRequest) -> Iterator[None]:
    """The environment in which Google's clients speak to the emulators: those that it already names, or our own."""
    if "PUBSUB_EMULATOR_HOST" in os.environ:
        yield
        return
    with pytest.MonkeyPatch.context() as patch:
        for name, value in request.getfixturevalue("emulators").env.items():
            patch.setenv(name, value)
        yield


@pytest.fixture(scope="session")
def deployed(
    emulators: services.Emulators, free_ports: Ports, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Cloud]:
    """The whole topology, its functions as processes; what fails comes again after a second."""
    folder = tmp_path_factory.mktemp("cloud")
    quick = replace(topology().delivery, minimum_backoff_seconds=1, maximum_backoff_seconds=2)
    small = {"WORKLENS_BATCH_RECORDS": "50"}  # many messages from few tasks
    with Cloud(
        folder, ports=free_ports, delivery=quick, started=emulators, more=small, timers=False
    ) as started:
        yield started


@pytest.fixture
def watch(deployed: Cloud) -> Iterator[Watch]:
    """Every push is seen; nothing is on its way before the test, nor after it."""
    watch = Watch(deployed)
    yield watch
    watch.down.clear()
    watch.rest()
