"""What a person's tasks are about, from their titles."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest

from worklens.analysis.arrays import Ints
from worklens.analysis.words.themes import LEAST, MOST, speaks, themes

SUBJECTS = {
    "garden": ["hedge", "lawn", "roses", "compost", "shed"],
    "client": ["invoice", "contract", "nordwind", "offer"],
    "会议": ["预算", "议程", "记录"],
}


def written(count: int) -> list[tuple[str, str]]:
    """A subject and a title of it, one after the other; every third says nothing of one."""
    rng, found = np.random.default_rng(7), []
    for number in range(count):
        subject = list(SUBJECTS)[number % len(SUBJECTS)]
        one, other = rng.choice(SUBJECTS[subject], 2, replace=False)
        found.append((subject, f"{subject} {one} {other} the x{number}"))
    return found


def belonging(titles: Sequence[str]) -> Ints:
    """(titles,): the place of each one's theme, -1 for none."""
    found = np.full(len(titles), -1)
    for number, theme in enumerate(themes(titles)):
        found[list(theme.places)] = number
    return found


def test_planted_subjects_are_found() -> None:
    """Each in one theme, named by its own words alone, in English as in Chinese."""
    planted = written(240)
    found = themes([title for _, title in planted])

    assert len(found) == len(SUBJECTS)
    for theme in found:
        (subject,) = {planted[place][0] for place in theme.places}
        assert subject in theme.words
        assert set(theme.words) <= {subject, *SUBJECTS[subject]}


@pytest.mark.parametrize("count", [0, 1, 50, LEAST - 1])
def test_few_titles_have_no_themes(count: int) -> None:
    """However clear they look; the same title often is one title."""
    titles = [title for _, title in written(count)]

    assert themes(titles) == []
    assert themes(titles[:1] * 500) == []


def test_nothing_in_common_is_no_theme() -> None:
    """Titles that share no word, or hold none, have none; nothing breaks."""
    assert themes([f"word{chr(97 + at % 26)}{chr(97 + at // 26)}" for at in range(150)]) == []
    assert themes([f"{at} the" for at in range(150)]) == []


def test_there_are_never_more_than_a_few() -> None:
    """Of forty subjects the largest twelve."""
    subjects = [chr(97 + at % 26) * 3 + chr(97 + at // 26) * 3 for at in range(40)]
    titles = [f"{one} {two}x{at}" for at, one in enumerate(subjects) for two in range(8)]

    assert len(themes(titles)) <= MOST


def test_a_week_more_moves_few() -> None:
    """While titles come in by tens, under a tenth of the earlier ones ever change their theme in one week."""
    titles = [title for _, title in written(200)]
    before = belonging(titles[:150])
    for count in range(160, 201, 10):
        after = belonging(titles[:count])
        kinds, counts = np.unique([before, after[: len(before)]], axis=1, return_counts=True)
        largest = {
            int(kinds[0, at]): int(counts[at]) for at in np.argsort(counts)
        }  # of each the commonest successor

        assert before.max() == after.max()
        assert sum(largest.values()) > 0.9 * len(before)
        before = after


def test_words_that_speak() -> None:
    """Neither numbers nor single letters nor what stands everywhere; a Chinese character is a word."""
    words = ["the", "week3", "x", "的", "修", "invoice", "2026"]
    assert [word for word in words if speaks(word)] == ["修", "invoice"]
