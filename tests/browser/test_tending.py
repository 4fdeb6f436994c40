"""*Data* acts in a browser: by keyboard, in both languages, on a phone, without a script, and for a screen reader."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect
from tests.browser.served import shown
from tests.cli.conftest import Person, remap, write_table

from worklens.cli.local_desk import LocalDesk
from worklens.cli.tending import tending
from worklens.cli.voice import Voice
from worklens.stages.pages.router import Site

PHONE, DESK = {"width": 390, "height": 844}, {"width": 1200, "height": 900}
TEAM = "csv:team"


class Held:
    """Somebody whose table had three rows that could not be read, and who has a message that no step knows; and a tab."""

    def __init__(self, folder: Path, browser: Browser, stack: ExitStack) -> None:
        file, mapping = write_table(folder, broken=3)
        self.person = Person(folder / "data")
        self.person.run("import", file, "--mapping", mapping, code=3)
        self.desk = LocalDesk(self.person.data)
        stack.callback(self.desk.close)
        self.desk.platform.queue.keep("worklens.tasks-fetched.v1", b"{", "not JSON")
        site = Site(self.desk.ports, version=self.desk.version, tending=tending(self.desk, Voice()))
        self.address = stack.enter_context(shown(site, self.desk.platform))
        self.page: Page = stack.enter_context(browser.new_context(java_script_enabled=True)).new_page()
        self.said: list[str] = []
        self.page.on("console", lambda one: self.said.append(one.text))

    def open(self, path: str) -> Page:
        """A page in the tab."""
        self.page.goto(f"{self.address}{path}")
        return self.page

    def complaints(self) -> list[str]:
        """Axe's, as wide as a desk and, dark, on a phone; and what runs over its edge."""
        found = [Axe().run(self.page)]
        self.page.set_viewport_size(PHONE)  # type: ignore[arg-type]
        self.page.emulate_media(color_scheme="dark")
        found.append(Axe().run(self.page))
        over = self.page.evaluate(
            "Math.max(document.documentElement.scrollWidth - innerWidth,"
            " ...[...document.querySelectorAll('.held')].map(one => one.offsetWidth - one.parentElement.clientWidth))"
        )
        self.page.set_viewport_size(DESK)  # type: ignore[arg-type]
        self.page.emulate_media(color_scheme="light")
        return [one.generate_report() for one in found if one.violations_count] + [f"{over} px over"] * (
            over > 0
        )


@pytest.fixture(scope="module")
def held(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Held]:
    """One for the tests of this file, which follow one another."""
    with ExitStack() as stack:
        stack.enter_context(pytest.MonkeyPatch.context()).setenv("WORKLENS_SECRETS", "file")
        yield Held(tmp_path_factory.mktemp("held"), browser, stack)


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize(
    "path", ["/data?", f"/data/forget?of={TEAM}&", f"/data/forget?of={TEAM}/ann&refused=wrong&"]
)
def test_a_page_that_acts_serves_everybody(held: Held, path: str, language: str) -> None:
    """No complaint, no word on the console, no overflow; and the other language is the same page's."""
    page = held.open(f"{path}language={language}")

    assert page.locator("html").get_attribute("lang") == {"en": "en", "zh": "zh-Hans"}[language]
    assert held.complaints() == []
    page.locator("footer a[hreflang]").click()
    assert page.url.partition("?")[0].endswith(path.partition("?")[0])
    assert held.said == []


def test_problems_are_tried_again_by_keyboard(held: Held) -> None:
    """Each button is reached by Tab; what came of it is told where a screen reader hears it."""
    page = held.open("/data")
    button = page.get_by_role("button", name="Try again: csv:team, The column created")
    for _ in range(60):
        if button.evaluate("one => one === document.activeElement"):
            break
        page.keyboard.press("Tab")
    expect(button).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_contain_text("3 records must stay held aside")
    remap(held.person)
    page.get_by_role("button", name="Try all again").press("Space")
    expect(page.get_by_role("status")).to_contain_text(
        "3 records were read and taken in. 1 message was tried again."
    )
    expect(page.locator("#problems")).to_contain_text("every record could be read")
    assert held.complaints() == []


def test_an_account_is_forgotten_by_keyboard_and_without_a_script(held: Held, browser: Browser) -> None:
    """A person of it, then all of it: the name is asked for, a wrong one removes nothing, and it is told what went."""
    page = held.open("/data")
    page.get_by_role("link", name=TEAM, exact=True).press("Enter")
    page.get_by_role("link", name=f"{TEAM}/ann").press("Enter")
    page.get_by_label(f"Type {TEAM}/ann").fill(TEAM)
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("Nothing was removed")
    page.get_by_label(f"Type {TEAM}/ann").fill(f"{TEAM}/ann")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_contain_text("rows are gone")
    assert held.complaints() == []
    with browser.new_context(java_script_enabled=False) as context:
        plain = context.new_page()
        plain.goto(f"{held.address}/data/forget?of={TEAM}&language=zh")
        plain.get_by_role("button", name="永久忘记").click()
        assert plain.url.endswith("language=zh"), "an empty field is not sent"
        plain.get_by_label("请输入").fill(TEAM)
        plain.get_by_role("button", name="永久忘记").click()
        expect(plain.locator("main")).to_contain_text(f"{TEAM} 已被忘记")
        expect(plain.locator("main")).to_contain_text("这里已没有任何账户")
    assert held.said == []
