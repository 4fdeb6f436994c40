"""Findings in English and Chinese."""

from __future__ import annotations

import re
import string
from collections.abc import Mapping
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.findings.makers import of_truth
from worklens.findings import LANGUAGES, Finding, TaskRef, action, text, why
from worklens.findings.catalogue import CATALOGUES
from worklens.findings.choose import ABOUT_TASKS, ABOUT_TIME, ABOUT_US, everything
from worklens.findings.words import Chinese, English, span
from worklens.sample import generate

KEYS = set(CATALOGUES["en"].text)
# A value for each parameter, so that every template can be filled without its history.
PARAMS = {
    "weeks": 13, "since": "2026-07-31", "ratio": 1.26, "recent_a_week": 35.9, "before_a_week": 28.4, "before_weeks": 9, "half_days": 138, "weekday": 1,
    "weekdays": [1, 3], "worked": 30, "possible": 44, "worked_without": 3, "possible_without": 40,
    "from_hour": 9, "to_hour": 12, "share": 0.0863, "hours_share": 0.0179, "even": 0.2, "from": "2025-10-31",
    "to": "2026-01-08", "inside_a_week": 13.9, "around_a_week": 28.1, "arrived": 120, "left": 100, "net": 20,
    "open": 1, "asked": 23, "net_a_week": 1.5, "collection": "7", "collection_title": "Reading", "tasks": 202, "done": 22,
    "days": 90, "elsewhere": 0.9102, "rate_ratio": 0.37, "count": 110, "age_days": 113, "to_days": 226,
    "chance": 0.0739, "young_chance": 0.81, "moved": 133, "moved_late": 103, "late": 1, "times": 1, "low": 1.1,
    "high": 1.4, "total": 1204, "day": "2014-12-05", "completions": 12, "level": 0.85, "n": 61, "needed": 20, "horizon_days": 90, "reached": 231,
    "missing": [{"question": "pace", "weeks": 1, "completions": 0}, {"question": "rhythm", "weeks": 9, "completions": 48}],
}  # fmt: skip
EVIDENCE = {"about": "tasks", "n": 1, "window": ["2024-10-28", "2026-10-29"], "p": 0.004}
REF = TaskRef("a:me", "1")


def finding(key: str, **params: object) -> Finding:
    """A finding of that key with a value for everything."""
    return Finding(key=key, family="f", params={**PARAMS, **params}, evidence=EVIDENCE, tasks=(REF,))


def fields(template: str) -> set[str]:
    """The parameters a template uses."""
    return {str(name) for _, name, _, _ in string.Formatter().parse(template) if name}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_words_for_every_key(language: str) -> None:
    """Text, action, unit, and the names of all questions."""
    catalogue = CATALOGUES[language]

    assert KEYS == set(catalogue.text) == set(catalogue.action) == set(catalogue.units)
    assert {*ABOUT_TIME, *ABOUT_US, *ABOUT_TASKS, "tasks"} == set(catalogue.words.questions)


@pytest.mark.parametrize("part", ["text", "action"])
def test_languages_say_the_same(part: str) -> None:
    """A template uses the same parameters in each."""
    english, chinese = (getattr(CATALOGUES[language], part) for language in ("en", "zh"))

    assert {key: fields(english[key]) for key in KEYS} == {key: fields(chinese[key]) for key in KEYS}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("key", sorted(KEYS))
def test_every_finding_reads_as_a_sentence(key: str, language: str) -> None:
    """No brace, None or nan is left, and it ends as a sentence does."""
    for said in (text(finding(key), language), why(finding(key), language), action(finding(key), language)):
        assert not re.search(r"[{}]|None|nan|UNIT", said)
        assert said[-1] in ".。"


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_may_be_unknown_is_said_where_it_is_known(language: str) -> None:
    """One sentence more, or none; the rest of it is the same."""
    catalogue = CATALOGUES[language]
    for key, (param, more) in catalogue.more.items():
        known, unknown = (text(finding(key, **{param: value}), language) for value in (30, None))

        assert fields(more) == {param}
        assert known.startswith(unknown)
        assert known != unknown


def test_findings_that_are_found_can_be_told() -> None:
    """Each of the sample's, with the parameters it really has, in both languages."""
    found = everything(of_truth(generate(count=1).truth)).findings

    for one in found:
        for language in LANGUAGES:
            assert text(one, language)
            assert why(one, language)
            assert action(one, language)


