"""A person's answer to a finding: wrong, not useful, not now; or told again after all."""

from __future__ import annotations

from worklens.ports import Ports
from worklens.stages.answers import VERDICTS, NoAnswer, answer, take_back
from worklens.stages.insights import named
from worklens.stages.pages.asked import Asked
from worklens.stages.pages.facts import Facts
from worklens.stages.pages.visit import NotSo

AGAIN = "again"


def take(ports: Ports, asked: Asked, name: str, verdict: str) -> None:
    """Keep it, or take it back, with the feeds of the accounts asked about. Raises NotSo and NothingToReport."""
    if verdict not in {*VERDICTS, AGAIN}:
        raise NotSo(400, "An answer is one of: wrong, not-useful, snooze, again.")
    with ports.warehouse.read() as session:
        facts = Facts(session, asked, ports.state.feeds())
        accounts = list(facts.history.accounts) if asked.account and facts.history else None
        said = named(session, facts.feeds, accounts, name) if verdict != AGAIN else None
    if verdict == AGAIN:
        take_back(ports, facts.feeds, name)
        return
    if said is None:
        raise NotSo(404, "There is no such finding any more.")
    try:
        answer(ports, said.feeds, name, verdict, said=said.finding)
    except NoAnswer as error:
        raise NotSo(400, f"This can't be answered so: {error.reason}.") from None
