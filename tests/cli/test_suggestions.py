"""Messages name the closest command, stage, clause, option, format or key; and a missing part."""

import importlib.metadata
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from nnkata import registry
from nnkata.cli.init import CI
from nnkata.exports import source
from nnkata.suggestions import meant
from tests.conftest import ROOT, Run

REFERENCE = ROOT / "reference" / "network.py"


@pytest.mark.parametrize(
    ("words", "name"),
    [
        (["chek"], "check"),
        (["check", "x.py", "--stage", "bakward"], "backward"),
        (["check", "x.py", "--upto", "Foward"], "forward"),
        (["check", REFERENCE, "--clause", "backwards-3"], "backward-3"),
        (["check", REFERENCE, "--skip", "forwrd-1"], "forward-1"),
        (["check", "x.py", "--format", "jnuit"], "junit"),
        (["check", "x.py", "--formt", "json"], "--format"),
        (["explain", "bakward-3"], "backward-3"),
        (["explain", "trainig"], "training"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_nearly_right_name_is_answered_with_the_right_one(nnkata: Run, words: list[str], name: str) -> None:
    done = nnkata(*words)
    assert done.returncode == 2
    said = " ".join(done.stderr.split())  # a long line is wrapped
    assert re.search(rf"[Dd]id you mean '?{re.escape(name)}'?\?", said), said


def test_a_misspelt_key_gets_a_suggestion_and_an_unrelated_one_none(nnkata: Run, tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text('[tool.nnkata]\nimplemantation = "network.py"\n')
    assert "did you mean implementation?" in nnkata("check", cwd=tmp_path).stderr
    assert meant("zzz", ["check", "train"]) == ""
    assert "did you mean" not in nnkata("zzz").stderr


def test_a_word_of_other_programs_is_answered_with_our_command(nnkata: Run, tmp_path: Path) -> None:
    said = nnkata("hint", "backward-1", cwd=tmp_path).stderr
    assert "No such command 'hint'; that is nnkata explain CLAUSE --hint" in said
    (tmp_path / "test").write_text("", encoding="utf-8")
    assert "to check a file: nnkata check test" in nnkata("test", cwd=tmp_path).stderr


def test_two_implementations_lead_to_compare(nnkata: Run) -> None:
    done = nnkata("check", "a.py", "my b.py")
    assert done.returncode == 2
    assert "nnkata compare a.py 'my b.py'" in done.stderr


@pytest.mark.parametrize(
    ("second", "meant"),
    [
        ("backward", "network.py --stage backward"),
        ("backward-3", "network.py --clause backward-3"),
        ("DeepNeuralNetwork", "network.py:DeepNeuralNetwork"),
    ],
)
def test_a_second_word_may_be_a_stage_a_clause_or_a_class(nnkata: Run, tmp_path: Path, second: str, meant: str) -> None:
    (tmp_path / "network.py").write_text("", encoding="utf-8")
    done = nnkata("check", "network.py", second, cwd=tmp_path)
    assert done.returncode == 2
    assert f"did you mean nnkata check {meant}?" in " ".join(done.stderr.split())


def test_without_a_name_the_network_of_this_folder_is_checked(nnkata: Run, tmp_path: Path) -> None:
    done = nnkata("check", cwd=tmp_path)
    assert done.returncode == 2
    assert "there is no network.py here" in done.stderr
    (tmp_path / "network.py").write_text(REFERENCE.read_text(encoding="utf-8"), encoding="utf-8")
    done = nnkata("check", "--stage", "update", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert "nnkata: network.py against contract" in done.stdout


class Installed:
    """A distribution that pip has installed from somewhere."""

    name, version = "nnkata", "0.1.0"

    def __init__(self, origin: dict[str, object] | None) -> None:
        self.origin = origin

    def read_text(self, name: str) -> str | None:
        assert name == "direct_url.json"
        return None if self.origin is None else json.dumps(self.origin)


@pytest.mark.parametrize(
    ("origin", "words"),
    [
        (None, "nnkata==0.1.0"),
        (
            {"url": "https://host/nnkata.git", "vcs_info": {"vcs": "git", "commit_id": "abc"}},
            "'nnkata @ git+https://host/nnkata.git@abc'",
        ),
        ({"url": "https://host/nnkata-0.1.0-py3-none-any.whl", "archive_info": {}}, None),
    ],
    ids=["a release", "a repository", "an archive"],
)
def test_the_workflow_installs_from_where_nnkata_came(
    origin: dict[str, object] | None, words: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(source, "installed", lambda: Installed(origin))
    said, files = source.installation(registry.current())
    assert said == (words or f"'nnkata @ {(origin or {})['url']}'")
    assert files == {}


def test_from_a_checkout_the_wheel_is_added_and_installs_without_an_index(nnkata: Run, tmp_path: Path) -> None:
    if "file:" not in (importlib.metadata.distribution("nnkata").read_text("direct_url.json") or ""):
        pytest.skip("nnkata is not installed from a folder: python -m pip install --no-deps --editable .")
    assert nnkata("init", "network.py", "--ci", cwd=tmp_path).returncode == 0
    workflow = yaml.safe_load((tmp_path / ".github" / "workflows" / "nnkata.yml").read_text(encoding="utf-8"))
    install, check = [step["run"] for step in workflow["jobs"]["check"]["steps"] if "run" in step]
    there = tmp_path / "there"
    environment = {
        key: value for key, value in os.environ.items() if not key.startswith(("NNKATA", "PYTHON", "PYTEST"))
    }
    environment |= {"PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}", "PIP_DISABLE_PIP_VERSION_CHECK": "1"}
    # only the wheel, in a folder of its own, without an index: the tests' environment has its dependencies
    alone = {"PIP_TARGET": str(there), "PIP_NO_DEPS": "1", "PIP_NO_INDEX": "1", "PIP_QUIET": "1"}
    subprocess.run(["bash", "-ec", install], cwd=tmp_path, env={**environment, **alone}, check=True, timeout=120)
    assert (there / "nnkata" / "contract" / "features" / "forward.feature").is_file()
    (tmp_path / "network.py").write_text(REFERENCE.read_text(encoding="utf-8"), encoding="utf-8")
    summary = tmp_path / "summary"
    command = check.replace("nnkata check", "python -m nnkata check --stage forward", 1)
    done = subprocess.run(
        ["bash", "-ec", command],
        cwd=tmp_path,
        env={**environment, "PYTHONPATH": str(there), "PYTHONSAFEPATH": "1", "GITHUB_STEP_SUMMARY": str(summary)},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("::notice title=nnkata::")
    assert "passes the requested clauses" in summary.read_text(encoding="utf-8")


def test_the_workflow_names_no_missing_release() -> None:
    assert "install {source}" in CI
