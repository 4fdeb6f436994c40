"""The API over HTTP: Schemathesis asks what its document allows and what it doesn't, and holds the answers to it."""

from __future__ import annotations

import os
from collections.abc import Iterator

import msgspec
import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, seed, settings
from schemathesis import GenerationMode
from schemathesis.core.result import Ok
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)
from tests.browser.served import served

from worklens.stages.pages.api import DEEDS, ROOT, ROUTES
from worklens.stages.pages.limits import Limit
from worklens.stages.pages.openapi import document

CHECKS = [
    schemathesis.checks.not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]
DEEP = os.environ.get("WORKLENS_TEST_PROFILE") == "deep"
BOUNDED = settings(
    max_examples=200 if DEEP else 12,
    deadline=None,
    database=None,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The made-up person's API, which may be asked as often as one likes."""
    with served(tmp_path_factory.mktemp("api"), Limit(burst=1_000_000)) as found:
        yield found


SCHEMA = schemathesis.openapi.from_dict(msgspec.json.decode(document()))
OPERATIONS = {one.ok().path: one.ok() for one in SCHEMA.get_all_operations() if isinstance(one, Ok)}


def test_every_route_is_asked() -> None:
    """Those that the API has."""
    assert set(OPERATIONS) == {f"{ROOT}{path}" for path in (*ROUTES, *DEEDS)}


@pytest.mark.parametrize("mode", list(GenerationMode), ids=lambda mode: mode.value)
@pytest.mark.parametrize("path", OPERATIONS)
def test_the_api_keeps_to_its_document(address: str, path: str, mode: GenerationMode) -> None:
    """Whatever is asked within it, or beyond: an answer that it describes, and never a failure of ours."""
    statuses: set[int] = set()

    @seed(7)
    @BOUNDED
    @given(OPERATIONS[path].as_strategy(generation_mode=mode))
    def ask(case: schemathesis.Case) -> None:
        answer = case.call(base_url=address, timeout=60)
        statuses.add(answer.status_code)
        case.validate_response(answer, checks=CHECKS)

    ask()
    assert statuses <= {200, 400, 404, 405}
    if mode is GenerationMode.POSITIVE and path != f"{ROOT}/tasks/story":
        assert statuses & {200, 404}
