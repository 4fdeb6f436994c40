"""The pages as a browser shows them: every one, in both languages, on a phone, by keyboard, and for a screen reader."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect
from tests.browser.conftest import DRAWN, Seen
from tests.browser.served import served

PAGES = ("/", "/forecast", "/time", "/tasks", "/data", "/tasks/story")
PHONE = {"width": 390, "height": 844}
SHEET = {"width": 695, "height": 1024}  # A4 within its margins, in CSS pixels
PRINTED = """() => {
  const shown = one => one.getClientRects().length > 0;
  const all = names => [...document.querySelectorAll(names)].filter(shown);
  return {
    pressed: all("nav, form:not(.vega-bindings), button, input, select, .skip").map(one => one.outerHTML),
    overflow: document.documentElement.scrollWidth - innerWidth,
    cut: [...all("tr, .items li, .findings li"), ...all(".chart").map(one => one.closest("section"))]
      .filter(one => getComputedStyle(one).breakInside !== "avoid" && !one.closest(".wide")).map(one => one.outerHTML),
    charts: all(".chart svg").map(one => one.getBoundingClientRect()).map(one => [one.left, one.right, one.height]),
    paper: getComputedStyle(document.body).backgroundColor,
    ink: getComputedStyle(document.body).color.match(/\\d+/g).slice(0, 3).map(Number),
  };
}"""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The made-up person's pages, served for all tests here; their address."""
    with served(tmp_path_factory.mktemp("site")) as address:
        yield address


class Reader:
    """One tab, whose complaints are kept, and a story to look at."""

    def __init__(self, browser: Browser, site: str) -> None:
        self.site = site
        self.context = browser.new_context(locale="en-GB")
        self.seen = Seen(self.context.new_page())
        self.page.on("console", lambda one: self.seen.said.append(f"{one.type}: {one.text}"))
        self.page.on("pageerror", lambda error: self.seen.said.append(f"error: {error}"))
        self.page.on("request", lambda request: self.seen.asked.append(request.url))
        self.page.goto(f"{site}/tasks?status=completed")
        self.story = str(self.page.locator("tbody a").first.get_attribute("href"))

    @property
    def page(self) -> Page:
        """The tab."""
        return self.seen.page

    def open(self, path: str, language: str = "en") -> Page:
        """Open a page with all that is folded in it, and wait until its charts are drawn."""
        place = self.story if path == "/tasks/story" else path
        self.page.goto(f"{self.site}{place}{'&' if '?' in place else '?'}language={language}")
        self.page.evaluate(
            "document.querySelectorAll('details.more, details.asked').forEach(one => { one.open = true; })"
        )
        charts = self.page.locator(".chart").count()
        if charts:
            self.page.locator(".chart[data-drawn=yes]").nth(charts - 1).wait_for(timeout=DRAWN)
        return self.page


@pytest.fixture(scope="module")
def reader(browser: Browser, site: str) -> Iterator[Reader]:
    """Somebody who opens the pages one after another."""
    made = Reader(browser, site)
    yield made
    made.context.close()


def keep_picture(page: Page, name: str) -> None:
    """For whoever wants to look: in the folder that WORKLENS_TEST_PICTURES names."""
    if folder := os.environ.get("WORKLENS_TEST_PICTURES"):
        page.screenshot(path=Path(folder) / f"{name}.png", full_page=True)


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("path", PAGES)
def test_a_page_serves_everybody(reader: Reader, path: str, language: str) -> None:
    """No word on the console, nothing asked of others, no complaint of axe's in light or dark, and no overflow on a phone."""
    page = reader.open(path, language)
    assert page.locator("html").get_attribute("lang") == {"en": "en", "zh": "zh-Hans"}[language]
    found = [Axe().run(page)]
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    page.emulate_media(color_scheme="dark")
    found.append(Axe().run(page, options={"runOnly": ["color-contrast", "target-size"]}))
    overflow = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    keep_picture(page, f"{path.strip('/').replace('/', '-') or 'today'}-{language}")
    page.set_viewport_size({"width": 1200, "height": 900})
    page.emulate_media(color_scheme="light")

    assert [one.generate_report() for one in found if one.violations_count] == []
    assert overflow <= 0
    assert reader.seen.said == []
    assert {url.partition("?")[0].split("/")[2] for url in reader.seen.asked if url.startswith("http")} == {
        reader.site.split("/")[2]
    }


