"""The digest: what it says in both languages, in text and in HTML, and what others' words can't do to it."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from worklens.render import FindingView
from worklens.render.digest import Letter, Trouble, html, plain, subject

ABOUT: dict[str, Any] = {
    "last": date(2026, 3, 1),
    "done": 12,
    "done_before": 9,
    "arrived": 1,
    "removed": 2,
    "open": 1045,
    "open_before": 1048,
}


def test_a_week_in_english() -> None:
    """Figures beside the week before, what is behind, and what is worth knowing with what to do."""
    finding = FindingView(key="pace", text="More gets done lately: 12 tasks a week.", action="Keep it.")
    letter = Letter(
        **ABOUT,
        findings=(finding,),
        troubles=(Trouble("todoist:me", "refused"),),
        link="https://report.example",
    )

    assert subject(letter) == "Your week: 12 done, 1,045 open"
    assert plain(letter) == (
        "Your week to 1 March 2026\n"
        "\n"
        "12 tasks done; 9 the week before.\n"
        "1 task came in.\n"
        "2 tasks removed undone.\n"
        "1,045 open tasks, 3 fewer than a week before.\n"
        "\n"
        "todoist:me is no longer looked at: the service refuses its token.\n"
        "Connect it again.\n"
        "\n"
        "What is worth knowing\n"
        "\n"
        "1. More gets done lately: 12 tasks a week.\n"
        "   Keep it.\n"
        "\n"
        "The whole report: https://report.example\n"
    )


def test_a_week_in_chinese() -> None:
    """The same, and where nothing stands out it says so."""
    letter = Letter(
        **ABOUT | {"open_before": 1045, "removed": 0}, language="zh", troubles=(Trouble("csv:a", "silent"),)
    )
    said = plain(letter)

    assert subject(letter) == "这一周：完成 12 项，未完成 1,045 项"
    assert "完成 12 项任务，前一周为 9 项。" in said
    assert "与一周前相同" in said
    assert "移除" not in said
    assert "csv:a 已有两天以上没有读取" in said
    assert "暂时没有特别之处" in said


@pytest.mark.parametrize("language", ["en", "zh"])
def test_html_says_what_the_text_says(language: Any) -> None:
    """And loads nothing: no script, no picture, no address but the report's."""
    finding = FindingView(key="pace", text="Text of it.", action="Do it.")
    page = html(Letter(**ABOUT, language=language, findings=(finding,), link="https://report.example"))

    assert all(
        part in page for part in ("12", "1,045", "Text of it.", "Do it.", 'href="https://report.example"')
    )
    assert not any(part in page for part in ("<script", "<img", "src=", "url("))


def test_titles_of_others_stay_text() -> None:
    """Neither markup nor marks that turn the writing around; in text, nothing that breaks the line."""
    finding = FindingView(key="x", text="Work in “<b>a</b>\u202e\n\nSubject: hi” is slow", action="<script>")
    letter = Letter(**ABOUT, findings=(finding,), troubles=(Trouble("csv:<i>", "silent"),))

    assert "<b>" not in html(letter)
    assert "<script>" not in html(letter)
    assert "<i>" not in html(letter)
    assert "\u202e" not in html(letter) + plain(letter)
    assert "\nSubject" not in plain(letter)
