"""Connects a run to what it pulls: the service with the feed's token, or the file it imports."""

from __future__ import annotations

from worklens.ports import Feed, Ports, Run
from worklens.sources.base import File, Refused, Source
from worklens.sources.options import is_local
from worklens.stages.budget import budget_of
from worklens.stages.credentials import KeptKey
from worklens.stages.driver import Driver


def connect(source: Source, feed: Feed, run: Run, ports: Ports) -> Driver:
    """A driver for this run. Raises Refused where the file or the token is not there."""
    if run.input:
        return Driver(source, file=_file(run, ports))
    key = KeptKey(source, feed, ports.secrets, ports.clock)
    if not is_local(source):
        key.check()
    budget = budget_of(source, feed, ports.state, ports.clock)
    return Driver(source, "" if is_local(source) else key, settings=feed.settings, budget=budget)


def _file(run: Run, ports: Ports) -> File:
    try:
        return File(name=run.name, content=ports.blobs.get(run.input), modified=run.now)
    except KeyError:
        raise Refused("file-gone", file=run.name) from None
