"""The Chinese catalogue is whole, and a run in Chinese says nothing in English and names the same mistakes."""

import io
import json
import re
import subprocess
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from string import Formatter

import catalogue as script
import pytest
from babel.messages.pofile import read_po
from click.testing import CliRunner

from nnkata.cli import main
from nnkata.katas.article.misconceptions import CATALOGUE
from nnkata.language import LANGUAGES, _, compiled, current, from_locale, named, use
from nnkata.reports import formats
from nnkata.reports.unjudged import Unjudged
from nnkata.reports.width import columns
from nnkata.runner.run import known_clauses
from nnkata.runner.settings import Settings
from nnkata.verdict import Verdict
from tests.support import memory

Run = Callable[..., "subprocess.CompletedProcess[str]"]
Write = Callable[..., Path]

ROOT = Path(__file__).parents[2]
PRINTED = ROOT / "solutions" / "printed.py"
FOLDER = ROOT / "nnkata" / "language"
TRANSLATED = LANGUAGES[1:]
#: Words that occur in hardly any name, formula or code, but in nearly every sentence.
WORDS = "the of are and what came should have none with than was were which each every that must"
ENGLISH = re.compile(rf"(?<![-\w])({WORDS.replace(' ', '|')})(?![-\w=])")
QUICK = frozenset(
    clause.tag for clause in known_clauses() if clause.stage not in ("training", "mnist", "typing", "from-scratch")
)


@pytest.fixture(autouse=True)
def afterwards_english() -> Iterator[None]:
    yield
    use("en")


def texts(language: str) -> dict[str, str]:
    catalogue = read_po(io.BytesIO((FOLDER / f"{language}.po").read_bytes()))
    assert not catalogue.obsolete
    assert not [message.id for message in catalogue if message.id and message.fuzzy]
    return {whole(message.id): whole(message.string) for message in catalogue if message.id}


def whole(text: str | Sequence[str] | None) -> str:
    """A text or its translation; the plural form if there are two."""
    return text if isinstance(text, str) else text[-1] if text else ""


@pytest.mark.parametrize("language", TRANSLATED)
def test_a_catalogue_holds_exactly_the_texts_of_the_source_each_translated(language: str) -> None:
    there = texts(language)
    assert set(there) == {whole(message.id) for message in script.template() if message.id}
    assert [text for text, translation in there.items() if not translation] == []


@pytest.mark.parametrize("language", TRANSLATED)
def test_the_compiled_catalogue_is_what_the_text_compiles_to(language: str) -> None:
    text = (FOLDER / f"{language}.po").read_bytes()
    assert script.mo(text) == compiled(language).read_bytes()
    assert script.po(script.updated(language)) == text


def fields(text: str) -> set[tuple[str | None, str | None, str | None]]:
    return {(name, form, conversion) for _text, name, form, conversion in Formatter().parse(text) if name is not None}


@pytest.mark.parametrize("language", TRANSLATED)
def test_a_translation_has_the_placeholders_of_its_text(language: str) -> None:
    pairs = {text: translation for text, translation in texts(language).items() if "{" in text or "{" in translation}
    assert [text for text, translation in pairs.items() if fields(text) != fields(translation)] == []


@pytest.mark.parametrize("language", TRANSLATED)
def test_no_translation_is_english(language: str) -> None:
    """A word of Python between backticks, `and`, is none of English."""
    assert [text for text in texts(language).values() if ENGLISH.search(re.sub(r"{[^}]*}|`\w+`", "", text))] == []


def test_the_search_for_english_finds_it() -> None:
    assert ENGLISH.search("the gradient of W3")
    assert not ENGLISH.search("W3 的梯度：delta ⊗ A")


#: Marks of half width where Chinese has its own; not the colon of a Gherkin keyword, of a name, or a formula's comma.
HALF = re.compile(r"[,;!?](?=[\u4e00-\u9fff])|(?<=[\u4e00-\u9fff}])[;!?]|(?<=[\u4e00-\u9fff]):(?=[\u4e00-\u9fff{])")


def test_marks_beside_chinese_characters_have_its_width() -> None:
    assert [text for text in texts("zh-CN").values() if HALF.search(text)] == []


@pytest.mark.parametrize("text", ["值;应为", "{text};这是", "第二步,第一步", "有效:单个", "是吗?"])
def test_the_search_for_marks_of_half_width_finds_them(text: str) -> None:
    assert HALF.search(text)


@pytest.mark.parametrize("text", ["值；应为", "clip(梯度, -c, c)", "“场景:”后面", "cmd:命令", "场景: 标题", "W1, W2"])
def test_other_marks_are_fine(text: str) -> None:
    assert not HALF.search(text)


def judged(name: str, language: str) -> Verdict:
    entry = CATALOGUE[name]
    return memory.judged(entry.module.DeepNeuralNetwork, QUICK, entry.module.preprocess, language)


BROKEN = [
    "scalar-gradient",
    "sigmoid-at-output",
    "softmax-changes-argument",
    "weights-zero",
    "parameters-shared",
    "initialization-returns-nothing",
    "pixels-floor-divided",
    "labels-not-one-hot",
    "momentum",
    "error-sign-flipped",
    "other-keys-in-gradients",
]


