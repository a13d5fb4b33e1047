"""Chinese output is Chinese: every format of a verdict, every command and its help; no text stays English."""

import base64
import csv
import gettext
import io
import json
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import catalogue as script
import pytest

import nnkata.language as language
from nnkata import kata, registry
from nnkata.cli import commands
from nnkata.cli.translations import asked
from nnkata.explanations import topics
from nnkata.features.clause import Clause
from nnkata.features.tags import TAGS
from nnkata.grading.definitions_only import DEFINITIONS
from nnkata.grading.gradebook import Summary
from nnkata.grading.mistake_groups import Cluster
from nnkata.grading.records import Records
from nnkata.grading.similarity import Pair
from nnkata.grading.task import Options, unjudged
from nnkata.katas.article import KATA, STAGES
from nnkata.katas.article import READINGS as ARTICLE
from nnkata.katas.article.misconceptions import CATALOGUE
from nnkata.reports import formats
from nnkata.reports.failure import SPOKEN, Look
from nnkata.reports.html.classpage import classpage
from nnkata.reports.html.paper import neighbours
from nnkata.reports.report import Report
from nnkata.reports.table import table
from nnkata.reports.text import render
from nnkata.reports.unjudged import Unjudged
from nnkata.reports.width import columns
from nnkata.runner.run import known_clauses
from nnkata.runner.skipped import BY_SKIP, INTERRUPTED, NOT_ASKED
from nnkata.verdict import ClauseResult, Compared, ExampleResult, Status, Verdict, verdict
from tests.support.chinese import english

Run = Callable[..., Any]
ROOT = Path(__file__).parents[2]
ENVIRONMENT = {
    "python": "3.11.7",
    "numpy": "2.4",
    "platform": "Linux",
    "isolation": "process",
    "data": "bundled",
    "recognised": "784-10，带偏置",
}


@pytest.fixture(autouse=True)
def chinese() -> Iterator[None]:
    language.use("zh-CN")
    yield
    language.use("en")


def stated(clause: Clause) -> Clause:
    """The clause as in a Chinese feature, since the reports do not translate the texts of features."""
    steps = ("假如 有一个网络", "当 样本前向传播", "那么 梯度正确")
    parts = [
        replace(part, keyword=text[:2].strip(), text=text[2:].strip())
        for part, text in zip(clause.parsed, steps, strict=False)
    ]
    return replace(clause, name="条款的名称", description="条款的说明。", steps=steps, parsed=tuple(parts))


KNOWN = [stated(clause) for clause in known_clauses()]
ARRAYS = Compared((2, 2), (2, 2), [[1.0, None], [0.0, -2.0]], [[1.0, 2.0], [3.0, 4.0]])
SHAPES = Compared((), (6, 7))


def report(*found: ClauseResult) -> Report:
    """A verdict on these clauses alone, all of one stage."""
    stages = {found[0].clause.rpartition("-")[0]: list(found)}
    code = {"net.py": {2: "x = 1", 3: "x += 1"}}
    return Report(verdict(stages, "1.0", "net.py", 1.5, {**ENVIRONMENT, "seed": "7"}, code=code), KNOWN)


def result(tag: str, status: Status, mistake: str | None = None, **more: Any) -> ClauseResult:
    message = "" if status == "passed" else "梯度\n  实际得到：1"
    return ClauseResult(tag, "条款的名称", status, message, mistake, step="那么 梯度正确", **more)


#: Two rows of an outline, one of which fails.
ROWS = (ExampleResult({"宽度": "2"}, "passed"), ExampleResult({"宽度": "3"}, "failed", "梯度"))


def reports() -> dict[str, Report]:
    """One report of each kind; together they contain every text."""
    mixed = [
        result("backward-1", "failed", "bias-added", compared=SHAPES, reading="δ3", file="net.py", line=3),
        result("backward-2", "failed", "momentum", compared=ARRAYS),
        result("backward-3", "error", "bias-added", reading="δ3"),
        result("backward-4", "timeout"),
        result("backward-5", "skipped"),
        ClauseResult("backward-6", "条款的名称", "failed", "行\n" * 60),
        result("forward-1", "failed", example={"宽度": "3"}, examples=ROWS),
    ]
    measured = {"accuracy": 0.9}
    why = dict(zip(STAGES, "甲乙丙", strict=False))
    left = {stage: [ClauseResult(f"{stage}-1", "条款的名称", "skipped", reason)] for stage, reason in why.items()}
    several = verdict(
        {**left, "backward": [result("backward-1", "failed")]},
        "1.0",
        "net.py",
        1.5,
        ENVIRONMENT | {"seed": "7", DEFINITIONS: "行"},
    )
    plain = [entry for entry in CATALOGUE.values() if not english([language._(entry.formula)])]
    named = {entry.read: entry.name for entry in reversed(plain)}  # the first of each
    unnamed = {topic.read: topic.clauses.split()[0] for topic in topics("en").values() if topic.read not in named}
    assert named.keys() | unnamed.keys() == ARTICLE.keys()
    return {
        "mixed": report(*mixed),
        "right": report(result("mnist-2", "passed", measured=measured)),
        "nothing": report(result("mnist-1", "skipped"), result("mnist-2", "skipped")),
        "parts": report(
            *(result(f"backward-{n}", "failed", name) for n, name in enumerate(named.values(), 1)),
            *(result(clause, "failed") for clause in unnamed.values()),
        ),
        "several": Report(several, KNOWN),
        "many": report(*(result(f"training-{number % 17 + 1}", "failed") for number in range(22))),
    }


