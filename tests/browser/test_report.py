"""The report as a browser shows it: opened from a file, without a network, on any screen and on paper."""

from __future__ import annotations

import re
from typing import Any, Literal

import pytest
from playwright.sync_api import Page
from tests.browser.conftest import Opener, Seen
from tests.render import believable
from tests.render.test_page import hostile

from worklens.render import Report, page

CHARTS = ("forecast", "throughput", "flow", "time", "ageing", "where", "when")
FOLDED = ("pace", "behaviour")  # drawn once somebody opens them
LEAST_ROWS = {"forecast": 3}  # a promise for a week, two and a month
PHONE = {"width": 360, "height": 740}

# What a chart has drawn: marks with an outline or an area of their own, and how wide the drawing is in its place.
DRAWN = """key => {
  const place = document.querySelector(`#${key} .chart`), svg = place.querySelector("svg");
  const shapes = [...svg.querySelectorAll("path, rect, line")].filter(shape => {
    const box = shape.getBBox(), style = getComputedStyle(shape);
    return box.width + box.height > 1 && (style.fill !== "none" || style.stroke !== "none") && !shape.closest(".background");
  });
  const text = [...svg.querySelectorAll("text")].map(label => label.textContent).filter(Boolean);
  return { shapes: shapes.length, text, wide: svg.getBoundingClientRect().width, place: place.clientWidth };
}"""

# Every chart is as wide as its place, but for the few pixels that a label may need.
FITTED = """() => [...document.querySelectorAll(".chart[data-drawn]")].every(place => {
  const wide = place.querySelector("svg").getBoundingClientRect().width;
  return place.clientWidth - 8 <= wide && wide <= place.clientWidth + 1;
})"""

# The colours of all text that is seen, each with what stands behind the page.
COLOURS = """() => {
  const paper = getComputedStyle(document.body).backgroundColor, found = new Map();
  for (const element of document.querySelectorAll("h1, h2, p, li, td, th, summary, a, svg text")) {
    const style = getComputedStyle(element);
    if (!element.getClientRects().length || !element.textContent.trim()) continue;
    found.set(element.ownerSVGElement ? style.fill : style.color, element.textContent.trim().slice(0, 40));
  }
  return { paper, found: [...found] };
}"""


@pytest.fixture(scope="module", params=["en", "zh"])
def seen(request: pytest.FixtureRequest, open_page: Opener) -> Seen:
    """A made-up person's report in each language, open on a wide and light screen; tests leave it as it was."""
    return open_page(page(believable.report(request.param)), color_scheme="light")


@pytest.fixture(scope="module")
def html() -> str:
    """The English page."""
    return page(believable.report())


def drawn(shown: Page, key: str) -> dict[str, Any]:
    """What a chart has drawn."""
    found: dict[str, Any] = shown.evaluate(DRAWN, key)
    return found


def overflow(shown: Page) -> int:
    """By how many pixels the page is wider than the window."""
    pixels: int = shown.evaluate(
        "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
    )
    return pixels


def luminance(colour: str) -> float:
    """How light an `rgb(...)` is, as WCAG 2 defines it."""
    parts = [int(part) / 255 for part in re.findall(r"\d+", colour)[:3]]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """From 1 (the same) to 21 (black on white)."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def test_every_chart_is_drawn_and_nothing_is_said(seen: Seen) -> None:
    """Six charts with marks and labels, no word on the console, and no request but for the file."""
    for key in CHARTS:
        found = drawn(seen.page, key)
        assert found["shapes"] > 10, key
        assert len(found["text"]) > 3, key
    assert seen.said == []
    assert {url.partition(":")[0] for url in seen.asked} <= {"file", "data"}


@pytest.mark.parametrize("scheme", ["dark", "light"])
def test_text_can_be_read_in_light_and_in_dark(seen: Seen, scheme: Literal["dark", "light"]) -> None:
    """Every text, those in the charts too, has at least the contrast that WCAG AA asks of small print.

    The scheme changes while the page is open: the charts that are drawn already follow.
    """
    seen.page.emulate_media(color_scheme=scheme)
    colours = seen.page.evaluate(COLOURS)

    assert (luminance(colours["paper"]) < 0.05) == (scheme == "dark")
    assert len(colours["found"]) >= 2
    assert [text for colour, text in colours["found"] if contrast(colour, colours["paper"]) < 4.5] == []


def test_what_is_pointed_to_is_told(seen: Seen) -> None:
    """The numbers under the pointer stand in a box, in the reader's language."""
    chart = seen.page.locator("#flow .chart")
    chart.scroll_into_view_if_needed()
    box = chart.bounding_box()
    assert box is not None
    chart.hover(position={"x": box["width"] / 2, "y": box["height"] / 2})
    told = seen.page.locator("#vg-tooltip-element.visible")
    told.wait_for()

    assert "2026" in told.inner_text()
    assert {"未完成", "open"} & set(told.inner_text().split())


def test_the_numbers_can_be_read_without_seeing(seen: Seen) -> None:
    """Each chart is one image with its description, and a table with its numbers."""
    for key in CHARTS:
        assert len(seen.page.locator(f"#{key} [role=img]").get_attribute("aria-label") or "") > 30
        assert seen.page.locator(f"#{key} details table tbody tr").count() >= LEAST_ROWS.get(key, 7)


