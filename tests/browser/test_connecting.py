"""The page for connecting as a browser shows it, served by the report's own function on this machine."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Literal

import functions_framework
import pytest
from playwright.sync_api import Browser, Page, ViewportSize, expect
from werkzeug.serving import BaseWSGIServer, make_server

from worklens import platforms
from worklens.local.platform import open_platform
from worklens.ports import Feed
from worklens.sources.names import name_of
from worklens.sources.options import is_local
from worklens.sources.reads import reads
from worklens.sources.registry import services, source
from worklens.sources.todoist.source import Todoist
from worklens.testing.authorization import CLIENT, FakeAuthorization
from worklens.testing.loopback import Loopback
from worklens.testing.todoist import FakeTodoist
from worklens.testing.world import World

MAIN = Path(__file__).resolve().parents[2] / "functions" / "report" / "main.py"
PHONE: ViewportSize = {"width": 360, "height": 740}
LIGHT_AND_DARK: tuple[tuple[Literal["light", "dark"], bool], ...] = (
    ("light", False),
    ("dark", True),
)  # is text the bright one?
DESK: ViewportSize = {"width": 1200, "height": 900}
REMOTE = [name for name in services() if not is_local(source(name))]
# Light on dark or dark on light, by how bright text and paper are.
BRIGHTNESS = """() => {
  const bright = text => text.match(/[0-9.]+/g).slice(0, 3).map(Number).reduce((a, b) => a + b) / 765;
  const style = getComputedStyle(document.body);
  return [bright(style.color), bright(style.backgroundColor)];
}"""


class Function(Loopback):
    """The function under Google's own framework."""

    def listener(self) -> BaseWSGIServer:
        """A thread a request."""
        return make_server(
            "127.0.0.1", 0, functions_framework.create_app("main", str(MAIN), "http"), threaded=True
        )

    @property
    def url(self) -> str:
        """As `gcloud run services proxy` shows it: a cookie that is for https alone is taken there too."""
        return f"http://localhost:{self.port}"


class Deployment:
    """The page, a Todoist where one can sign in, and how to open a browser on it."""

    def __init__(self, browser: Browser, url: str, folder: Path) -> None:
        self.browser, self.url, self.folder = browser, url, folder
        self.said: list[str] = []
        self.asked: list[str] = []

    def open(self, path: str, **options: Any) -> Page:
        """A page of its own, whose complaints and requests are kept."""
        page = self.browser.new_context(**options).new_page()
        page.on("console", lambda message: self.said.append(message.text))
        page.on("request", lambda request: self.asked.append(request.url))
        page.goto(f"{self.url}{path}")
        return page

    def kept(self, feed: str) -> str:
        """What opens an account."""
        platform = open_platform(self.folder)
        try:
            return platform.ports.secrets.get(feed) or ""
        finally:
            platform.close()


@pytest.fixture(scope="module")
def deployment(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Deployment]:
    """Switched on; the account is known already, so that its settings lead to the fakes."""
    folder = tmp_path_factory.mktemp("connecting")
    with (
        pytest.MonkeyPatch.context() as patch,
        FakeTodoist(World()) as fake,
        FakeAuthorization(Todoist.oauth, fake.tokens) as server,
    ):
        for name, value in {"DATA_DIR": str(folder), "SECRETS": "file", "CONNECTING": "true"}.items():
            patch.setenv(f"WORKLENS_{name}", value)
        platform = open_platform(folder)
        settings = {"base_url": fake.base_url, "sign_in_url": server.url}
        platform.state.save_feed(Feed(name="todoist:me", source="todoist", settings=settings))
        platform.close()
        platforms.ports.cache_clear()
        with Function() as function:
            yield Deployment(browser, function.url, folder)
        platforms.ports.cache_clear()


def keep_picture(page: Page, name: str) -> None:
    """For whoever wants to look: in the folder that WORKLENS_TEST_PICTURES names."""
    if folder := os.environ.get("WORKLENS_TEST_PICTURES"):
        page.screenshot(path=Path(folder) / f"{name}.png", full_page=True)


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("name", ["", "todoist", "google_tasks", "caldav"])
def test_it_fits_every_screen(deployment: Deployment, language: str, name: str) -> None:
    """Whole, in light and dark, on a phone too: the list of services, and what each asks."""
    page = deployment.open(
        f"/connect?source={name}&language={language}" if name else f"/connect?language={language}"
    )
    for scheme, bright in LIGHT_AND_DARK:
        for screen in (PHONE, DESK):
            page.emulate_media(color_scheme=scheme)
            page.set_viewport_size(screen)
            keep_picture(page, f"{name or 'list'}-{language}-{scheme}-{screen['width']}")
            text, paper = page.evaluate(BRIGHTNESS)
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
            assert (text > 0.8, paper < 0.2) == (bright, bright)
    page.context.close()


def test_a_person_signs_in(deployment: Deployment) -> None:
    """They read what will be read, give their application, consent at the service, and are told that it is connected."""
    page = deployment.open("/connect")
    for name in REMOTE:
        row = page.locator("li", has=page.get_by_role("link", name=name_of(name), exact=True))
        assert reads(name, "en") in row.inner_text()
    page.get_by_role("link", name="Todoist", exact=True).click()
    expect(page.get_by_text(reads("todoist", "en"))).to_be_visible()
    page.get_by_role("link", name="Or sign in there").click()
    page.get_by_label("Id of the application").fill(CLIENT.id)
    page.get_by_label("Its secret").fill(CLIENT.secret)
    keep_picture(page, "todoist-sign-in")
    page.get_by_role("button", name="Connect").click()
    expect(page.get_by_text("data:read")).to_be_visible()
    keep_picture(page, "todoist-consent")
    page.get_by_role("link", name="Go to Todoist").click()

    expect(page.get_by_text("todoist:me is connected.")).to_be_visible()
    assert "canary-access" in deployment.kept("todoist:me")
    assert page.context.cookies(deployment.url) == []
    keep_picture(page, "connected")
    page.context.close()


def test_what_is_wrong_is_said(deployment: Deployment) -> None:
    """A token that the service doesn't take; the way back leads to the list."""
    page = deployment.open("/connect?source=todoist")
    page.get_by_label("Token", exact=False).first.fill("wrong-canary")
    page.get_by_role("button", name="Connect").click()
    assert "doesn't take the token" in page.inner_text("main")
    keep_picture(page, "refused")
    page.get_by_role("link", name="All services").click()
    assert page.locator("li").count() == len(REMOTE)
    page.context.close()


def test_the_page_asks_nobody_else(deployment: Deployment) -> None:
    """After all of that: no script ran, no rule of security was broken, and only this machine was asked."""
    hosts = {url.split("/")[2].partition(":")[0] for url in deployment.asked}

    assert hosts <= {"localhost", "127.0.0.1"}
    assert [text for text in deployment.said if "400" not in text and "favicon" not in text] == []
