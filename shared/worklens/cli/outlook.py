"""How a task got on and what becomes of such tasks: how often it was put off, how much longer and how much work it may be."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from worklens.cli.shell import Shell
    from worklens.stages.asking import Rows
    from worklens.stages.care import Asked

Key = tuple[str, str]
Outlook = dict[str, Any]
HOUR = 3600  # seconds
LIKELY = 0.5  # more likely than not
BLOCK = ("since", "weekday", "last_weekday", "from_hour", "to_hour", "list_share", "other_share")
RESIDUAL = ("age_days", "half_within", "most_within", "older_than", "at_risk")


def outlooks(session: Asked, states: Rows) -> dict[Key, Outlook]:
    """What the metrics `rescheduling` and `residual-time` say of a task's occurrences, by account and occurrence.

    Only what there is something to say of has an entry.
    """
    from worklens.ports import Feed
    from worklens.stages.asking import ask, records
    from worklens.stages.measures import measured
    from worklens.tasks import source_of

    task = states["task"][0]
    found: dict[Key, Outlook] = {}
    for row in records(ask(session, "rescheduling", "WHERE task = $task", task=task)):
        moved = {name: row[name] for name in ("times_moved", "days_moved")}
        found[row["account"], row["occurrence"]] = moved
    seen = {feed for feed, status in zip(states["feed"], states["status"], strict=True) if status == "open"}
    feeds = [Feed(name=name, source=source_of(name)) for name in seen]
    rows = measured("residual-time", session, feeds, sorted(set(states["account"])))
    for row in records(rows) if rows else ():
        if row["task"] == task:
            known = found.setdefault((row["account"], row["occurrence"]), {})
            known.update((name, row[name]) for name in RESIDUAL)
    for more in (_corrections, _similar, _blocks):
        for key, known in more(session, states):
            found.setdefault(key, {}).update(known)
    if seen:
        from worklens.cli.commands.scores import prospects_of

        for (account, name, occurrence), told in prospects_of(session, "", task).items():
            key = (account, occurrence)
            if name == task and told["chances"]["7"] is not None and key in _open(states):
                found.setdefault(key, {})["prospects"] = told
    return found


def _open(states: Rows) -> set[Key]:
    """The occurrences that are open."""
    rows = zip(states["account"], states["occurrence"], states["status"], strict=True)
    return {(account, occurrence) for account, occurrence, status in rows if status == "open"}


def advice(told: Mapping[str, Any], shell: Shell) -> Iterator[str]:
    """What becomes of a task in words, what to do about it, and what speaks for and against it."""
    from worklens.cli.commands.scores import in_words, percent

    chances = told["chances"]
    yield shell.say("advice-chances", week=percent(chances["7"]), month=percent(chances["30"]))
    late, never = told["late"] or 0.0, told["never"] or 0.0
    if LIKELY <= late < 1:
        yield shell.say("advice-late", late=percent(late))
    if never >= LIKELY:
        yield shell.say("advice-never", never=percent(never))
    if list(told["reasons"]) == ["age"]:
        way = "more" if told["reasons"]["age"] > 0 else "fewer"
        yield shell.say(f"advice-age-{way}", n=told["evidence"])
    elif told["reasons"]:
        yield shell.say("advice-why", why=", ".join(in_words(told["reasons"], shell)), n=told["evidence"])


def _corrections(session: Asked, states: Rows) -> Iterator[tuple[Key, Outlook]]:
    """What the estimates of open occurrences come to, by how such ones came out: seconds."""
    from worklens.analysis.arrays import NEVER
    from worklens.stages.asking import records
    from worklens.stages.efforts import read
    from worklens.stages.list_hours import correction, learnt

    rows = [row for row in records(states) if row["status"] == "open" and row["estimate_seconds"]]
    for feed in sorted({row["feed"] for row in rows}):
        efforts = read(session, [feed])
        known = learnt(efforts, NEVER - 1)
        for row in rows:
            estimate = row["estimate_seconds"]
            found = correction(known, efforts, row["account"], row["collection"] or "", estimate)
            if row["feed"] == feed and found:
                likely = {name: estimate * getattr(found, name) for name in ("factor", "low", "high")}
                yield (
                    (row["account"], row["occurrence"]),
                    {
                        "corrected_seconds": likely["factor"],
                        "corrected_low": likely["low"],
                        "corrected_high": likely["high"],
                        "corrected_from": found.tasks,
                    },
                )


def _similar(session: Asked, states: Rows) -> Iterator[tuple[Key, Outlook]]:
    """How long the account's tasks took whose titles are like that of an open occurrence: days."""
    from worklens.stages.asking import ask, records
    from worklens.stages.similar import COLUMNS, similar

    rows = [row for row in records(states) if row["status"] == "open" and row["title"]]
    for account in sorted({row["account"] for row in rows}):
        where = "WHERE account = $account AND status = 'completed' ORDER BY completed_at, task, occurrence"
        past = list(records(ask(session, "current_tasks", where, columns=COLUMNS, account=account)))
        for row in rows:
            told = similar(row["title"], row["task"], past) if row["account"] == account else None
            if told:
                yield (
                    (account, row["occurrence"]),
                    {
                        "similar_tasks": told.tasks,
                        "similar_low_days": told.low,
                        "similar_days": told.middle,
                        "similar_high_days": told.high,
                    },
                )


