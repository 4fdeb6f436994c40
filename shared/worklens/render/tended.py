"""What came of looking after the data, and what forgetting somebody would take with it, as a person reads it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from worklens.render.safe import clean
from worklens.render.section import DataTable
from worklens.render.told import Forgotten, Letter, Replayed
from worklens.render.words import Words

REFUSALS = ("wrong", "forget-in-use", "forget-unfinished", "in-other-hands")
TOKENS = ("given-back", "here")  # what became of a token that there is something to say of


def outcome(done: Replayed, words: Words) -> list[str]:
    """What came of trying again: the numbers that aren't nothing, then why records must stay."""
    lines = [
        words.plural("replay.taken_in", done.taken_in) if done.taken_in else "",
        words.plural("replay.known_since", done.known_since) if done.known_since else "",
        words.plural("replay.letters", done.letters) if done.letters else "",
        words.plural("replay.left", len(done.left)) if done.letters and done.left else "",
        words.plural("replay.still_held", done.still_held) if done.still_held else "",
        *(f"{clean(one.account)}: {clean(one.text, 400)}" for one in done.because),
    ]
    return [line for line in lines if line] or [words("replay.nothing")]


def letters(left: Sequence[Letter], words: Words) -> DataTable:
    """One row a message."""
    heads = ("message", "account", "attempts", "reason")
    rows = tuple(
        (
            clean(one.kind.removeprefix("worklens.")),
            clean(one.account) or "–",
            words.number(one.attempts),
            clean(one.reason, 200),
        )
        for one in left
    )
    return DataTable(tuple(words(f"data.column_{name}") for name in heads), rows)


def refused(why: str, words: Words) -> str:
    """Why nothing was done; empty for what is no such reason."""
    return words(f"refused.{why}") if why in REFUSALS else ""


def goes(name: str, tasks: int, events: int, words: Words) -> list[str]:
    """What is removed with an account, or with a person in one."""
    first = words(
        "forget.goes_tasks", tasks=words.count("tasks", tasks), events=words.count("events", events)
    )
    feed, person, _ = name.partition("/")
    if person:
        return [first, words("forget.goes_person", feed=clean(feed)), words("forget.goes_files")]
    return [first, words("forget.goes_feed"), words("forget.goes_token"), words("forget.goes_files")]


def stays(name: str, words: Words) -> list[str]:
    """What isn't reached, or not meant."""
    feed, person, _ = name.partition("/")
    others = words("forget.stays_people", feed=clean(feed)) if person else words("forget.stays_others")
    return [words("forget.stays_source"), words("forget.stays_saved"), others]


def gone(done: Forgotten, service: str, words: Words) -> dict[str, Any]:
    """The parts of the page that says what was removed; ``service`` is what the source is called."""
    rows = tuple((table, words.number(n)) for table, n in sorted(done.rows.items()))
    lines = [words.plural("forgotten.rows", sum(done.rows.values()))]
    lines += [words(f"forgotten.{done.token}", service=service)] if done.token in TOKENS else []
    return {
        "name": clean(done.account),
        "lines": lines,
        "table": DataTable((words("forgotten.column_table"), words("forgotten.column_rows")), rows),
        "stays": stays(done.account, words),
    }
