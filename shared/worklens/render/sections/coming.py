"""The next days of the blocks that are for one list, and which of its open tasks fit them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from worklens.render.safe import clean
from worklens.render.section import Group, Item, Section
from worklens.render.sections.open_work import COLLECTION, web_address
from worklens.render.sections.when import days_named, hours_named
from worklens.render.told import Coming, Fitting
from worklens.render.words import Words

LIKELY = 0.5  # more likely than not


def coming(blocks: Sequence[Coming], words: Words, tasks_of: Callable[[str], str]) -> Section | None:
    """`tasks_of` gives the address of a list's open tasks. None where no block is for one list."""
    if not blocks:
        return None
    return Section(
        key="coming",
        title=words("coming.title"),
        subtitle=words("coming.subtitle"),
        groups=tuple(_group(block, words, tasks_of(block.collection)) for block in blocks),
        note=words.join([*(_share(block, words) for block in blocks), words("coming.honest")]),
    )


def _group(block: Coming, words: Words, address: str) -> Group:
    """A block's next day, and its tasks."""
    name = clean(block.collection_title, COLLECTION)
    return Group(
        title=words(
            "coming.group",
            day=words.full_day(block.day),
            hours=hours_named(block.from_hour, block.to_hour, words),
            list=name,
        ),
        items=tuple(_item(task, words) for task in block.fitting),
        lacking="" if block.fitting else words("coming.nothing", list=name),
        more=words("coming.all", tasks=words.count("open_tasks", block.open), list=name),
        link=address if block.open else "",
    )


def _item(task: Fitting, words: Words) -> Item:
    return Item(
        title=clean(task.title or "") or words("oldest.untitled"),
        link=web_address(task.link or ""),
        facts=tuple(_facts(task, words)),
    )


def _facts(task: Fitting, words: Words) -> Iterator[str]:
    """When it is due, and how surely that is missed; else how old it is."""
    if task.due and task.late is not None and LIKELY <= task.late < 1:
        yield words("attention.chance_late", share=words.percent(task.late), day=words.day(task.due))
    elif task.due:
        yield words("coming.due", day=words.day(task.due))
    elif task.age_days is not None:
        yield words("attention.old", age=words.age(task.age_days))


def _share(block: Coming, words: Words) -> str:
    """Where the list's work was done, beside other work."""
    return words(
        "coming.share",
        days=days_named(block.weekday, block.last_weekday, words),
        hours=hours_named(block.from_hour, block.to_hour, words),
        since=words.day(block.since),
        share=words.percent(block.list_share),
        others=words.percent(block.other_share),
        list=clean(block.collection_title, COLLECTION),
    )
