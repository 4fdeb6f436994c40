"""What every test may use: the folder of real test data, and how many random cases hypothesis tries."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

ROOT = Path(__file__).resolve().parent.parent

# No deadline: a time limit on a busy machine fails for reasons that aren't the code's.
settings.register_profile("dev", max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("deep", settings.get_profile("dev"), max_examples=1000)
PROFILE = os.environ.get("WORKLENS_TEST_PROFILE", "dev")
settings.load_profile(PROFILE)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Skip the tests marked deep, unless this is a deep run."""
    if PROFILE == "deep":
        return
    for item in items:
        if item.get_closest_marker("deep"):
            item.add_marker(pytest.mark.skip(reason="deep test: make test-deep runs it"))


@pytest.fixture(scope="session")
def test_data() -> Path:
    """The folder of real test data: WORKLENS_TEST_DATA, else shared/data beside the repository."""
    named = os.environ.get("WORKLENS_TEST_DATA")
    folder = Path(named) if named else ROOT.parent / "shared" / "data"
    if not folder.is_dir():
        pytest.skip(f"no test data at {folder}: name its folder in WORKLENS_TEST_DATA")
    return folder
