"""A user's own features and steps join in, as docs/own-features.md shows; and the types that they are written with."""

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from nnkata.katas.article.steps.world import World
from nnkata.runner.pytest_run.returned_answers import answers
from tests.support import forks

ROOT = Path(__file__).parents[2]
PLAIN = ROOT / "solutions" / "correct" / "plain.py"
PAGE = (ROOT / "docs" / "own-features.md").read_text(encoding="utf-8")
#: The files of the page, by name.
SHOWN = dict(re.findall(r"^`([\w.]+)`:\n\n```\w+\n(.*?)^```$", PAGE, re.M | re.S))
BIN = Path(sys.executable).parent


#: A network that adds some grey to a black image.
UNEASY = """
class Right(DeepNeuralNetwork):
    pass


class DeepNeuralNetwork(Right):
    def forward_pass(self, x_train):
        return super().forward_pass(np.asarray(x_train) + 0.1)
"""


@pytest.fixture
def course(tmp_path: Path) -> Path:
    for name, text in SHOWN.items():
        (tmp_path / name).write_text(text)
    shutil.copy(PLAIN, tmp_path / "network.py")
    return tmp_path


#: Without a plugin that takes as long as all the rest of a run; one run has all that are installed.
LIGHT = ("-p", "no:hypothesispytest")


def run(folder: Path, *options: str) -> "subprocess.CompletedProcess[str]":
    environment = {key: value for key, value in os.environ.items() if not key.startswith(("NNKATA", "PYTEST"))}
    return forks.run(["--implementation=network.py", *options], folder, environment, module="pytest")


def test_the_page_shows_the_three_files() -> None:
    assert sorted(SHOWN) == ["black.feature", "conftest.py", "test_black.py"]


@pytest.mark.parametrize(
    "options",
    [
        [],
        ["-p", "no:cacheprovider", "--isolation", "process", *LIGHT],
        ["-n", "2", *LIGHT],
        ["--import-mode=importlib", *LIGHT],
    ],
    ids=" ".join,
)
def test_own_steps_and_those_of_the_contract_judge_together(course: Path, options: list[str]) -> None:
    done = run(course, *options)
    assert " 1 passed" in done.stdout, done.stdout


def test_a_wrong_network_fails_at_the_users_step_with_its_result(course: Path) -> None:
    path = course / "network.py"
    path.write_text(f"{path.read_text()}\n{UNEASY}")
    done = run(course, *LIGHT)
    assert done.returncode == 1
    assert "the output after W1 was drawn anew" in done.stdout
    assert "should have come" in done.stdout


def test_an_async_step_is_refused_as_pytest_bdd_would_pass_it_without_running_it(course: Path) -> None:
    steps = course / "conftest.py"
    steps.write_text(steps.read_text().replace("def alike(world", "async def alike(world"))
    done = run(course, *LIGHT)
    assert done.returncode == 1, done.stdout
    assert "an async step never runs" in done.stdout
    assert " 1 failed" in done.stdout


def test_a_then_that_returns_a_comparison_is_refused_as_pytest_bdd_would_drop_it(course: Path) -> None:
    steps = course / "conftest.py"
    check = '    same("the output after W1 was drawn anew", world.output, world.notes["before"], world.precision())'
    assert check in steps.read_text()
    steps.write_text(steps.read_text().replace(check, '    return bool((world.output == world.notes["before"]).all())'))
    done = run(course, *LIGHT)
    assert done.returncode == 1, done.stdout
    assert "this step returns whether it holds" in done.stdout
    assert " 1 failed" in done.stdout


def test_what_a_step_may_return_is_left_to_it() -> None:
    def kept(world: World) -> object:
        def inner() -> object:
            return world.x == 1

        return inner

    def made(world: World) -> bool:
        return not world.x

    assert (answers(kept), answers(made), answers(len)) == (False, True, False)


TWO = """

@given(pattern("a black {what:w}"))
def any_black(world: World, what: str) -> None:
    world.x = np.ones(world.sizes[0])
"""


