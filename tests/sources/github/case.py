"""GitHub in the battery."""

from __future__ import annotations

from tests.sources.battery import LIMITED, Case
from tests.sources.github.test_source import HABITS, assert_true

from worklens.testing.github import TOKEN, FakeGitHub, secondary
from worklens.testing.world import World

CASE = Case(
    name="github",
    token=TOKEN,
    world=World,
    fake=FakeGitHub,
    check=assert_true,
    habits=HABITS,
    limited=secondary(Retry_After=str(int(LIMITED))),
)