class Texts(HTMLParser):
    """The visible texts of a page, and its texts for screen readers."""

    def __init__(self) -> None:
        super().__init__()
        self.texts: list[str] = []
        self._code = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._code = tag in ("style", "script")
        self.texts += [value or "" for name, value in attrs if name in ("aria-label", "placeholder", "data-text")]

    def handle_endtag(self, tag: str) -> None:
        self._code = False

    def handle_data(self, data: str) -> None:
        self.texts += [] if self._code else [data]


def shown(page: str) -> list[str]:
    parser = Texts()
    parser.feed(page)
    return parser.texts


#: The fields of the JSON formats with texts for a person; the format prescribes the others.
FIELDS = ("name", "message", "output", "text", "error_message", "description", "test_code", "hint")


def fields(value: Any, name: str = "") -> list[str]:
    if isinstance(value, dict):
        return [text for key, each in value.items() for text in fields(each, key)]
    if isinstance(value, list):
        return [text for each in value for text in fields(each, name)]
    return [value] if isinstance(value, str) and name in FIELDS else []


def junit(text: str) -> list[str]:
    nodes = list(ElementTree.fromstring(text).iter())
    attributes = [node.get(name) or "" for node in nodes if node.tag != "property" for name in ("name", "message")]
    return attributes + [node.text or "" for node in nodes]


def tap(text: str) -> list[str]:
    keywords = r"^TAP version \d+|^Bail out!|^(not )?ok \d+|# SKIP|^  severity: \w+|^  message: \||^  misconception: .*"
    keywords += r"|^  (at|expected|actual): "
    return [re.sub(keywords, "", line) for line in text.splitlines()]


def sentences(form: str, text: str) -> list[str]:
    """The texts for a person in a verdict of that format."""
    if form == "classroom":
        return fields(json.loads(base64.b64decode(text.partition("=")[2])))
    if form == "csv":
        return [row[key] for row in csv.DictReader(io.StringIO(text[1:])) for key in ("name", "message")]
    readers: dict[str, Callable[[str], list[str]]] = {
        "junit": junit,
        "xunit": junit,
        "tap": tap,
        "html": shown,
        "markdown": lambda text: [re.sub(r"&#\d+;|<[^>]*>", " ", text)],
        "github": lambda text: [re.sub(r"::(error|notice) |file=[^,]*,line=\d+,|title=|%0A", " ", text)],
        "problems": lambda text: [re.sub(r"^.*?: error: ", "", line) for line in text.splitlines()],
    }
    if form == "cucumber":  # the titles are in the language of the features
        elements = [{**each, "tags": []} for feature in json.loads(text) for each in feature["elements"]]
        return fields(elements)  # the names of tags are the same in all languages
    if form in readers:
        return readers[form](text)
    return fields(json.loads(text)) if text.startswith("{") else [text]


def partial() -> Iterator[Verdict]:
    """Verdicts on a part of the contract: the first stage, a part of a stage, the last stage."""
    left = [ClauseResult(f"{stage}-1", "条款的名称", "skipped", language._(NOT_ASKED)) for stage in STAGES]
    passed = [result(f"{stage}-1", "passed") for stage in STAGES]
    two = [passed[0], result(f"{STAGES[0]}-2", "passed")]
    last = STAGES[-1]
    for judged in ({STAGES[0]: [passed[0]]}, {STAGES[0]: two}, {last: [passed[-1], left[-1]]}, {last: [passed[-1]]}):
        stages = {stage: judged.get(stage, [clause]) for stage, clause in zip(STAGES, left, strict=True)}
        yield verdict(stages, "1.0", "net.py", 1.5, {**ENVIRONMENT, "seed": "7"})


def elsewhere() -> Iterator[Verdict]:
    """Verdicts with other isolations, on the reference, interrupted, with --skip, with an exception at a line."""
    right = {"mnist": [result("mnist-1", "passed")]}
    for isolation in ("sandbox, landlock", "process, another user", "none"):
        yield verdict(right, "1.0", "net.py", 1.5, {**ENVIRONMENT, "isolation": isolation, "seed": "7"})
    yield verdict(right, "1.0", str(KATA.reference), 1.5, {**ENVIRONMENT, "seed": "7"})
    for reason in (INTERRUPTED, BY_SKIP):
        left = ClauseResult("mnist-2", "条款的名称", "skipped", language._(reason))
        yield verdict({"mnist": [*right["mnist"], left]}, "1.0", "net.py", 1.5, {**ENVIRONMENT, "seed": "7"})
    raised = ClauseResult("mnist-1", "条款的名称", "failed", "梯度 (net.py, line 3)", step="那么 梯度正确")
    yield verdict({"mnist": [raised]}, "1.0", "net.py", 1.5, {**ENVIRONMENT, "seed": "7"})


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
    monkeypatch.setattr("nnkata.reports.tap.explained", lambda result: ["what came is not what should have come"])
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
