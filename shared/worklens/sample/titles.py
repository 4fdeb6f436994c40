"""Titles: one for every task, unlike all others unless it repeats or is a planted duplicate."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from worklens.sample.dice import Dice
from worklens.sample.habits import CHORES, LISTS
from worklens.sample.timeline import Timeline
from worklens.sample.vocabulary import (
    BURN_OUT_MOODS,
    MONTHS,
    MOODS,
    NOTES,
    SLOTS,
    TOPICS,
    TRANSLATIONS,
    USUAL_MOODS,
    ZH_MONTHS,
    Topic,
    Translation,
)
from worklens.sample.world import NONE, World

_PATIENCE = 500  # draws for a new title; then a number tells it apart
_SLOT = re.compile(r"\{(\w+)\}")
_CHINESE = re.compile("[\u4e00-\u9fff]")
_LATIN = re.compile(r"[^\W\d_]", re.ASCII)
STYLES = ("exact", "case", "wording", "typo", "translation")
_STYLE_SHARES = (0.25, 0.2, 0.25, 0.15, 0.15)
_WORDINGS = ("{} !!", "{} (soon)", "To do: {}", "Don't forget: {}", "{} ❗", "{}，别忘了")


class Title(NamedTuple):
    """A title with what it is about; ``style`` says how a duplicate differs from its original."""

    text: str
    topic: str
    style: str = ""


def fill(template: str, dice: Dice, when: date) -> str:
    """Put a random word into each slot, no word twice; months and years lie near the day of writing."""
    taken: set[str] = set()

    def draw(slot: re.Match[str]) -> str:
        word = dice.pick([word for word in _words(slot[1], when) if word not in taken])
        taken.add(word)
        return word

    return _SLOT.sub(draw, template)


def _words(slot: str, when: date) -> Sequence[str]:
    match slot:
        case "month":
            return [MONTHS[(when.month - 1 + ahead) % 12] for ahead in range(-1, 4)]
        case "zh_month":
            return [ZH_MONTHS[(when.month - 1 + ahead) % 12] for ahead in range(-1, 4)]
        case "year":
            return [str(when.year - 1), str(when.year)]
    return SLOTS[slot]


def language(text: str) -> str:
    """``en``, ``zh`` or ``mixed``, by the letters in it."""
    if not _CHINESE.search(text):
        return "en"
    return "mixed" if _LATIN.search(text) else "zh"


def name_all(world: World, line: Timeline, seed: int) -> list[Title]:
    """A title for each row, in the order of writing."""
    dice = Dice(seed, "titles")
    over = {step.row: step.day for step in world.steps if step.kind in {"completed", "deleted"}}
    used: dict[str, int] = {}  # title -> the day from which it may be used again
    spare = list(TRANSLATIONS)
    titles: list[Title] = []
    for row in range(world.size):
        if world.chore[row] != NONE:
            titles.append(Title(CHORES[world.chore[row]].title, "chores"))
        elif world.original[row] != NONE:
            titles.append(_name_pair(titles, world, row, spare, dice))
        else:
            title = _fresh(world, row, line, used, dice)
            used[title.text] = over.get(row, line.days) + 1
            titles.append(title)
    return titles


def _fresh(world: World, row: int, line: Timeline, used: dict[str, int], dice: Dice) -> Title:
    """Draw until the title is new, or is of a topic that repeats and its last use is over."""
    habit, day = LISTS[world.collection[row]], int(world.created[row])
    topics = [topic for topic in TOPICS if habit.title in {topic.collection, "inbox"}]
    for _ in range(_PATIENCE):
        topic = dice.pick(topics)
        text = fill(_template(topic, habit.chinese, dice), dice, line.date_of(day))
        if text not in used or (topic.repeats and used[text] <= day):
            return Title(text, topic.name)
    return Title(f"{text} ({row})", topic.name)


def _template(topic: Topic, chinese: float, dice: Dice) -> str:
    in_chinese = dice.chance(chinese) and topic.chinese
    return dice.pick(topic.chinese if in_chinese else topic.english)


def _name_pair(titles: list[Title], world: World, row: int, spare: list[Translation], dice: Dice) -> Title:
    """Name a copy after its original; for a translation the original too gets a new name, where one is left."""
    original = int(world.original[row])
    style = STYLES[dice.index(_STYLE_SHARES)]
    habit = LISTS[world.collection[row]].title
    fitting = [pair for pair in spare if habit in {pair.collection, "inbox"}]
    if style == "translation" and fitting:
        pair = fitting[0]
        spare.remove(pair)
        titles[original] = Title(pair.english, pair.topic)
        return Title(pair.chinese, pair.topic, style)
    style = "wording" if style == "translation" else style
    text, topic, _ = titles[original]
    return Title(reword(text, style, dice), topic, style)


def reword(text: str, style: str, dice: Dice) -> str:
    """The same thing written once more: exactly, in other case, in other words, or with a slip of the pen."""
    match style:
        case "case":
            return f" {text.upper()}" if text != text.upper() else f"{text} "
        case "wording":
            return dice.pick(_WORDINGS).format(text)
        case "typo":
            return _slip(text, dice)
    return text


def _slip(text: str, dice: Dice) -> str:
    """Swap two neighbouring letters that differ; a text without any gets a letter doubled."""
    places = [
        at for at in range(1, len(text) - 2) if text[at] != text[at + 1] and text[at : at + 2].isalpha()
    ]
    if not places:
        return text + text[-1]
    at = dice.pick(places)
    return text[:at] + text[at + 1] + text[at] + text[at + 2 :]


def note(dice: Dice, weary: bool, when: date) -> tuple[str, str]:
    """The text of a note and its mood."""
    mood = MOODS[dice.index(BURN_OUT_MOODS if weary else USUAL_MOODS)]
    return fill(dice.pick(NOTES[mood]), dice, when), mood
