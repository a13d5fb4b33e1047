"""`pytest tests/contract --implementation NAME` works alone, with pytest's own options."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support import forks

ROOT = Path(__file__).parents[2]
PLAIN = str(ROOT / "solutions" / "correct" / "plain.py")
PRINTED = str(ROOT / "solutions" / "printed.py")


#: Without a plugin that takes as long as all the rest of a run; tests/runner/test_plugin.py has it beside ours.
LIGHT = ("-p", "no:hypothesispytest")


def run(*arguments: str, **variables: str) -> "subprocess.CompletedProcess[str]":
    environment = {key: value for key, value in os.environ.items() if not key.startswith(("NNKATA", "PYTEST"))}
    words = ["-p", "no:cacheprovider", *LIGHT, *arguments]
    return forks.run(words, ROOT, {**environment, **variables}, module="pytest")


#: How training and mnist go does not depend on the mode, and one mode of three has training too.
SHORT = "not mnist and not training"


@pytest.mark.parametrize(
    "more", [("-k", "not mnist"), ("-k", SHORT, "-n", "2"), ("-k", SHORT, "--isolation", "process")]
)
def test_a_correct_implementation_passes_in_every_mode(more: tuple[str, ...]) -> None:
    done = run("tests/contract", "--implementation", PLAIN, *more)
    assert done.returncode == 0, done.stdout
    assert " passed" in done.stdout


def test_a_wrong_implementation_fails_with_its_place_and_a_clause_can_be_selected() -> None:
    done = run("tests/contract", "--implementation", PRINTED, "-k", "backward-3", "-x")
    assert done.returncode == 1
    assert "the gradient of W3" in done.stdout
    assert "1 failed" in done.stdout
    assert "a single number, as the article prints it" in done.stdout.partition("mistakes recognised")[2]


#: Modules that only the tests of the project need: `make check` installs none of them.
TOOLS = ("xdist", "hypothesis", "pexpect", "yaml", "babel", "jinja2", "sklearn", "pandas", "playwright")


def test_a_learner_runs_it_without_the_tools_of_the_tests() -> None:
    code = f"import sys; sys.modules.update(dict.fromkeys({TOOLS})); import pytest; sys.exit(pytest.main(sys.argv[1:]))"
    plugins = ("-p", "pytest_bdd.plugin", "-p", "nnkata.plugin", "-p", "no:cacheprovider")
    asked = ("tests/contract", "--implementation", PLAIN, "-k", "forward-1")
    done = subprocess.run(
        [sys.executable, "-c", code, *plugins, *asked],
        cwd=ROOT,
        env={**os.environ, "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert (done.returncode, "1 passed" in done.stdout) == (0, True), done.stdout + done.stderr


def test_the_environment_names_the_implementation() -> None:
    assert run("tests/contract", "-k", "update", NNKATA_IMPLEMENTATION=PLAIN).returncode == 0


def test_a_bad_name_is_a_usage_error() -> None:
    done = run("tests/contract", "--implementation", "none.py")
    assert done.returncode != 0
    assert "there is no file none.py" in done.stdout + done.stderr


def test_a_failure_begins_in_the_step_and_not_in_pytest_itself() -> None:
    done = run("tests/contract", "--implementation", PRINTED, "-k", "backward-3", "-p", "no:cacheprovider")
    shown = done.stdout.partition("FAILURES")[2]
    assert "def gradient_right(world: World, key: str)" in shown
    assert "came:" in shown
    assert "_pytest" not in shown
    assert "pytest_bdd" not in shown
    assert len(shown.splitlines()) < 30, shown
    full = run("tests/contract", "--implementation", PRINTED, "-k", "backward-3", "--full-trace")
    assert "gradient_right" in full.stdout


def test_a_clause_can_be_left_out() -> None:
    done = run(
        "tests/contract", "--implementation", PRINTED, "-k", "activations", "--skip-clause", "activations-5", "-rs"
    )
    assert "left out by --skip" in done.stdout


def test_features_of_ones_own_can_be_run(tmp_path: Path) -> None:
    (tmp_path / "own.feature").write_text(
        "Feature: Own\n  @own-1\n  Scenario: Mine\n    Given a network of sizes 3-3-3-3\n"
        "    When sigmoid is applied to 0\n    Then the result is 0.5\n"
    )
    done = run("tests/contract", "--implementation", PLAIN, "--features", str(tmp_path))
    assert done.returncode == 0
    assert "1 passed" in done.stdout


def test_the_unused_plugin_loads_nothing_heavy(tmp_path: Path) -> None:
    (tmp_path / "test_x.py").write_text("import sys\n\ndef test_x():\n    assert 'numpy' not in sys.modules\n")
    done = subprocess.run(
        [
            sys.executable,
            "-m",
            "pytest",
            "-p",
            "no:cacheprovider",
            "-p",
            "no:randomly",
            *LIGHT,
            str(tmp_path),
        ],  # they load NumPy
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stdout
