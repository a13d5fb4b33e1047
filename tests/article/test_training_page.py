"""The pictures of training, and their page in a browser."""

import base64
import io
import pickle
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from axe_playwright_python.sync_playwright import Axe
from PIL import Image
from playwright.sync_api import Browser

from nnkata.katas.article.oracle import Array
from nnkata.katas.article.training.session import Session, session
from nnkata.language import use
from nnkata.runner.settings import Settings
from tests.article.test_train import QUIET, ROW, SETS, history
from tests.conftest import PLAIN, Run
from tests.reports.test_html import visit
from tests.support.browsers import CHROMIUM, browser
from tests.support.late import Late

__all__ = ["browser"]

metrics = Late("sklearn.metrics")
PICTURES = "nnkata.katas.article.training.pictures"
pictures, pages = Late(PICTURES), Late("nnkata.katas.article.training.page")


@pytest.fixture(scope="module")
def trained() -> Iterator[tuple[Session, Settings, Array]]:
    """Three epochs of the plainest variant, with the reference beside it, and its answers for the unseen images."""
    settings = Settings(str(PLAIN), isolation="none", seed=4)
    with session(settings, 0.05, compared=True) as run:
        run.run(3, QUIET)
        yield run, settings, run.own.reads(*SETS[2])


def test_the_reference_trains_beside_it_for_as_many_epochs(trained: tuple[Session, Settings, Array]) -> None:
    run = trained[0]
    assert run.reference is not None
    assert len(run.reference.history) == len(run.own.history) == 4
    assert run.reference.history[0].validation.accuracy < 0.3
    assert run.reference.history[3].validation.accuracy > 0.8
    assert [key for key, size in run.reference.history[3].gradients.items() if size > 0] == ["W1", "W2", "W3"]


def test_the_surest_mistakes_are_mistakes_and_the_surest_first() -> None:
    outputs = np.full((4, 10), 0.01)
    outputs[0, 3] = outputs[1, 3] = 0.9
    outputs[2, 5], outputs[3, 5] = 0.6, 0.8
    assert pictures.surest_mistakes(np.array([3, 4, 4, 4]), outputs).tolist() == [1, 3, 2]


def decoded(png: bytes) -> Any:
    return np.asarray(Image.open(io.BytesIO(png)).convert("RGB")).astype(int)


def test_the_confusion_is_drawn_dark_where_digits_are_often_read_so() -> None:
    digits = np.repeat(np.arange(10), 20)
    read = digits.copy()
    read[20 * 7 : 20 * 7 + 15] = 1
    assert metrics.confusion_matrix(digits, read)[7, 1] == 15
    right, wrong = decoded(pictures.confusion(digits, digits)), decoded(pictures.confusion(digits, read))
    changed = np.argwhere(np.abs(right - wrong).max(axis=2) > 60)
    rows, columns_ = changed[:, 0] / right.shape[0], changed[:, 1] / right.shape[1]
    assert 0.6 < rows.min() < rows.max() < 0.8  # the row of 7
    assert columns_.min() < 0.3 < 0.7 < columns_.max()  # the columns of 1 and of 7


def test_the_curves_are_in_their_colours_and_differ_with_what_they_show() -> None:
    one = decoded(pictures.curves(history(0.1, 0.8, 0.9), history(0.1, 0.85, 0.95)))
    other = decoded(pictures.curves(history(0.1, 0.8, 0.6), history(0.1, 0.85, 0.95)))
    for colour in (pictures.BLUE, pictures.VERMILLION):
        rgb = [int(colour[place : place + 2], 16) for place in (1, 3, 5)]
        assert np.sum(np.abs(one - rgb).max(axis=2) < 8) > 500
    assert np.sum(np.abs(one - other).max(axis=2) > 60) > 500


def test_a_run_of_one_epoch_and_one_without_mistakes_can_be_drawn(trained: tuple[Session, Settings, Array]) -> None:
    run, settings, _unseen = trained
    short = Session(run.sets, run.own, run.reference)
    perfect = SETS[2][1].astype(np.float64)
    text = page(short, settings, 0.05, perfect)
    assert text.count("<img") == 5
    assert "500 of 500 unseen images recognised (100.0 %)" in text
    assert pictures.curves(history(0.1, 0.8), history(0.1, 0.8)).startswith(b"\x89PNG")


