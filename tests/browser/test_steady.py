"""A page can be read before its charts are there, and nothing on it moves when they come."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Route, expect
from tests.browser.conftest import DRAWN
from tests.browser.served import served

PAGES = ("/", "/forecast", "/time", "/tasks", "/data")
WIDTHS = {"desk": {"width": 1200, "height": 900}, "phone": {"width": 390, "height": 844}}
WATCH = """
window.shifts = [];
new PerformanceObserver(list => {
  for (const one of list.getEntries())
    shifts.push([one.value, ...one.sources.map(from => from.node && (from.node.id || from.node.className || from.node.nodeName))]);
}).observe({ type: "layout-shift", buffered: true });
"""
SETTLE = "() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done, 50))))"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The made-up person's pages; their address."""
    with served(tmp_path_factory.mktemp("steady")) as address:
        yield address


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("path", PAGES)
def test_nothing_moves(browser: Browser, site: str, path: str, width: str) -> None:
    """By the browser's own account of shifts, until every chart is drawn, from the top of the page to its foot."""
    with browser.new_context(viewport=WIDTHS[width]) as context:  # type: ignore[arg-type]
        context.add_init_script(WATCH)
        page = context.new_page()
        page.goto(f"{site}{path}")
        drawn = page.locator(".chart:not(details.more .chart)")
        for place in range(drawn.count()):
            drawn.nth(place).scroll_into_view_if_needed()
            expect(drawn.nth(place)).to_have_attribute("data-drawn", "yes", timeout=DRAWN)
        page.evaluate(SETTLE)
        shifts = page.evaluate("shifts")
        page.evaluate("scrollTo(0, 0); document.querySelector('main').style.paddingTop = '200px'")
        page.evaluate(SETTLE)
        seen = page.evaluate("shifts.length")

    assert shifts == []
    assert seen > 0  # whoever watches would have seen it


@pytest.mark.parametrize("path", PAGES)
def test_it_is_read_before_the_charts(browser: Browser, site: str, path: str) -> None:
    """While the script that draws them is still on its way: the heading, every section, and the numbers under a chart."""
    held: list[Route] = []
    with browser.new_context() as context:
        page = context.new_page()

        def hold(route: Route) -> None:
            held.append(route)

        page.route("**/assets/charts-*.js", hold)
        page.goto(f"{site}{path}", wait_until="commit")
        expect(page.locator("footer")).to_be_visible()
        charts = page.locator(".chart:not(details.more .chart)").count()
        if charts:
            page.locator("figure details summary").first.click()
            expect(page.locator("figure details table").first).to_be_visible()
            assert page.locator(".chart[data-drawn]").count() == 0
        assert page.locator("h1").is_visible()
        assert bool(charts) == bool(held)
        for route in held:
            route.continue_()
        if charts:
            expect(page.locator(".chart:not(details.more .chart)").first).to_have_attribute(
                "data-drawn", "yes", timeout=DRAWN
            )


def test_the_same_words_stand_there_without_scripts(browser: Browser, site: str) -> None:
    """Every heading, sentence and number of every page; a chart's are in its table."""
    for path in PAGES:
        read = []
        for scripts in (True, False):
            with browser.new_context(java_script_enabled=scripts) as context:
                page = context.new_page()
                page.goto(f"{site}{path}", wait_until="domcontentloaded")
                read.append(page.locator("main h2, main p, main td, main th, main li").all_text_contents())

        assert read[0], path
        with_scripts, without = ([" ".join(one.split()) for one in part] for part in read)
        assert [one for one in with_scripts if one not in without] == [], path
