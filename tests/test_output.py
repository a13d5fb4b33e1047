"""`--format` and `--output` of `nnkata check`: what goes where, and what does not go together."""

from pathlib import Path

import junitparser
import msgspec
import pytest

from nnkata.verdict import decode
from tests.conftest import ROOT, Run
from tests.test_formats import Gradescope

REFERENCE = ROOT / "reference" / "network.py"


def test_several_forms_are_written_in_one_run(nnkata: Run, tmp_path: Path) -> None:
    one, two = tmp_path / "v.json", tmp_path / "v.xml"
    forms = ["--format", "json", "--output", one, "--format", "junit", "--output", two, "--format", "text"]
    done = nnkata("check", REFERENCE, "--stage", "forward", *forms)
    assert done.returncode == 0
    assert "Conforms" in done.stdout
    verdict = decode(one.read_bytes())
    assert verdict.passed
    assert junitparser.JUnitXml.fromfile(str(two)).tests == len(verdict.clauses)


@pytest.mark.parametrize(
    "options",
    [
        ["--format", "json", "--format", "junit"],
        ["--output", "a", "--output", "b"],
        ["--format", "json", "--output", "a", "--format", "tap", "--output", "a"],
    ],
)
def test_forms_and_files_that_do_not_pair_up_are_refused(nnkata: Run, options: list[str], tmp_path: Path) -> None:
    done = nnkata("check", REFERENCE, *options, cwd=tmp_path)
    assert done.returncode == 2
    assert "--output" in done.stderr
    assert not (tmp_path / "a").exists()


def test_a_results_file_is_written_where_nothing_can_be_judged(nnkata: Run, tmp_path: Path) -> None:
    path = tmp_path / "results.json"
    done = nnkata("check", tmp_path / "nothing.py", "--format", "gradescope", "--output", path)
    assert done.returncode == 2
    assert msgspec.json.decode(path.read_bytes(), type=Gradescope, strict=True).score == 0


def test_output_to_a_device_leaves_the_device(nnkata: Run) -> None:
    done = nnkata("check", REFERENCE, "--stage", "forward", "--output", "/dev/stdout")
    assert "Conforms" in done.stdout
    assert nnkata("check", REFERENCE, "--stage", "forward", "--output", "/dev/null").stdout == ""
    assert not Path("/dev/null").is_file()


def test_output_to_a_link_leaves_the_link(nnkata: Run, tmp_path: Path) -> None:
    (tmp_path / "link.json").symlink_to(tmp_path / "real.json")
    nnkata("check", REFERENCE, "--format", "json", "--output", tmp_path / "link.json")
    assert (tmp_path / "link.json").is_symlink()
    assert decode((tmp_path / "real.json").read_bytes()).passed
