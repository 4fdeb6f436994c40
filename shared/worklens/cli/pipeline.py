"""The stages over the local platform, in this process: what the functions are in the cloud."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from worklens.cli.pump import Handler, Pump
from worklens.local.platform import Platform
from worklens.stages.fetch import Connect, Watch


def _unwatched(run: object, page: object) -> None:
    pass


def pipeline(platform: Platform, connect: Connect, watch: Watch = _unwatched) -> Pump:
    """A pump that takes every message to its stage; fetch pauses while too many batches wait."""
    pump = Pump(platform, _handlers(platform, connect, watch))
    platform.state.on_backlog = pump.relieve
    return pump


def _handlers(platform: Platform, connect: Connect, watch: Watch) -> Mapping[str, Handler]:
    from worklens.stages.fetch import fetch
    from worklens.stages.learn import ask_when_due, learn
    from worklens.stages.notify import alert
    from worklens.stages.score import score
    from worklens.stages.transform import parse, settle

    ports = platform.ports
    return {
        "sync-requested": lambda messages: _each(messages, lambda m: fetch(m, ports, connect, watch=watch)),
        "tasks-fetched": lambda messages: parse(messages, ports),
        "settle-requested": lambda messages: _each(messages, lambda m: settle(m, ports)),
        "tasks-changed": lambda messages: _each(messages, lambda m: score(m, ports)),
        "scores-ready": lambda messages: _each(
            messages, lambda m: _each([ask_when_due, alert], lambda then: then(m, ports))
        ),
        "learn-requested": lambda messages: _each(messages, lambda m: learn(m, ports)),
    }


def _each(messages: Iterable[Any], work: Callable[[Any], object]) -> None:
    for message in messages:
        work(message)