def _blocks(session: Asked, states: Rows) -> Iterator[tuple[Key, Outlook]]:
    """The block of the week that goes on and holds more of an open occurrence's list than of other work, the surest."""
    from worklens.ports import Feed
    from worklens.render.blocks import goes_on
    from worklens.stages.asking import records
    from worklens.stages.measures import measured
    from worklens.tasks import source_of

    rows = [row for row in records(states) if row["status"] == "open" and row["collection"]]
    feeds = [Feed(name=name, source=source_of(name)) for name in sorted({row["feed"] for row in rows})]
    told = measured("rhythms", session, feeds, sorted({row["account"] for row in rows})) if feeds else {}
    clocks = session.query("clocks") if told else {"feed": [], "now_day": []}
    looked = dict(zip(clocks["feed"], clocks["now_day"], strict=True))
    blocks = [row for row in records(told) if row["list_share"] is not None] if told else []
    for row in rows:
        here = (row["account"], row["collection"])
        ours = (block for block in blocks if (block["account"], block["collection"]) == here)
        block = next((one for one in ours if goes_on(one, looked[row["feed"]])), None)
        if block:
            yield (row["account"], row["occurrence"]), {"block": {name: block[name] for name in BLOCK}}


def facts(outlook: Mapping[str, Any], shell: Shell) -> list[str]:
    """The same in words, as far as it is known."""
    said: list[str] = []
    if "understood" in outlook:
        from worklens.cli.understood import fact

        said.append(fact(outlook["understood"], shell))
    if outlook.get("times_moved"):
        days = int(outlook["days_moved"])
        key = "fact-moved" if days >= 0 else "fact-moved-earlier"
        said.append(shell.say(key, times=int(outlook["times_moved"]), days=abs(days)))
    half = outlook.get("half_within")
    if half is not None:
        said.append(shell.say("fact-residual", age=int(outlook["age_days"]), half=max(round(half), 1)))
    if "similar_tasks" in outlook:
        low, high = (max(round(outlook[name]), 0) for name in ("similar_low_days", "similar_high_days"))
        key = "fact-similar" if high > low else "fact-similar-once"
        said.append(shell.say(key, tasks=outlook["similar_tasks"], low=low, high=high))
    if "block" in outlook:
        said.append(_block(outlook["block"], shell))
    if "corrected_seconds" in outlook:
        names = ("corrected_seconds", "corrected_low", "corrected_high")
        likely, low, high = (hours(outlook[name]) for name in names)
        said.append(
            shell.say("fact-corrected", likely=likely, low=low, high=high, tasks=outlook["corrected_from"])
        )
    if "prospects" in outlook:
        said += advice(outlook["prospects"], shell)
    return said


def _block(told: dict[str, Any], shell: Shell) -> str:
    """Where its list's work gets done."""
    from worklens.cli.commands.scores import percent
    from worklens.cli.rhythms_shown import block
    from worklens.render.words import Words

    shares = {"share": percent(told["list_share"]), "others": percent(told["other_share"])}
    return shell.say("fact-block", block=block(told, Words(shell.language)), **shares)


def hours(seconds: float) -> str:
    """Hours as one would say them: a decimal below ten, where there is any."""
    number = seconds / HOUR
    return f"{number:,.0f}" if number >= 9.95 else f"{number:.1f}".removesuffix(".0")
