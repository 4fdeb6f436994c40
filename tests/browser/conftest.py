"""Chromium as the system has it, without a network: what the tests here are looked at with."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome")
ARGUMENTS = ("--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage")
DRAWN = 30_000  # milliseconds a busy machine may take to draw six charts


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything in this folder needs a browser."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One browser for all tests."""
    found = next(filter(None, map(shutil.which, NAMES)), None)
    if found is None:
        pytest.skip(f"no browser: none of {', '.join(NAMES)} is on the path (make system installs Chromium)")
    with sync_playwright() as driver:
        opened = driver.chromium.launch(executable_path=found, args=list(ARGUMENTS))
        yield opened
        opened.close()


@dataclass
class Seen:
    """An open page, and all that it said or asked for."""

    page: Page
    said: list[str] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)


class Opener:
    """Opens pages from files, offline, each in a context of its own."""

    def __init__(self, browser: Browser, folder: Path) -> None:
        self._browser, self._folder = browser, folder
        self._contexts: list[BrowserContext] = []

    def __call__(self, html: str, charts: int = 6, **options: Any) -> Seen:
        """Opens HTML with a context's options, and waits until the given number of charts is drawn."""
        file = self._folder / f"report-{len(self._contexts)}.html"
        file.write_text(html, encoding="utf-8")
        context = self._browser.new_context(offline=True, **options)
        self._contexts.append(context)
        seen = Seen(context.new_page())
        seen.page.on("console", lambda message: seen.said.append(f"{message.type}: {message.text}"))
        seen.page.on("pageerror", lambda error: seen.said.append(f"error: {error}"))
        seen.page.on(
            "dialog", lambda dialog: (seen.said.append(f"dialog: {dialog.message}"), dialog.dismiss())
        )
        seen.page.on("request", lambda request: seen.asked.append(request.url))
        seen.page.goto(file.as_uri())
        if charts:
            seen.page.locator(".chart[data-drawn=yes]").nth(charts - 1).wait_for(timeout=DRAWN)
        return seen

    def close(self) -> None:
        """Close all that was opened."""
        for context in self._contexts:
            context.close()


@pytest.fixture(scope="module")
def open_page(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Opener]:
    """Opens pages for the tests of a file."""
    opener = Opener(browser, tmp_path_factory.mktemp("pages"))
    yield opener
    opener.close()
