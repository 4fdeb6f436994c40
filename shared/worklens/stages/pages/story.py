"""A task's story: what it is, what happened to it when, and what chances it was given at first and now."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

from worklens.ports import Ports
from worklens.render.model import Columns
from worklens.render.safe import clean
from worklens.render.shown import Alike, alike, told
from worklens.render.told import Chance, Event, Near, Occurrence, Similar, Story
from worklens.render.understood import Understood
from worklens.render.words import Words
from worklens.stages import similar as similarity
from worklens.stages.columns import rows_of
from worklens.stages.pages.asked import day_of
from worklens.stages.pages.facts import Facts
from worklens.stages.pages.rows import records
from worklens.stages.pages.visit import NotSo
from worklens.stages.report import within
from worklens.stages.similar import similar
from worklens.stages.understood import understood, wanted

MOST = 20  # occurrences told in full, the newest


def data(facts: Facts, query: Mapping[str, str], ports: Ports) -> Story:
    """The numbers of the page. Raises NotSo where the account has no such task."""
    account, task = query.get("of", "") or facts.account, query.get("task", "")
    if not account or not task:
        raise NotSo(400, "Name the account (of) and the task (task).")
    if facts.account and not within(account, facts.account):
        raise NotSo(404, "There is no such task here.")
    now = facts.ask("task_now", account=account, task=task)
    if not now["task"]:
        raise NotSo(404, "There is no such task here.")
    labels = [tuple(one or ()) for one in now["labels"]]
    occurrences = records({**now, "labels": labels, "understood": _understood(now, ports)}, Occurrence)
    return Story(
        as_of=facts.today,
        zone=facts.zone,
        occurrences=occurrences,
        events=_events(facts, account, task),
        chances=records(facts.ask("task_chances", account=account, task=task), Chance),
        similar=_similar(facts, occurrences),
    )


def _understood(now: Columns, ports: Ports) -> list[Understood | None]:
    """What the titles of undated open occurrences say of time, where their feed's person asked for it."""
    feeds = {feed.name: feed for feed in ports.state.feeds() if wanted(feed)}
    return understood(rows_of(now), feeds)


def _events(facts: Facts, account: str, task: str) -> tuple[Event, ...]:
    rows = facts.ask("task_story", account=account, task=task)
    names = facts.table("latest_collections")
    titles = dict(zip(names["collection"], names["title"], strict=True)) if names else {}
    told = zip(
        *(rows[name] for name in ("occurrence", "kind", "happened_at", "precision", "seen_at", "detail")),
        strict=True,
    )
    return tuple(
        Event(
            occurrence=occurrence,
            kind=kind,
            day=day_of(at, "UTC" if precision == "day" else facts.zone),
            precision=precision,
            seen_at=seen,
            **_change(detail, titles),
        )
        for occurrence, kind, at, precision, seen, detail in told
    )


def _similar(facts: Facts, occurrences: Sequence[Occurrence]) -> tuple[Similar, ...]:
    """How long such tasks took, for each open occurrence of which that is known."""
    asked = [one for one in occurrences if one.status == "open" and one.title]
    if not asked:
        return ()
    past = rows_of(facts.ask("finished_tasks", account=asked[0].account))
    found = ((one, similar(one.title or "", one.task, past)) for one in asked)
    return tuple(_likened(one, known) for one, known in found if known)


def _likened(one: Occurrence, known: similarity.Similar) -> Similar:
    return Similar(
        occurrence=one.occurrence,
        tasks=known.tasks,
        low_days=known.low,
        days=known.middle,
        high_days=known.high,
        nearest=tuple(Near(**near._asdict()) for near in known.nearest),
    )


def _change(detail: str | None, titles: Mapping[str, str]) -> dict[str, str]:
    """From what to what; of an edit the fields it changed."""
    told = msgspec.json.decode(detail) if detail else {}
    if "fields" in told:
        return {"before": "", "after": ", ".join(map(str, told["fields"]))}
    ends = {"before": told.get("from"), "after": told.get("to")}
    return {
        name: titles.get(str(end), str(end)) if end not in {None, ""} else "" for name, end in ends.items()
    }


def shown(found: Story, facts: Facts, words: Words) -> dict[str, Any]:
    """What the page's template needs besides: each occurrence with its own events and chances, the newest first."""
    parts = [
        told(
            one,
            [event for event in found.events if event.occurrence == one.occurrence],
            _pairs([chance for chance in found.chances if chance.occurrence == one.occurrence]),
            _alike(found, one, facts, words),
            found.zone,
            words,
        )
        for one in reversed(found.occurrences[-MOST:])
    ]
    newest = found.occurrences[-1]
    return {"told": parts, "heading": clean(newest.title or "") or newest.task}


def _alike(found: Story, one: Occurrence, facts: Facts, words: Words) -> Alike | None:
    known = next((some for some in found.similar if some.occurrence == one.occurrence), None)
    if not known:
        return None
    stories = [facts.asked.address("/tasks/story", of=one.account, task=near.task) for near in known.nearest]
    return alike(known, stories, words)


def _pairs(chances: Sequence[Chance]) -> list[tuple[Chance, Chance]]:
    """For each horizon the first chance and the last."""
    horizons = sorted({one.horizon_days for one in chances})
    by_horizon = [[one for one in chances if one.horizon_days == days] for days in horizons]
    return [(some[0], next((one for one in some if one.newest), some[-1])) for some in by_horizon]
