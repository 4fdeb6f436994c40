"""The state store's contract on Datastore and Pub/Sub."""

from __future__ import annotations

import pytest

from tests.contracts.cloud import deployment, waiting
from tests.contracts.state import FEED, Published, StateContract
from worklens.google.platform import Platform
from worklens.google.state import CloudState
from worklens.ports import Feed, ZonePeriod


@pytest.fixture
def platform(cloud: None) -> Platform:
    """Topics and a state store that are nobody else's."""
    return deployment()


@pytest.fixture
def state(platform: Platform) -> CloudState:
    """A state store with one feed."""
    platform.state.save_feed(Feed(name=FEED, source="csv", zones=(ZonePeriod("Europe/Berlin"),)))
    return platform.state


@pytest.fixture
def published(platform: Platform) -> Published:
    """What lies in the subscriptions, taken off them."""
    return lambda: waiting(platform)


class TestState(StateContract):
    """Datastore."""
