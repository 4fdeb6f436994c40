"""Words, numbers and days as people write them, in both languages alike."""

from __future__ import annotations

import re
import string
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import worklens.render
from worklens.render.words import Words, catalogue

FOLDER = Path(worklens.render.__file__).parent


def places(sentence: str) -> set[str]:
    """The names of a sentence's placeholders."""
    return {name for _, name, _, _ in string.Formatter().parse(sentence) if name}


def test_both_languages_say_the_same_things() -> None:
    """Each key stands in both catalogues, and no sentence leaves out what another language tells."""
    english, chinese = catalogue("en"), catalogue("zh")

    assert set(english) == set(chinese)
    assert {key: places(english[key]) for key in english} == {key: places(chinese[key]) for key in chinese}


def test_every_sentence_is_used() -> None:
    """A key that no code or template names would rot; keys made from parts count by what they begin with."""
    files = [*FOLDER.rglob("*.py"), *FOLDER.rglob("*.html")]
    source = "\n".join(path.read_text(encoding="utf-8") for path in files)
    whole = set(re.findall(r"words\(\s*[\"']([a-z_.]+)[\"']", source)) | {
        "age.same_day",
        "age.within",
        "ageing.subtitle",
        "ageing.subtitle_single",
    }
    plural = re.findall(r"plural\(\s*\"([a-z_.]+)\"", source)
    begun = (*re.findall(r"(?:words|self|self.plural)\(\s*f\"([a-z_.]+)\{", source), *plural, "date.")
    begun += tuple(re.findall(r"words\(\"([a-z_.]+)\" ~", source))
    unused = {key for key in catalogue("en") if key not in whole and not key.startswith(begun)}

    assert not unused


@pytest.mark.parametrize(
    ("value", "text"),
    [(0, "0"), (3, "3"), (3.24, "3.2"), (9.96, "10"), (14.4, "14"), (12345, "12,345"), (-2.5, "-2.5")],
)
def test_numbers_keep_what_matters(value: float, text: str) -> None:
    """One decimal below ten, thousands told apart."""
    assert Words("en").number(value) == text


@pytest.mark.parametrize(
    ("share", "text"),
    [(0, "0%"), (0.004, "<1%"), (0.415, "42%"), (0.85, "85%"), (0.996, ">99%"), (1, "100%")],
)
def test_a_share_never_claims_all_or_nothing_wrongly(share: float, text: str) -> None:
    """0% and 100% are said only of none and of all."""
    assert Words("zh").percent(share) == text
    assert Words("en").percent(share) == text.replace("%", "\u00a0%")


@given(st.floats(min_value=0, max_value=1))
def test_a_percentage_is_true(share: float) -> None:
    """What is shown lies within one per cent of the share."""
    shown = int(re.sub(r"[<>%\s]", "", Words("en").percent(share)))

    assert abs(shown - 100 * share) <= 1


@pytest.mark.parametrize(
    ("days", "english", "chinese"),
    [
        (0, "0 days", "0 天"),
        (1, "1 day", "1 天"),
        (60, "60 days", "60 天"),
        (92, "3 months", "3 个月"),
        (731, "2 years", "2 年"),
    ],
)
def test_ages_come_in_the_unit_people_use(days: float, english: str, chinese: str) -> None:
    """Days up to two months, months up to two years, then years; one is singular."""
    assert (Words("en").age(days), Words("zh").age(days)) == (english, chinese)


def test_days_and_instants_are_the_persons() -> None:
    """An instant is shown on the clock of the person's zone, summer time included."""
    micros = 1_785_535_200_000_000  # 2026-07-31 22:00 UTC

    assert Words("en").instant(micros, "Europe/Berlin") == "1 August 2026, 00:00"
    assert Words("zh").instant(micros, "America/New_York") == "2026年7月31日 18:00"
    assert Words("en").full_day(date(2026, 11, 8)) == "Sunday, 8 November 2026"
    assert Words("zh").full_day(date(2026, 11, 8)) == "2026年11月8日 星期日"


def test_within_speaks_of_whole_days() -> None:
    """A task done on the day it came took no day; a quantile between two days is reached on the later one."""
    words = Words("en")

    assert words.within(0) == "on the same day"
    assert words.within(3.2) == "within 4 days"


def test_an_unknown_language_is_refused() -> None:
    """The error names the languages there are."""
    with pytest.raises(ValueError, match="there are en, zh"):
        Words("xx")  # type: ignore[arg-type]
