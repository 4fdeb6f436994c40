"""Wunderlist in the battery."""

from __future__ import annotations

from tests.sources.battery import Case
from tests.sources.wunderlist.test_source import assert_true

from worklens.testing.world import World
from worklens.testing.wunderlist import CLIENT, TOKEN, FakeWunderlist

CASE = Case(
    name="wunderlist",
    token=f"{CLIENT}:{TOKEN}",
    secret=TOKEN,
    world=World,
    fake=FakeWunderlist,
    check=lambda follower, fake: assert_true(follower, fake.world),
)
