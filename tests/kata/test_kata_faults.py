"""A kata of another package: mistakes of its author are told with the remedy, before it judges."""

import importlib
import os
import shutil
import subprocess
import sys
from dataclasses import replace
from importlib.metadata import EntryPoint, EntryPoints
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from nnkata import kata, registry
from nnkata.cli import twice
from nnkata.errors import UsageError
from nnkata.features.gherkin import clauses
from nnkata.features.own import _untranslated
from nnkata.grading.task import contract_hash
from nnkata.kata_faults import faults, guarded
from nnkata.misconceptions import Catalogue, Misconception
from nnkata.places import feature_files
from nnkata.runner.results.clause_result import figures
from nnkata.runner.typecheck.members import Conformance
from tests.conftest import ROOT

RIGHT = vars(registry.load("mlp"))


def test_the_katas_that_come_along_have_no_faults() -> None:
    assert [*faults(RIGHT, "mlp"), *faults(vars(registry.load("article")), "article")] == []


def test_a_kata_with_a_point_in_its_name_is_no_module_of_the_kit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(registry, "_current", [replace(registry.load("mlp"), name="my.kata")])
    assert not registry.comes_along()


WRONG: dict[str, tuple[dict[str, Any], str]] = {
    "a text for a tuple": (
        {"stages": "mean"},
        "stages is 'mean', and has to be a tuple of texts; one of a single text",
    ),
    "a number for a text": ({"contract": 1.0}, "contract is 1.0, and has to be a text"),
    "a text for a path": ({"skeleton": "skeleton.py"}, "has to be a Path"),
    "a relative path": ({"reference": Path("reference.py")}, "reference.py is relative to wherever nnkata is called"),
    "an absent file": ({"skeleton": Path("/nowhere/skeleton.py")}, "there is no /nowhere/skeleton.py"),
    "a stage without a feature": ({"stages": (*RIGHT["stages"], "median")}, "median.feature"),
    "explanations without English": ({"explanations": RIGHT["features"]}, "en.toml"),
    "no stage": ({"stages": (), "long_stages": (), "waits": {}}, "stages is empty"),
    "a stage twice": ({"stages": RIGHT["stages"] * 2}, "stages has a name twice"),
    "a catalogue that was called": ({"catalogue": Catalogue()}, "has to be a function"),
    "a world without arguments": ({"world": lambda: None}, "world has to take a subject, facts, a seed and a clause"),
    "another stage": ({"waits": {"spread": "mean"}}, "there is no stage 'spread'"),
    "another brace": ({"reading": "{page} of it"}, "'{page} of it' may name {part} and nothing else"),
    "a command as a text": ({"commands": {"plot": "package.plot"}}, "the command plot is not an nnkata.kata.Command"),
    "another name": ({"name": "other"}, "its name is 'other' and that of its entry point 'mlp'"),
}


@pytest.mark.parametrize("wrong", WRONG)
def test_a_wrong_part_is_told(wrong: str) -> None:
    parts, said = WRONG[wrong]
    assert said in next(faults({**RIGHT, **parts}, "mlp"))


def offered(monkeypatch: pytest.MonkeyPatch, *values: str) -> None:
    points = [EntryPoint("odd", value, registry.GROUP) for value in values]
    monkeypatch.setattr(registry, "_entries", lambda: EntryPoints(points))


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ([], "; a package offers one by an entry point of the group nnkata.katas"),
        (["pathlib:Path"], "the entry point odd names pathlib:Path, which is not an nnkata.kata.Kata"),
        (["nnkata.katas.mlp:KATA"], "its name is 'mlp' and that of its entry point 'odd'"),
        (
            ["pathlib:Path", "pathlib:PurePath"],
            "several packages offer a kata odd: ? (pathlib:Path), ? (pathlib:PurePath)",
        ),
        (
            ["no_such_module:KATA"],
            "the kata odd cannot be imported: ModuleNotFoundError: No module named 'no_such_module'",
        ),
        (["antigravity_:KATA.x"], "cannot be imported"),
    ],
)
def test_a_wrong_entry_point_is_told(values: list[str], said: str, monkeypatch: pytest.MonkeyPatch) -> None:
    offered(monkeypatch, *values)
    with pytest.raises(UsageError) as caught:
        registry.load("odd")
    assert said in str(caught.value)


