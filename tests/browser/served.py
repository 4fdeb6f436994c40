"""The made-up person's two years on a platform of their own, and their pages served on this machine."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.pipeline.chaos import calm

from worklens.cli.local_desk import LocalDesk
from worklens.cli.tending import tending
from worklens.cli.voice import Voice
from worklens.local.platform import Platform
from worklens.local.serve import Request, Server
from worklens.render.runtime import bundle
from worklens.sample import generate
from worklens.sample.timeline import ZONE
from worklens.stages.intake import Intake, request_import
from worklens.stages.pages.limits import Limit
from worklens.stages.pages.router import Site
from worklens.stages.pages.visit import Answer, Visit
from worklens.tasks import micros
from worklens.testing.clock import Clock

FEED = "wunderlist:demo"


@contextmanager
def taken_in(root: Path) -> Iterator[Platform]:
    """The last export, read, scored and forecast."""
    export = next(one for one in generate(count=1).exports if one.name.startswith("wunderlist"))
    chaos = calm(root, Clock(micros(export.at)), reckons=True)
    request_import(
        Intake(
            name=export.name, content=export.data, feed=FEED, source="wunderlist", zone=ZONE.key,
            seen_at=micros(export.at),
        ),
        chaos.platform.ports,
    )  # fmt: skip
    chaos.run()
    yield chaos.platform
    chaos.platform.close()


@contextmanager
def served(root: Path, limit: Limit | None = None) -> Iterator[str]:
    """The pages' address; raises where a request failed on our side. ``limit`` in the place of the usual one."""
    with taken_in(root) as platform:
        site = Site(
            platform.ports,
            runtime=bundle,
            version=lambda: platform.state.count("warehouse"),
            limit=limit or Limit(),
            tending=tending(LocalDesk(root, platform), Voice()),
        )
        with shown(site, platform) as address:
            yield address


@contextmanager
def shown(site: Site, platform: Platform) -> Iterator[str]:
    """A site's address while it is served; raises where a request failed on our side."""
    failed: list[Exception] = []

    def respond(request: Request) -> Answer:
        try:
            return site.respond(Visit(**request._asdict()))
        finally:
            platform.database.leave()

    with Server(0) as server:
        thread = threading.Thread(target=server.serve, args=(respond, failed.append))
        thread.start()
        try:
            yield server.url.rstrip("/")
        finally:
            server.shutdown()
            thread.join()
    assert failed == []
