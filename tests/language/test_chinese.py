"""Chinese output is Chinese: every format of a verdict, every command and its help; no text stays English."""

import base64
import gettext
import json
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

import catalogue as script
import pytest

import nnkata.language as language
from nnkata import kata, registry
from nnkata.cli import commands
from nnkata.cli.translations import asked
from nnkata.features.tags import TAGS
from nnkata.grading.gradebook import Summary
from nnkata.grading.mistake_groups import Cluster
from nnkata.grading.records import Records
from nnkata.grading.similarity import Pair
from nnkata.grading.task import Options, unjudged
from nnkata.katas.article import KATA
from nnkata.katas.article.misconceptions import CATALOGUE
from nnkata.reports import formats
from nnkata.reports.failure import SPOKEN, Look
from nnkata.reports.formats.html.classpage import classpage
from nnkata.reports.formats.html.paper import neighbours
from nnkata.reports.formats.text import render
from nnkata.reports.report import Report
from nnkata.reports.table import table
from nnkata.reports.unjudged import Unjudged
from nnkata.reports.width import columns
from nnkata.verdict import ClauseResult
from tests.language.chinese_verdicts import KNOWN, elsewhere, partial, report, reports, result
from tests.language.format_texts import sentences, shown
from tests.support.chinese import english

Run = Callable[..., Any]


@pytest.fixture(autouse=True)
def chinese() -> Iterator[None]:
    language.use("zh-CN")
    yield
    language.use("en")


@contextmanager
def without_data() -> Iterator[None]:
    """Within it, the kata has no data."""
    registry._current[:] = [replace(KATA, data=kata._no_data)]
    try:
        yield
    finally:
        registry._current[:] = [KATA]


def everything() -> Iterator[tuple[str, str]]:
    """The texts of each place: all formats of all reports, of a class, and of a failed judging."""
    for kind, each in reports().items():
        for form in formats.FORMATS:
            for text in sentences(form, formats.write(form, each)):
                yield f"{form} of {kind}", text
        yield f"spoken {kind}", render(each.verdict, KNOWN, Look(marks=SPOKEN, every=True, hints=2))
        yield f"table of {kind}", table([each.verdict, each.verdict])
        yield f"all hints of {kind}", render(each.verdict, KNOWN, Look(hints=9))
    for found in (*partial(), *elsewhere()):
        yield "text of a part", render(found, KNOWN)
    with without_data():
        yield "text of a kata without data", render(reports()["right"].verdict, KNOWN)
    for found in partial():
        yield "markdown of a part", sentences("markdown", formats.write("markdown", Report(found, KNOWN)))[0]
    for form in formats.FORMATS:
        for text in sentences(form, formats.failed(form, Unjudged("没有文件"))):
            yield f"failed {form}", text
    summary = Summary({})
    for name, each in reports().items():
        summary.add(name, each.verdict)
    summary.add("many", unjudged("many", "没有文件", Options("process", seed=7)))
    summary.add("parts", reports()["many"].verdict)  # fails, without a name for any mistake
    summary.alike = [Pair("mixed", "right", 0.9, same=False)]
    summary.clusters = [Cluster(["mixed", "many"], [], ["backward-1"], "梯度")]
    summary.records = Records("files", [], [{"name": "李"}], doubts=["没有文件"])
    for text in shown(classpage(summary, KNOWN, dict.fromkeys(summary.rows, "x"))):
        yield "class", text
    of_one = formats.write("html", Report(unjudged("many", "没有文件", Options("process", seed=7)), KNOWN))
    for text in shown(neighbours(of_one, "李", "王")):
        yield "page of one of a class", text


#: The names of the reports above, and of the badge.
OWN = " ".join(["mixed right nothing parts several many badge", *TAGS, KATA.full_tag])


def fallen() -> set[tuple[str, str]]:
    """The places with English words, and the words."""
    return {(where, word) for where, text in everything() for word in english([text], OWN)}


def test_nothing_in_any_form_of_a_verdict_is_english() -> None:
    assert fallen() == set()


def marked() -> list[str]:
    """The texts of the reports that contain words."""
    return sorted(
        str(message.id)
        for message in script.template()
        if any(place.startswith("nnkata/reports/") for place, _line in message.locations) and english([str(message.id)])
    )


class Telling(gettext.NullTranslations):
    """The Chinese catalogue, with an English word of its own behind each of these texts, and a list of those words."""

    def __init__(self, texts: list[str], others: gettext.NullTranslations) -> None:
        super().__init__()
        letters = "bcdfghjklmnpqrstvwxz"  # with a q before them they make no word
        self.words = dict(zip(texts, (f"q{one}{other}" for one in letters for other in letters), strict=False))
        self._others = others

    def gettext(self, message: str) -> str:
        word = self.words.get(message)
        return self._others.gettext(message) + (f" {word}" if word else "")