def test_what_is_folded_is_drawn_when_somebody_opens_it(seen: Seen) -> None:
    """Its finding stands in a line; a key opens it, and the chart is as wide as its place."""
    for key in FOLDED:
        section = seen.page.locator(f"#{key}")
        assert section.locator("svg").count() == 0
        section.locator("summary").first.press("Enter")
        section.locator(".chart[data-drawn]").wait_for()
        found = drawn(seen.page, key)
        section.locator("summary").first.press("Enter")

        assert found["shapes"] > 10, key
        assert found["wide"] == pytest.approx(found["place"], abs=8)
    assert seen.said == []


def test_no_screen_scrolls_sideways(seen: Seen) -> None:
    """From a small phone to a desk, tables open or not, the page is as wide as the window and charts fill their places."""
    for width in (1280, 820, 360, 320):
        seen.page.set_viewport_size({"width": width, "height": 740})
        seen.page.wait_for_function(FITTED, timeout=10_000)

        assert overflow(seen.page) == 0
    seen.page.evaluate("() => document.querySelectorAll('details').forEach(each => { each.open = true; })")
    assert overflow(seen.page) == 0
    seen.page.evaluate("() => document.querySelectorAll('details').forEach(each => { each.open = false; })")
    seen.page.set_viewport_size({"width": 1280, "height": 740})


def test_paper_is_light(seen: Seen) -> None:
    """Printed from a dark screen, the ink is dark, and the charts fit their columns."""
    seen.page.emulate_media(media="print", color_scheme="dark")
    ink = seen.page.evaluate("() => getComputedStyle(document.querySelector('#flow svg text')).fill")
    widths = [drawn(seen.page, key) for key in CHARTS]
    printed = seen.page.pdf(format="A4")
    seen.page.emulate_media(media="screen", color_scheme="light")

    assert contrast(ink, "rgb(255, 255, 255)") >= 4.5
    assert all(found["wide"] == pytest.approx(found["place"], abs=1) for found in widths)
    assert len(printed) > 10_000


def test_a_phone_draws_every_chart(open_page: Opener, html: str) -> None:
    """Opened at phone width in the dark, the charts fill it and hold what they should."""
    seen = open_page(html, viewport=PHONE, color_scheme="dark", is_mobile=True, has_touch=True)

    assert seen.said == []
    assert overflow(seen.page) == 0
    for key in CHARTS:
        found = drawn(seen.page, key)
        assert found["shapes"] > 10, key
        assert 300 <= found["wide"] <= 328, key


def test_days_are_the_persons_wherever_the_page_is_opened(open_page: Opener, html: str) -> None:
    """Readers at both ends of the world's clocks see the same labels."""
    labels = [
        [drawn(seen.page, key)["text"] for key in CHARTS]
        for seen in (open_page(html, timezone_id=zone) for zone in ("Pacific/Kiritimati", "Pacific/Niue"))
    ]

    assert labels[0] == labels[1]
    assert "Jun" in labels[0][CHARTS.index("throughput")]


def test_hostile_titles_do_nothing(open_page: Opener) -> None:
    """No dialog, no error, no image; charts are drawn with such names in them, and a phone still fits."""
    seen = open_page(page(hostile()), viewport=PHONE)

    assert seen.said == []
    assert seen.page.locator("img").count() == 0
    assert overflow(seen.page) == 0
    assert "<script>alert(1)</script>" in seen.page.locator("#oldest").inner_text()
    assert drawn(seen.page, "where")["shapes"] > 10


def test_the_policy_stops_what_gets_through(open_page: Opener, html: str) -> None:
    """Were a script to slip onto the page after all, the browser would not run it."""
    seen = open_page(html.replace("<main>", "<main><script>document.title = 'owned'</script>", 1))

    assert seen.page.title() != "owned"
    assert [text for text in seen.said if "Content Security Policy" in text]


def test_without_javascript_the_numbers_are_there(open_page: Opener, html: str) -> None:
    """The reader is told why the charts are missing, and finds every table."""
    seen = open_page(html, charts=0, java_script_enabled=False)

    assert seen.page.locator(".notice").is_visible()
    assert seen.page.locator("figure details table").count() == len(CHARTS + FOLDED)


def test_a_broken_chart_says_so(open_page: Opener, html: str) -> None:
    """The reader gets a sentence and the open table instead of a hole; the other charts stand."""
    broken = re.sub(r'(id="spec-flow">)\{.*?\}(</script>)', r'\1{"mark": "nothing"}\2', html, count=1)
    seen = open_page(broken, charts=5)
    seen.page.locator("#flow .failed").wait_for()

    assert seen.page.locator("#flow details[open] table").is_visible()


def test_an_empty_report_is_calm(open_page: Opener) -> None:
    """No chart and no error: sentences about what is missing."""
    seen = open_page(page(Report(as_of=believable.LAST)), charts=0)

    assert seen.said == []
    assert seen.page.locator(".lacking").count() == 8
