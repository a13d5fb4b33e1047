"""The output folder of a batch: outside the submissions, of one run at a time, and on a disk that may be full."""

import contextlib
import errno
import os
import resource
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

import nnkata.cli.batch_summary as ending
import nnkata.cli.grade as grading
from nnkata.cli import main
from nnkata.errors import UsageError
from nnkata.files import write, write_new
from nnkata.grading import batch, schedule
from nnkata.grading.course import unpacked
from nnkata.grading.output_folder import alone, apart
from nnkata.grading.verdict_store import Kept
from nnkata.marks import points
from tests.courses.making import network, put, zipped

ROOT = Path(__file__).parents[2]
RIGHT = (ROOT / "solutions" / "correct" / "plain.py").read_bytes()


def graded(course: Path, output: Path, *words: str) -> Result:
    """Grade in this process."""
    quick = ["--isolation", "process", "--stage", "update"]
    return CliRunner().invoke(main, ["grade", str(course), "--output", str(output), *quick, *words])


@pytest.fixture
def course(tmp_path: Path) -> Path:
    folder = tmp_path / "course"
    folder.mkdir()
    (folder / "ada.py").write_bytes(RIGHT)
    return folder


@contextlib.contextmanager
def files_of(limit: int) -> Iterator[None]:
    """No file may grow beyond that many bytes, as on a full disk."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def test_a_second_run_waits_for_no_one_and_changes_nothing(course: Path, tmp_path: Path) -> None:
    output = tmp_path / "out"
    (output / "verdicts").mkdir(parents=True)
    (output / ".work-1").mkdir()
    with alone(output):
        done = graded(course, output)
        assert (done.exit_code, "another nnkata grade is writing to" in done.output) == (2, True)
        assert sorted(path.name for path in output.iterdir()) == [".work-1", "verdicts"]  # the first run's own
        with pytest.raises(UsageError, match="wait for its end, or name another --output"), alone(output):
            pass
    done = graded(course, output)
    assert (done.exit_code, "Submissions: 1; conforming: 1; not conforming: 0." in done.output) == (0, True)


@pytest.mark.parametrize("inside", [".", "marks", "ada/marks"])
def test_an_output_among_the_submissions_is_refused_and_nothing_is_written(course: Path, inside: str) -> None:
    done = graded(course, course / inside)
    assert (done.exit_code, f"name a folder outside: {course}-marks" in done.output) == (2, True)
    assert [path.name for path in course.iterdir()] == ["ada.py"]


@pytest.mark.parametrize("name", ["gradebook.csv", "index.html", "verdicts/ada.json"])
def test_a_file_of_another_origin_is_not_overwritten(course: Path, tmp_path: Path, name: str) -> None:
    own = put(tmp_path / "out", {name: b"mine"}) / name
    done = graded(course, own.parents[name.count("/")])
    assert (done.exit_code, f"{own} is not from `nnkata grade`" in done.output) == (2, True)
    assert own.read_bytes() == b"mine"
    assert [path for path in (tmp_path / "out").rglob("*") if path.is_file()] == [own]


def test_an_output_beside_or_around_the_submissions_is_fine(course: Path, tmp_path: Path) -> None:
    for output in (tmp_path / "out", tmp_path / "course-marks", tmp_path):
        apart(course, output)
    (tmp_path / "course.zip").write_bytes(b"")
    apart(tmp_path / "course.zip", tmp_path)


def test_one_file_is_for_check(course: Path, tmp_path: Path) -> None:
    done = graded(course / "ada.py", tmp_path / "out")
    assert done.exit_code == 2
    assert f"nnkata check {course / 'ada.py'}; grade takes a folder" in " ".join(done.output.split())


def test_no_more_processes_start_than_there_are_submissions(
    course: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    started, real = [], schedule.processes

    def processes(jobs: int, folder: Path) -> contextlib.AbstractContextManager[object]:
        started.append(jobs)
        return real(jobs, folder)

    monkeypatch.setattr(batch, "processes", processes)
    assert graded(course, tmp_path / "out", "--jobs", "1000").exit_code == 0
    assert started == [1]


def test_on_a_full_disk_the_file_is_named_and_the_old_one_remains(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"old")
    with files_of(1000):
        write(tmp_path / "small", bytes(1000))
        with pytest.raises(OSError, match="too large") as caught:
            write(tmp_path / "file", bytes(5000))
    assert (caught.value.errno, caught.value.filename) == (errno.EFBIG, str(tmp_path / "file"))
    assert {path.name: path.stat().st_size for path in tmp_path.iterdir()} == {"file": 3, "small": 1000}


def test_a_new_file_on_a_full_disk_is_not_left_half_written(tmp_path: Path) -> None:
    with files_of(1000), pytest.raises(OSError, match="too large"):
        write_new(tmp_path / "new", bytes(5000))
    assert not list(tmp_path.iterdir())
    write_new(tmp_path / "new", b"first")
    with pytest.raises(FileExistsError):
        write_new(tmp_path / "new", b"second")
    assert (tmp_path / "new").read_bytes() == b"first"


def test_a_verdict_that_cannot_be_kept_is_an_error_of_the_file(tmp_path: Path) -> None:
    kept = Kept(tmp_path)
    with files_of(50_000), pytest.raises(OSError, match=r"verdicts\.sqlite"):
        kept.put("key", bytes(100_000))
    with files_of(0), pytest.raises(OSError, match=r"verdicts\.sqlite"):
        kept.seed(7, 8)
    kept.put("key", b"{}")
    assert kept.get("key") == b"{}"
    kept.close()


def test_a_batch_on_a_full_disk_says_where_and_how_much_is_kept(course: Path, tmp_path: Path) -> None:
    with files_of(70_000):
        done = graded(course, tmp_path / "out")
    assert done.exit_code == 2
    assert f"{tmp_path / 'out'}" in done.output
    assert "cannot be written" in done.output
    assert "0 of 1 are kept in" in done.output
    assert "The same command goes on from there." in done.output
    assert graded(course, tmp_path / "out").exit_code == 0


def test_a_disk_that_is_full_from_the_start_is_called_so(
    course: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_arguments: object, **_options: object) -> sqlite3.Connection:
        error = sqlite3.OperationalError("database or disk is full")
        error.sqlite_errorcode = sqlite3.SQLITE_FULL
        raise error

    with monkeypatch.context() as patched:
        patched.setattr(sqlite3, "connect", full)
        done = graded(course, tmp_path / "out")
    assert done.exit_code == 2
    assert "verdicts.sqlite cannot be written: No space left on device" in done.output
    assert "0 of 0" not in done.output
    assert graded(course, tmp_path / "out").exit_code == 0


def test_a_disk_too_full_for_the_archive_of_a_section_ends_the_batch(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_arguments: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device", "/work/file")

    section = zipped({"ada.py": network("ada"), "bob.py": network("bob")})
    put(tmp_path / "course", {"A.zip": section, "B.zip": section})
    monkeypatch.setattr(unpacked, "unpack", full)
    done = graded(tmp_path / "course", tmp_path / "out")
    assert (done.exit_code, "/work/file cannot be written: No space left on device" in done.output) == (2, True)


def test_the_lines_of_a_reason_are_told_apart(course: Path, tmp_path: Path) -> None:
    (course / "ben.py").write_text("%matplotlib inline\n")
    done = graded(course, tmp_path / "out")
    said = " ".join(done.output.split())
    assert "not judged: ben: ben.py is not Python: invalid syntax (line 1); this line is a notebook's own" in said


def test_the_end_of_a_batch_names_each_reason_once_and_few_of_many(tmp_path: Path) -> None:
    course = tmp_path / "course"
    put(
        course,
        {f"s{n}/network.py": b"import our_layers\nclass Mine(our_layers.Layer): ...\n" + RIGHT for n in (10, 9, 1, 2)},
    )
    put(course, {f"t{n}/network.py": f"x = {n * '('}\n".encode() for n in range(1, 7)} | {"ada.py": RIGHT})
    put(course, {f"u{n}/{n}.pdf": b"%PDF" for n in range(3)})
    done = graded(course, tmp_path / "out")
    lines = done.output.splitlines()
    assert "Submissions: 14; conforming: 1; not conforming: 0; not judged: 13." in lines
    first = [line for line in lines if line.startswith("not judged: ")]
    assert first[0].startswith("not judged: s1, s2, s9, … (4): importing network.py raised ModuleNotFoundError")
    assert first[0].endswith("our_layers is not there: hand in your own modules beside the file, and do without others")
    assert first[1].startswith("not judged: t1, t2, t3, … (6): ")
    assert len(first) == 5
    gradebook = (tmp_path / "out" / "gradebook.csv").read_text(encoding="utf-8")
    assert gradebook.count("not-judged") == 13


def test_more_reasons_than_fit_are_counted(tmp_path: Path) -> None:
    course = tmp_path / "course"
    put(course, {f"u{n}/{n}.pdf": b"%PDF" for n in range(8)} | {"ada.py": RIGHT})
    said = graded(course, tmp_path / "out").output
    assert said.count("not judged: u") == 5
    assert "not judged, for other reasons: 3 (in gradebook.csv)" in said
    entries = "Entries: 9; in submissions: 1; not judged: 8; the export's own: 0; passed over: 0."
    assert entries in said.splitlines()


def test_reasons_that_differ_in_the_name_of_the_file_alone_are_one(tmp_path: Path) -> None:
    put(tmp_path / "course", {f"{who} roe.pdf": b"%PDF" for who in ("ada", "bob", "cy", "dee")})
    put(tmp_path / "course", {"eve.docx": b"PK"})
    said = graded(tmp_path / "course", tmp_path / "out").output.splitlines()
    first, second = (line for line in said if line.startswith("not judged: "))
    assert first.startswith(
        "not judged: ada roe, bob roe, cy roe, … (4): there is no Python file in it, only NAME.pdf;"
    )
    assert second.startswith("not judged: eve: there is no Python file in it, only eve.docx;")


def test_marks_of_a_folder_that_may_not_be_written_go_elsewhere(
    course: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out, table = tmp_path / "out", tmp_path / "marks.csv"
    graded(course, out)

    def refused(path: Path, content: bytes) -> None:
        raise OSError(errno.EROFS, os.strerror(errno.EROFS), str(path))

    monkeypatch.setattr(points, "write", refused)
    done = CliRunner().invoke(main, ["marks", str(out), "--to", "csv", "--output", str(table)])
    assert done.exit_code == 0, done.output
    assert "ada" in table.read_text(encoding="utf-8-sig")
    assert "adjustments.csv" not in done.output
    assert not (out / "adjustments.csv").exists()


def test_those_who_handed_in_nothing_are_named_or_counted(course: Path, tmp_path: Path) -> None:
    names = [f"Maximiliana {n} Hohenlohe" for n in range(1, 31)]
    table = tmp_path / "students.csv"
    table.write_text("\n".join(["Name,ID", "Ada,ada", *(f"{name},s{name[12:14]}" for name in names)]), encoding="utf-8")
    said = graded(course, tmp_path / "out", "--roster", str(table)).output
    (line,) = (line for line in said.splitlines() if line.startswith("Handed in nothing: "))
    assert line == f"Handed in nothing: {', '.join(names[:20])}, and 10 more"


def test_marks_that_are_nobodys_are_named_or_counted(course: Path, tmp_path: Path) -> None:
    put(course, {f"{n} of the unjudged, who has a long name.py": b"(" for n in range(1, 31)})
    graded(course, tmp_path / "out")
    said = CliRunner().invoke(main, ["marks", str(tmp_path / "out"), "--to", "csv"]).output
    (line,) = (line for line in said.splitlines() if line.startswith("No mark, as it could not be judged: "))
    assert "; 20 of the unjudged, who has a long name" in line
    assert line.endswith("; and 10 more")


def test_a_batch_goes_on_without_a_reader_of_its_progress(course: Path, tmp_path: Path) -> None:
    words = ["grade", str(course), "--output", str(tmp_path / "out"), "--isolation", "process", "--stage", "update"]
    ours, theirs = os.pipe()
    os.close(ours)
    try:
        done = subprocess.run(
            [sys.executable, "-m", "nnkata", *words], stderr=theirs, stdout=subprocess.PIPE, check=False
        )
    finally:
        os.close(theirs)
    assert done.returncode == 0
    assert b"Submissions: 1; conforming: 1" in done.stdout
    assert ",passed," in (tmp_path / "out" / "gradebook.csv").read_text(encoding="utf-8")


def test_the_end_of_a_batch_fits_on_the_screen_and_names_the_next_step(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Fewer lines for each list, and more of them in one, until it fits; elsewhere than at a terminal all."""
    course, wrong = tmp_path / "course", RIGHT.replace(b"-= self.l_rate", b"+= self.l_rate")
    put(course, {f"Ada {n}_{n}_assignsubmission_file/{n}.pdf": b"%PDF" for n in range(10, 18)})
    put(course, {"Bob Roe_1_assignsubmission_file/network.py": wrong})
    whole = graded(course, tmp_path / "out").output
    asked: list[int] = []

    def fits(lines: list[str]) -> bool:
        asked.append(len(lines))
        return len(lines) <= 11

    monkeypatch.setattr(grading, "fits_above", lambda _steps: fits)
    small = graded(course, tmp_path / "out").output
    assert asked == sorted(asked, reverse=True)
    assert asked[0] > 11 >= asked[-1]
    assert whole.count("not judged: Ada 1") == 5 > small.count("not judged: Ada 1") > 0
    assert f"nnkata marks {tmp_path / 'out'} --to moodle" in small
    assert ("Failed most often:\n" in whole) > ("Failed most often:\n" in small)
    assert "Failed most often: 1 update-" in small


def test_rows_of_a_terminal_decide_on_the_end_of_a_batch(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True, raising=False)
    monkeypatch.setattr(sys.stdout, "fileno", lambda: 1, raising=False)
    monkeypatch.setattr(ending, "lines_of", lambda _descriptor: 24)
    monkeypatch.setattr(ending, "columns_of", lambda _descriptor: 80)
    fits = ending.fits_above(["To look at: page", "x" * 81])
    assert (fits(["line"] * 20), fits(["line"] * 21)) == (True, False)
    monkeypatch.setattr(sys.stdout, "isatty", lambda: False, raising=False)
    assert ending.fits_above([])(["line"] * 1000)
