"""CalDAV in the battery."""

from __future__ import annotations

from tests.sources.battery import Case
from tests.sources.caldav.test_source import HABITS, assert_true, new_world

from worklens.testing.caldav import TOKEN, FakeCalDav

CASE = Case(
    name="caldav",
    token=TOKEN,
    world=new_world,
    fake=FakeCalDav,
    check=lambda follower, fake: assert_true(follower, fake.world),
    habits=HABITS,
)
