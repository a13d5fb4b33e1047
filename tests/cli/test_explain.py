"""Every clause is explained, with examples that are true and hints that are not the solution."""

import math
import re
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from nnkata.cli.explain import explained
from nnkata.explanations import explanation, of_clauses, topics
from nnkata.katas.article import READINGS, STAGES
from nnkata.language import LANGUAGES, use
from nnkata.reports.width import WIDTH, columns
from nnkata.runner.run import known_clauses
from tests.support.chinese import english

Run = Callable[..., Any]
ROOT = Path(__file__).parents[2]
TOPICS = topics("en")
OTHERS = LANGUAGES[1:]
CLAUSES = [clause.tag for clause in known_clauses()]


def test_every_clause_has_exactly_one_topic() -> None:
    explained = [clause for topic in TOPICS.values() for clause in topic.clauses.split()]
    assert sorted(explained) == sorted(CLAUSES)
    assert explanation("backward-99") is None


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_clause_has_a_text_of_its_own_before_its_topic(language: str) -> None:
    own, english_own = of_clauses(language), of_clauses("en")
    assert sorted(own.about) == sorted(CLAUSES)
    assert len({*own.about.values()}) == len(CLAUSES)
    assert sorted(own.nudge) == sorted(english_own.nudge)
    assert {*own.nudge} <= {*CLAUSES}
    assert all(len(text) >= 10 for text in (*own.about.values(), *own.nudge.values()))
    if language != "en":
        texts = (*own.about.values(), *own.nudge.values())
        assert [text for text in texts if not re.search(r"[\u4e00-\u9fff]", text)] == []


def test_an_explanation_begins_with_the_clause_and_its_first_hint_is_about_it() -> None:
    own, found = of_clauses("en"), explanation("preprocessing-7")
    assert found is not None
    assert found.mathematics.startswith(own.about["preprocessing-7"])
    assert found.hints == (own.nudge["preprocessing-7"], *TOPICS["labels"].hints)


@pytest.mark.parametrize("name", TOPICS)
def test_the_example_of_a_topic_is_true(name: str) -> None:
    values = {"exp": math.exp, "log": math.log}
    assert eval(TOPICS[name].check, values) is True  # the project's own text


@pytest.mark.parametrize("name", TOPICS)
def test_a_topic_has_all_its_parts(name: str) -> None:
    topic = TOPICS[name]
    assert topic.read in READINGS
    assert len(topic.mathematics.split()) >= 20
    assert topic.example
    assert len(topic.hints) == 2


@pytest.mark.parametrize("language", OTHERS)
def test_every_language_explains_the_same_with_as_many_hints(language: str) -> None:
    other = topics(language)
    assert list(other) == list(TOPICS)
    for name, topic in TOPICS.items():
        twin = other[name]
        assert (twin.clauses, twin.read, twin.check) == (topic.clauses, topic.read, topic.check), name
        assert len(twin.hints) == len(topic.hints), name
        assert numbers(twin.example) == numbers(topic.example), name


