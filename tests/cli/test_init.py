"""`nnkata init` writes a skeleton, and never overwrites a file."""

import ast
import json
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Run = Callable[..., Any]
PLAIN = Path(__file__).parents[2] / "solutions" / "correct" / "plain.py"


def test_the_skeleton_can_be_checked_and_its_first_hole_is_named(nnkata: Run, tmp_path: Path) -> None:
    begun = nnkata("init", "mine.py", cwd=tmp_path)
    assert (begun.returncode, begun.stderr) == (0, "")
    assert "nnkata check mine.py --upto preprocessing" in begun.stdout
    done = nnkata("check", "mine.py", "--upto", "preprocessing", cwd=tmp_path)
    assert done.returncode == 1
    assert "preprocessing-1" in done.stdout
    assert "flatten and scale the images" in done.stdout


#: The functions that each stage needs, in the order of the contract.
NEW_IN = {
    "preprocessing": ["preprocess"],
    "activations": ["sigmoid", "softmax"],
    "initialization": ["initialization"],
    "forward": ["forward_pass"],
    "backward": ["backward_pass"],
    "update": ["update_network_parameters"],
    "training": ["compute_accuracy", "train"],
}


def test_each_stage_can_pass_before_the_next_one_is_written(nnkata: Run, tmp_path: Path) -> None:
    nnkata("init", "mine.py", cwd=tmp_path)
    path = tmp_path / "mine.py"
    path.write_text(path.read_text().replace("from typing", "import time\nfrom typing", 1))
    right = functions(PLAIN.read_text())
    for stage, names in NEW_IN.items():
        before = nnkata("check", "mine.py", "--stage", stage, cwd=tmp_path)
        assert before.returncode == 1, stage
        for name in names:
            path.write_text(path.read_text().replace(functions(path.read_text())[name], right[name]))
        after = nnkata("check", "mine.py", "--stage", stage, cwd=tmp_path)
        assert after.returncode == 0, f"{stage}: {after.stdout}"
    rest = nnkata("check", "mine.py", "--upto", "from-scratch", cwd=tmp_path)
    assert rest.returncode == 0, rest.stdout


def functions(text: str) -> dict[str, str]:
    """The text of every function and method, by name."""
    found = [node for node in ast.walk(ast.parse(text)) if isinstance(node, ast.FunctionDef)]
    return {node.name: ast.get_source_segment(text, node) or "" for node in found}


@pytest.mark.parametrize("kind", ["file", "folder", "broken link"])
def test_an_existing_file_is_never_overwritten(nnkata: Run, tmp_path: Path, kind: str) -> None:
    path = tmp_path / "mine.py"
    if kind == "file":
        path.write_text("my work")
    elif kind == "folder":
        path.mkdir()
    else:
        path.symlink_to(tmp_path / "nowhere.py")
    done = nnkata("init", "mine.py", cwd=tmp_path)
    assert done.returncode == 2
    assert "mine.py exists" in done.stderr
    assert "Traceback" not in done.stderr
    assert not (tmp_path / "nowhere.py").exists()
    assert kind != "file" or path.read_text() == "my work"


