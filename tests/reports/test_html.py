"""The page of a verdict, in a real browser: it reads well, fetches nothing, and hostile texts stay text."""

import platform
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path
from typing import Any, ClassVar

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Locator, Page

from nnkata.grading.task import UNJUDGED
from nnkata.language import use
from nnkata.reports.formats import write
from nnkata.reports.formats.html.paper import neighbours
from nnkata.reports.report import Report
from nnkata.runner.run import judge, known_clauses
from nnkata.runner.settings import Settings
from nnkata.verdict import ClauseResult, Compared, verdict
from tests.support.browsers import CHROMIUM, browser

__all__ = ["browser"]

ROOT = Path(__file__).parents[2]
pytestmark = [
    pytest.mark.skipif(CHROMIUM is None, reason="there is no browser: apt-get install chromium"),
    pytest.mark.filterwarnings("ignore::ResourceWarning"),  # Playwright's own event loop
]
HOSTILE = (
    "</pre></style><script>document.title='owned'</script><img src=x onerror=\"document.title='owned'\">\u202e&lt;"
)


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    report = Report(judge(Settings(str(ROOT / "solutions" / "printed.py"), seed=7)), known_clauses())
    path = tmp_path_factory.mktemp("page") / "printed.html"
    path.write_text(write("html", report), encoding="utf-8")
    return path


class Visit:
    """An open page, with its requests and messages."""

    #: What is heard of each page until its tab is empty again.
    heard: ClassVar[dict[Page, list[tuple[Any, Callable[[Any], None]]]]] = {}

    def __init__(self, page: Page, path: Path) -> None:
        self.page = page
        self.troubles: list[str] = []
        self.requests: list[str] = []
        self.heard[page] = [
            ("console", lambda message: self.troubles.append(message.text)),
            ("pageerror", lambda error: self.troubles.append(str(error))),
            ("request", lambda request: self.requests.append(request.url)),
        ]
        for event, listener in self.heard[page]:
            page.on(event, listener)
        page.goto(path.as_uri())


def tab(browser: Browser, width: int = 1100, height: int = 900, scheme: Any = "light") -> Page:
    """The browser's tab, empty: a new one takes 0.7 s of processor time, as its pages have a process of their own."""
    profile = browser.contexts[0] if browser.contexts else browser.new_context()
    page = profile.pages[0] if profile.pages else profile.new_page()
    page.goto("about:blank")
    for event, listener in Visit.heard.pop(page, []):
        page.remove_listener(event, listener)
    page.mouse.move(-1, -1)
    page.set_viewport_size({"width": width, "height": height})
    page.emulate_media(media="null", color_scheme=scheme)
    return page


def visit(browser: Browser, path: Path, width: int = 1100, scheme: Any = "light") -> Visit:
    return Visit(tab(browser, width, scheme=scheme), path)


def test_the_page_fetches_nothing_and_complains_of_nothing(browser: Browser, printed: Path) -> None:
    seen = visit(browser, printed)
    assert seen.requests == [printed.as_uri()]
    assert seen.troubles == []


def test_the_first_failure_is_open_and_every_clause_is_there(browser: Browser, printed: Path) -> None:
    page = visit(browser, printed).page
    assert page.locator("details").count() == len(known_clauses())
    assert page.locator("details[open]").evaluate_all("all => all.map(one => one.id)") == ["activations-6"]
    opened = page.locator("#backward-1")
    opened.locator("summary").click()
    assert opened.locator(".wrong").inner_text().startswith("Then the gradients are those of W1, W2 and W3")
    assert "np.dot of two vectors" in opened.locator("dl").inner_text()


def test_the_first_failure_precedes_the_passes_and_points_are_stated(browser: Browser, printed: Path) -> None:
    page = visit(browser, printed).page
    tops = "ids => ids.map(id => document.getElementById(id).getBoundingClientRect().top)"
    first, passed = page.evaluate(tops, ["activations-6", "preprocessing-1"])
    assert first < 300 < passed
    right = page.locator("details.passed").count()
    judged = right + page.locator("details.failed").count()
    assert f"{right} of {judged} points" in page.locator(".sum").inner_text()
    facts = page.locator(".facts").inner_text().replace("\xa0", " ")
    assert f"Python {platform.python_version()}, NumPy {version('numpy')}, mypy " in facts  # as the terminal has them
    page.locator("#stage-activations a[href='#activations-6']").click()
    assert page.evaluate("location.hash") == "#activations-6"


def test_the_line_that_made_the_wrong_value_is_marked_in_its_code(browser: Browser, printed: Path) -> None:
    code = visit(browser, printed).page.locator("#backward-1 .code")
    source = (ROOT / "solutions" / "printed.py").read_text(encoding="utf-8").split("\n")
    wrong = int((code.locator("p").text_content() or "").removeprefix("printed.py, line "))
    assert "np.dot(error, " in source[wrong - 1]
    assert [line.strip() for line in code.locator("mark").all_text_contents()] == [f"{wrong}  {source[wrong - 1]}"]
    lines = (code.locator("pre").text_content() or "").split("\n")
    assert [line[7:] for line in lines[:7]] == source[wrong - 4 : wrong + 3]


def test_a_page_of_a_batch_links_to_its_neighbours_and_a_students_own_page_names_nobody(printed: Path) -> None:
    text = printed.read_text(encoding="utf-8")
    assert "back to the class" not in text
    page = neighbours(text, "a & b", "c#<d>")
    assert '<a href="../index.html">back to the class</a><a href="a%20%26%20b.html">previous: a &amp; b</a>' in page
    assert '<a href="c%23%3Cd%3E.html">next: c#&lt;d&gt;</a></nav>' in page
    assert "next:" not in neighbours(text, "a", None)


