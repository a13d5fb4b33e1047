"""The GitHub Action: its shell steps, run as a runner runs them, but for what `uses` brings."""

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from nnkata.cli.init import CI

ROOT = Path(__file__).parents[1]
ACTION: Any = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))


def check(folder: Path, **inputs: str) -> tuple[int, str, str, dict[str, str]]:
    """The step `check`: its status, what it prints, the summary, and the outputs."""
    (step,) = [step for step in ACTION["runs"]["steps"] if step.get("id") == "check"]
    given = {name: str(entry["default"]) for name, entry in ACTION["inputs"].items()} | inputs
    said = {
        name: re.sub(r"\$\{\{ inputs\.([\w-]+) \}\}", lambda found: given[found[1]], value)
        for name, value in step["env"].items()
    }
    files = {name: folder / name for name in ("GITHUB_STEP_SUMMARY", "GITHUB_OUTPUT")}
    for path in files.values():
        path.write_text("before\n" if path.name == "GITHUB_STEP_SUMMARY" else "")
    environment = {
        **{key: value for key, value in os.environ.items() if not key.startswith(("NNKATA", "PYTEST"))},
        **{name: str(path) for name, path in files.items()},
        **said,
        "RUNNER_TEMP": str(folder),
        "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
    }
    done = subprocess.run(
        ["bash", "--noprofile", "--norc", "-e", "-o", "pipefail", "-c", step["run"]],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    outputs = dict(line.split("=", 1) for line in files["GITHUB_OUTPUT"].read_text().splitlines())
    return done.returncode, done.stdout, files["GITHUB_STEP_SUMMARY"].read_text(), outputs


def test_a_network_that_conforms_passes(tmp_path: Path) -> None:
    status, said, summary, outputs = check(tmp_path, implementation="reference/network.py", upto="forward")
    assert (status, outputs) == (0, {"score": "1.0", "passed": "true"})
    assert said == "::notice title=nnkata::41 of 41 clauses passed, 45 skipped\n"
    assert summary.startswith("before\n## nnkata: reference/network.py ✅ conforms\n")


def test_a_network_that_does_not_conform_fails_with_annotations(tmp_path: Path) -> None:
    status, said, summary, outputs = check(tmp_path, implementation="solutions/printed.py", upto="backward")
    assert status == 1
    assert outputs["passed"] == "false"
    assert 0 < float(outputs["score"]) < 1
    assert "::error file=solutions/printed.py,line=1,title=backward-1%3A" in said
    assert said.count("::error ") < 10, "GitHub shows ten of a step"
    assert "scalar" in summary


def test_what_cannot_be_judged_fails_and_says_why(tmp_path: Path) -> None:
    status, said, summary, outputs = check(tmp_path, implementation="nothing.py")
    assert (status, outputs) == (2, {"score": "", "passed": "false"})
    assert said.startswith("::error file=nothing.py,line=1,title=nnkata could not judge::there is no file nothing.py")
    assert "there is no file nothing.py" in summary


def test_an_input_is_a_text_and_no_command(tmp_path: Path) -> None:
    status, *_ = check(tmp_path, implementation="$(touch harm).py", data='"; touch harm; "')
    assert status == 2
    assert not (ROOT / "harm").exists()


@pytest.mark.parametrize("text", [CI, (ROOT / ".github" / "workflows" / "ci.yml").read_text(encoding="utf-8")])
def test_workflows_are_yaml_with_steps(text: str) -> None:
    for job in yaml.safe_load(text)["jobs"].values():
        assert all("run" in step or "uses" in step for step in job["steps"])


def test_the_pre_commit_hook_calls_a_command_that_is_there() -> None:
    (hook,) = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    words = hook["entry"].split()
    done = subprocess.run([sys.executable, "-m", *words, "--help"], capture_output=True, text=True, check=False)
    assert done.returncode == 0
