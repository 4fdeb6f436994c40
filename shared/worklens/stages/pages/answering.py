"""A person's answer to a finding: wrong, not useful, not now; or told again after all."""

from __future__ import annotations

from collections.abc import Sequence

from worklens.findings.identity import name_of
from worklens.ports import Ports
from worklens.stages.answerable import CALLS, of_alert, of_task
from worklens.stages.answers import VERDICTS, NoAnswer, answer, standing, take_back
from worklens.stages.columns import rows_of
from worklens.stages.insights import Said, feed_of, named
from worklens.stages.pages.asked import Asked
from worklens.stages.pages.facts import Facts
from worklens.stages.pages.today import alerts
from worklens.stages.pages.visit import NotSo
from worklens.stages.report import within

AGAIN = "again"


def take(ports: Ports, asked: Asked, name: str, verdict: str) -> None:
    """Keep it, or take it back, with the feeds of the accounts asked about. Raises NotSo and NothingToReport."""
    if verdict not in {*VERDICTS, AGAIN}:
        raise NotSo(400, "An answer is one of: wrong, not-useful, snooze, again.")
    with ports.warehouse.read() as session:
        facts = Facts(session, asked, ports.state.feeds())
        accounts = facts.accounts_of(facts.history) if asked.account else None
        said = (
            (named(session, facts.feeds, accounts, name) or _shown(facts, ports, name))
            if verdict != AGAIN
            else None
        )
    if verdict == AGAIN:
        if asked.account and _is_of_another(name, asked.account, facts.feeds, ports):
            raise NotSo(404, "There is no such answer here.")
        take_back(ports, facts.feeds, name)
        return
    if said is None:
        raise NotSo(404, "There is no such finding any more.")
    try:
        answer(ports, said.feeds, name, verdict, said=said.finding)
    except NoAnswer as error:
        raise NotSo(400, f"This can't be answered so: {error.reason}.") from None


def _shown(facts: Facts, ports: Ports, name: str) -> Said | None:
    """The task or alert of that short name, of those that are shown."""
    tasks = (of_task(row) for row in rows_of(facts.table("attention_first")) if row["need"] in CALLS)
    raised = (of_alert(one.key, one.account, one.alert) for one in alerts(facts, ports))
    found = next((one for one in (*tasks, *raised) if name_of(one) == name), None)
    return Said(found, [feed_of(found.account)]) if found else None


def _is_of_another(name: str, account: str, feeds: Sequence[str], ports: Ports) -> bool:
    """Whether the answer that stands is about somebody beyond the account: what is said of a whole feed is everyone's."""
    stood = standing(ports.state, ports.clock.now(), feeds).answers()
    return any(
        one.finding == name and "/" in one.account and not within(one.account, account) for one in stood
    )
