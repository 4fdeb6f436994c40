"""Google Tasks in the battery."""

from __future__ import annotations

from tests.sources.battery import LIMITED, Case
from tests.sources.google_tasks.test_source import HABITS, assert_true, new_world

from worklens.testing.google_tasks import TOKEN, FakeGoogleTasks
from worklens.testing.server import too_many

CASE = Case(
    name="google_tasks",
    token=TOKEN,
    world=new_world,
    fake=FakeGoogleTasks,
    check=assert_true,
    habits=HABITS,
    limited=too_many(str(int(LIMITED))),
)
