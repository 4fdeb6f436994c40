"""The topology is one: what Terraform makes is what the messages need, and what is started here."""

from __future__ import annotations

from cloud_local.topology import topology
from worklens.messages import FOR_OTHERS, KINDS, TOPICS

PLAN = topology()


def test_every_topic_of_a_message_is_there() -> None:
    """And no other."""
    assert set(PLAN.topics) == set(TOPICS)


def test_every_topic_is_pushed_to_one_function() -> None:
    """That there is; but for what is for others."""
    taken = sorted(one.topic for one in PLAN.subscriptions.values())
    assert taken == sorted(set(PLAN.topics) - set(FOR_OTHERS))
    assert {one.function for one in PLAN.subscriptions.values()} <= set(PLAN.functions)


def test_only_the_page_is_not_private() -> None:
    """Every other function takes pushes, and checks their token."""
    assert set(PLAN.functions) - PLAN.private == {"report"}


def test_a_job_publishes_a_message_that_is_known() -> None:
    """Of the topic's kind."""
    for job in PLAN.jobs.values():
        _, kind, _ = job.attributes["ce-type"].split(".")
        assert KINDS[kind].topic == job.topic


def test_an_outage_of_a_day_loses_nothing() -> None:
    """A message is tried for longer than a day before it is a dead letter, and kept longer than it is tried."""
    delivery = PLAN.delivery
    tried = delivery.max_delivery_attempts * delivery.maximum_backoff_seconds

    assert tried > 16 * 3600  # at ten minutes each; the attempts before that come sooner
    assert delivery.retention_seconds > tried