def test_the_text_to_read_is_the_tutorials_chapter_of_the_stage() -> None:
    """The text to read is the chapter of a stage, that of the topic's clauses if all are of one stage."""
    chapters = re.findall(r"^## (\d+)\. ", (ROOT / "docs" / "tutorial.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert chapters == [str(n) for n in range(1, len(STAGES) + 1)]
    assert [re.match(r"chapter (\d+)", text)[1] for text in READINGS.values()] == chapters  # type: ignore[index]
    for topic in TOPICS.values():
        stages = {clause.rpartition("-")[0] for clause in topic.clauses.split()}
        if len(stages) == 1:
            assert list(READINGS).index(topic.read) == STAGES.index(min(stages)), topic.clauses


def numbers(text: str) -> list[str]:
    """The numbers of an example, sorted, since their order may depend on the language."""
    return sorted(re.findall(r"\d[\d,.]*\d|\d", text))


@pytest.mark.parametrize("language", OTHERS)
def test_no_explanation_was_left_in_english(language: str) -> None:
    for name, topic in topics(language).items():
        assert len(re.findall(r"[\u4e00-\u9fff]", topic.mathematics)) >= 30, name
        for text in (topic.mathematics, topic.example, *topic.hints):
            assert re.search(r"[\u4e00-\u9fff]", text), text
            assert not SENTENCE.search(text), text


#: The end of a line between two Chinese characters: it would appear as a blank, which Chinese does not use.
GAP = re.compile(r"[\u3001-\u9fff\uff01-\uff5e]\s*\n\s*[\u4e00-\u9fff]")


@pytest.mark.parametrize(
    "path", sorted(ROOT.glob("nnkata/katas/*/explanations/zh-CN*.toml")), ids=lambda p: p.parts[-3]
)
def test_no_line_of_a_chinese_explanation_ends_in_a_blank(path: Path) -> None:
    tables = tomllib.loads(path.read_text("utf-8")).values()
    texts = [text.strip() for table in tables for text in table.values() if isinstance(text, str)]
    texts += [text for table in tables for text in table.get("hints", ())]
    assert len(texts) > 40
    assert [gap for text in texts for gap in GAP.findall(text)] == []


def test_a_blank_between_chinese_characters_is_found() -> None:
    assert GAP.search("只取决于\n它自己")
    assert GAP.search("均值时，\n这个")
    assert not GAP.search("就是 输出 - y")


#: Two consecutive words of English that are not Python.
SENTENCE = re.compile(r"\b(?!def|import|from|as )[a-z]{2,} (?!import|as)[a-z]{2,}\b", re.A)


def test_a_sentence_in_english_is_found() -> None:
    assert all(SENTENCE.search(topic.mathematics) for topic in TOPICS.values())


def code(text: str) -> set[str]:
    """The statements of a program, without blanks."""
    lines = (re.sub(r"\s|#.*", "", line) for line in text.splitlines())
    return {line for line in lines if "=" in line and len(line) > 15}


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_explanation_contains_the_solution(language: str) -> None:
    solutions = [ROOT / "reference" / "network.py", *(ROOT / "solutions" / "correct").glob("*.py")]
    lines = {line for path in solutions for line in code(path.read_text(encoding="utf-8"))}
    assert len(lines) > 100
    for topic in topics(language).values():
        said = re.sub(r"\s", "", " ".join([topic.mathematics, topic.example, *topic.hints]))
        assert not [line for line in lines if line in said]
        assert "np.outer" not in said


def test_an_explanation_has_the_clause_the_mathematics_and_a_hint_only_on_request(nnkata: Run) -> None:
    done = nnkata("explain", "backward-3")
    assert (done.returncode, done.stderr) == (0, "")
    assert "Then the gradient of W3 is what the mathematics gives" in done.stdout
    assert "(10, 64)" in done.stdout
    assert "chapter 5; Casper Hansen's article, Backpropagation" in done.stdout
    assert "Hint:" not in done.stdout
    assert max(map(len, done.stdout.splitlines())) <= WIDTH


def test_hints_come_one_after_the_other(nnkata: Run) -> None:
    one, two = nnkata("explain", "backward-3", "--hint"), nnkata("explain", "backward-3", "--hint", "2")
    assert one.stdout.count("Hint:") == 1
    assert "--hint 2" in one.stdout
    assert two.stdout.count("Hint:") == 2
    assert "--hint 3" not in two.stdout


def test_a_stage_lists_its_clauses(nnkata: Run) -> None:
    done = nnkata("explain", "update")
    assert [line.split()[0] for line in done.stdout.splitlines()[:6]] == [f"update-{n}" for n in range(1, 7)]


@pytest.mark.parametrize(
    ("kata", "name", "clause"), [("article", "scalar-gradient", "backward-1"), ("mlp", "step-leaves-biases", "step-1")]
)
def test_a_mistake_lists_the_clauses_that_it_fails(kata: str, name: str, clause: str, nnkata: Run) -> None:
    done = nnkata("explain", name, "--kata", kata)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith(f"{name}: ")
    assert f"It fails: {clause}" in " ".join(done.stdout.split())
    assert f"nnkata explain {clause}" in done.stdout
    assert "Hint:" not in done.stdout
    assert "Hint:" in nnkata("explain", name, "--hint", "--kata", kata).stdout
    wrong = nnkata("explain", f"{name}s", "--kata", kata)
    assert (wrong.returncode, f"did you mean {name}?" in wrong.stderr) == (2, True)


@pytest.mark.parametrize("name", ["backward-99", "nonsense", "\x1b[2J"])
def test_an_unknown_clause_is_an_error_with_the_form_of_clause_names(nnkata: Run, name: str) -> None:
    done = nnkata("explain", name)
    assert (done.returncode, done.stdout) == (2, "")
    assert "preprocessing-1" in done.stderr
    assert "\x1b" not in done.stderr
    assert all(stage in done.stderr for stage in STAGES)


@pytest.mark.parametrize(
    ("word", "first", "absent"),
    [
        ("Softmax", "  activations-8 ", "forward-1"),  # its own clauses, and not the others whose explanation has it
        ("shuffles", "  training-13 ", "training-1 "),  # in no name and no step of a clause
        ("ax", "STAGE: preprocessing,", "activations-8"),  # within a word alone
    ],
)
def test_a_word_that_is_no_name_gives_the_clauses_about_it(nnkata: Run, word: str, first: str, absent: str) -> None:
    done = nnkata("explain", word)
    assert (done.returncode, done.stdout) == (2, "")
    assert first in done.stderr
    assert absent not in done.stderr


def test_of_many_clauses_about_a_word_a_screenful_is_listed(nnkata: Run) -> None:
    assert "与它有关的条款：\n  backward-1  " in nnkata("explain", "梯度", "--language", "zh").stderr
    many = nnkata("explain", "the").stderr
    assert many.count("\n  ") < 24
    assert re.search(r"\nAnd \d\d more\.\n", many)


def test_a_clause_is_explained_in_chinese(nnkata: Run) -> None:
    done = nnkata("explain", "backward-3", "--language", "zh-CN")
    assert (done.returncode, done.stderr) == (0, "")
    by_locale = nnkata("explain", "backward-3", LANGUAGE="zh_CN")
    assert by_locale.stdout == done.stdout
    said = done.stdout[done.stdout.index(of_clauses("zh-CN").about["backward-3"][:12]) :]
    assert english([said]) == []
    assert "提示：" in nnkata("explain", "backward-3", "--hint", "--language", "zh").stdout
    assert max(map(columns, done.stdout.splitlines())) <= WIDTH


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_explanation_fits_the_first_screen(
    language: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)  # a folder without earlier checks, since a file's long name would be part of a command
    use(language)
    try:
        for clause in known_clauses():
            for hints in (0, 1, 9):
                lines = explained(clause, hints)
                assert max(map(columns, lines)) <= WIDTH, clause.tag
                assert len(lines) < 24, clause.tag
    finally:
        use("en")
