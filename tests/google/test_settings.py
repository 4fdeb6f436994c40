"""The settings of a deployment: all that is wrong is told at once, before anything is done."""

from __future__ import annotations

import pytest

from worklens import platforms
from worklens.google.settings import BadSettings, settings

GIVEN = {
    "WORKLENS_PROJECT": "my-project",
    "WORKLENS_LOCATION": "europe-west1",
    "WORKLENS_DATASET": "worklens",
    "WORKLENS_BUCKET": "my-project-worklens",
}


def test_names_are_made_from_the_prefix() -> None:
    """Topics and subscriptions of one environment stand beside those of another."""
    found = settings({**GIVEN, "WORKLENS_PREFIX": "worklens-test"})

    assert found.topic("tick") == "projects/my-project/topics/worklens-test-tick"
    assert found.subscription("tick-dead") == "projects/my-project/subscriptions/worklens-test-tick-dead"


def test_what_is_missing_is_named_all_at_once() -> None:
    """With the remedy, in one error."""
    with pytest.raises(BadSettings) as found:
        settings({"WORKLENS_DATASET": "worklens", "WORKLENS_BUCKET": "No Bucket"})

    text = str(found.value)
    assert "WORKLENS_PROJECT is missing" in text
    assert "WORKLENS_LOCATION is missing" in text
    assert "WORKLENS_BUCKET is 'No Bucket'" in text
    assert "WORKLENS_DATASET" not in text
    assert "terraform output" in text


def test_the_project_may_be_named_as_googles_tools_name_it() -> None:
    """GOOGLE_CLOUD_PROJECT is set in every function."""
    given = {name: value for name, value in GIVEN.items() if name != "WORKLENS_PROJECT"}

    assert settings({**given, "GOOGLE_CLOUD_PROJECT": "other-project"}).project == "other-project"


def test_a_platform_nobody_knows_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """The error names those there are."""
    monkeypatch.setenv("WORKLENS_PLATFORM", "azure")

    with pytest.raises(platforms.UnknownPlatform, match="local, google"):
        platforms.chosen()


def test_bigquery_is_told_where_the_views_lie_there(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of a deployment its project and data set; of this machine nothing."""
    monkeypatch.delenv(platforms.VARIABLE, raising=False)
    assert platforms.bigquery() is None
    for name, value in {**GIVEN, platforms.VARIABLE: "google"}.items():
        monkeypatch.setenv(name, value)

    assert platforms.bigquery() == ("my-project", "worklens")