def test_a_text_that_two_steps_match_is_refused_as_pytest_bdd_would_choose_by_the_alphabet(course: Path) -> None:
    steps = course / "conftest.py"
    steps.write_text(steps.read_text() + TWO)
    done = run(course)
    assert done.returncode == 1, done.stdout
    assert "'a black image' matches several steps: 'a black image', 'a black {what:w}'" in done.stdout
    assert "reword one of them" in done.stdout


def test_a_step_of_the_test_module_takes_precedence_over_one_for_all(course: Path) -> None:
    steps, module = course / "conftest.py", course / "test_black.py"
    given = TWO.replace("np.ones", "np.zeros")
    imports = "import numpy as np\nfrom pytest_bdd import given\nfrom nnkata.steps.common import pattern\n"
    module.write_text(f"{imports}from nnkata.steps.world import World\n{module.read_text()}{given}")
    assert "a black image" in steps.read_text()
    assert " 1 passed" in run(course).stdout


def test_several_modules_of_ones_own_share_one_implementation(course: Path) -> None:
    shutil.copy(course / "test_black.py", course / "test_more.py")
    assert " 2 passed" in run(course, *LIGHT).stdout


def test_without_an_implementation_the_error_says_what_to_do(course: Path) -> None:
    (course / "network.py").rename(course / "mine.py")
    done = run(course, "--implementation=", *LIGHT)
    assert done.returncode != 0
    assert "no implementation is named" in done.stdout + done.stderr


#: A program with right uses of the stable names, and a wrong line for each.
RIGHT = """\
from nnkata.katas.article import DEFAULT_CLASS, STAGES
from nnkata.katas.article.protocol import Network, NetworkClass
from nnkata.verdict import Verdict, decode


def worst(text: bytes) -> list[str]:
    found: Verdict = decode(text)
    return [result.clause for result in found.failures if result.status != "timeout"]


def make(kind: NetworkClass) -> Network:
    return kind([784, 128, 64, 10], l_rate=0.1)


NAMES: list[str] = [DEFAULT_CLASS, *STAGES]
"""
WRONG = [
    'decode("text")',
    "worst(b'').score",
    "make(int)",
    "make(3).forward_pass()",
    "STAGES.append('more')",
]


def mypy(folder: Path) -> list[tuple[str, int]]:
    command = [sys.executable, "-m", "mypy", "--strict", "--no-error-summary", "--config-file=", "."]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode in (0, 1), done.stdout + done.stderr
    return [(name, int(line)) for name, line in re.findall(r"^(\w+\.py):(\d+): error", done.stdout, re.M)]


def pyright(folder: Path) -> list[tuple[str, int]]:
    (folder / "pyrightconfig.json").write_text('{"typeCheckingMode": "strict"}')
    command = [str(BIN / "basedpyright"), "--outputjson", "--pythonpath", sys.executable]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    found = json.loads(done.stdout)
    assert found["summary"]["filesAnalyzed"] == len(list(folder.glob("*.py"))), done.stdout
    errors = [entry for entry in found["generalDiagnostics"] if entry["severity"] == "error"]
    return [(Path(entry["file"]).name, entry["range"]["start"]["line"] + 1) for entry in errors]


