"""The page of a class, in a real browser: hundreds of submissions, sorted and filtered by mouse and by keyboard."""

from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from nnkata.grading.gradebook import Summary
from nnkata.grading.records import Record, Records
from nnkata.grading.task import UNJUDGED
from nnkata.language import use
from nnkata.reports.formats.html.classpage import classpage
from nnkata.reports.formats.html.paper import Paper
from nnkata.runner.run import known_clauses
from nnkata.verdict import ClauseResult, Status, verdict
from tests.reports.test_html import HOSTILE, Visit, tab, visit
from tests.support.browsers import CHROMIUM, browser

pytestmark = [
    pytest.mark.skipif(CHROMIUM is None, reason="there is no browser: apt-get install chromium"),
    pytest.mark.filterwarnings("ignore::ResourceWarning"),  # Playwright's own event loop
]
CLAUSES = known_clauses()
TAGS = [clause.tag for clause in CLAUSES]
#: More than fit on a screen; a page of a thousand takes 0.4 s of processor time each time that it is opened.
MANY = 200
_ = browser  # the fixture


def summary(names: list[str]) -> Summary:
    """Submission n fails the first n % 5 clauses of the stage backward, with the scalar gradient as the mistake."""
    made = Summary({})
    for number, name in enumerate(names):
        stages: dict[str, list[ClauseResult]] = {}
        wrong = {f"backward-{n}" for n in range(1, 1 + number % 5)}
        for clause in CLAUSES:
            status: Status = "failed" if clause.tag in wrong else "passed"
            mistake = "scalar-gradient" if clause.tag in wrong else None
            stages.setdefault(clause.stage, []).append(ClauseResult(clause.tag, clause.name, status, "", mistake))
        made.add(name, verdict(stages, "1.0", name, 1.0, {}))
    return made