def test_english_sentences() -> None:
    """Plural and singular, shares, dates and odds."""
    assert text(finding("best_time")) == (
        "Most gets done on Tuesday from 9:00 to 12:00: 8.6 % of all that is done, in 1.8 % of the week."
    )
    assert text(finding("chore_slips")).startswith(
        "One recurring task slips more than other recurring tasks: late 1 of 1 time, or"
    )
    assert "so 1 task is open now" in text(finding("backlog_grows"))
    assert "so 2 tasks are open now" in text(finding("backlog_grows", open=2))
    assert text(finding("not_enough")).endswith(
        "changes of pace (1 more week); the best time of the week (9 more weeks and 48 more completions)."
    )
    assert why(finding("dip")) == (
        "Seen in 1 completion from 28 October 2024 to 29 October 2026. "
        "By luck alone, at most one history in 250 would show it."
    )


def test_chinese_sentences() -> None:
    """Measure words, dates and punctuation of their own."""
    assert text(finding("best_weekday"), "zh") == "周二是一周里完成最多的一天：占全部完成的 8.6%。"
    assert "2025年10月31日至2026年1月8日" in text(finding("dip"), "zh")
    assert "节奏的变化（还需 1 周）；一周里的最佳时段（还需 9 周和 48 次完成）。" in text(
        finding("not_enough"), "zh"
    )


@pytest.mark.parametrize(
    ("share", "said"),
    [
        (0.0, "<0.1 %"),
        (0.0004, "<0.1 %"),
        (0.054, "5.4 %"),
        (0.5, "50 %"),
        (0.9966, "99.7 %"),
        (1.0, ">99.9 %"),
    ],
)
def test_a_share_is_never_none_or_all(share: float, said: str) -> None:
    """However small the rest is."""
    assert English().write_percent(share) == said


@given(st.floats(0, 1))
def test_no_share_reads_as_none_or_all(share: float) -> None:
    """Of all shares."""
    assert Chinese().write_percent(share) not in {"0%", "0.0%", "100%", "100.0%"}


@pytest.mark.parametrize(
    ("days", "said"),
    [
        (1, "1 day"),
        (13, "13 days"),
        (14, "2 weeks"),
        (113, "16 weeks"),
        (226, "7 months"),
        (4370, "12 years"),
    ],
)
def test_spans_in_the_unit_people_use(days: int, said: str) -> None:
    """Days, weeks, months, years."""
    assert English().write_span(days) == said


@given(st.floats(0, 1e5))
def test_a_span_is_never_nothing(days: float) -> None:
    """But for no days at all."""
    assert span(days)[0] >= (1 if days > 0 else 0)


TITLES = [
    "<script>alert(1)</script>",
    "a {tasks} {0.__class__} %s",
    "\u202eevil\u2066",
    "👩‍👩‍👧 家",
    "x" * 10_000,
    "\x00\x1b[31mred\n",
]


@pytest.mark.parametrize("title", TITLES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_titles_are_put_in_as_they_are_but_for_what_breaks_the_line(title: str, language: str) -> None:
    """No template in a title is read; marks that turn the line and control characters are gone; long ones are cut."""
    said = text(finding("list_slow", collection_title=title), language)

    assert not re.search("[\u202a-\u202e\u2066-\u2069\x00-\x1f]", said)
    assert len(said) < 300
    if title in TITLES[:2] + TITLES[3:4]:
        assert f"“{title}”" in said


def test_named_tasks_are_told_only_where_their_titles_are_given() -> None:
    """The finding itself holds none."""
    zombies = finding("zombies")
    titles: Mapping[TaskRef, str] = {REF: "Sort the photos"}

    assert "Sort" not in text(zombies)
    assert text(zombies, "en", titles).endswith("The oldest: “Sort the photos”.")
    assert text(finding("chore_slips"), "zh", titles).startswith("“Sort the photos”比其他重复任务更常拖延")
    assert "Sort" not in msgspec.json.encode(zombies).decode()


def test_an_unknown_language_is_named() -> None:
    """With those there are."""
    with pytest.raises(ValueError, match="no catalogue for 'fr'; there are en, zh"):
        text(finding("dip"), "fr")


def test_every_finding_is_documented() -> None:
    """docs/findings.md names each key, every parameter its words use, and every method."""
    page = (Path(__file__).resolve().parents[2] / "docs" / "findings.md").read_text(encoding="utf-8")
    named = set(re.findall(r"`([a-z_\-]+)`", page))
    used = set().union(*(fields(template) for template in CATALOGUES["en"].text.values())) - {"names"}
    found = everything(of_truth(generate(count=1).truth)).findings

    assert named >= KEYS
    assert used <= named
    assert {finding.evidence["method"] for finding in found} - {"count"} <= named
    assert {name for finding in found for name in finding.params} <= named