@pytest.fixture(scope="module", params=[mypy, pyright])
def errors(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> list[tuple[str, int]]:
    """The files and lines in which a checker finds errors; it runs once for all files."""
    folder = tmp_path_factory.mktemp("typed")
    texts = {"right.py": RIGHT, "wrong.py": RIGHT + "\n".join(["", *WRONG, ""])}
    for name, text in {**texts, **{name: text for name, text in SHOWN.items() if name.endswith(".py")}}.items():
        (folder / name).write_text(text)
    return request.param(folder)  # type: ignore[no-any-return]  # pytest's `param` is Any


def test_the_shipped_types_accept_right_uses_and_refuse_wrong_ones(errors: list[tuple[str, int]]) -> None:
    assert not [line for name, line in errors if name == "right.py"]
    first = len(RIGHT.splitlines()) + 2
    assert {line for name, line in errors if name == "wrong.py"} == set(range(first, first + len(WRONG)))


def test_the_steps_that_the_page_shows_are_typed(errors: list[tuple[str, int]]) -> None:
    assert {name for name, _line in errors} <= {"right.py", "wrong.py"}


#: The stable names (docs/own-features.md).
PUBLIC = (
    "nnkata.katas.article.protocol",
    "nnkata.verdict",
    "nnkata.katas.article.oracle",
    "nnkata.plugin",
    "nnkata.katas.article.steps.world",
    "nnkata.katas.article.steps.common",
    "nnkata.steps.compare",
)


def test_every_stable_name_has_a_type_that_pyright_need_not_infer() -> None:
    environment = {**os.environ, "PATH": f"{BIN}:{os.environ['PATH']}"}
    command = [str(BIN / "basedpyright"), "--verifytypes", "nnkata", "--ignoreexternal", "--outputjson"]
    done = subprocess.run(command, cwd=ROOT / "docs", env=environment, capture_output=True, text=True, check=False)
    symbols = json.loads(done.stdout)["typeCompleteness"]["symbols"]
    public = [symbol for symbol in symbols if symbol["name"].startswith(tuple(f"{name}." for name in PUBLIC))]
    assert len(public) > 80
    unknown = [symbol["name"] for symbol in public if not symbol["isTypeKnown"]]
    assert unknown == []


#: Parts of a feature that pytest-bdd drops without a word, and what is said of them.
LOST: dict[str, tuple[Callable[[str], str], str, str]] = {
    "a title twice": (
        lambda text: text.strip() + "\n\n" + text.partition("\n\n")[2],
        "black.feature:11: ",
        "only the last one would run",
    ),
    "a step above": (
        lambda text: text.replace("images\n", "images\n  Given known random weights\n", 1),
        "black.feature:2: ",
        "a step stands in a scenario",
    ),
    "a row without its end": (
        lambda text: text.replace("    And a black", "    And the weights W1\n      | 1 | 2\n    And a black"),
        "black.feature:7: ",
        "no bar at its end",
    ),
    "a scenario without a Then": (
        lambda text: text + "\n  Scenario: Made\n    Given a network of sizes 7-6-5-4\n    * known random weights\n",
        "black.feature:11: ",
        "has no Then, so it checks nothing",
    ),
}


@pytest.mark.parametrize("part", LOST)
def test_a_part_of_a_users_feature_that_would_not_run_is_an_error(course: Path, part: str) -> None:
    change, place, said = LOST[part]
    feature = course / "black.feature"
    feature.write_text(change(feature.read_text(encoding="utf-8")), encoding="utf-8")
    done = run(course, f"--implementation={PLAIN}")
    assert done.returncode == 2, done.stdout + done.stderr
    assert place in done.stdout
    assert said in done.stdout


def test_an_and_behind_a_background_runs_as_with_check(course: Path) -> None:
    feature = course / "black.feature"
    text = feature.read_text(encoding="utf-8")
    made = "    Given a network of sizes 784-128-64-10\n"
    text = text.replace(made, "").replace("  Scenario:", f"  Background:\n{made}\n  Scenario:")
    feature.write_text(text, encoding="utf-8")
    done = run(course, f"--implementation={PLAIN}")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "1 passed" in done.stdout


def test_a_star_stands_for_a_step_of_any_kind_and_a_when_of_ones_own_may_check(course: Path) -> None:
    feature = course / "black.feature"
    text = feature.read_text(encoding="utf-8")
    made = "\n  Scenario: Twice\n    Given a network of sizes 7-6-5-4\n    And known random weights\n"
    made += "    And a black image\n    When it goes forward before and after W1 is drawn anew\n"
    for word in ("Given", "And", "When", "Then"):
        text = text.replace(f"    {word} ", "    * ")
    feature.write_text(text + made, encoding="utf-8")
    done = run(course, f"--implementation={PLAIN}")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "2 passed" in done.stdout


def test_an_error_in_a_test_module_is_reported_as_pytest_does(course: Path) -> None:
    module = course / "test_black.py"
    module.write_text(module.read_text(encoding="utf-8").replace("black.feature", "blak.feature"), encoding="utf-8")
    done = run(course, f"--implementation={PLAIN}")
    assert done.returncode == 2
    assert "blak.feature" in done.stdout
    assert "binding.py" not in done.stdout + done.stderr
