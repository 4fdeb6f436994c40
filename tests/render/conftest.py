"""A believable report, and the page made from it, once for all tests of a language."""

from __future__ import annotations

import pytest
from tests.render import believable

from worklens.render import Language, Report, page


@pytest.fixture(scope="session", params=["en", "zh"])
def language(request: pytest.FixtureRequest) -> Language:
    """Each language in turn."""
    chosen: Language = request.param
    return chosen


@pytest.fixture(scope="session")
def report(language: Language) -> Report:
    """A made-up person's two years."""
    return believable.report(language)


@pytest.fixture(scope="session")
def html(report: Report) -> str:
    """The page of that report."""
    return page(report)