@pytest.mark.parametrize("name", BROKEN)
def test_a_mistake_has_the_same_name_in_both_languages_and_no_text_is_english(name: str) -> None:
    english, chinese = judged(name, "en"), judged(name, "zh-CN")
    assert current() == "zh-CN"
    assert [(c.clause, c.status, c.misconception) for c in english.clauses] == [
        (c.clause, c.status, c.misconception) for c in chinese.clauses
    ]
    assert chinese.failures[0].misconception == name
    for failure in chinese.failures:
        own = failure.status == "error"  # exceptions of the submission's own code keep their words
        said = [failure.hint or "", "" if own else failure.message]
        assert not any(ENGLISH.search(text) for text in said), said
    assert english.failures[0].message != chinese.failures[0].message


def test_a_run_uses_the_language_chosen_before_it() -> None:
    use("zh-CN")
    assert Settings("x").language == "zh-CN"
    assert _("the gradient of {key}").format(key="W3") == "W3 的梯度"
    assert _("") == ""
    use("en")
    assert Settings("x").language == "en"


def test_the_same_process_gives_help_in_each_language_whatever_it_was_imported_in(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """click names the types of values once, at import, and never translates `[OPTIONS]` and `INTEGER`."""
    monkeypatch.setenv("LANGUAGE", "en")  # which the command sets
    options = {
        "en": ("[OPTIONS] FOLDER", "--output DIRECTORY", "--jobs INTEGER", "--data TEXT", "--roster FILE"),
        "zh": ("[选项] FOLDER", "--output 文件夹", "--jobs 整数", "--data 文本", "--roster 文件"),
    }
    for language in ("en", "zh", "en"):
        said = CliRunner().invoke(main, ["grade", "--help", "--language", language]).output
        assert all(option in said for option in options[language]), said


@pytest.mark.parametrize(
    ("language", "keywords"), [("en", ["Feature", "Scenario", "Then "]), ("zh-CN", ["功能", "场景", "那么"])]
)
def test_cucumber_has_the_keywords_of_the_language_where_nothing_was_judged(language: str, keywords: list[str]) -> None:
    use(language)
    [feature] = json.loads(formats.failed("cucumber", Unjudged("no file")))
    [scenario] = feature["elements"]
    assert [each["keyword"] for each in (feature, scenario, *scenario["steps"])] == keywords


def test_an_unknown_language_is_refused_and_the_locale_names_one() -> None:
    with pytest.raises(ValueError, match="there is no language xx"):
        use("xx")
    assert from_locale({"LANG": "zh_CN.UTF-8"}) == "zh-CN"
    assert from_locale({"LANGUAGE": "en", "LANG": "zh_CN.UTF-8"}) == "en"


def test_a_batch_is_judged_in_its_language_by_processes_of_its_own(nnkata: Run, write: Write, tmp_path: Path) -> None:
    write("course/ada.py").write_text(PRINTED.read_text(encoding="utf-8"), encoding="utf-8")
    out = tmp_path / "out"
    arguments = ("grade", tmp_path / "course", "--output", out, "--isolation", "process", "--stage", "backward")
    done = nnkata(*arguments, "--seed", "5", "--language", "zh-CN")
    assert done.returncode == 0, done.stderr
    assert "共 1 份提交" in done.stdout
    assert not ENGLISH.search(done.stdout + done.stderr)
    failures = [
        clause
        for stage in json.loads((out / "verdicts" / "ada.json").read_text(encoding="utf-8"))["stages"]
        for clause in stage["clauses"]
        if clause["status"] != "passed"
    ]
    assert [clause["clause"] for clause in failures if ENGLISH.search(clause["message"])] == []
    again = nnkata(*arguments, "--language", "en")
    assert "Submissions: 1;" in again.stdout
    assert "should have come" in (out / "verdicts" / "ada.json").read_text(encoding="utf-8")


def test_a_table_in_chinese_has_its_columns_where_the_english_one_has_them(nnkata: Run) -> None:
    arguments = ("compare", PRINTED, PRINTED, "--stage", "backward", "--seed", "5")
    chinese, english = nnkata(*arguments, "--language", "zh-CN"), nnkata(*arguments)
    assert chinese.returncode == english.returncode == 1
    last, other = chinese.stdout.splitlines()[-1], english.stdout.splitlines()[-1]
    assert last.startswith("通过的比例")
    assert columns(last) == columns(other)


def test_bad_usage_is_reported_in_chinese(nnkata: Run) -> None:
    done = nnkata("compare", "nichts.py", LANGUAGE="zh_CN")
    assert done.returncode == 2
    assert "没有文件 nichts.py" in done.stderr


def test_a_new_language_begins_with_a_catalogue_and_is_that_of_its_locale(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(script, "LANGUAGES", ("en", "fr"))
    monkeypatch.setattr(script, "FOLDER", tmp_path)
    monkeypatch.setattr(script, "compiled", lambda language: tmp_path / language / "LC_MESSAGES" / "messages.mo")
    assert script.main() == 1
    assert (tmp_path / "fr.po").is_file()
    assert (tmp_path / "fr" / "LC_MESSAGES" / "messages.mo").is_file()
    monkeypatch.setattr("nnkata.language.LANGUAGES", ("en", "zh-CN", "fr"))
    assert from_locale({"LANG": "fr_FR.UTF-8"}) == "fr"
    assert from_locale({"LANG": "zh_TW.UTF-8"}) == "zh-CN"
    assert from_locale({"LANG": "de_DE.UTF-8"}) == "en"
    assert [named(text) for text in ("fr_CA", "fr", "zh_TW", "en_GB", "de")] == ["fr", "fr", "zh-CN", "en", ""]
