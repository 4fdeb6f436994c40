"""Microsoft To Do in the battery."""

from __future__ import annotations

from tests.sources.battery import Case
from tests.sources.microsoft_todo.test_source import HABITS, assert_true

from worklens.testing.microsoft_todo import TOKEN, FakeMicrosoft, ToDoWorld

CASE = Case(
    name="microsoft_todo",
    token=TOKEN,
    world=ToDoWorld,
    fake=FakeMicrosoft,  # type: ignore[arg-type]
    check=lambda follower, fake: assert_true(follower, fake.world),
    habits=HABITS,
)
