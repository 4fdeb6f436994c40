"""What all pages of the site share: the frame they stand in, and their templates."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import msgspec

from worklens.findings.locales import reader
from worklens.render import safe
from worklens.render.model import Language
from worklens.render.pages import environment
from worklens.render.words import Words

PAGES = ("today", "forecast", "time", "tasks")
"""In the order in which they stand above each page; ``data`` is in the footer."""


class Choice(msgspec.Struct, frozen=True):
    """Something one may choose, and what it is called."""

    value: str
    label: str


class Frame(msgspec.Struct, frozen=True, kw_only=True):
    """What stands around a page. Addresses carry all that is asked, so that a link leads to the same view."""

    language: Language
    page: str
    day: date | None = None
    account: str = ""  # the one asked for; empty for all
    accounts: tuple[str, ...] = ()  # one may choose among
    as_of: str = ""  # as it was asked for
    known_at: str = ""
    weeks: int = 0
    ranges: tuple[int, ...] = ()  # one may choose among; none where the page has no range
    links: Mapping[str, str] = {}  # to each page, to the other language, to now, and to what is static
    token: str = ""  # that forms bring back


def compose(template: str, frame: Frame, **parts: Any) -> str:
    """The page as HTML. Raises ImportError, naming the remedy, where the extra `report` isn't installed."""
    words = Words(frame.language)
    made = environment().get_template(f"site/{template}")
    return made.render(frame=frame, words=words, clean=safe.clean, pages=PAGES, locale=reader(), **parts)
