"""The weekly digest: a week's figures, at most five findings and what stands in the way, as plain text and as HTML.

The HTML is for mail: no script, no picture, nothing to load, styles in the elements.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from textwrap import fill

import msgspec

from worklens.findings.alerts import told
from worklens.render.model import FindingView, Language
from worklens.render.safe import SENTENCE, clean
from worklens.render.week import Week
from worklens.render.words import Words

WIDTH = 72  # columns of plain text, so that a reply still quotes it whole


class Trouble(msgspec.Struct, frozen=True):
    """An account whose record is behind: ``key`` is refused or silent."""

    feed: str
    key: str


class Letter(Week, frozen=True, kw_only=True):
    """All that a digest says of the week that ends with the last whole day on record."""

    language: Language = "en"
    last: date  # of the seven days
    findings: tuple[FindingView, ...] = ()
    troubles: tuple[Trouble, ...] = ()
    alerts: tuple[str, ...] = ()  # of the week, in words
    link: str = ""  # of the report


def subject(letter: Letter) -> str:
    """The week in one line."""
    words = Words(letter.language)
    return words("digest.subject", done=words.number(letter.done), open=words.number(letter.open))


def plain(letter: Letter) -> str:
    """The digest as text, its lines no wider than 72 columns where the language has spaces to break at."""
    words = Words(letter.language)
    parts = [heading(letter, words), "", *map(_wrapped, figures(letter, words))]
    if letter.troubles or letter.alerts:
        told = (*(trouble(one, words) for one in letter.troubles), *letter.alerts)
        parts += ["", *(_wrapped(clean(one, SENTENCE)) for one in told)]
    parts += ["", words("page.findings")]
    for number, one in enumerate(letter.findings, start=1):
        parts += [
            "",
            _wrapped(clean(one.text, SENTENCE), f"{number}. "),
            _wrapped(clean(one.action, SENTENCE), "   "),
        ]
    if not letter.findings:
        parts += ["", _wrapped(words("page.no_findings"))]
    if letter.link:
        parts += ["", words("digest.link", link=letter.link)]
    return "\n".join(parts) + "\n"


def _wrapped(text: str, lead: str = "") -> str:
    return fill(
        text,
        WIDTH,
        initial_indent=lead,
        subsequent_indent=" " * len(lead),
        break_long_words=False,
        break_on_hyphens=False,
    )


def html(letter: Letter) -> str:
    """The digest as one HTML document. Raises ImportError, naming the remedy, without the extra `report`."""
    from worklens.render.pages import environment

    words = Words(letter.language)
    return (
        environment()
        .get_template("digest.html")
        .render(
            letter=letter,
            words=words,
            heading=heading(letter, words),
            figures=list(figures(letter, words)),
            troubles=[trouble(one, words) for one in letter.troubles],
        )
    )


# ----- Its sentences -----


def heading(letter: Letter, words: Words) -> str:
    """Which week."""
    return words("digest.heading", last=words.day(letter.last))


def figures(letter: Week, words: Words) -> Iterator[str]:
    """What was done, what came, and what is open, each beside the week before."""
    yield words(
        "digest.done", tasks=words.count("tasks", letter.done), before=words.number(letter.done_before)
    )
    yield words("digest.arrived", tasks=words.count("tasks", letter.arrived))
    if letter.removed:
        yield words("digest.removed", tasks=words.count("tasks", letter.removed))
    more = letter.open - letter.open_before
    than = "same" if not more else "more" if more > 0 else "fewer"
    yield words(
        f"digest.open_{than}", tasks=words.count("open_tasks", letter.open), n=words.number(abs(more))
    )


def trouble(one: Trouble, words: Words) -> str:
    """What stands in an account's way, and what would help."""
    return told(f"account_{one.key}", {"account": clean(one.feed)}, words.language)
