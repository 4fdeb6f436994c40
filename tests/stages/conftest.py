"""A platform for the stages' tests; a file that needs another has its own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.moulds import platform_in
from tests.stages.facts import FEED
from worklens.local.platform import Platform
from worklens.ports import Feed


@pytest.fixture
def platform(tmp_path: Path) -> Iterator[Platform]:
    """A platform that knows the feed."""
    platform = platform_in(tmp_path)
    platform.ports.state.save_feed(Feed(name=FEED, source="wunderlist"))
    yield platform
    platform.close()
