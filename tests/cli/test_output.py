"""`--format` and `--output` of `nnkata check`: destinations, refused combinations, old files."""

import json
import re
from pathlib import Path

import junitparser
import msgspec
import pytest
from published import Gradescope

from nnkata.cli.outputs import FORMAT, OUTPUT, Outputs, paired, sure
from nnkata.errors import UsageError
from nnkata.files import write as write_file
from nnkata.reports.formats import EXTENSIONS, FORMATS, failed, write
from nnkata.reports.unjudged import Unjudged
from nnkata.verdict import decode
from tests.conftest import ROOT, Run
from tests.support.formats_made import RIGHT

REFERENCE = ROOT / "reference" / "network.py"


def given(line: str) -> list[tuple[str, str]]:
    """The `--format` and `--output` options of a command line without others."""
    words = re.sub(r"--(\w+)[ =]", r"--\1 ", line).split()
    return list(zip(words[::2], words[1::2], strict=True))


def told(line: str) -> str:
    """The pairs, as `format:file`."""
    return " ".join(f"{form}:{file or '-'}" for form, file in paired(given(line)))


@pytest.mark.parametrize(
    ("line", "pairs"),
    [
        ("", "text:-"),
        ("--format json", "json:-"),
        ("--output log.txt", "text:log.txt"),
        ("--format junit --output j.xml", "junit:j.xml"),
        ("--output j.xml --format junit", "junit:j.xml"),
        ("--format text --format junit --output j.xml", "text:- junit:j.xml"),
        ("--format junit --output j.xml --format text", "junit:j.xml text:-"),
        ("--format junit=j.xml --format json --output v.json", "junit:j.xml json:v.json"),
        ("--format=json=v.json --format=tap=x", "json:v.json tap:x"),
        ("--format text --format text --output t.txt", "text:- text:t.txt"),
        ("--format sarif=a.SARIF --format cucumber=b.json --format tap=c.t", "sarif:a.SARIF cucumber:b.json tap:c.t"),
        ("--format junit=/dev/stdout", "junit:/dev/stdout"),
        ("--format classroom=out_3f9", "classroom:out_3f9"),
    ],
)
def test_an_output_belongs_to_the_format_before_it(line: str, pairs: str) -> None:
    assert told(line) == pairs


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("--format json --format junit", "--format json=FILE"),
        ("--output a --output b", "--output a stands before any --format"),
        ("--output a --format json --format tap", "--output a stands before any --format"),
        ("--output a --format json=b", "--output a stands before any --format"),
        ("--format json --output a --output b", "--output b belongs to no --format: json has a"),
        ("--format json=a --output b", "--output b belongs to no --format: json has a"),
        ("--format json --output a --format tap --output a", "same file, a: json and tap"),
        ("--format text --output j.xml", "j.xml contradicts --format text, whose files end in .txt, .log; .xml is for"),
        ("--output j.xml", "; .xml is for junit, xunit"),
        ("--format json=network.py", "network.py contradicts --format json"),
        ("--format json=", "--format json= names no file; say --format json=FILE"),
        ("--format csv=.", ". is a folder"),
        ("--format csv=nowhere/x.csv", "there is no folder nowhere"),
    ],
)
def test_an_unpaired_option_is_refused_with_the_right_form(line: str, why: str) -> None:
    with pytest.raises(UsageError) as caught:
        paired(given(line))
    assert why in str(caught.value)


@pytest.mark.parametrize("form", FORMATS)
def test_each_format_accepts_its_own_endings_and_unclaimed_ones(form: str) -> None:
    for ending in (*EXTENSIONS[form], "", ".out"):
        assert paired([(FORMAT, f"{form}=file{ending}")]) == [(form, Path(f"file{ending}"))]
    for ending in {each for endings in EXTENSIONS.values() for each in endings} - {*EXTENSIONS[form]}:
        with pytest.raises(UsageError):
            paired([(FORMAT, form), (OUTPUT, f"file{ending}")])


def test_a_wrong_command_line_still_reports_to_its_certain_files() -> None:
    assert sure(given("--format junit=j.xml --format json --output v.json --output w --format nonsense=x")) == [
        ("junit", Path("j.xml")),
        ("json", Path("v.json")),
    ]
    assert sure(given("--output a")) == [("text", Path("a"))]
    assert sure([]) == []


def test_several_forms_are_written_in_one_run(nnkata: Run, tmp_path: Path) -> None:
    one, two = tmp_path / "v.json", tmp_path / "v.xml"
    forms = ["--format", "text", "--format", "json", "--output", one, "--format", f"junit={two}"]
    done = nnkata("check", REFERENCE, "--stage", "forward", *forms)
    assert done.returncode == 0
    assert "of the clauses asked for pass" in done.stdout
    verdict = decode(one.read_bytes())
    assert verdict.passed
    assert junitparser.JUnitXml.fromfile(str(two)).tests == len(verdict.clauses)


def test_a_results_file_is_written_even_if_nothing_can_be_judged(nnkata: Run, tmp_path: Path) -> None:
    path = tmp_path / "results.json"
    done = nnkata("check", tmp_path / "nothing.py", "--format", "gradescope", "--output", path)
    assert done.returncode == 2
    assert msgspec.json.decode(path.read_bytes(), type=Gradescope, strict=True).score == 0