def test_an_exception_of_a_part_is_told_with_its_line_and_an_error_of_ours_as_it_is() -> None:
    def data(name: str) -> None:
        raise FileNotFoundError(name) if name == "x.csv" else UsageError(name)

    with pytest.raises(UsageError, match=r"the data: FileNotFoundError: x\.csv \(test_kata_faults\.py, line \d+\)"):
        guarded(data, "the data")("x.csv")
    with pytest.raises(UsageError, match=r"^other$"):
        guarded(data, "the data")("other")


def test_a_result_of_another_type_is_told() -> None:
    with pytest.raises(UsageError, match=r"^places of the kata: it returns None, not a dict$"):
        guarded(lambda: None, "places of the kata", dict)()


def test_a_kata_without_data_is_judged_in_a_notebook_too(monkeypatch: pytest.MonkeyPatch) -> None:
    warm = importlib.import_module(
        "nnkata.runner.judging_process.preloaded"
    )  # what the first check of a notebook imports
    monkeypatch.setattr(registry, "_current", [replace(registry.load("mlp"), data=kata._no_data)])
    importlib.reload(warm)


LINE = """\
from typing import Protocol


class Line(Protocol):
    slope: float

    def value(self, x: float) -> float: ...
"""


def test_a_class_is_held_against_its_protocol_alone_and_a_protocol_that_is_absent_is_told(tmp_path: Path) -> None:
    path = tmp_path / "protocol.py"
    path.write_text(LINE)
    own = replace(registry.load("mlp"), protocols=path, instance="Line", functions=(), otherwise=(), classes=())
    text = Conformance(own, "protocol", "submission", "Line").text
    assert "from submission import Line as nnkata_class" in text
    assert "def slope(self) -> float" in text
    assert "def value(self, x: " in text
    assert not [fault for fault in faults(vars(own), "mlp") if "protocol" in fault]
    assert f"{path} has no protocol Lines" in [*faults(vars(replace(own, instance="Lines")), "mlp")]


