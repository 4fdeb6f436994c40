"""Two people's accounts on one platform, each with titles that must never be seen beside the other's."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec
import pytest

from tests.pipeline.chaos import calm
from tests.pipeline.test_effect_once import backup, task
from worklens.local.platform import Platform
from worklens.stages.intake import Intake, request_import
from worklens.stages.pages.router import Site
from worklens.stages.pages.visit import Answer, Visit
from worklens.tasks import instant
from worklens.testing.clock import Clock

BASE = "http://127.0.0.1:8787"
PEOPLE = {"wunderlist:ann": "canary-ann", "wunderlist:bob": "canary-bob"}
DONE = {"completed_at": "2017-01-05T09:30:00.000Z"}


@pytest.fixture(scope="package")
def platform(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Platform]:
    """Ann's and Bob's backups, taken in."""
    chaos = calm(tmp_path_factory.mktemp("pages"), Clock())
    for number, (feed, title) in enumerate(PEOPLE.items()):
        rows = [
            task(
                n + 1_000 * number,
                title=f"{title} <b>&{n if n <= 30 else 'invoice'}",
                **(DONE if n % 2 else {}),
            )
            for n in range(1, 41)
        ]
        about = {"name": "b.json", "content": backup(*rows), "feed": feed, "source": "wunderlist"}
        seen = instant("2017-01-13T00:00:00Z").micros
        request_import(Intake(**about, zone="Europe/Berlin", seen_at=seen), chaos.platform.ports)  # type: ignore[arg-type]
        chaos.run()
    yield chaos.platform
    chaos.platform.close()


class Reader:
    """Asks a site, and reads what it answers."""

    def __init__(self, site: Site) -> None:
        self.site = site

    def __call__(self, path: str, method: str = "GET", **about: dict[str, str]) -> Answer:
        """The answer to a request; ``about`` are query, form, cookies and headers."""
        return self.site.respond(Visit(method, path, BASE, **about))

    def text(self, path: str, **query: str) -> str:
        """The body of a page that is there."""
        body, status, _ = self(path, query=query)
        assert status == 200, body
        return body if isinstance(body, str) else body.decode()

    def json(self, path: str, **query: str) -> dict[str, object]:
        """The same as plain data."""
        found: dict[str, object] = msgspec.json.decode(self.text(path, **query))
        return found


@pytest.fixture(scope="package")
def reader(platform: Platform) -> Reader:
    """Whoever may see everything."""
    return Reader(Site(platform.ports, version=lambda: 1))
