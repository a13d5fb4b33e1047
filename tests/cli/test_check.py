"""`nnkata check` as a user runs it: its verdict, its report, its names and files."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from nnkata.katas.article import CONTRACT, STAGES
from nnkata.runner.run import known_clauses
from nnkata.subject.source.overwritten import overwritten
from tests.support.checked import OWN, clauses

Run = Callable[..., "subprocess.CompletedProcess[str]"]
Write = Callable[..., Path]
ROOT = Path(__file__).parents[2]
REFERENCE = ROOT / "reference" / "network.py"
PRINTED = ROOT / "solutions" / "printed.py"
CORRECT = [REFERENCE, *sorted((ROOT / "solutions" / "correct").glob("*.py"))]


@pytest.mark.parametrize("path", CORRECT, ids=lambda path: str(path.stem))
def test_a_correct_implementation_passes_every_clause(nnkata: Run, path: Path) -> None:
    done = nnkata("check", path, "--format", "json")
    verdict = json.loads(done.stdout)
    assert [c["clause"] for c in clauses(done.stdout).values() if c["status"] not in ("passed", "skipped")] == []
    assert [c for c, found in clauses(done.stdout).items() if found["status"] == "skipped"] == ["mnist-4"]
    assert (done.returncode, verdict["passed"], verdict["score"]) == (0, True, 1.0)


def test_the_article_as_printed_fails_at_backward_and_the_mistake_is_named(nnkata: Run) -> None:
    done = nnkata("check", PRINTED, "--format", "json", "--seed", "7")
    found = clauses(done.stdout)
    assert done.returncode == 1
    assert {found[f"backward-{n}"]["misconception"] for n in range(1, 10)} == {"scalar-gradient"}
    assert found["activations-13"]["misconception"] == "sigmoid-overflows"
    assert found["training-9"]["misconception"] == "accuracy-of-number-against-row"
    assert all(c["status"] == "passed" for name, c in found.items() if name.startswith("forward"))
    assert [name for name, c in found.items() if name.startswith("update") and c["status"] == "passed"] == ["update-5"]


def test_a_definition_that_a_later_one_overwrites_is_told_where_a_clause_fails(nnkata: Run, write: Write) -> None:
    again = "    def softmax(self, x):\n        return x\n\n    def forward_pass("
    for changes, told in (({"    def forward_pass(": again}, "softmax is defined twice: the one on line "), ({}, "")):
        done = nnkata("check", write(**changes), "--clause", "activations-8", "--seed", "7")
        assert done.returncode == bool(told)
        assert told in done.stderr
    assert "twice" not in done.stderr


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "def f(): ...\nclass N:\n    def g(self): ...\n    def g(self): ...\n",
            "g is defined twice: the one on line 4",
        ),
        (
            "class N: ...\nclass N:\n    def g(self): ...\n",
            "N is defined twice: the one on line 2 overwrites the one on line 1",
        ),
        ("def f(): ...\n\ndef f(): ...\n", "f is defined twice"),
        ("class N:\n    @property\n    def g(self): ...\n    @g.setter\n    def g(self, v): ...\n", ""),
        ("class M:\n    def g(self): ...\n    def g(self): ...\n", ""),
        ("if 1:\n    def f(): ...\nelse:\n    def f(): ...\n", ""),
        ("def f(:\n", ""),
    ],
)
def test_plain_definitions_of_one_name_are_found(text: str, told: str, tmp_path: Path) -> None:
    (tmp_path / "net.py").write_text(text)
    said = overwritten(tmp_path / "net.py", "N")
    assert told in said if told else not said


def test_the_json_form_has_the_documented_fields(nnkata: Run) -> None:
    done = nnkata("check", REFERENCE, "--format", "json", "--upto", "preprocessing", "--seed", "7")
    verdict = json.loads(done.stdout)
    assert list(verdict)[:2] == ["schema", "contract"]
    assert (verdict["schema"], verdict["contract"], verdict["environment"]["seed"]) == (1, CONTRACT, "7")
    assert len(verdict["stages"]) == len(STAGES)
    assert list(clauses(done.stdout)) == [clause.tag for clause in known_clauses()]
    wanted = {"clause", "name", "status", "message", "misconception", "hint", "seconds"}
    assert all(wanted <= set(clause) for clause in clauses(done.stdout).values())


def test_the_text_shows_the_first_failure_the_mistake_a_hint_and_the_next_command(nnkata: Run) -> None:
    text = nnkata("check", PRINTED, "--stage", "backward", "--seed", "5").stdout
    assert "✗ backward         2/13" in text
    assert "backward-1: There is a gradient for each weight matrix" in text
    assert "✗ Then the gradients are those of W1, W2 and W3" in text
    assert "came:" in text
    assert "should have come:" in text
    assert "scalar-gradient" in text
    assert re.search(r"nnkata check .*printed\.py --clause backward-1 --seed 5", text)
    assert "backward-2: " not in text
    assert "\x1b" not in text


def test_all_shows_every_failure_in_full(nnkata: Run) -> None:
    assert "backward-2: " in nnkata("check", PRINTED, "--stage", "backward", "--all").stdout


def test_unselected_clauses_are_skipped_and_the_others_are_judged(nnkata: Run) -> None:
    done = nnkata("check", PRINTED, "--upto", "preprocessing", "--stage", "forward", "--clause", "from-scratch-1")
    assert done.returncode == 0
    judged = [clause for clause in known_clauses() if clause.stage in ("preprocessing", "forward")]
    assert f"{len(known_clauses()) - len(judged) - 1} skipped" in " ".join(done.stdout.split())


def test_a_skipped_clause_is_listed_with_its_reason_and_not_judged(nnkata: Run, tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text(
        f'[tool.nnkata]\nimplementation = "{PRINTED}"\nskip = {{activations-13 = "not yet"}}\n'
    )
    done = nnkata("check", "--stage", "activations", "--skip", "activations-6", "--format", "json", cwd=tmp_path)
    found = clauses(done.stdout)
    assert done.returncode == 0
    assert found["activations-13"]["message"] == "not yet"
    assert found["activations-6"]["status"] == "skipped"


def test_the_same_seed_gives_the_same_inputs_and_another_seed_others(nnkata: Run) -> None:
    def message(seed: str) -> str:
        done = nnkata("check", PRINTED, "--clause", "backward-3", "--seed", seed, "--format", "json")
        return str(clauses(done.stdout)["backward-3"]["message"])

    assert message("1") == message("1")
    assert message("1") != message("2")


def test_output_goes_to_a_file(nnkata: Run, tmp_path: Path) -> None:
    target = tmp_path / "verdict.json"
    done = nnkata("check", REFERENCE, "--stage", "update", "--format", "json", "--output", target)
    assert (done.returncode, done.stdout) == (0, "")
    assert json.loads(target.read_text())["passed"] is True
    assert [path.name for path in tmp_path.glob("*.json")] == ["verdict.json"]


def test_a_class_that_lacks_a_method_gets_a_verdict_that_says_so(nnkata: Run, write: Write) -> None:
    path = write(**{"def softmax": "def output_of", "self.softmax": "self.output_of"})
    done = nnkata("check", path, "--stage", "activations", "--format", "json")
    found = clauses(done.stdout)["activations-8"]
    assert done.returncode == 1
    assert found["status"] == "error"
    assert found["message"] == "not written yet: there is no method softmax"


def test_features_of_ones_own_run_with_the_same_words(nnkata: Run, tmp_path: Path) -> None:
    folder = tmp_path / "mine"
    folder.mkdir()
    (folder / "small.feature").write_text(
        "Feature: Small\n\n  @small-1\n  Scenario: A network of my own\n    Given a network of sizes 3-3-3-3\n"
        "    And known random weights\n    And a random sample\n    When the sample goes forward\n"
        "    Then the output is what the mathematics gives\n\n  @small-2\n  Scenario: Not so\n"
        "    Given a network of sizes 3-3-3-3\n    When sigmoid is applied to 0\n    Then the result is 0.6\n"
    )
    done = nnkata("check", REFERENCE, "--features", folder, "--format", "json")
    assert {name: c["status"] for name, c in clauses(done.stdout).items()} == {"small-1": "passed", "small-2": "failed"}


def test_the_environment_names_the_implementation(nnkata: Run) -> None:
    assert nnkata("check", "--stage", "update", NNKATA_IMPLEMENTATION=str(REFERENCE)).returncode == 0


def test_help_lists_the_commands(nnkata: Run) -> None:
    assert "check" in nnkata("--help").stdout


@pytest.mark.parametrize("form", ["text", "json"])
def test_unprintable_characters_are_written_as_escapes(nnkata: Run, write: Write, form: str) -> None:
    end = "def _evil(self, x, derivative=False):\n    raise ValueError('a\\ud800\\x9b31m\\u202e\\x1b[2J')\n"
    path = write(end=end + "DeepNeuralNetwork.sigmoid = _evil\n")
    done = nnkata("check", path, "--clause", "activations-1", "--format", form)
    assert done.returncode == 1
    assert done.stderr == ""
    assert r"a\ud800\x9b31m\u202e\x1b[2J" in done.stdout.replace(r"\\", "\\")
    assert not set("\x1b\x9b\u202e\ud800") & set(done.stdout)


def test_a_name_that_no_encoding_has_still_gets_a_verdict(nnkata: Run, write: Write, tmp_path: Path) -> None:
    path = write().rename(os.fsdecode(os.fsencode(tmp_path) + b"/n\xff.py"))
    done = nnkata("check", path, "--clause", "update-1", "--format", "json")
    assert done.returncode == 0
    assert json.loads(done.stdout)["implementation"].endswith(r"n\udcff.py")


@pytest.mark.parametrize("name", ["my net-1.py", "näme.py", "a:b.py", "quote's.py", "types.py", "-x.py"])
def test_odd_names_are_judged(nnkata: Run, write: Write, name: str) -> None:
    path = write(name)
    done = nnkata("check", path, "--clause", "update-1", "--clause", "typing-1")
    assert (done.returncode, done.stderr) == (0, "")


def test_a_file_with_a_byte_order_mark_is_judged(nnkata: Run, write: Write) -> None:
    path = write()
    path.write_bytes("\ufeff".encode() + path.read_bytes())
    done = nnkata("check", path, "--stage", "typing", "--stage", "from-scratch", "--clause", "update-1")
    assert done.returncode == 0, done.stdout + done.stderr


def test_a_folder_with_a_network_is_judged(nnkata: Run, write: Write) -> None:
    assert nnkata("check", write("work/network.py").parent, "--clause", "update-1").returncode == 0


def test_a_module_of_a_package_is_judged(nnkata: Run, write: Write, tmp_path: Path) -> None:
    write("package/net.py")
    (tmp_path / "package" / "__init__.py").write_text("")
    done = nnkata("check", "package.net:DeepNeuralNetwork", "--clause", "update-1", "--stage", "typing", cwd=tmp_path)
    assert done.returncode == 0, done.stdout + done.stderr


def test_output_files_have_the_usual_permissions(nnkata: Run, tmp_path: Path) -> None:
    (tmp_path / "other").touch()
    nnkata("check", REFERENCE, "--clause", "update-1", "--output", tmp_path / "v.txt")
    assert (tmp_path / "v.txt").stat().st_mode == (tmp_path / "other").stat().st_mode


def test_output_replaces_a_file_at_once_and_leaves_nothing_else(nnkata: Run, tmp_path: Path) -> None:
    target = tmp_path / "v.txt"
    target.write_text("old" * 1000)
    (tmp_path / "hard-link").hardlink_to(target)
    assert nnkata("check", REFERENCE, "--clause", "update-1", "--output", target).returncode == 0
    assert target.read_text().startswith("nnkata: ")
    assert (tmp_path / "hard-link").read_text() == "old" * 1000  # a new file, not the old one rewritten
    assert sorted(path.name for path in tmp_path.iterdir()) == ["hard-link", "here", "v.txt"]


def test_features_named_from_the_current_folder_run(nnkata: Run, tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "own.feature").write_text(OWN)
    done = nnkata("check", REFERENCE, "--features", "mine", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")


def test_a_scenario_without_a_tag_of_its_file_goes_by_its_name(nnkata: Run, tmp_path: Path) -> None:
    (tmp_path / "other.feature").write_text(OWN + OWN.partition("\n")[2].replace("@own-1", "").replace("Mine", "Bare"))
    done = nnkata("check", REFERENCE, "--features", tmp_path, "--format", "json")
    assert {name: c["status"] for name, c in clauses(done.stdout).items()} == {"Mine": "passed", "Bare": "passed"}
    done = nnkata("check", REFERENCE, "--features", tmp_path, "--clause", "Bare", "--format", "json")
    assert {name: c["status"] for name, c in clauses(done.stdout).items()} == {"Mine": "skipped", "Bare": "passed"}


def test_plain_has_no_marks_and_no_line_that_changes() -> None:
    stage = ["--stage", "forward", "--plain"]
    master, terminal = os.openpty()  # a terminal, where it would show progress and colours
    command = [sys.executable, "-m", "nnkata", "check", str(REFERENCE), *stage]
    with subprocess.Popen(command, stdout=terminal, stderr=terminal, env={**os.environ, "TERM": "xterm"}) as running:
        running.wait(timeout=60)
    os.close(terminal)
    said = os.read(master, 100_000).decode()
    os.close(master)
    assert "passed:  forward" in said
    assert "\x1b" not in said
    assert "\r" not in said.replace("\r\n", "\n")
