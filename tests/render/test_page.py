"""The page: complete, escaped, and closed to everything that isn't ours."""

from __future__ import annotations

import hashlib
import json
import re
import subprocess
import sys
from base64 import b64encode
from datetime import timedelta
from html.parser import HTMLParser
from typing import Any

import pytest
from tests.render import believable

from worklens.render import FindingView, Report, page, runtime
from worklens.render.pages import data
from worklens.render.words import Words

HOSTILE = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(2)>',
    "</script><script>alert(3)</script>",
    "<!--<script>",
    "{{ 7 * 7 }}{named}%s",
    "\u202egnihtyna\u2066",
    "👩‍👩‍👧 emoji \u2028 and \x00 controls",
    "long " * 2_000,
)


class Elements(HTMLParser):
    """The page as a parser sees it: elements with their attributes, and each script's text."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.scripts: list[tuple[dict[str, str | None], str]] = []
        self.text: list[str] = []
        self._script: dict[str, str | None] | None = None
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        self._script = dict(attrs) if tag == "script" else None

    def handle_data(self, data: str) -> None:
        if self._script is not None:
            self.scripts.append((self._script, data))
        else:
            self.text.append(data)

    def handle_endtag(self, tag: str) -> None:
        self._script = None


def hostile(**changes: Any) -> Report:
    """A report in which every text of others tries to break out."""
    tables = believable.tables(believable.history())
    work, lists = tables["age_of_open_work"], tables["work_by_collection"]
    work["title"] = [HOSTILE[row % len(HOSTILE)] for row in range(len(work["title"]))]
    work["collection_title"] = work["title"][::-1]
    work["link"] = ["javascript:alert(4)"] * len(work["title"])
    lists["collection_title"] = [HOSTILE[int(code) % len(HOSTILE)] for code in lists["collection"]]
    tables["data_quality"]["account"] = [HOSTILE[1]]
    first = tables["attention_first"]
    first["title"] = list(HOSTILE[: len(first["title"])])
    first["collection_title"] = first["title"][::-1]
    first["link"] = ["javascript:alert(5)"] * len(first["title"])
    for name in ("estimates_by_list", "list_hours"):
        titles = tables[name]["title"]
        titles[:] = HOSTILE[: len(titles)]
    findings = tuple(
        FindingView(key=f"key{n}", text=text, why=text, action=text) for n, text in enumerate(HOSTILE)
    )
    return believable.report(tables=tables, accounts=HOSTILE, findings=findings, **changes)


@pytest.fixture(scope="module")
def hostile_page() -> str:
    """Its page."""
    return page(hostile())


def test_the_page_has_each_section_and_finding(html: str, report: Report) -> None:
    """Findings first and in their order, then the sections in theirs."""
    order = re.findall(r'(?:data-finding|section id)="([a-z_]+)"', html)
    sections = [
        "forecast",
        "promises",
        "throughput",
        "flow",
        "time",
        "ageing",
        "attention",
        "turning",
        "oldest",
    ]
    sections += ["where", "when", "pace", "behaviour", "estimates", "hours", "quality", "as_of"]

    assert order == [finding.key for finding in report.findings] + sections
    assert f'<html lang="{"zh-Hans" if report.language == "zh" else "en"}">' in html


def test_the_page_speaks_one_language(html: str, report: Report) -> None:
    """No sentence of the other catalogue stands on it."""
    other = Words("en" if report.language == "zh" else "zh")
    elsewhere = (
        "page.offline",
        "page.numbers",
        "oldest.overtaken",
        "quality.subtitle",
        "flow.column_removed",
    )
    words = [other(key) for key in elsewhere]

    assert not [text for text in words if text in html]


def test_the_same_report_gives_the_same_page(report: Report, html: str) -> None:
    """Nothing on it is drawn by lot or read from a clock."""
    assert page(report) == html


def test_nothing_comes_from_elsewhere(html: str) -> None:
    """No element loads anything; the only address is that of a task."""
    parsed = Elements(html)

    assert not [
        tag
        for tag, attributes in parsed.elements
        if "src" in attributes or tag in {"iframe", "object", "base"}
    ]
    links = {attributes["href"] for _, attributes in parsed.elements if "href" in attributes}
    assert {link for link in links if link and not link.startswith("data:image/svg")} == {
        "https://tasks.example/42"
    }
    assert "@import" not in html.split("</style>")[0]
    assert "url(" not in html.split("</style>")[0]


def test_the_policy_lets_only_our_scripts_run(html: str) -> None:
    """Each script's hash stands in the policy, and there are two."""
    parsed = Elements(html)
    content = next(
        a["content"] for _, a in parsed.elements if a.get("http-equiv") == "Content-Security-Policy"
    )
    ours = [text for attributes, text in parsed.scripts if "type" not in attributes]
    hashes = [f"'sha256-{b64encode(hashlib.sha256(text.encode()).digest()).decode()}'" for text in ours]

    assert content is not None
    directives = dict(part.strip().split(" ", 1) for part in content.split(";"))
    assert directives["default-src"] == "'none'"
    assert directives["script-src"].split() == hashes
    assert len(hashes) == 2


