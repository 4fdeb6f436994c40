"""Todoist in the battery."""

from __future__ import annotations

from tests.sources.battery import LIMITED, Case
from tests.sources.todoist.test_source import HABITS, assert_true, new_world

from worklens.testing.todoist import TOKEN, FakeTodoist, limited

CASE = Case(
    name="todoist",
    token=TOKEN,
    world=new_world,
    fake=FakeTodoist,
    check=lambda follower, fake: assert_true(follower, fake.world),
    habits=HABITS,
    limited=limited(int(LIMITED)),
)
