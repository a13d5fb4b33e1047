"""A reading appears in every report for people, as text: capped, stripped, escaped."""

import html
import json
import re

import pytest

from nnkata.katas.article.reading.phrases import translated
from nnkata.language import use
from nnkata.reports.clean import MAX_LINE
from nnkata.reports.formats import write
from nnkata.reports.report import Report
from nnkata.runner.run import known_clauses
from nnkata.verdict import ClauseResult, verdict

FORMULA = "δ3: you compute 2 · (output - y)"
ENVIRONMENT = {"python": "3.11.7", "numpy": "2", "isolation": "process", "data": "bundled", "seed": "7"}
#: A key of params can be any text, and appears in a reading.
HOSTILE = "\x1b[2J<script>alert(1)</script>`x`%0A\n::error::forged\n" + "y" * 3 * MAX_LINE


def report(reading: str | None, mistake: str | None = None, hint: str | None = "Look at the error again.") -> Report:
    result = ClauseResult("backward-2", "W3", "failed", "twice as large", mistake, hint, reading=reading)
    return Report(verdict({"backward": [result]}, "1.1", "network.py", 1.0, ENVIRONMENT), known_clauses())


def said(name: str, of: Report) -> str:
    """A report as a person sees it."""
    text = write(name, of)
    if name == "sarif":
        return str(json.loads(text)["runs"][0]["results"][0]["message"]["text"])
    return html.unescape(text)


@pytest.mark.parametrize("name", ["text", "html", "markdown", "sarif", "github"])
def test_a_reading_and_its_hint_are_shown_with_a_name_or_without(name: str) -> None:
    for mistake in (None, "scalar-gradient"):
        text = " ".join(said(name, report(FORMULA, mistake)).split())
        # on a screen, beside a named mistake, the reading is one of the requested hints
        assert (FORMULA in text) is (name != "text" or mistake is None)
        assert ("Look at the error again." in text) is (name != "text")
    assert "Read from your numbers" not in said(name, report(None))


@pytest.mark.parametrize("name", ["text", "html", "markdown", "sarif", "github"])
def test_a_submissions_words_in_a_reading_stay_text(name: str) -> None:
    text = write(name, report(FORMULA + HOSTILE))
    assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f]", text)
    assert "y" * MAX_LINE not in text
    assert not re.search(r"^::error::forged", text, re.M)
    if name in ("html", "markdown"):
        assert "<script>alert" not in text
    if name == "markdown":
        assert "`x`" not in text


def test_a_comma_before_a_chinese_word_of_a_formula_is_chinese(request: pytest.FixtureRequest) -> None:
    request.addfinalizer(lambda: use("en"))
    assert translated("δ3 · A2, a single number") == "δ3 · A2, a single number"
    use("zh-CN")
    assert translated("δ3 · A2, a single number") == "δ3 · A2，单个数"
    assert translated("clip(Z1, 0, 1)") == "clip(Z1, 0, 1)"
    assert "mean of" not in translated("mean of (argmax(output) = y), a number against a row")
