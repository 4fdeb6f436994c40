"""The whole topology on this machine, started and stopped as one."""

from __future__ import annotations

import os
from collections.abc import Mapping
from contextlib import ExitStack
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from cloud_local import emulators, topology
from cloud_local.emulators import PROJECT, Emulators
from cloud_local.forwarder import Forwarder
from cloud_local.functions import BUCKET, Functions, settings
from cloud_local.processes import Ports, Processes, Show, silent
from cloud_local.pubsub import PubSub
from cloud_local.redelivery import Redelivery
from cloud_local.scheduler import Scheduler
from cloud_local.secrets import SecretManager
from cloud_local.tokens import Signer
from cloud_local.topology import Delivery, Topology

ACCOUNT = f"worklens-delivery@{PROJECT}.iam.gserviceaccount.com"


class Cloud:
    """Emulators, functions, subscriptions, timers. Use it in a ``with``; what it is made of is then at hand."""

    emulators: Emulators
    functions: Functions
    forwarder: Forwarder
    pubsub: PubSub
    scheduler: Scheduler
    environment: dict[str, str]  # to work with it from another process, as the command line does

    def __init__(
        self,
        data: Path,
        *,
        ports: Ports | None = None,
        show: Show = silent,
        delivery: Delivery | None = None,
        started: Emulators | None = None,
        plan: Topology | None = None,
        timers: bool = True,
        more: Mapping[str, str] | None = None,
    ) -> None:
        """``started`` are emulators that run already; without ``timers`` they run only when told to.

        ``delivery``, ``plan`` and ``more`` environment take the place of what the topology says, for tests.
        """
        self.plan = plan or topology.topology()
        self.folder, self._ports, self._show = data, ports or Ports(), show
        self._timers = timers
        self._delivery, self._started, self._more = delivery, started, dict(more or {})

    def __enter__(self) -> Self:
        """Start everything; return when all of it answers."""
        with ExitStack() as stack:
            processes = stack.enter_context(Processes(self.folder / "logs", self._show))
            self.emulators = self._started or emulators.start(processes, self._ports, self.folder)
            secrets = stack.enter_context(SecretManager(self._ports.take()))
            os.environ.update(self.emulators.env | secrets.env)  # Google's clients find the emulators there
            self.environment = {**settings(self.plan, self.emulators), **secrets.env, **self._more}
            signer, self.pubsub = Signer(ACCOUNT), PubSub(self.emulators.pubsub)
            redelivery = Redelivery(self._delivery or self.plan.delivery, self.pubsub.publish)
            self.forwarder = stack.enter_context(Forwarder(self._ports.take(), signer, redelivery))
            install(self.environment)
            self.functions = Functions(self.plan, processes, self._ports, self.environment, signer)
            self.functions.start()
            self.forwarder.instances = self.functions.instances()
            self.forwarder.seconds = {name: one.timeout_seconds for name, one in self.plan.functions.items()}
            endpoints = {name: self.forwarder.endpoint(name) for name in self.plan.functions}
            self.pubsub.create(self.plan, endpoints)
            self.scheduler = Scheduler(self.plan.jobs, self._publish)
            if self._timers:
                stack.enter_context(self.scheduler)
            self._stack = stack.pop_all()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Stop everything."""
        self._stack.close()

    def _publish(self, topic: str, data: bytes, attributes: Mapping[str, str]) -> None:
        self.pubsub.publish(self.plan.named(topic), data, attributes)

    def platform(self) -> Any:
        """The platform as the functions see it, for this process."""
        from worklens.google.platform import open_platform
        from worklens.google.settings import settings as read

        return open_platform(read(self.environment))


def install(environment: Mapping[str, str]) -> None:
    """Make the dataset with its tables and views, and the bucket; what Terraform does in the cloud."""
    from worklens.google.platform import open_platform
    from worklens.google.settings import settings as read
    from worklens.google.tables import install as install_tables

    platform = open_platform(read(environment))
    install_tables(platform.clients, platform.ports.clock)
    if platform.clients.storage.lookup_bucket(BUCKET) is None:
        platform.clients.storage.create_bucket(BUCKET)