def test_features_in_another_language_have_the_same_clauses_or_are_english(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    features = tmp_path / "features"
    shutil.copytree(ROOT / "tests/average/nnkata_average/features", features)
    own = replace(
        registry.load("mlp"), name="odd", stages=("average",), features=features, steps=(), catalogue=Catalogue
    )
    monkeypatch.setattr(registry, "_current", [replace(own, explanations=None)])
    (features / "zh-CN").mkdir()
    assert feature_files(None, "zh-CN") == [features / "average.feature"]
    (features / "zh-CN" / "average.feature").write_text("Feature: A\n\n  @average-1\n  Scenario: B\n    Then it is 4\n")
    known = clauses(feature_files(None, "zh-CN"))
    assert len(known) == 1
    assert [*_untranslated(known)] == [
        f"the features of its languages do not agree: average-{number} is not in all of them" for number in (2, 3)
    ]


def test_figures_of_a_clause_are_numbers_that_json_can_hold() -> None:
    assert figures({"a": np.float32(0.5), "b": np.int64(2), "c": float("nan"), "d": np.inf}) == {"a": 0.5, "b": 2.0}
    for unfit in ({"a": "1"}, {"a": np.ones(2)}, {3: 1.0}):
        with pytest.raises(UsageError, match="has to be a number"):
            figures(unfit)  # type: ignore[arg-type]


def test_a_command_of_a_kata_does_not_replace_one_of_ours(monkeypatch: pytest.MonkeyPatch) -> None:
    assert twice() == ""
    own = replace(registry.current(), commands={"check": kata.Command("ours", "nothing")})
    monkeypatch.setattr(registry, "_current", [own])
    assert "the command check of the kata article is one of nnkata's own" in twice()


def test_verdicts_are_kept_for_the_code_of_a_kata_as_it_is(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    package = tmp_path / "odd_package"
    package.mkdir()
    (package / "__init__.py").write_text("KATA = 1")
    monkeypatch.syspath_prepend(tmp_path)
    kit = contract_hash()
    monkeypatch.setattr(
        "nnkata.kata_package.offer", lambda found: EntryPoint("odd", "odd_package:KATA", registry.GROUP)
    )
    hashes = [contract_hash()]
    (package / "steps.py").write_text("at_least = 0.9")
    hashes += [contract_hash(), contract_hash()]
    assert len({kit, *hashes}) == 3
    assert hashes[1] == hashes[2]


def test_a_mistake_to_be_read_in_no_part_of_the_text_is_told() -> None:
    def catalogue() -> Catalogue:
        found = Catalogue(["means"])
        found.register(Misconception("halved", "It is halved.", "x / 2", "Why two?", "means", ("mean-1",), object))
        return found

    assert list(registry._whole(catalogue, {"means": "page 1"})) == ["halved"]
    with pytest.raises(ValueError, match="halved is to be read in 'means', which is not among the readings"):
        registry._whole(catalogue, {})


STEP = """    same("the average", world.outcome.value, value)"""
FEATURE = "    Then it is 4\n"


@pytest.mark.parametrize(
    ("file", "before", "after", "status", "said"),
    [
        (
            "steps.py",
            STEP,
            "    assert world.outcome.value == value",
            1,
            "does not hold: assert world.outcome.value == value",
        ),
        (
            "steps.py",
            STEP,
            "    return world.outcome.value == value",
            2,
            "the step returns False, which checks nothing",
        ),
        (
            "steps.py",
            "import numpy as np",
            "import numpy_",
            2,
            "cannot be imported: ModuleNotFoundError: No module named",
        ),
        (
            "features/average.feature",
            FEATURE,
            "",
            2,
            "average.feature:10: average-2: has no Then, so it checks nothing",
        ),
        (
            "features/average.feature",
            "@average-2",
            "@averages-2",
            2,
            "line 10: the scenario has no tag of its",
        ),
        (
            "__init__.py",
            '("average-1",)',
            '("average-11",)',
            2,
            "no clause 'average-11' (divided-by-two)",
        ),
        (
            "__init__.py",
            "steps=(",
            "places=lambda *parts: 1 / 0,\n    steps=(",
            2,
            "places of the kata average is",
        ),
        ("en.toml", "hints =", "hint =", 2, "en.toml: Object contains unknown field `hint`"),
    ],
)
def test_a_kata_that_would_pass_everything_or_cannot_run_is_no_pass(
    file: str, before: str, after: str, status: int, said: str, tmp_path: Path
) -> None:
    shutil.copytree(ROOT / "tests/average/nnkata_average", tmp_path / "nnkata_average")
    installed = tmp_path / "nnkata_average-1.dist-info"
    installed.mkdir()
    (installed / "METADATA").write_text("Metadata-Version: 2.1\nName: nnkata-average\nVersion: 1\n")
    (installed / "entry_points.txt").write_text("[nnkata.katas]\naverage = nnkata_average:KATA\n")
    path = tmp_path / "nnkata_average" / file
    assert before in path.read_text(encoding="utf-8")
    path.write_text(path.read_text(encoding="utf-8").replace(before, after), encoding="utf-8")
    (tmp_path / "wrong.py").write_text("def average(numbers):\n    return 2.5\n")
    done = subprocess.run(
        [sys.executable, "-m", "nnkata", "check", "wrong.py", "--kata", "average", "--language", "en"],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": os.pathsep.join([str(tmp_path), str(ROOT)])},
        capture_output=True,
        text=True,
    )
    assert done.returncode == status
    assert said in " ".join((done.stdout + done.stderr).split())
    assert "Traceback" not in done.stderr