def test_a_name_without_the_ending_py_is_refused(nnkata: Run, tmp_path: Path) -> None:
    done = nnkata("init", "mine.txt", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert ".py" in done.stderr
    assert not (tmp_path / "mine.txt").exists()


def test_a_name_with_blanks_is_quoted_in_the_printed_commands(nnkata: Run, tmp_path: Path) -> None:
    done = nnkata("init", "my features/own.py", "--ci", cwd=tmp_path)
    assert "nnkata check 'my features/own.py' --upto preprocessing" in done.stdout
    assert "nnkata check 'my features/own.py'\n" in (tmp_path / ".github" / "workflows" / "nnkata.yml").read_text()


def test_the_next_command_is_stated_in_chinese(nnkata: Run, tmp_path: Path) -> None:
    done = nnkata("init", "mine.py", "--language", "zh-CN", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert "已写入：mine.py" in done.stdout
    assert "nnkata check mine.py --upto preprocessing" in done.stdout
    again = nnkata("init", "mine.py", LANGUAGE="zh_CN", cwd=tmp_path)
    assert again.returncode == 2
    assert "mine.py 已经存在" in again.stderr


def test_a_missing_folder_is_made(nnkata: Run, tmp_path: Path) -> None:
    assert nnkata("init", "work/deep/mine.py", cwd=tmp_path).returncode == 0
    assert ast.parse((tmp_path / "work" / "deep" / "mine.py").read_text())


def test_ci_is_written_on_request_and_nothing_if_a_file_is_in_the_way(nnkata: Run, tmp_path: Path) -> None:
    assert nnkata("init", "mine.py", "--ci", cwd=tmp_path).returncode == 0
    workflow = (tmp_path / ".github" / "workflows" / "nnkata.yml").read_text()
    assert "nnkata check mine.py" in workflow
    done = nnkata("init", "other.py", "--ci", cwd=tmp_path)
    assert done.returncode == 2
    assert "nnkata.yml exists" in done.stderr
    assert not (tmp_path / "other.py").exists()


def test_an_existing_network_stays_if_only_other_files_are_requested(nnkata: Run, tmp_path: Path) -> None:
    (tmp_path / "mine.py").write_text("my work")
    done = nnkata("init", "mine.py", "--ci", "--vscode", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert (tmp_path / "mine.py").read_text() == "my work"
    assert "mine.py" not in done.stdout
    assert (tmp_path / ".github" / "workflows" / "nnkata.yml").is_file()
    again = nnkata("init", "mine.py", "--vscode", cwd=tmp_path)
    assert again.returncode == 2
    assert "tasks.json exists and is left as it is; move it away, and add its lines" in again.stderr


def task(folder: Path, label: str) -> tuple[list[str], Any]:
    """The command of a VS Code task with its variables filled in, and its problem matcher."""
    file = json.loads((folder / ".vscode" / "tasks.json").read_text(encoding="utf-8"))
    (found,) = [task for task in file["tasks"] if task["label"] == label]
    filled = {"${command:python.interpreterPath}": sys.executable}
    return [filled.get(word, word) for word in (found["command"], *found["args"])], found["problemMatcher"]


def problems(folder: Path) -> list[tuple[Path, int, str]]:
    """VS Code's list after the task: file, line and message of each problem."""
    command, matcher = task(folder, "nnkata: check")
    stages = ("--stage", "preprocessing", "--stage", "typing")  # those with something to see here
    done = subprocess.run([*command, *stages], cwd=folder, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 2 or "against contract" in done.stdout, "the report for people comes along"
    pattern = matcher["pattern"]
    found = [match for line in done.stdout.splitlines() if (match := re.search(pattern["regexp"], line))]
    return [
        (folder / match[pattern["file"]], int(match[pattern["line"]]), match[pattern["message"]]) for match in found
    ]


def test_vs_code_jumps_to_the_hole_and_to_each_finding_of_mypy(nnkata: Run, tmp_path: Path) -> None:
    done = nnkata("init", "work/mine.py", "--vscode", cwd=tmp_path)
    assert "Ctrl+Shift+B" in done.stdout
    path = tmp_path / "work" / "mine.py"
    lines = path.read_text().splitlines()
    holes = {line for file, line, said in problems(tmp_path) if said.startswith("preprocessing-") and file == path}
    assert ["NotImplementedError" in lines[hole - 1] for hole in holes] == [True]
    path.write_text(PLAIN.read_text() + "\n\ndef one(x):\n    return x\n\n\ndef two(x):\n    return x\n")
    found = problems(tmp_path)
    assert {file for file, _line, _said in found} == {path}
    assert {path.read_text().splitlines()[line - 1] for _file, line, _said in found} == {"def one(x):", "def two(x):"}
    path.write_text(PLAIN.read_text())
    assert problems(tmp_path) == []
    path.write_text("import numpy as np\n\ndef softmax(x:\n")
    ((file, line, said),) = problems(tmp_path)
    assert (file, line) == (path, 3)
    assert "is not Python" in said


def test_vs_code_watches_with_an_existing_command(nnkata: Run, tmp_path: Path) -> None:
    nnkata("init", "mine.py", "--vscode", cwd=tmp_path)
    command, _matcher = task(tmp_path, "nnkata: watch")
    assert command[-2:] == ["watch", "mine.py"]
    done = subprocess.run([*command, "--help"], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