@pytest.mark.parametrize("form", [form for form in formats.FORMATS if form not in ("badge", "json", "cucumber")])
def test_the_place_of_an_exception_is_chinese_in_every_form_that_has_messages(form: str) -> None:
    found = ClauseResult("backward-3", "条款的名称", "error", "出现异常（ValueError） (net.py, line 21)")
    text = formats.write(form, report(found))
    if form == "classroom":
        text = base64.b64decode(text.partition("=")[2]).decode()
    if text.startswith("{"):
        text = json.dumps(json.loads(text), ensure_ascii=False)
    assert ("net.py:21: " if form == "problems" else "net.py 第 21 行") in text  # the place of a problem is its own
    assert "line 21" not in text


def test_an_untranslated_text_of_the_reports_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    """English behind a text is seen where the text is shown; its own words are English (`marked`)."""
    texts = marked()
    assert len(texts) > 100
    telling = Telling(texts, language._chosen[1])
    monkeypatch.setattr(language, "_chosen", ("zh-CN", telling))
    seen = {word for _where, word in fallen()}
    assert [text for text, word in telling.words.items() if word not in seen] == []


def test_an_unmarked_text_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        "nnkata.reports.formats.tap.explained", lambda result: ["what came is not what should have come"]
    )
    assert {where for where, _word in fallen()} == {
        "tap of mixed",
        "tap of parts",
        "tap of several",
        "tap of many",
        "failed tap",
    }


@pytest.mark.parametrize("kind", ["mixed", "right", "nothing", "many"])
def test_lines_in_chinese_fit_eighty_columns(kind: str) -> None:
    each = reports()[kind]
    for text in (render(each.verdict, KNOWN, Look(every=True)), render(each.verdict, KNOWN, Look(marks=SPOKEN))):
        assert max(map(columns, text.splitlines())) <= 80


def test_every_mistake_fits_eighty_columns_in_chinese() -> None:
    for name in CATALOGUE:
        text = render(report(result("backward-1", "failed", name)).verdict, KNOWN)
        assert max(map(columns, text.splitlines())) <= 80, name


@pytest.mark.parametrize("command", ["", *commands()])
def test_the_help_of_a_command_is_chinese_and_fits_eighty_columns(nnkata: Run, command: str) -> None:
    done = nnkata(*filter(None, [command]), "--help", LANGUAGE="zh_CN")
    assert done.returncode == 0
    names = re.sub(r"-[-\w]+|\b[A-Z]+\b", " ", done.stdout.partition("取值：")[0])
    lines = [line for line in names.splitlines() if "|" not in line]
    own = [command, *commands(), CHOICES]
    assert english(lines, " ".join(own)) == []
    assert max(map(columns, done.stdout.splitlines())) <= 80


#: Values of an option or a setting.
CHOICES = "npz npy arff mat csv parquet idx file " + (
    "points json junit en zh sandbox none gradescope exercism prairielearn bash zsh fish"
)


def test_the_language_option_counts_at_any_position(nnkata: Run) -> None:
    assert asked(["check", "--language", "zh-CN", "x"]) == "zh-CN"
    assert asked(["check", "--language=en"]) == "en"
    assert "用法" in nnkata("explain", "--help", "--language", "zh-CN").stdout
    assert "Usage" in nnkata("explain", "--help", "--language=en", LANGUAGE="zh_CN").stdout
    assert "不在可选值" in nnkata("explain", "--language", "xx", LANGUAGE="zh_CN").stderr


USES = [
    ("chek",),
    ("check", "--stage", "foo"),
    ("check", "--stge"),
    ("check", "--seed"),
    ("check", "--seed", "x"),
    ("check", "--all=x"),
    ("check", "a", "b"),
    ("grade",),
    ("grade", "nowhere", "--output", "x"),
    ("grade", ".", "--output", "x", "--jobs", "0"),
    ("init",),
    ("init", "mine.txt"),
    ("init", "."),
    ("explain", "backward-99"),
    ("compare",),
    ("check", "a.py", "--output", "x", "--output", "x"),
    ("check", "a.py", "--format", "json", "--format", "csv"),
    ("train", "nowhere.py"),
    ("predict", "nothing.npz", "x.png"),
    ("export", "exercism"),
]


@pytest.mark.parametrize("use", USES, ids=" ".join)
def test_a_usage_error_is_reported_in_chinese(nnkata: Run, use: tuple[str, ...]) -> None:
    done = nnkata(*use, LANGUAGE="zh_CN")
    assert done.returncode == 2
    said = re.sub(r"\b[A-Z]+\b", " ", done.stdout + done.stderr)
    assert english([said], " ".join([*commands(), CHOICES, *formats.FORMATS])) == []
    assert not re.search(r"[。；，、] |'\.$|'[,;] |[\u4e00-\u9fff][,;.] ", said, re.M), said