@pytest.mark.parametrize("path", [*PAGES, "/report"])
def test_a_page_is_printed(reader: Reader, path: str) -> None:
    """On A4 with nothing to press, no dark, every chart within the sheet, and dark ink on white; no row is cut in two."""
    page = reader.open(path)
    page.set_viewport_size(SHEET)  # type: ignore[arg-type]
    page.emulate_media(media="print", color_scheme="dark")
    keep_picture(page, f"print-{path.strip('/').replace('/', '-') or 'today'}")
    found = page.evaluate(PRINTED)
    charts = page.locator(".chart").count()
    pdf = page.pdf(format="A4")
    page.emulate_media(media="screen", color_scheme="light")
    page.set_viewport_size({"width": 1200, "height": 900})

    assert found["pressed"] == []
    assert found["overflow"] <= 0
    assert found["cut"] == []
    assert len(found["charts"]) == charts
    assert all(
        left >= 0 and right <= SHEET["width"] and height > 40 for left, right, height in found["charts"]
    )
    assert found["paper"] in {"rgba(0, 0, 0, 0)", "rgb(255, 255, 255)"}
    assert max(found["ink"]) < 0x40
    assert pdf.startswith(b"%PDF")


def test_the_keyboard_is_enough(reader: Reader) -> None:
    """Skip to the content; walk to another page; open a chart's numbers; search; everything focused can be seen."""
    page = reader.open("/")
    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_focused()
    expect(page.locator(".skip")).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()
    page.locator("header a").nth(1).focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/forecast**")
    page.locator("summary").first.focus()
    page.keyboard.press("Enter")
    expect(page.locator("details table").first).to_be_visible()
    reader.open("/tasks").get_by_label("Words of the title").fill("a")
    page.keyboard.press("Enter")
    page.wait_for_url("**words=a**")
    expect(page.get_by_role("status")).to_contain_text("found")


def test_every_control_can_be_reached(reader: Reader) -> None:
    """By Tab alone, and back again: no trap."""
    for path in ("/", "/forecast", "/tasks"):
        page = reader.open(path)
        wanted = page.locator(
            "main a, main button, main select, main summary, main input:not([type=hidden])"
        ).count()
        seen = page.evaluate(
            "() => { window.seen = new Set(); document.addEventListener('focusin', one => seen.add(one.target)); }"
        )
        assert seen is None
        for _ in range(wanted + 40):
            page.keyboard.press("Tab")
        reached = page.evaluate(
            "[...document.querySelectorAll('main a, main button, main select, main summary, main input:not([type=hidden])')].filter(one => !seen.has(one)).map(one => one.outerHTML)"
        )
        assert reached == []


def test_a_finding_is_answered(reader: Reader) -> None:
    """Not now: it is gone, and can be told again; both without a script."""
    page = reader.open("/")
    first = page.locator(".findings li").first
    said = first.locator("h2").inner_text()
    first.get_by_role("button", name="Not now").click()
    expect(page.get_by_role("status")).to_contain_text("Answered")
    assert said not in page.locator(".findings").inner_text()
    page.get_by_role("button", name="Tell it again").click()
    expect(page.locator(".findings h2").first).to_have_text(said)


def test_a_task_is_answered(reader: Reader) -> None:
    """By keyboard, where the answers unfold below it: another takes its place, and it can be told again."""
    page = reader.open("/")
    first = page.locator("#attention .items li").first
    said = first.locator("b, a").first.inner_text()
    page.evaluate("document.querySelectorAll('.asked').forEach(one => { one.open = false; })")
    first.locator("summary").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(first.get_by_role("button", name="It isn't so")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_contain_text("Answered")
    now = page.locator("#attention .items b, #attention .items a").all_inner_texts()
    page.get_by_role("button", name="Tell it again").click()
    expect(page.locator("#attention .items li").first).to_contain_text(said)

    assert said not in now


def test_what_if_is_asked(reader: Reader) -> None:
    """A list less and two weeks off, beside the account as it is."""
    page = reader.open("/forecast")
    page.get_by_label("If I drop the list").select_option(index=1)
    page.get_by_label("If I take off from").fill("2026-11-02")
    page.get_by_label("until").fill("2026-11-15")
    page.get_by_role("button", name="What if?").click()

    expect(page.locator("#what_if th[scope=col]")).to_have_count(5)
    keep_picture(page, "what-if")


def test_a_view_is_its_address(reader: Reader) -> None:
    """A past day and a range are kept from page to page, and lead back to today."""
    page = reader.open("/time?as_of=2026-05-01&weeks=13")
    page.get_by_role("link", name="Forecast", exact=True).click()
    assert "as_of=2026-05-01" in page.url
    expect(page.locator("header .day")).to_contain_text("1 May 2026")
    page.get_by_role("link", name="Show today").click()
    assert "as_of" not in page.url


def test_it_can_be_read_without_scripts(browser: Browser, site: str) -> None:
    """Every table and word is there, and says why there are no charts."""
    with browser.new_context(java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(f"{site}/forecast")
        assert page.locator("noscript").count() == 1
        assert "switched off" in page.inner_text("main")
        assert page.locator("details table tr").count() > 20