@pytest.mark.parametrize("language", ["en", "zh-CN"])
def test_pictures_are_made_without_a_warning_in_each_language(language: str) -> None:
    try:
        use(language)
        assert len(pictures.curves(history(0.1, 0.8), history(0.1, 0.8))) > 5_000
        assert len(pictures.gradient_sizes(history(0.1, 0.8), history(0.1, 0.8))) > 5_000
    finally:
        use("en")


#: The pictures that are drawn already, by their functions and numbers.
DRAWN: dict[bytes, bytes] = {}


def page(*arguments: Any) -> str:
    """The page; a picture of the same numbers is drawn once, since that takes most of its time."""

    def remembered(name: str, draw: Callable[..., bytes]) -> Callable[..., bytes]:
        def drawn(*numbers: Any) -> bytes:
            key = pickle.dumps((name, numbers))
            if key not in DRAWN:
                DRAWN[key] = draw(*numbers)
            return DRAWN[key]

        return drawn

    with pytest.MonkeyPatch.context() as patch:
        for name in ("curves", "gradient_sizes", "confusion", "mistakes", "first_layer"):
            patch.setattr(f"{PICTURES}.{name}", remembered(name, getattr(pictures, name)))
        return str(pages.page(*arguments))


@pytest.fixture(scope="module")
def written(trained: tuple[Session, Settings, Array], tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("page") / "page.html"
    path.write_text(page(trained[0], trained[1], 0.05, trained[2]), encoding="utf-8")
    return path


needs_browser = pytest.mark.skipif(CHROMIUM is None, reason="there is no browser: apt-get install chromium")
quietly = pytest.mark.filterwarnings("ignore::ResourceWarning")  # Playwright's own event loop


@needs_browser
@quietly
@pytest.mark.parametrize(("width", "scheme"), [(360, "dark"), (1100, "light")])
def test_the_page_shows_its_pictures_and_fetches_nothing(
    browser: Browser, written: Path, width: int, scheme: str
) -> None:
    seen = visit(browser, written, width, scheme)
    assert [url for url in seen.requests if not url.startswith("data:image/png;base64,")] == [written.as_uri()]
    assert seen.troubles == []
    images = seen.page.locator("img")
    assert images.evaluate_all("all => all.map(one => one.complete && one.naturalWidth > 400)") == [True] * 6
    assert seen.page.evaluate("document.documentElement.scrollWidth") <= width
    seen.page.locator("summary").click()
    assert seen.page.locator("tbody tr").count() == 4
    found = Axe().run(seen.page).response["violations"]
    assert [(one["id"], one["nodes"][0]["html"]) for one in found if one["impact"] in ("serious", "critical")] == []


@needs_browser
@quietly
def test_a_name_that_is_markup_stays_text(
    browser: Browser, trained: tuple[Session, Settings, Array], tmp_path: Path
) -> None:
    run, _settings, unseen = trained
    name = "</title><script>document.title='owned'</script>\u202e.py"
    path = tmp_path / "page.html"
    path.write_text(page(run, Settings(name, seed=1, data="<b>bold</b>"), 0.05, unseen), encoding="utf-8")
    seen = visit(browser, path)
    assert seen.page.title() != "owned"
    assert seen.page.locator("script, b").count() == 0
    assert "\u202e" not in seen.page.content()


def test_the_command_writes_the_page_with_the_reference_beside(nnkata: Run, tmp_path: Path) -> None:
    done = nnkata("train", PLAIN, "--epochs", "1", "--plots", tmp_path / "p.html")
    assert (done.returncode, done.stderr) == (0, "")
    rows = ROW.findall(done.stdout)
    assert [float(row[6]) > 70 for row in rows] == [False, True]
    assert f"Pictures: {tmp_path / 'p.html'}" in done.stdout
    text = (tmp_path / "p.html").read_text(encoding="utf-8")
    sources = re.findall(r'src="data:image/png;base64,([^"]+)"', text)
    assert [decoded(base64.b64decode(source)).ndim for source in sources] == [3] * 6
