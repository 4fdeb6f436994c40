"""TickTick in the battery."""

from __future__ import annotations

from tests.sources.battery import LIMITED, Case
from tests.sources.ticktick.test_source import HABITS, assert_true

from worklens.testing.ticktick import TOKEN, FakeTickTick, TickTickWorld, limited

CASE = Case(
    name="ticktick",
    token=TOKEN,
    world=TickTickWorld,
    fake=FakeTickTick,  # type: ignore[arg-type]
    check=lambda follower, fake: assert_true(follower, fake.world),
    habits=HABITS,
    limited=limited(int(LIMITED)),
)
