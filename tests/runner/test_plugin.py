"""The pytest plugin is cheap if unused, and its counts do not depend on other plugins."""

import os
import re
import subprocess
from pathlib import Path

import pytest

from tests.support import forks

ROOT = Path(__file__).parents[2]
PRINTED = str(ROOT / "solutions" / "printed.py")
#: Clauses that pass and clauses that fail; the counts alone are compared. The same seed each time: a failure may be a
#: matter of the inputs.
QUICK = ["-k", "preprocessing or activations or backward", "--seed", "1", "--tb=no"]
#: Without the plugin that takes as long as all the rest of a run; it is there in a run beside pytest-randomly.
LIGHT = ["-p", "no:hypothesispytest"]


def run(*arguments: str, cwd: Path = ROOT) -> "subprocess.CompletedProcess[str]":
    environment = {key: value for key, value in os.environ.items() if not key.startswith(("NNKATA", "PYTEST"))}
    return forks.run(arguments, cwd, environment, module="pytest")


def counts(text: str) -> dict[str, int]:
    """`3 failed, 5 passed` as a dict."""
    return {kind: int(number) for number, kind in re.findall(r"(\d+) (passed|failed|skipped|errors?)", text[-300:])}


@pytest.fixture(scope="module")
def alone() -> dict[str, int]:
    """The counts of pytest alone."""
    done = run("tests/contract", "--implementation", PRINTED, "-p", "no:randomly", *QUICK, *LIGHT)
    return counts(done.stdout)


@pytest.mark.parametrize(
    "more",
    [
        ["-n", "2", *LIGHT],
        ["-p", "no:cacheprovider", *LIGHT],
        ["--import-mode=importlib", *LIGHT],
        ["--import-mode=prepend", *LIGHT],
        ["-p", "randomly", "-p", "no:cacheprovider"],
    ],
    ids=" ".join,
)
def test_the_counts_are_the_same_with_other_plugins_and_modes(alone: dict[str, int], more: list[str]) -> None:
    assert alone["passed"] > 20
    assert alone["failed"] > 5
    done = run("tests/contract", "--implementation", PRINTED, *QUICK, *more)
    assert counts(done.stdout) == alone, done.stdout[-2000:]


def test_it_adds_its_options_and_no_others() -> None:
    said = run("--help", *LIGHT).stdout
    (part,) = re.findall(r"^nnkata: .*?(?=^\S)", said, re.M | re.S)
    assert re.findall(r"^  (--[\w-]+)", part, re.M) == [
        "--implementation",
        "--kata",
        "--features",
        "--isolation",
        "--data",
        "--seed",
        "--language",
        "--skip-clause",
    ]


@pytest.mark.parametrize("spread", [[], ["-n", "2"]], ids=["alone", "xdist"])
def test_each_failure_shows_the_one_seed_of_the_run(spread: list[str]) -> None:
    chosen = ["tests/contract", "--implementation", PRINTED, "-k", "backward", "-q", *LIGHT]
    done = run(*chosen, *spread)
    failed = counts(done.stdout)["failed"]
    seeds = re.findall(r"^the same random inputs: --seed (\d+)$", done.stdout, re.M)
    assert len(seeds) == failed > 5
    assert len(set(seeds)) == 1
    again = run(*chosen, "--seed", seeds[0])
    assert set(re.findall(r"--seed (\d+)", again.stdout)) == {seeds[0]}


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([], "no implementation is named"),
        (["--implementation", "nowhere.py"], "there is no file nowhere.py"),
        (["--implementation", PRINTED, "--skip-clause", "backwrd-1"], "did you mean backward-1?"),
        (["--implementation", PRINTED, "--data", "nowhere.npz"], "nowhere.npz"),
        (["-p", "no:nnkata"], "load them by -p pytest_bdd.plugin -p nnkata.plugin"),
        (["-p", "no:pytest-bdd", "--implementation", PRINTED], "pytest runs without the plugins"),
        (["--implementation", PRINTED, "-o", "python_functions=check_*"], "pytest collects none of the scenarios here"),
    ],
)
def test_what_cannot_be_judged_is_one_message_without_a_traceback(
    arguments: list[str], said: str, tmp_path: Path
) -> None:
    done = run(str(ROOT / "tests" / "contract"), *arguments, *LIGHT, cwd=tmp_path)
    assert done.returncode == 2
    assert re.search(rf"^nnkata: .*{re.escape(said)}", done.stdout, re.M), done.stdout
    assert "binding.py" not in done.stdout
    assert "Traceback" not in done.stdout + done.stderr
