"""A verdict in a notebook, in a real browser: the failure first, separate styles, light or dark."""

from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

import nnkata
from tests.reports.test_html import tab
from tests.support.browsers import CHROMIUM, browser

ROOT = Path(__file__).parents[2]
pytestmark = [
    pytest.mark.skipif(CHROMIUM is None, reason="there is no browser: apt-get install chromium"),
    pytest.mark.filterwarnings("ignore::ResourceWarning"),  # Playwright's own event loop
]


_ = browser  # the fixture


@pytest.fixture(scope="module")
def shown() -> str:
    return nnkata.check(ROOT / "solutions" / "printed.py", upto="backward", seed=7)._repr_html_()


@pytest.fixture(scope="module")
def short() -> str:
    """A verdict on one clause: its page is laid out five times as fast."""
    return nnkata.check(ROOT / "solutions" / "printed.py", clauses="activations-6", seed=7)._repr_html_()


def opened(browser: Browser, folder: Path, shown: str, body: str = "", scheme: str = "light") -> Page:
    page = tab(browser, 1280, 720, "dark" if scheme == "dark" else "light")
    style = "<style>h2 { color: rgb(1, 2, 3) }</style>"
    path = folder / "around.html"  # a notebook has an address; a link of the page must not lead to it
    path.write_text(f"<html lang=en><title>t</title>{style}<body {body}>{shown}<h2>mine</h2>", encoding="utf-8")
    page.goto(path.as_uri())
    page.frame_locator("iframe").locator("h1").wait_for()
    return page


def test_failures_come_first_and_their_links_work(browser: Browser, tmp_path: Path, shown: str) -> None:
    page = opened(browser, tmp_path, shown)
    frame = page.frame_locator("iframe")
    first = frame.locator("section").first
    assert first.locator("details").first.get_attribute("open") is not None
    assert "failed" in (first.locator("details").first.get_attribute("class") or "")
    frame.locator("nav a", has_text="preprocessing").click()
    assert page.frames[1].url == "about:srcdoc#stage-preprocessing"
    assert page.frames[1].evaluate("document.documentElement.scrollTop") > 0
    assert frame.locator("section").count() <= 5
    assert frame.locator("nav li", has_text="update").locator("a").count() == 0


def test_the_styles_of_the_page_and_of_the_notebook_stay_apart_and_nothing_runs(
    browser: Browser, tmp_path: Path, shown: str
) -> None:
    page = opened(browser, tmp_path, shown)
    assert page.locator("body > h2").evaluate("e => getComputedStyle(e).color") == "rgb(1, 2, 3)"
    inside = page.frame_locator("iframe").locator("h2").first
    assert inside.evaluate("e => getComputedStyle(e).color") != "rgb(1, 2, 3)"
    assert page.locator("iframe").get_attribute("sandbox") == ""


@pytest.mark.parametrize(
    ("body", "scheme", "filtered"),
    [
        ("data-jp-theme-light=true", "light", False),
        ("data-jp-theme-light=false", "light", True),
        ("data-jp-theme-light=false", "dark", False),
        ("class=vscode-dark", "light", True),
        ("", "light", False),
    ],
)
def test_the_page_is_dark_where_the_notebook_is(
    browser: Browser, tmp_path: Path, short: str, body: str, scheme: str, filtered: bool
) -> None:
    page = opened(browser, tmp_path, short, body, scheme)
    assert (page.locator("iframe").evaluate("e => getComputedStyle(e).filter") != "none") is filtered


@pytest.fixture(scope="module")
def framed(browser: Browser, tmp_path_factory: pytest.TempPathFactory, shown: str) -> str:
    """The page of the frame."""
    return opened(browser, tmp_path_factory.mktemp("page"), shown).locator("iframe").get_attribute("srcdoc") or ""


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_serious_in_the_page(browser: Browser, framed: str, scheme: str) -> None:
    page = tab(browser, 1280, 720, "dark" if scheme == "dark" else "light")
    page.set_content(framed)  # outside its frame, where no script runs, so axe could not
    assert page.locator("details").count() > 30
    found = Axe().run(page).response["violations"]
    assert [(one["id"], one["nodes"][0]["html"]) for one in found if one["impact"] in ("serious", "critical")] == []