def test_an_unjudged_submission_has_a_page_with_the_reason_and_no_crosses(browser: Browser, tmp_path: Path) -> None:
    results = [ClauseResult(clause.tag, clause.name, "error", HOSTILE) for clause in known_clauses()]
    found = verdict({"backward": results}, "1.0", "eve", 0.0, {UNJUDGED: "there is no Python file, only eve.pdf"})
    path = tmp_path / "eve.html"
    path.write_text(write("html", Report(found, known_clauses())), encoding="utf-8")
    page = visit(browser, path).page
    assert page.locator("h1").inner_text() == "eve could not be judged"
    assert page.locator("main").inner_text().strip() == "there is no Python file, only eve.pdf"


def test_in_print_failures_are_open_and_passes_are_closed(browser: Browser, printed: Path) -> None:
    page = visit(browser, printed).page
    failed, passed = page.locator("#backward-4 .steps"), page.locator("#backward-11 .steps")
    assert (height(failed), height(passed)) == (0, 0)
    page.emulate_media(media="print")
    assert height(failed) > 50
    assert height(passed) == 0


def height(found: Locator) -> float:
    """The drawn height of an element, in CSS pixels; 0 if its details are closed."""
    return float(found.evaluate("e => e.checkVisibility() ? e.getBoundingClientRect().height : 0"))


def test_a_clause_opens_by_keyboard(browser: Browser, printed: Path) -> None:
    page = visit(browser, printed).page
    page.locator("#preprocessing-1 summary").focus()
    page.keyboard.press("Enter")
    assert page.locator("#preprocessing-1[open]").count() == 1
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('details').id").startswith("preprocessing-")


def test_arrays_are_drawn_on_one_scale_beside_their_difference(browser: Browser, printed: Path) -> None:
    maps = visit(browser, printed).page.locator("#training-1 svg")
    assert maps.count() == 3
    assert [maps.nth(n).locator("rect").count() for n in range(3)] == [42, 42, 42]


def test_shapes_are_drawn_where_they_differ(browser: Browser, printed: Path) -> None:
    captions = visit(browser, printed).page.locator("#backward-1 figcaption")
    assert captions.all_text_contents() == ["came: a single number", "should have come: 6 × 7"]


@pytest.mark.parametrize("width", [360, 1100])
def test_nothing_is_wider_than_the_screen(browser: Browser, printed: Path, width: int) -> None:
    page = visit(browser, printed, width).page
    page.evaluate("for (const one of document.querySelectorAll('details')) one.open = true")
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_serious(browser: Browser, printed: Path, scheme: str) -> None:
    page = visit(browser, printed, scheme=scheme).page
    page.evaluate("for (const one of document.querySelectorAll('details.failed')) one.open = true")
    found = Axe().run(page).response["violations"]
    assert [(one["id"], one["nodes"][0]["html"]) for one in found if one["impact"] in ("serious", "critical")] == []


def hostile() -> Report:
    compared = Compared((2, 2), (2, 2), [[1.0, None], [0.0, -2.0]], [[1.0, 2.0], [3.0, None]])
    result = ClauseResult(
        "backward-1", HOSTILE, "failed", HOSTILE, step="Then " + HOSTILE, example={"x": HOSTILE}, compared=compared
    )
    environment = {"python": HOSTILE, "seed": "7"}
    return Report(verdict({"backward": [result]}, "1.0", HOSTILE, 1.0, environment), known_clauses())


def test_a_submissions_words_stay_text(browser: Browser, tmp_path: Path) -> None:
    path = tmp_path / "hostile.html"
    path.write_text(write("html", hostile()), encoding="utf-8")
    seen = visit(browser, path)
    assert seen.page.locator("script, img").count() == 0
    assert seen.page.title() != "owned"
    assert seen.requests == [path.as_uri()]
    assert "<script>" in seen.page.locator(".message").inner_text()
    assert "\u202e" not in seen.page.content()
    assert seen.page.locator("rect[fill='#000']").count() == 4


def test_the_policy_stops_an_injected_script(browser: Browser, printed: Path, tmp_path: Path) -> None:
    path = tmp_path / "injected.html"
    text = printed.read_text(encoding="utf-8")
    path.write_text(text.replace("</main>", "<script>document.title = 'owned'</script></main>"), encoding="utf-8")
    seen = visit(browser, path)
    assert seen.page.title() != "owned"
    assert any("Content Security Policy" in trouble for trouble in seen.troubles)


def test_the_page_in_chinese_says_so_and_fits_a_phone(browser: Browser, tmp_path: Path) -> None:
    path = tmp_path / "chinese.html"
    settings = Settings(str(ROOT / "solutions" / "printed.py"), seed=7, language="zh-CN")
    try:
        path.write_text(write("html", Report(judge(settings), known_clauses())), encoding="utf-8")
    finally:
        use("en")
    seen = visit(browser, path, 360)
    assert seen.troubles == []
    assert seen.page.locator("html").get_attribute("lang") == "zh-CN"
    seen.page.evaluate("for (const one of document.querySelectorAll('details')) one.open = true")
    assert seen.page.evaluate("document.documentElement.scrollWidth") <= 360
    assert seen.page.locator("#backward-1 .wrong").inner_text().startswith("那么 得到的是 W1、W2 和 W3 的梯度")
    assert "两个向量的 np.dot 是一个数" in seen.page.locator("#backward-1 dl").inner_text()
