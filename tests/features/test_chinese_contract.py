"""A run in Chinese states its clauses in Chinese, and has the results of a run in English."""

import contextlib
import json
import os
import re
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
import pytest

from nnkata.features.gherkin import clauses
from nnkata.katas.article import STAGES
from nnkata.language import LANGUAGES, use
from nnkata.places import feature_files
from nnkata.runner import session
from nnkata.runner.direct_run import cases
from nnkata.runner.pytest_run import binding, under_pytest
from nnkata.runner.run import judge, known_clauses
from nnkata.runner.settings import Settings
from nnkata.verdict import Verdict
from tests.support import forks

Run = Callable[..., "subprocess.CompletedProcess[str]"]
Write = Callable[..., Path]

ROOT = Path(__file__).parents[2]
PRINTED = ROOT / "solutions" / "printed.py"
REFERENCE = ROOT / "reference" / "network.py"
ENGLISH = {clause.tag: clause for clause in clauses(feature_files(None, "en"))}
CHINESE = {clause.tag: clause for clause in clauses(feature_files(None, "zh-CN"))}


@pytest.fixture(autouse=True)
def afterwards_english() -> Any:
    yield
    use("en")


def judged(path: Path, language: str, **more: Any) -> Verdict:
    return judge(Settings(str(path), seed=11, language=language, **more))


@pytest.mark.parametrize("path", [REFERENCE, PRINTED], ids=["reference", "printed"])
def test_the_verdict_is_the_same_clause_by_clause_in_both_languages(path: Path) -> None:
    english, chinese = judged(path, "en"), judged(path, "zh-CN")
    assert [(c.clause, c.status, c.misconception) for c in english.clauses] == [
        (c.clause, c.status, c.misconception) for c in chinese.clauses
    ]
    assert english.passed == chinese.passed == (path is REFERENCE)
    assert english.score == chinese.score
    assert [stage.name for stage in chinese.stages] == list(STAGES)
    assert [clause.name for clause in english.clauses] == [clause.name for clause in ENGLISH.values()]
    assert [clause.name for clause in chinese.clauses] == [clause.name for clause in CHINESE.values()]


def test_the_random_inputs_are_the_same_in_both_languages(write: Write) -> None:
    """Compare numbers that depend on every draw of the clause: the wrong gradients, and the expected ones."""
    ascent = write(**{"np.outer(": "1.5 * np.outer(", "-= self.l_rate *": "+= self.l_rate *"})
    asked = frozenset(tag for tag in ENGLISH if tag.startswith(("backward-", "update-", "training-1")))
    english, chinese = (judged(ascent, language, only=asked).failures for language in ("en", "zh-CN"))
    drawn = [(c.clause, msgspec.to_builtins(c.compared)) for c in english if c.compared and c.compared.came]
    assert len(drawn) > 8
    assert drawn == [(c.clause, msgspec.to_builtins(c.compared)) for c in chinese if c.compared and c.compared.came]


def failed(name: str, run: "subprocess.CompletedProcess[str]") -> Any:
    stages = json.loads(run.stdout)["stages"]
    return next(clause for stage in stages for clause in stage["clauses"] if clause["clause"] == name)


@pytest.mark.parametrize("how", [("--language", "zh-CN"), ()], ids=["said", "locale"])
def test_check_shows_names_steps_and_examples_in_chinese_and_identifiers_unchanged(
    nnkata: Run, how: tuple[str, ...]
) -> None:
    locale = {} if how else {"LANGUAGE": "zh_CN"}
    done = nnkata("check", PRINTED, "--stage", "activations", "--seed", "3", "--format", "json", *how, **locale)
    clause = failed("activations-6", done)
    assert clause["name"] == CHINESE["activations-6"].name
    assert clause["step"] == "那么 结果为 0, 0.25, 0"
    assert clause["example"] == {"类型": "float32"}
    assert json.loads(done.stdout)["stages"][1]["name"] == "activations"
    text = nnkata("check", PRINTED, "--stage", "activations", "--seed", "3", *how, **locale).stdout
    assert f"activations-6: {CHINESE['activations-6'].name}" in text
    assert "✗ 那么 结果为 0, 0.25, 0" in text


def test_the_language_option_precedes_the_locale(nnkata: Run) -> None:
    arguments = ("check", REFERENCE, "--clause", "forward-1", "--format", "json")
    assert failed("forward-1", nnkata(*arguments, "--language", "en", LANGUAGE="zh_CN"))["name"] == "A worked example"
    assert failed("forward-1", nnkata(*arguments, LANGUAGE="zh_CN"))["name"] == "一个可以手算的例子"