@pytest.fixture
def old(tmp_path: Path) -> dict[str, Path]:
    """A passing file of an earlier run, in every format."""
    files = {form: tmp_path / f"{form}{EXTENSIONS[form][0]}" for form in FORMATS}
    for form, file in files.items():
        file.write_text(write(form, RIGHT), encoding="utf-8")
    return files


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        (["nothing.py"], "there is no file nothing.py"),
        ([REFERENCE, "--clause", "backward-99"], "there is no clause backward-99"),
        ([REFERENCE, "--stage", "backwards"], "backwards"),
        ([REFERENCE, "--data", "nothing.npz"], "nothing.npz"),
        ([REFERENCE, "--no-such-option"], "no-such-option"),
        ([REFERENCE, "--kata", "articles"], "there is no kata"),
        ([REFERENCE, "--format", "json", "--format", "tap"], "screen"),
    ],
    ids=["file", "clause", "stage", "data", "option", "kata", "pairing"],
)
def test_no_file_of_an_earlier_run_survives_a_run_without_a_verdict(
    nnkata: Run, old: dict[str, Path], arguments: list[str | Path], why: str
) -> None:
    green = {form: file.read_bytes() for form, file in old.items()}
    done = nnkata("check", *arguments, *(f"--format={form}={file}" for form, file in old.items()))
    assert done.returncode == 2
    assert why in done.stderr
    for form, file in old.items():
        assert file.read_bytes() != green[form], form
        assert form in ("classroom", "badge") or why in file.read_text(encoding="utf-8"), form


def test_an_import_that_raises_stands_at_its_line_in_every_form_with_places(nnkata: Run, tmp_path: Path) -> None:
    (tmp_path / "late.py").write_text("import numpy\n\nraise ValueError('see other.py:3: error')\n")
    (tmp_path / "broken.py").write_text("x = 1\ndef (\n")
    for name, line in (("late.py", 3), ("broken.py", 2)):
        forms = ["github=g.txt", "problems=p.txt", "sarif=s.sarif", "junit=j.xml"]
        done = nnkata("check", name, *(f"--format={form}" for form in forms), cwd=tmp_path)
        assert done.returncode == 2
        assert (tmp_path / "g.txt").read_text().startswith(f"::error file={name},line={line},title=")
        assert (tmp_path / "p.txt").read_text().startswith(f"{name}:{line}: error: ")
        (result,) = json.loads((tmp_path / "s.sarif").read_text())["runs"][0]["results"]
        place = result["locations"][0]["physicalLocation"]
        assert (place["artifactLocation"]["uri"], place["region"]["startLine"]) == (name, line)
        assert f'file="{name}" line="{line}"' in (tmp_path / "j.xml").read_text()


def test_the_files_of_an_unfinished_run_say_so(tmp_path: Path) -> None:
    file, other = tmp_path / "j.xml", tmp_path / "new.tap"
    file.write_text("old")
    Outputs([("junit", file), ("tap", other), ("text", None)]).begin("network.py")
    assert "has not ended" in file.read_text()
    assert not other.exists()


def test_a_fault_of_nnkata_itself_is_reported_too(nnkata: Run, tmp_path: Path) -> None:
    file = tmp_path / "v.json"
    file.write_text("old")
    (tmp_path / "sitecustomize.py").write_text(
        "import nnkata.runner.run as run\ndef judge(*_, **__): raise ZeroDivisionError('planted')\nrun.judge = judge\n"
    )
    done = nnkata("check", REFERENCE, "--format", f"json={file}", PYTHONPATH=str(tmp_path))
    assert done.returncode == 2, "not 1, which would be that it does not conform"
    assert "planted" in (decode(file.read_bytes()).error or "")


def test_the_json_of_an_unjudged_submission_is_a_verdict_that_has_not_passed() -> None:
    found = decode(failed("json", Unjudged("why", "x.py", contract="1.0")).encode())
    assert (found.passed, found.score, found.stages, found.error) == (False, 0.0, (), "why")


def test_a_file_in_an_absent_folder_is_named_as_it_was_asked_for(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError) as caught:
        write_file(tmp_path / "absent" / "results.zip", b"")
    assert caught.value.filename == str(tmp_path.resolve() / "absent" / "results.zip")


def test_output_to_a_device_leaves_the_device(nnkata: Run) -> None:
    done = nnkata("check", REFERENCE, "--stage", "forward", "--output", "/dev/stdout")
    assert "of the clauses asked for pass" in done.stdout
    assert nnkata("check", REFERENCE, "--stage", "forward", "--output", "/dev/null").stdout == ""
    assert not Path("/dev/null").is_file()


def test_output_to_a_link_leaves_the_link(nnkata: Run, tmp_path: Path) -> None:
    (tmp_path / "link.json").symlink_to(tmp_path / "real.json")
    nnkata("check", REFERENCE, "--format", "json", "--output", tmp_path / "link.json")
    assert (tmp_path / "link.json").is_symlink()
    assert decode((tmp_path / "real.json").read_bytes()).passed
