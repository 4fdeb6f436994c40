"""Draws the README's pictures from the demo's report: `make pictures`."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

HERE = Path(__file__).parent
LANGUAGES = {"en": "report.png", "zh": "report.zh.png"}
SIZE = {"width": 1100, "height": 1500}  # the findings and the first four charts


def worklens(*words: str) -> None:
    """Run the command line of this environment."""
    subprocess.run([sys.executable, "-m", "worklens", *words], check=True)  # noqa: S603 - our own command


def draw(pages: dict[str, Path]) -> None:
    """Photograph the top of each page."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        for language, page in pages.items():
            tab = browser.new_page(viewport=SIZE, color_scheme="light")
            tab.goto(page.as_uri())
            tab.wait_for_function("document.querySelectorAll('svg').length >= 6")
            tab.screenshot(path=HERE / LANGUAGES[language])
        browser.close()


def main() -> None:
    """Make the demo in a folder of its own, its report in each language, and the pictures of them."""
    with tempfile.TemporaryDirectory() as folder:
        worklens("demo", "--data-dir", folder)
        pages = {language: Path(folder) / f"{language}.html" for language in LANGUAGES}
        for language, page in pages.items():
            data = str(Path(folder) / "demo")
            worklens("report", "--data-dir", data, "--language", language, "--output", str(page))
        draw(pages)


if __name__ == "__main__":
    main()
