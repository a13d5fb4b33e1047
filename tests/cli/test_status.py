"""A learner's progress: `nnkata` alone, stored results, waiting stages, and the language of these."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from nnkata.cli.options import with_hint_alone
from nnkata.cli.translations import asked
from nnkata.language import from_locale, named
from tests.conftest import PLAIN, ROOT, Run
from tests.support import forks


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder without earlier checks."""
    monkeypatch.setenv("NNKATA_CACHE", str(tmp_path / "cache"))
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    return tmp_path / "here"


def alone(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return forks.run(arguments, Path.cwd(), {**os.environ, "LANGUAGE": "en", **environment})


def test_before_the_first_check_nnkata_says_how_to_begin(here: Path) -> None:
    done = alone()
    assert done.returncode == 0
    assert "  nnkata init network.py\n" in done.stdout
    assert alone("init", "network.py").returncode == 0
    assert "How far network.py is:\n  nnkata check network.py --upto preprocessing\n" in alone().stdout


def test_after_a_check_nnkata_shows_the_progress_and_the_next_command(here: Path) -> None:
    (here / "network.py").write_text(PLAIN.read_text())
    assert alone("check", "network.py", "--upto", "activations").returncode == 0
    said = alone().stdout
    assert "✓ activations" in said
    assert "· forward" in said
    assert "Next, initialization:  nnkata check network.py --upto initialization\n" in said
    assert len(said.splitlines()) < 24
    wrong = PLAIN.read_text().replace("x_train @", "2 * x_train @").replace("np.exp(-x)", "np.exp(x)")
    (here / "network.py").write_text(wrong.replace("/ 255", "/ 256"))
    assert alone("check", "network.py", "--stage", "preprocessing").returncode == 1
    said = alone().stdout
    assert "✗ preprocessing" in said
    assert "✓ activations" in said  # its last result stays
    assert "Next, preprocessing:" in said


def test_a_stage_that_waits_for_a_failed_one_has_no_old_result(here: Path) -> None:
    right = PLAIN.read_text()
    (here / "network.py").write_text(right)
    alone("check", "network.py", "--stage", "mnist")
    assert "✓ mnist" in alone().stdout
    (here / "network.py").write_text(right.replace("range(self.epochs)", "range(0)"))
    alone("check", "network.py", "--stage", "preprocessing")
    assert "✓ mnist" in alone().stdout
    alone("check", "network.py", "--clause", "training-1")
    said = alone().stdout
    assert "✗ training" in said
    assert "· mnist" in said


def test_the_failed_clauses_of_a_stage_stand_below_each_other_if_they_are_many(here: Path) -> None:
    alone("init", "network.py")
    alone("check", "network.py", "--stage", "training")
    lines = alone().stdout.splitlines()
    assert max(map(len, lines)) <= 80
    assert any(line.startswith("  ✗ training         0/19   not: 1, 2, 3,") for line in lines)
    assert " " * 28 + "15, 16, 17, 18, 19" in lines


#: A network of one layer for `--kata mlp`, without `step`, `predict` and `train`.
WITHOUT_STEP = """
import numpy as np

class Net:
    def __init__(self):
        self.W, self.b = np.random.normal(0, 0.05, (784, 10)), np.zeros(10)

def new():
    return Net()

def parameters(net):
    return [net.W, net.b]

def output(net, x):
    e = np.exp(x @ net.W + net.b - (x @ net.W + net.b).max(1, keepdims=True))
    return e / e.sum(1, keepdims=True)

def gradients(net, x, y):
    delta = (output(net, x) - y) / len(x)
    return [x.T @ delta, delta.sum(0)]
"""


def test_a_network_that_conforms_without_a_part_is_not_sent_back_to_it(here: Path) -> None:
    (here / "adapter.py").write_text(WITHOUT_STEP)
    done = alone("check", "adapter.py", "--kata", "mlp", "--upto", "step")
    assert (done.returncode, "Next, step:" in done.stdout, "Next, training:" in done.stdout) == (0, False, True)
    assert "Conforms" in alone("check", "adapter.py", "--kata", "mlp").stdout
    shown = alone("--kata", "mlp").stdout
    assert "  - step\n" in shown
    assert "Next" not in shown


def test_the_progress_is_that_of_the_last_check_whatever_its_kata(here: Path) -> None:
    (here / "adapter.py").write_text(WITHOUT_STEP)
    alone("check", "adapter.py", "--kata", "mlp", "--stage", "parameters")
    assert "Next, start:  nnkata check adapter.py --kata mlp --upto start\n" in alone().stdout
    assert "nnkata init network.py\n" in alone("--kata", "article").stdout
    (here / "pyproject.toml").write_text('[tool.nnkata]\nkata = "article"\n')
    assert "nnkata init network.py\n" in alone().stdout


def test_the_next_command_leaves_out_what_this_one_did(here: Path) -> None:
    (here / "network.py").write_text(PLAIN.read_text())
    said = alone("check", "network.py", "--upto", "preprocessing", "--laws").stdout
    assert "nnkata check network.py --laws --upto activations\n" in said
    assert "Next, activations:  nnkata check network.py --laws --upto activations\n" in alone().stdout
    said = alone("check", "network.py", "--upto", "preprocessing", "--skip", "preprocessing-3").stdout
    assert "nnkata check network.py --skip preprocessing-3 --upto activations\n" in said


def test_the_next_command_keeps_the_isolation(here: Path) -> None:
    (here / "network.py").write_text(PLAIN.read_text())
    assert alone("check", "network.py", "--stage", "preprocessing", "--isolation", "none").returncode == 0
    assert "nnkata check network.py --isolation none --upto activations\n" in alone().stdout


def test_unreadable_stored_results_are_ignored(here: Path, tmp_path: Path) -> None:
    (here / "network.py").write_text(PLAIN.read_text())
    assert alone("check", "network.py", "--stage", "update").returncode == 0
    [kept] = (tmp_path / "cache").rglob("standing/*.json")
    kept.write_text("[")
    assert "Nothing has been checked here yet" in alone().stdout


def test_mnist_waits_until_training_passes_except_with_all(nnkata: Run, tmp_path: Path) -> None:
    source = PLAIN.read_text()
    (tmp_path / "wrong.py").write_text(source.replace("range(self.epochs)", "range(0)"))
    assert (tmp_path / "wrong.py").read_text() != source
    shown = nnkata("check", tmp_path / "wrong.py").stdout
    assert "- waits until training passes; --all judges it anyway: mnist\n" in shown
    found = json.loads(nnkata("check", tmp_path / "wrong.py", "--format", "json").stdout)
    [mnist] = [stage for stage in found["stages"] if stage["name"] == "mnist"]
    assert [clause["status"] for clause in mnist["clauses"]][:3] != ["skipped"] * 3


def one_core() -> None:
    """With one core, the stages run one after the other."""
    os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})


