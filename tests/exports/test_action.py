"""The GitHub Action: its shell steps as a runner runs them, without the actions under `uses`."""

import html
import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from nnkata.cli.init import CI

ROOT = Path(__file__).parents[2]
ACTION: Any = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))


def check(folder: Path, **inputs: str) -> tuple[int, str, str, dict[str, str]]:
    """The step `check`: its status, its output, the summary, and the outputs of the step."""
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
    assert re.fullmatch(r"::notice title=nnkata::(\d+) of \1 clauses passed, \d+ skipped\n", said)
    assert summary.startswith("before\n## nnkata: reference/network.py ✅ passes the requested clauses\n")


def test_a_network_that_does_not_conform_fails_with_annotations(tmp_path: Path) -> None:
    status, said, summary, outputs = check(tmp_path, implementation="solutions/printed.py", upto="backward")
    assert status == 1
    assert outputs["passed"] == "false"
    assert 0 < float(outputs["score"]) < 1
    assert re.search(r"::error file=solutions/printed.py,line=\d+,title=backward-1%3A", said)
    assert said.count("::error ") < 10, "GitHub shows ten of a step"
    assert "scalar" in summary


def test_a_submission_that_cannot_be_judged_fails_with_the_reason(tmp_path: Path) -> None:
    status, said, summary, outputs = check(tmp_path, implementation="nothing.py")
    assert (status, outputs) == (2, {"score": "", "passed": "false"})
    place = "file=nothing.py,line=1,title=nnkata could not judge"
    assert said.startswith(f"::error {place}::NNKATA_IMPLEMENTATION: there is no file nothing.py")
    assert "there is no file nothing.py" in summary


def test_blanks_and_line_breaks_around_an_input_do_not_count(tmp_path: Path) -> None:
    inputs = {"implementation": "reference/network.py\n", "upto": " activations\n", "seed": "7\r\n", "data": "\n"}
    nothing = {"features": " ", "language": "\n", "isolation": "\t", "sarif": " ", "junit": f" {tmp_path}/a b.xml\n"}
    status, _said, summary, outputs = check(tmp_path, **inputs, **nothing, stage="preprocessing\r\nactivations\r\n")
    assert (status, outputs) == (0, {"score": "1.0", "passed": "true"})
    assert "reference/network.py ✅" in summary
    assert (tmp_path / "a b.xml").exists()
    assert not [path for path in ROOT.iterdir() if not path.name.strip()]


def test_an_input_is_never_run_as_a_command(tmp_path: Path) -> None:
    status, *_ = check(tmp_path, implementation="$(touch harm).py", data='"; touch harm; "')
    assert status == 2
    assert not (ROOT / "harm").exists()


@pytest.mark.parametrize(
    ("inputs", "why"),
    [
        ({"stage": "bakward"}, "did you mean backward?"),
        ({"skip": "backward-99"}, "there is no clause backward-99"),
        ({"seed": "many"}, "&#39;many&#39;"),
        ({"kata": "articles"}, "did you mean article?"),
        ({"language": "fr"}, "fr"),
        ({"isolation": "none at all"}, "none at all"),
        ({"features": "nowhere"}, "nowhere"),
        ({"data": "nowhere.csv"}, "nowhere.csv: does not exist"),
    ],
    ids=lambda value: next(iter(value)) if isinstance(value, dict) else "",
)
def test_a_wrong_input_is_an_annotation_and_leaves_no_old_summary(
    inputs: dict[str, str], why: str, tmp_path: Path
) -> None:
    (tmp_path / "nnkata-summary.md").write_text("the summary of an earlier step, which passed")
    status, said, summary, outputs = check(tmp_path, implementation="reference/network.py", **inputs)
    assert (status, outputs) == (2, {"score": "", "passed": "false"})
    assert said.count("::error") == 1
    assert html.unescape(why) in html.unescape(said.replace("%3A", ":").replace("%0A", " "))
    assert "could not judge" in summary
    assert "earlier step" not in summary


def test_all_inputs_reach_the_command(tmp_path: Path) -> None:
    inputs = {"stage": "forward update", "skip": "forward-1 update-2", "seed": "7", "language": "zh-CN"}
    files = {"junit": str(tmp_path / "j.xml"), "sarif": str(tmp_path / "s.sarif")}
    status, _said, summary, _outputs = check(
        tmp_path, implementation="reference/network.py", isolation="none", **inputs, **files
    )
    assert status == 0
    assert "阶段" in summary
    verdict = json.loads((tmp_path / "nnkata-verdict.json").read_text(encoding="utf-8"))
    judged = {c["clause"] for s in verdict["stages"] for c in s["clauses"] if c["status"] == "passed"}
    assert judged
    assert {tag.rpartition("-")[0] for tag in judged} == {"forward", "update"}
    assert not judged & {"forward-1", "update-2"}
    assert (verdict["environment"]["seed"], verdict["environment"]["isolation"]) == ("7", "none")
    assert (tmp_path / "j.xml").is_file()
    assert (tmp_path / "s.sarif").is_file()


def test_features_of_ones_own_are_judged(tmp_path: Path) -> None:
    (tmp_path / "more").mkdir()
    (tmp_path / "more" / "more.feature").write_text(
        "Feature: M\n  Scenario: S\n    Given a network of sizes 7-6-5-4\n    Then its sizes are 7-6-5-4\n"
    )
    status, said, *_ = check(tmp_path, implementation="reference/network.py", features=str(tmp_path / "more"))
    assert (status, said) == (0, "::notice title=nnkata::1 of 1 clauses passed\n")


@pytest.mark.parametrize("text", [CI, (ROOT / ".github" / "workflows" / "ci.yml").read_text(encoding="utf-8")])
def test_workflows_are_yaml_with_steps(text: str) -> None:
    for job in yaml.safe_load(text)["jobs"].values():
        assert all("run" in step or "uses" in step for step in job["steps"])


def test_the_pre_commit_hook_calls_an_existing_command() -> None:
    (hook,) = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    words = hook["entry"].split()
    done = subprocess.run([sys.executable, "-m", *words, "--help"], capture_output=True, text=True, check=False)
    assert done.returncode == 0