def test_an_unknown_language_is_bad_usage(nnkata: Run) -> None:
    done = nnkata("check", REFERENCE, "--language", "xx")
    assert done.returncode == 2
    assert "zh-CN" in done.stderr


def test_explain_lists_the_clauses_of_a_stage_in_the_language_of_the_locale(nnkata: Run) -> None:
    said = nnkata("explain", "backward", LANGUAGE="zh_CN").stdout
    for number in range(1, 13):
        assert CHINESE[f"backward-{number}"].name in said


def test_a_batch_keeps_the_verdicts_of_each_language_apart(nnkata: Run, write: Write, tmp_path: Path) -> None:
    write("course/ada.py")
    arguments = ("grade", tmp_path / "course", "--output", tmp_path / "out", "--isolation", "process", "--seed", "5")

    def name(*more: str) -> str:
        done = nnkata(*arguments, "--stage", "update", *more)
        assert done.returncode == 0, done.stderr
        stages = json.loads((tmp_path / "out" / "verdicts" / "ada.json").read_text(encoding="utf-8"))["stages"]
        return str(stages[STAGES.index("update")]["clauses"][0]["name"])

    assert name("--language", "zh-CN") == CHINESE["update-1"].name
    assert name("--language", "en") == ENGLISH["update-1"].name
    assert name("--language", "zh-CN") == CHINESE["update-1"].name


@pytest.mark.parametrize("more", [(), ("-n", "2"), ("-p", "randomly")], ids=" ".join)
def test_pytest_runs_the_clauses_in_the_given_language(more: tuple[str, ...]) -> None:
    environment = {key: value for key, value in os.environ.items() if not key.startswith(("NNKATA", "PYTEST"))}
    options = ["-p", "no:cacheprovider", "-p", "no:hypothesispytest"]  # the latter takes as long as the rest
    asked = [f"--implementation={PRINTED}", "--language", "zh-CN", "-k", "backward or forward"]
    done = forks.run(["tests/contract", *options, *asked, *more], ROOT, environment, module="pytest")
    passed = 2 + sum(clause.stage == "forward" for clause in known_clauses())  # backward-11 and -12 pass too
    assert re.search(rf"\b1\d failed, {passed} passed", done.stdout), done.stdout[-2000:]
    assert "W3 的梯度" in done.stdout
    assert "test_不保留上一次调用的任何结果" in done.stdout


def test_features_of_ones_own_may_be_in_any_of_the_languages_whatever_that_of_the_run(tmp_path: Path) -> None:
    (tmp_path / "own.feature").write_text(
        "# language: zh-CN\n功能: 自己的\n  @own-1\n  场景: 我的\n    假如一个各层宽度为 3-3-3-3 的网络\n"
        "    当对 0 求 sigmoid\n    那么结果为 0.5\n",
        encoding="utf-8",
    )
    for language in ("en", "zh-CN"):
        (clause,) = judged(REFERENCE, language, features=tmp_path).clauses
        assert (clause.name, clause.status) == ("我的", "passed")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_step_text_maps_to_the_function_that_pytest_bdd_finds(language: str, monkeypatch: pytest.MonkeyPatch) -> None:
    only = frozenset(tag for tag in ENGLISH if not tag.startswith(("mnist", "typing", "training-8")))
    calls: list[tuple[str, object]] = []
    arguments, note = cases.StepCall.arguments, binding.pytest_bdd_before_step_call

    def called(step: cases.StepCall) -> dict[str, object]:
        calls.append((step.text, step.function))
        return arguments(step)

    def noting(request: Any, step: Any, step_func: Any, step_func_args: dict[str, object]) -> None:
        calls.append((f"{step.keyword} {step.name}", step_func))
        note(request, step, step_func, step_func_args)

    monkeypatch.setattr(cases.StepCall, "arguments", called)
    judged(REFERENCE, language, only=only, beside=False)  # a second process would record its calls for itself
    direct, calls = calls, []
    monkeypatch.setattr(binding, "pytest_bdd_before_step_call", noting)
    monkeypatch.setattr(under_pytest, "remembered", contextlib.nullcontext)
    monkeypatch.setattr(session, "called_cases", lambda _settings: None)  # pytest runs every clause
    judged(REFERENCE, language, only=only, beside=False)
    assert len(calls) > 300
    assert calls == direct
