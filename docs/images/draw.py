"""Draws the pictures of the pages from the demo: `make pictures`. Each page in light, in dark and on a phone."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, sync_playwright

HERE = Path(__file__).parent
CHINESE = "today-zh.png"  # for the Chinese README
PAGES = {"today": "/", "forecast": "/forecast", "time": "/time", "tasks": "/tasks", "data": "/data"}
LOOKS: dict[str, dict[str, Any]] = {
    "light": {"viewport": {"width": 1100, "height": 1000}, "color_scheme": "light"},
    "dark": {"viewport": {"width": 1100, "height": 1000}, "color_scheme": "dark"},
    "phone": {"viewport": {"width": 390, "height": 844}, "color_scheme": "light"},
}


def command(*words: str) -> list[str]:
    """The command line of this environment."""
    return [sys.executable, "-m", "worklens", *words]


@contextmanager
def served(data: str) -> Iterator[str]:
    """The pages' address, with its key; the commands that pages name are as somebody types them who has no other data."""
    words = command("report", "--serve", "--port", "0", "--language", "en")
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    given = os.environ | {"WORKLENS_DATA_DIR": data, "PATH": path}
    with subprocess.Popen(words, env=given, stderr=subprocess.PIPE, text=True) as process:  # noqa: S603 - our own command
        said = process.stderr.readline() if process.stderr else ""
        try:
            yield next(word for word in said.split() if word.startswith("http://"))
        finally:
            process.terminate()


def photograph(tab: Page, address: str, name: str) -> None:
    """The top of a page, once its charts are drawn."""
    tab.goto(address)
    seen = ".chart:not(details.more:not([open]) .chart)"
    tab.wait_for_function(
        f"[...document.querySelectorAll('{seen}')].every(one => one.dataset.drawn)", timeout=60_000
    )
    tab.screenshot(path=HERE / name)


def draw(browser: Browser, address: str) -> None:
    """Every page in every look, and the first in Chinese too."""
    root, _, key = address.partition("/?")
    for look, options in LOOKS.items():
        with browser.new_context(**options, locale="en-GB") as context:
            tab = context.new_page()
            tab.goto(f"{root}/?{key}")
            for name, path in PAGES.items():
                photograph(tab, f"{root}{path}", f"{name}-{look}.png")
            if look == "light":
                photograph(tab, f"{root}/?language=zh", CHINESE)


def main() -> None:
    """Make the demo in a folder of its own, serve it, and photograph its pages."""
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(command("demo", "--data-dir", folder), check=True)  # noqa: S603 - our own command
        with served(str(Path(folder) / "demo")) as address, sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
            draw(browser, address)
            browser.close()


if __name__ == "__main__":
    main()
