"""How a reader elsewhere finds numbers and days written, from what their browser asks for."""

from __future__ import annotations

from datetime import date
from threading import Thread

import pytest
from hypothesis import given
from hypothesis import strategies as st

from worklens.findings.locales import PLAIN, POINTS, SPACES, Locale, locale_of, preferred, reading, written
from worklens.findings.words import English
from worklens.render.words import Words


@pytest.mark.parametrize(
    ("header", "tags"),
    [
        ("", []),
        ("de", ["de"]),
        ("de-DE,de;q=0.9,en;q=0.8", ["de-de", "de", "en"]),
        ("en;q=0.2, zh-CN;q=0.9, *;q=0.1", ["zh-cn", "en"]),
        ("fr;q=0, en", ["en"]),
        ("fr;q=much, en; q=0.5", ["en"]),
        (";;;,,,=", []),
    ],
)
def test_the_dearest_language_is_first(header: str, tags: list[str]) -> None:
    """By their weights, then in their order; what isn't wanted or can't be read is left out."""
    assert preferred(header) == tags


@given(st.text(max_size=200))
def test_whatever_a_header_holds_there_is_a_locale(header: str) -> None:
    """It never fails, and a number stays one."""
    locale = locale_of(preferred(header))
    with reading(locale):
        assert written("1,234.5") == f"1{locale.thousands}234{locale.tenths}5"


@pytest.mark.parametrize(
    ("tag", "locale"),
    [
        ("de-DE", POINTS),
        ("fr", SPACES),
        ("de-CH", Locale("’", ".")),
        ("zh-CN", PLAIN),
        ("en-GB", PLAIN),
        ("xx", PLAIN),
    ],
)
def test_each_place_has_its_own(tag: str, locale: Locale) -> None:
    """Where nothing is known of it, as English has it."""
    assert locale_of(preferred(tag)) == locale


def test_numbers_and_days_are_the_readers() -> None:
    """In a page's own sentences and in findings alike, and only while it is written for them."""
    words, day = Words("en"), date(2026, 11, 8)

    def told() -> tuple[str, ...]:
        return (
            words.number(1234),
            words.number(5.25),
            words.day(day),
            words.short_day(day),
            English().format(
                "{n}, {r:ratio}, {p:percent}, {d:date}", n=12345, r=2.5, p=0.0571, d="2026-03-03"
            ),
        )

    plain = ("1,234", "5.2", "8 November 2026", "8 Nov", "12,345, 2.5, 5.7 %, 3 March 2026")
    assert told() == plain
    with reading(POINTS):
        assert told() == ("1.234", "5,2", "8 November 2026", "8 Nov", "12.345, 2,5, 5,7 %, 3 March 2026")
        others: list[tuple[str, ...]] = []
        thread = Thread(target=lambda: others.append(told()))
        thread.start()
        thread.join()
        assert others == [plain]
    with reading(locale_of(["en-us"])):
        assert told() == ("1,234", "5.2", "November 8, 2026", "Nov 8", "12,345, 2.5, 5.7 %, March 3, 2026")
    assert told() == plain