@pytest.mark.skipif(os.name != "posix", reason="needs signals of Unix")
def test_an_interrupt_shows_the_results_so_far(here: Path) -> None:
    body = f"        import time\n        open({str(here / 'begun')!r}, 'w').close()\n        time.sleep(50)\n"
    slow = PLAIN.read_text().replace("def train(", f"def train(self, *given):\n{body}\n    def trained(")
    (here / "network.py").write_text(slow)
    running = subprocess.Popen(
        [sys.executable, "-m", "nnkata", "check", "network.py", "--stage", "update", "--stage", "training"],
        env={**os.environ, "LC_ALL": "C.UTF-8", "LANGUAGE": "en"},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        preexec_fn=one_core,
    )
    while not (here / "begun").exists():
        time.sleep(0.05)
    running.send_signal(signal.SIGINT)
    said, told = running.communicate(timeout=30)
    assert running.returncode == 2
    assert "✓ update            6/6" in said
    assert "interrupted" in said
    assert "onforms" not in said
    assert "these are the results so far" in told


def test_the_option_hint_may_precede_the_name() -> None:
    assert with_hint_alone(["--hint", "network.py"]) == ["--hint=1", "network.py"]
    assert with_hint_alone(["network.py", "--hint", "2"]) == ["network.py", "--hint", "2"]
    assert with_hint_alone(["network.py", "--hint"]) == ["network.py", "--hint=1"]


@pytest.mark.parametrize("text", ["zh", "zh_CN", "zh-CN", "zh_CN.UTF-8", "ZH"])
def test_a_language_has_several_usual_names(text: str) -> None:
    assert named(text) == "zh-CN"
    assert asked(["check", "--language", text]) == "zh-CN"
    assert from_locale({"NNKATA_LANGUAGE": text, "LANGUAGE": "en"}) == "zh-CN"
    assert named("en_GB") == "en"
    assert named("fr") == ""


def test_the_configuration_and_the_environment_name_a_language(here: Path) -> None:
    (here / "pyproject.toml").write_text('[tool.nnkata]\nlanguage = "zh"\n')
    assert "还没有检查过" in alone().stdout
    assert "nnkata init network.py --language zh\n" in alone().stdout
    assert "Nothing" in alone(NNKATA_LANGUAGE="en").stdout
    assert alone("init", "network.py").returncode == 0
    assert "待编写的网络" in (here / "network.py").read_text(encoding="utf-8")
    (here / "pyproject.toml").write_text('[tool.nnkata]\nlanguage = "klingon"\n')
    done = alone("check", "network.py")
    assert (done.returncode, "there is no language 'klingon'" in done.stderr) == (2, True)
    done = alone(NNKATA_LANGUAGE="klingon")
    assert (done.returncode, "NNKATA_LANGUAGE: there is no language 'klingon'" in done.stderr) == (2, True)


def test_the_chinese_skeleton_is_the_english_one_in_other_words() -> None:
    def code(text: str) -> list[str]:
        import ast

        tree = ast.parse(text)
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                node.value = ""
        return ast.unparse(tree).split("\n")

    english = (ROOT / "solutions" / "skeleton.py").read_text(encoding="utf-8")
    chinese = (ROOT / "solutions" / "zh_CN" / "skeleton.py").read_text(encoding="utf-8")
    assert code(english) == code(chinese)
    assert english != chinese
