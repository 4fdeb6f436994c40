"""Write the report and pictures of it, to be looked at: python tests/render/look.py FOLDER."""

from __future__ import annotations

import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from tests.render import believable  # noqa: E402

from worklens.render import page  # noqa: E402

VIEWS = {"wide": (1280, 900), "phone": (360, 740), "tablet": (820, 1100)}


def main(folder: Path) -> None:
    """Each language, light and dark, wide and narrow, and on paper."""
    folder.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as driver:
        browser = driver.chromium.launch(
            executable_path="/usr/bin/chromium", args=["--no-sandbox", "--disable-gpu"]
        )
        for language in ("en", "zh"):
            file = folder / f"{language}.html"
            file.write_text(page(believable.report(language)), encoding="utf-8")
            for scheme in ("light", "dark"):
                for name, (width, height) in VIEWS.items():
                    tab = browser.new_page(viewport={"width": width, "height": height}, color_scheme=scheme)
                    tab.goto(file.as_uri())
                    tab.locator(".chart[data-drawn]").nth(5).wait_for()
                    tab.screenshot(path=folder / f"{language}-{scheme}-{name}.png", full_page=True)
                    if name == "wide":
                        tab.pdf(path=folder / f"{language}-{scheme}.pdf", format="A4")
                    tab.close()
        browser.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]).resolve())