def test_hostile_titles_add_no_element(hostile_page: str) -> None:
    """Whatever titles, lists, accounts and findings hold, scripts and images stay as many as they were."""
    tags = [tag for tag, _ in Elements(hostile_page).elements]
    plain = [tag for tag, _ in Elements(page(believable.report())).elements]

    assert tags.count("script") == plain.count("script")
    assert tags.count("img") == 0
    assert not [a for _, a in Elements(hostile_page).elements if any(name.startswith("on") for name in a)]


def test_hostile_titles_are_read_as_they_are(hostile_page: str) -> None:
    """The person sees what they wrote."""
    text = "".join(Elements(hostile_page).text)

    assert "<script>alert(1)</script>" in text
    assert '"><img src=x onerror=alert(2)>' in text
    assert "{{ 7 * 7 }}{named}%s" in text


def test_no_title_runs_on_or_turns_the_page(hostile_page: str) -> None:
    """Ten thousand characters are cut, overrides and controls are gone, and bad links are none."""
    assert "long " * 200 not in hostile_page
    assert not re.search("[\u202a-\u202e\u2066-\u2069\x00\u2028]", hostile_page)
    assert "javascript:" not in "".join(a.get("href") or "" for _, a in Elements(hostile_page).elements)


def test_chart_data_stays_data(hostile_page: str) -> None:
    """Each specification is JSON, and holds a list's name unharmed."""
    specs = [json.loads(text) for attributes, text in Elements(hostile_page).scripts if "type" in attributes]

    assert len(specs) == 9
    assert "<script>alert(1)</script>" in json.dumps(specs)


def test_json_cannot_end_its_element() -> None:
    """The character that begins a tag is written as an escape."""
    text = data({"title": "</script><!--"})

    assert "<" not in text
    assert json.loads(text) == {"title": "</script><!--"}


def test_a_script_cannot_end_its_element() -> None:
    """Were the runtime ever to hold the closing tag in a string, it would be escaped there."""
    assert runtime.inline("a='</script><!--'") == r"a='<\/script><\!--'"
    assert "</script" not in runtime.bundle()


def test_a_large_history_makes_no_large_page() -> None:
    """A hundred times the tasks make no more than a hundredth more page."""
    tables = believable.tables(believable.history())
    many = {
        name: {key: [*values] * 100 for key, values in table.items()}
        for name, table in tables.items()
        if name not in {"data_quality", "whole_weeks", "changes_of_pace", "process_behaviour"}
    }
    small, large = (page(believable.report(tables=views)) for views in (tables, many))

    assert len(large) < 1.01 * len(small)


def test_the_runtime_can_be_kept() -> None:
    """A caller who has it gives it back, and gets the same page."""
    assert page(believable.report(), runtime.bundle()) == page(believable.report())


def test_as_of_and_known_at_are_said() -> None:
    """A page of the past says which past."""
    html = page(believable.report(known_at=believable.INSTANT))

    assert "As of 30 October 2026" in html
    assert "Only what had been seen by 30 October 2026, 09:00 is counted." in html


def test_an_empty_report_is_a_page() -> None:
    """A person without any data gets a page that says what it needs, without a chart."""
    html = page(Report(as_of=believable.LAST))

    assert 'class="chart"' not in html
    assert html.count("Not enough evidence yet.") == 7


def test_importing_the_room_loads_nothing_heavy() -> None:
    """Jinja2 and the runtime are loaded when a page is made."""
    heavy = "{'jinja2', 'vl_convert', 'numpy'} & set(sys.modules)"
    code = f"import sys, worklens.render; print(sorted({heavy}))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert done.stdout.strip() == "[]"


def test_a_day_that_is_not_over_makes_no_slow_week() -> None:
    """The pace ends with the last whole day; what is open is told as of today."""
    yesterday = believable.LAST - timedelta(days=1)
    html = page(believable.report(whole_until=yesterday))

    assert "23 Oct to 29 Oct" in html
    assert "23 Oct to 29 Oct" not in page(believable.report())
    assert "As of 30 October 2026" in html