def written(path: Path, names: list[str]) -> Path:
    found = summary(names)
    path.write_text(classpage(found, CLAUSES, {name: f"pages/{name}.html" for name in names}), encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return written(tmp_path_factory.mktemp("course") / "index.html", [f"student{n:04}" for n in range(MANY)])


@pytest.fixture(scope="module")
def thousand(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return written(tmp_path_factory.mktemp("course") / "index.html", [f"student{n:04}" for n in range(1000)])


def shown(page: Page) -> list[str]:
    """The visible submissions, from top to bottom."""
    found: Any = page.evaluate(
        "[...document.querySelectorAll('tbody tr')].filter(r => !r.hidden).map(r => r.dataset.name)"
    )
    return [str(name) for name in found]


def test_a_thousand_submissions_are_shown_and_nothing_is_fetched(browser: Browser, thousand: Path) -> None:
    seen = visit(browser, thousand)
    assert len(shown(seen.page)) == 1000
    assert (seen.requests, seen.troubles) == ([thousand.as_uri()], [])
    assert thousand.stat().st_size < 1_000_000


def test_columns_sort_both_ways_and_say_so(browser: Browser, course: Path) -> None:
    page = visit(browser, course).page
    button = page.locator("[data-by=passed]")
    button.click()
    assert shown(page)[0] == "student0004"
    assert page.locator("th[aria-sort=ascending]").inner_text().startswith("clauses")
    button.click()
    assert shown(page)[0] == "student0000"
    assert page.locator("th[aria-sort=descending]").count() == 1


def test_names_are_in_natural_order_before_and_after_sorting(browser: Browser, tmp_path: Path) -> None:
    names = [f"Group {n}" for n in (10, 2, 1, 9, 11)]
    page = visit(browser, written(tmp_path / "index.html", names)).page
    ordered = [f"Group {n}" for n in (1, 2, 9, 10, 11)]
    assert shown(page) == ordered
    page.locator("[data-by=name]").click()
    assert shown(page) == ordered[::-1]


def test_columns_sort_by_keyboard(browser: Browser, course: Path) -> None:
    page = visit(browser, course).page
    page.get_by_role("button", name="submission").focus()
    page.keyboard.press("Enter")
    assert shown(page)[0] == f"student{MANY - 1:04}"
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.dataset.by") == "passed"


def test_words_a_box_and_a_mistake_filter(browser: Browser, course: Path) -> None:
    page = visit(browser, course).page
    page.get_by_role("searchbox").fill("student000")
    assert len(shown(page)) == 10
    page.get_by_role("checkbox").check()
    assert len(shown(page)) == 8
    assert page.locator("#shown").inner_text() == "8 shown"
    page.get_by_role("searchbox").fill("")
    page.get_by_role("checkbox").uncheck()
    mistake = page.get_by_role("button", name="scalar-gradient")
    mistake.click()
    assert len(shown(page)) == MANY * 4 // 5
    assert mistake.get_attribute("aria-pressed") == "true"
    mistake.click()
    assert len(shown(page)) == MANY


def test_the_search_covers_all_failures_and_matches_whole_clause_names(browser: Browser, course: Path) -> None:
    page = visit(browser, course).page
    page.get_by_role("searchbox").fill("backward-4")
    assert len(shown(page)) == MANY // 5  # only those with four failures have this one
    page.get_by_role("searchbox").fill("backward-1")
    assert len(shown(page)) == MANY * 4 // 5
    page.locator("summary", has_text="Clauses").click()
    page.get_by_role("button", name="backward-3", exact=True).click()
    assert len(shown(page)) == MANY * 2 // 5
    page.get_by_role("button", name="activations", exact=True).click()
    assert shown(page) == []


def test_the_address_keeps_the_filters(browser: Browser, course: Path) -> None:
    page = visit(browser, course).page
    page.get_by_role("searchbox").fill("student00")
    page.get_by_role("button", name="scalar-gradient").click()
    page.locator("[data-by=passed]").click()
    found, address = shown(page), page.evaluate("location.href")
    assert "find=student00" in address
    again = visit(browser, course).page
    again.goto(address)
    again.reload()
    assert shown(again) == found
    assert again.get_by_role("button", name="scalar-gradient").get_attribute("aria-pressed") == "true"
    again.goto(course.as_uri() + "#sort=nonsense&mistake=" + "x" * 9)
    assert shown(again) == []


def test_the_clause_of_a_bar_is_named_by_keyboard_and_by_touch(browser: Browser, course: Path) -> None:
    page = visit(browser, course).page
    assert page.locator("canvas[tabindex='0']").count() == 1  # one stop for Tab
    page.locator("canvas").first.focus()
    for key in ("Home", "ArrowRight", "ArrowDown"):
        page.keyboard.press(key)
    assert page.locator("#at").inner_text() == f"student0001: {TAGS[1]}, passed. {CLAUSES[1].name}"
    box, head = page.locator("canvas").nth(3).bounding_box(), page.get_by_role("button", name="backward").bounding_box()
    assert box
    assert head
    of_stage = sum(clause.stage == "backward" for clause in CLAUSES)
    touched = {"clientX": head["x"] + head["width"] * 1.5 / of_stage, "clientY": box["y"]}
    page.locator("canvas").nth(3).dispatch_event("pointerdown", {**touched, "pointerType": "touch"})
    assert page.locator("#at").inner_text().startswith("student0003: backward-2, failed. ")


@pytest.mark.parametrize("width", [320, 1280])
def test_every_button_is_large_enough_for_a_finger(browser: Browser, course: Path, width: int) -> None:
    page = tab(browser, width, 740)
    page.goto(course.as_uri())
    boxes = [(button.inner_text(), button.bounding_box()) for button in page.locator("button:visible").all()]
    assert len(boxes) > 12
    assert [(text, box) for text, box in boxes if not box or min(box["width"], box["height"]) < 24] == []  # WCAG 2.5.8


@pytest.mark.parametrize("width", [360, 1280])
def test_outcomes_are_on_the_first_screen_under_the_heads_of_their_stages(
    browser: Browser, course: Path, width: int
) -> None:
    page = tab(browser, width, 740)
    page.goto(course.as_uri())
    bar = page.locator("canvas").first.bounding_box()
    assert bar
    assert bar["y"] + bar["height"] < 740
    for stage in dict.fromkeys(clause.stage for clause in CLAUSES):
        head = page.get_by_role("button", name=stage, exact=True).bounding_box()
        assert head
        tags = [clause.tag for clause in CLAUSES if clause.stage == stage]
        for tag, x in ((tags[0], head["x"] + 2), (tags[-1], head["x"] + head["width"] - 2)):
            page.mouse.move(x, bar["y"] + 5)
            assert f" {tag}, " in page.locator("#at").inner_text()


def test_an_unjudged_submission_is_one_row_with_the_reason(browser: Browser, tmp_path: Path) -> None:
    found, one = summary(["right"]), CLAUSES[0]
    nameless = {one.stage: [ClauseResult(one.tag, one.name, "failed")]}
    why = "homework.docx is no Python file\nsave it anew"
    lost = {one.stage: [ClauseResult(one.tag, one.name, "error", why)]}
    found.add("nameless", verdict(nameless, "1.0", "nameless", 1.0, {}))
    found.add("lost", verdict(lost, "1.0", "lost", 1.0, {UNJUDGED: why}))
    assert found.failed()[one.tag] == 1  # an unjudged submission failed nothing
    path = tmp_path / "index.html"
    path.write_text(classpage(found, CLAUSES, dict.fromkeys(found.rows, "x")), encoding="utf-8")
    page = visit(browser, path).page
    row = page.locator("tr.unjudged")
    assert " ".join(row.inner_text().split()) == "lost not judged homework.docx is no Python file; save it anew"
    assert (row.count(), page.locator("canvas").count()) == (1, 2)
    for _press in range(2):  # last in either order
        page.locator("[data-by=points]").click()
        assert shown(page)[-1] == "lost"
    page.get_by_role("button", name="without a name").click()
    assert shown(page) == ["nameless"]


def test_doubts_and_the_students_without_a_submission_are_on_the_page_also_on_paper(
    browser: Browser, tmp_path: Path
) -> None:
    found = summary(["right"])
    absent = [{"name": "Eve <b>Moneypenny", "mail": "", "id": "7"}]
    found.records = Records("files", [Record("right")], absent, doubts=["the roster has no student for right"])
    path = tmp_path / "index.html"
    path.write_text(classpage(found, CLAUSES, {"right": "x"}), encoding="utf-8")
    page = visit(browser, path).page
    for media in ("screen", "print"):
        page.emulate_media(media=media)
        assert page.get_by_text("Eve <b>Moneypenny").is_visible()
        assert page.get_by_text("In doubt: the roster has no student for right.").is_visible()
    assert page.get_by_text("Handed in nothing (1)").is_visible()


def test_pages_of_an_earlier_run_show_no_older_verdict_and_no_student_who_has_gone(tmp_path: Path) -> None:
    def run(names: list[str], status: Status, pages: bool) -> str:
        paper = Paper(tmp_path, CLAUSES, {}, pages)
        for name in names:
            results = {c.stage: [ClauseResult(c.tag, c.name, status)] for c in CLAUSES}
            paper.told(name, verdict(results, "1.0", name, 1.0, {}))
        index = paper.index(summary(names))
        assert index is not None
        return index.read_text(encoding="utf-8")

    run(["ada", "bob"], "failed", True)
    older = (tmp_path / "pages" / "ada.html").read_text(encoding="utf-8")
    text = run(["ada", "eve"], "passed", False)
    assert [path.name for path in (tmp_path / "pages").iterdir()] == ["ada.html"]
    assert ("pages/ada.html" in text, "verdicts/eve.json" in text) == (True, True)
    page = (tmp_path / "pages" / "ada.html").read_text(encoding="utf-8")
    assert ("ada</span> conforms" in older, "ada</span> conforms" in page) == (False, True)


def test_the_dark_page_has_no_bright_stripes(browser: Browser, course: Path) -> None:
    page = visit(browser, course, scheme="dark").page
    page.wait_for_function("document.querySelector('tbody canvas').width > 300")
    row = "canvas.getContext('2d').getImageData(0, 5, canvas.width, 1).data.filter((_, n) => n % 4 < 3)"
    brightest = page.evaluate(
        f"() => {{ const canvas = document.querySelector('tbody canvas'); return Math.max(...{row}); }}"
    )
    assert 0 < brightest < 200  # the bars, and the gaps between them


def test_outcomes_are_drawn_in_the_colours_of_the_key(browser: Browser, course: Path) -> None:
    page = visit(browser, course).page
    page.wait_for_function("document.querySelector('tbody canvas').width > 300")
    first = TAGS.index("backward-1")
    brush = "document.querySelectorAll('tbody canvas')[row].getContext('2d')"
    pixel = f"([row, n]) => [...{brush}.getImageData(edges[n] + 2, 5, 1, 1).data]"
    assert page.evaluate(pixel, [1, first]) == [224, 110, 12, 255]
    assert page.evaluate(pixel, [0, first]) == [33, 102, 172, 255]


def test_links_lead_to_the_verdicts(browser: Browser, course: Path) -> None:
    link = visit(browser, course).page.get_by_role("link", name="student0007")
    assert link.get_attribute("href") == "pages/student0007.html"


def test_without_scripts_the_page_offers_nothing_that_needs_them(browser: Browser, course: Path) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(course.as_uri())
    assert page.get_by_role("link", name="student0007").is_visible()
    assert not page.locator("#find, .scale, .heads, canvas").filter(visible=True).count()
    context.close()
    page = visit(browser, course).page
    assert page.locator("#find, .scale, .heads").filter(visible=True).count() == 4


@pytest.mark.parametrize("width", [360, 1100])
def test_the_class_fits_the_screen(browser: Browser, course: Path, width: int) -> None:
    page = visit(browser, course, width).page
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("width", [680, 720, 794])
def test_all_outcomes_are_on_the_paper(browser: Browser, tmp_path: Path, width: int) -> None:
    names = [f"Maximiliana von Hohenlohe-Schillingsfürst {n}" for n in range(5)]
    page = visit(browser, written(tmp_path / "index.html", names), width).page
    page.emulate_media(media="print")
    assert (
        page.evaluate("[...document.querySelectorAll('canvas')].map(c => c.getBoundingClientRect().right)").pop()
        <= width
    )


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_serious_in_a_class(browser: Browser, tmp_path: Path, scheme: str) -> None:
    course = summary([f"student{n}" for n in range(20)])
    course.records = Records("files", [], [{"name": f"Eve {n}", "mail": "", "id": str(n)} for n in range(40)])
    path = tmp_path / "index.html"
    path.write_text(classpage(course, CLAUSES, dict.fromkeys(course.rows, "x")), encoding="utf-8")
    page = visit(browser, path, scheme=scheme).page
    page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
    found = Axe().run(page).response["violations"]
    assert [(one["id"], one["nodes"][0]["html"]) for one in found if one["impact"] in ("serious", "critical")] == []


def test_a_hostile_name_stays_text(browser: Browser, tmp_path: Path) -> None:
    seen: Visit = visit(browser, written(tmp_path / "index.html", [HOSTILE, "b"]))
    assert seen.page.title() != "owned"
    assert seen.page.locator("img").count() == 0
    assert len(shown(seen.page)) == 2


def test_a_class_in_chinese_counts_in_chinese(browser: Browser, tmp_path: Path) -> None:
    use("zh-CN")
    try:
        path = written(tmp_path / "index.html", [f"student{n}" for n in range(5)])
    finally:
        use("en")
    page = visit(browser, path).page
    assert page.locator("html").get_attribute("lang") == "zh-CN"
    assert page.locator("#shown").inner_text() == "显示 5 份"
    page.get_by_role("checkbox").check()
    assert page.locator("#shown").inner_text() == "显示 4 份"
    page.get_by_role("button", name="提交").focus()
    page.keyboard.press("Enter")
    assert shown(page)[0] == "student4"
