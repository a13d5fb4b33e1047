"""`nnkata grade`: a folder of submissions to verdicts and a gradebook, through real processes."""

import contextlib
import csv
import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
from concurrent.futures import Future
from pathlib import Path
from typing import Any

import msgspec
import pytest

from nnkata.cli.batch_summary import closing
from nnkata.errors import UsageError
from nnkata.grading.gradebook import Summary
from nnkata.grading.points import weights
from nnkata.grading.schedule import Lost, processes, run
from nnkata.grading.task import Options, Task, judge_task, key, unjudged
from nnkata.language import carried
from nnkata.runner.results.result import UNJUDGED
from nnkata.runner.run import known_clauses
from nnkata.verdict import ClauseResult, decode, verdict
from nnkata.worker.tree import nodes, parsed
from tests.courses.making import put, zipped
from tests.support import forks

ROOT = Path(__file__).parents[2]
RIGHT = (ROOT / "reference" / "network.py").read_bytes()
PRINTED = (ROOT / "solutions" / "printed.py").read_bytes()
FEW = ("--isolation", "process", "--stage", "update")
QUICK = (*FEW, "--stage", "backward")


def graded(folder: Path, output: Path, *options: str) -> "subprocess.CompletedProcess[str]":
    return forks.run(["grade", str(folder), "--output", str(output), *options], folder.parent, timeout=300)


def rows(output: Path) -> dict[str, dict[str, str]]:
    with (output / "gradebook.csv").open(encoding="utf-8") as file:
        return {row["submission"]: row for row in csv.DictReader(file)}


def test_a_folder_becomes_verdicts_a_gradebook_and_a_summary(tmp_path: Path) -> None:
    files = {"alice/network.py": RIGHT, "Zoë Ü.py": PRINTED, "=1+1.py": RIGHT, "empty.py": b"", "typo.py": b"x = ("}
    done = graded(put(tmp_path / "course", files), tmp_path / "out", *QUICK)
    assert done.returncode == 0, done.stderr
    assert "Submissions: 5; conforming: 2; not conforming: 1; not judged: 2." in done.stdout
    book = rows(tmp_path / "out")
    assert set(book) == {"alice", "Zoë Ü", "'=1+1", "empty", "typo"}
    assert (book["alice"]["passed"], book["alice"]["points"]) == ("true", "19.0")
    assert book["Zoë Ü"]["first_failure"] == "backward-1"
    assert book["Zoë Ü"]["misconception"] == "scalar-gradient"
    assert (book["typo"]["status"], float(book["typo"]["points"])) == ("not-judged", 0)
    verdict = decode((tmp_path / "out" / "verdicts" / "typo.json").read_bytes())
    assert len(verdict.clauses) == len(known_clauses())
    assert "is not Python" in verdict.failures[0].message
    summary = json.loads((tmp_path / "out" / "summary.json").read_text())
    assert summary["misconceptions"]["scalar-gradient"] == ["Zoë Ü"]
    assert summary["clauses"]["backward-1"]["failed"] == 1  # the two unjudged ones failed no clause
    assert not list((tmp_path / "out").glob(".work-*"))


def test_only_changed_submissions_are_judged_again_unless_forced(tmp_path: Path) -> None:
    course, output = put(tmp_path / "course", {"a.py": RIGHT, "b.py": PRINTED}), tmp_path / "out"
    graded(course, output, *QUICK)
    first = {name: row["seconds"] for name, row in rows(output).items()}
    put(course, {"b.py": RIGHT + b"\n"})
    assert "Submissions: 2; conforming: 2" in graded(course, output, *QUICK).stdout
    second = {name: row["seconds"] for name, row in rows(output).items()}
    assert second["a"] == first["a"]
    graded(course, output, *QUICK, "--force")
    seeds = {decode(path.read_bytes()).environment["seed"] for path in (output / "verdicts").glob("*.json")}
    assert len(seeds) == 1
    with contextlib.closing(sqlite3.connect(output / "verdicts.sqlite")) as database:
        assert database.execute("SELECT count(*) FROM verdicts").fetchone() == (3,)


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGINT, signal.SIGHUP])
def test_an_interrupted_batch_keeps_its_results_and_continues(tmp_path: Path, how: signal.Signals) -> None:
    slow = RIGHT + b"import time\ntime.sleep(0.2)\n"  # so that the batch cannot end before it is interrupted
    files = {f"s{number}.py": slow + b"\n" * number for number in range(12)}
    course, output = put(tmp_path / "course", files), tmp_path / "out"
    command = [sys.executable, "-m", "nnkata", "grade", str(course), "--output", str(output), *FEW, "--jobs", "1"]
    process = subprocess.Popen(
        command,
        stderr=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        deadline = time.monotonic() + 120
        while len(list((output / "verdicts").glob("s*.json"))) < 3 and time.monotonic() < deadline:
            time.sleep(0.05)
    finally:
        os.killpg(process.pid, how)
        _, said = process.communicate(timeout=60)
    kept = {path.stem: decode(path.read_bytes()).seconds for path in (output / "verdicts").glob("s*.json")}
    assert 3 <= len(kept) < 12
    if how != signal.SIGKILL:
        assert process.returncode == 130
        assert b"Traceback" not in said
        assert b"The same command goes on from there" in said
        book = rows(output)
        assert len(book) == 12  # a student whose turn had not come is in it too
        assert {name for name, row in book.items() if "ended before its turn" in row["why"]} == {*book} - {*kept}
    assert graded(course, output, *FEW).returncode == 0
    after = {path.stem: decode(path.read_bytes()).seconds for path in (output / "verdicts").glob("s*.json")}
    assert len(after) == len(rows(output)) == 12
    assert sum(after[name] == seconds for name, seconds in kept.items()) >= len(kept) - 1


def _die(task: bytes) -> bytes:
    time.sleep(0.5)  # in the middle of judging; in the millisecond after it takes a task Pebble may not notice
    os.kill(os.getpid(), signal.SIGKILL)
    return task


def test_a_judging_process_imports_nothing_that_finds_submissions() -> None:
    """Else each takes 2 MB more, and longer to start."""
    code = "import sys, nnkata.grading.schedule; print(*(name for name in sys.modules if name.startswith('nnkata.gr')))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    needed = {"nnkata.grading", "nnkata.grading.definitions_only", "nnkata.grading.schedule", "nnkata.grading.task"}
    assert set(done.stdout.split()) == needed


def test_advice_for_a_student_names_no_program_of_the_instructors_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.argv", ["/opt/course/bin/nnkata"])
    monkeypatch.setenv("PATH", "")
    options = Options("process", seed=1, only=("forward-1",))
    other = RIGHT.replace(b"forward_pass", b"forward")
    found = decode(judge_task(msgspec.msgpack.encode(Task("one", "n.py", {"n.py": other}, options))))
    assert "a skeleton has them all: nnkata init skeleton.py" in (found.error or found.environment["unjudged"])
    assert carried("nnkata init a.py").endswith("/bin/nnkata init a.py")


def test_a_judging_process_keeps_no_syntax_tree_of_a_submission() -> None:
    options = Options("process", seed=1, only=("preprocessing-1",))
    assert decode(judge_task(msgspec.msgpack.encode(Task("one", "n.py", {"n.py": RIGHT}, options)))).passed
    assert parsed.cache_info().currsize == nodes.cache_info().currsize == 0


def test_a_dying_judging_process_is_tried_twice_and_harms_no_other_submission(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    options = Options("process", seed=1, only=("update-1",))
    tasks = [Task(name, "n.py", {"n.py": RIGHT}, options) for name in ("one", "two", "three")]
    tried: list[str] = []
    with processes(2, tmp_path) as submit:

        def sometimes(task: Task) -> "Future[bytes]":
            tried.append(task.name)
            with monkeypatch.context() as patch:
                if task.name == "two":
                    patch.setattr("nnkata.grading.schedule.judge_task", _die)
                return submit(task)

        outcomes = {task.name: outcome for task, outcome in run(tasks, sometimes, 2)}
    assert sorted(tried) == ["one", "three", "two", "two"]
    assert isinstance(outcomes["two"], Lost)
    for name in ("one", "three"):
        outcome = outcomes[name]
        assert isinstance(outcome, bytes)
        assert decode(outcome).passed


def test_no_more_tasks_are_held_than_are_in_flight() -> None:
    taken: list[int] = []

    def tasks() -> Any:
        for number in range(50):
            taken.append(number)
            yield Task(str(number), "", {}, Options("process", seed=1))

    def submit(task: Task) -> "Future[bytes]":
        future: Future[bytes] = Future()
        future.set_result(task.name.encode())
        return future

    for count, _ in enumerate(run(tasks(), submit, 4), 1):
        assert len(taken) <= count + 4
    assert len(taken) == 50


def test_a_course_in_an_archive_is_graded(tmp_path: Path) -> None:
    path = tmp_path / "course.zip"
    path.write_bytes(zipped({"ada.py": RIGHT, "bob/network.py": PRINTED}))
    assert graded(path, tmp_path / "out", *QUICK).returncode == 0
    assert {name: row["passed"] for name, row in rows(tmp_path / "out").items()} == {"ada": "true", "bob": "false"}


def test_a_batch_that_cannot_be_judged_is_status_2_without_a_traceback(tmp_path: Path) -> None:
    (tmp_path / "nothing").mkdir()
    (tmp_path / "file").write_text("")
    course = put(tmp_path / "course", {"a.py": RIGHT})
    for folder, output, why in (
        (tmp_path / "nothing", tmp_path / "out", "there is no submission"),
        (tmp_path / "file", tmp_path / "out", "not a zip archive"),
        (course, tmp_path / "file" / "out", "cannot be written"),
    ):
        done = graded(folder, output, *QUICK)
        assert (done.returncode, why in done.stderr, "Traceback" in done.stderr) == (2, True, False), done.stderr


def test_without_a_wall_grade_refuses_and_says_how_to_get_one(tmp_path: Path) -> None:
    course = put(tmp_path / "course", {"a.py": RIGHT})
    command = [sys.executable, "-m", "nnkata", "grade", str(course), "--output", str(tmp_path / "out")]
    command += ["--isolation", "bubblewrap"]
    done = subprocess.run(command, capture_output=True, text=True, check=False, env={"PATH": str(tmp_path)})
    assert done.returncode == 2
    assert "apt-get install bubblewrap" in done.stderr
    assert not (tmp_path / "out" / "gradebook.csv").exists()


def test_without_bubblewrap_the_sandbox_is_landlock_and_the_verdict_says_so(tmp_path: Path) -> None:
    course = put(tmp_path / "course", {"a.py": RIGHT})
    command = [sys.executable, "-m", "nnkata", "grade", str(course), "--output", str(tmp_path / "out"), "--jobs", "1"]
    command += ["--stage", "update"]
    done = subprocess.run(command, capture_output=True, text=True, check=False, env={"PATH": str(tmp_path)})
    assert (done.returncode, "isolation: sandbox, landlock" in done.stderr) == (0, True)
    verdict = decode((tmp_path / "out" / "verdicts" / "a.json").read_bytes())
    assert (verdict.environment["isolation"], verdict.passed) == ("sandbox, landlock", True)


def test_points_weigh_stages_and_clauses(tmp_path: Path) -> None:
    known = known_clauses()
    plain = weights({}, known)
    assert set(plain.values()) == {1.0}
    weighed = weights({"backward": 30, "backward-1": 0, "mnist": 0}, known)
    count = sum(clause.stage == "backward" for clause in known)
    assert weighed["backward-2"] == pytest.approx(30 / count)
    assert (weighed["backward-1"], weighed["mnist-1"], weighed["update-1"]) == (0, 0, 1)
    with pytest.raises(UsageError, match="there is no stage and no clause 'back'"):
        weights({"back": 1}, known)


def test_the_key_of_a_verdict_follows_all_that_it_depends_on_but_not_the_name() -> None:
    one = Task("a", "n.py", {"n.py": RIGHT}, Options("process", seed=1))
    assert key(msgspec.structs.replace(one, name="b"), "1") == key(one, "1")
    others = [
        key(one, "2"),
        key(msgspec.structs.replace(one, files={"n.py": PRINTED}), "1"),
        key(msgspec.structs.replace(one, options=Options("sandbox", seed=1)), "1"),
        key(msgspec.structs.replace(one, options=Options("process", seed=2)), "1"),
    ]
    assert len({key(one, "1"), *others}) == 5


def test_a_summary_counts_each_verdict_once(tmp_path: Path) -> None:
    summary = Summary(dict.fromkeys((clause.tag for clause in known_clauses()), 1.0))
    options = Options("process", seed=1)
    summary.add("a", unjudged("a", "why", options))
    summary.write(tmp_path)
    assert rows(tmp_path)["a"]["max_points"] == str(float(sum("full-mnist" not in c.tags for c in known_clauses())))


def test_steps_that_failed_by_themselves_are_told_at_the_end(tmp_path: Path) -> None:
    faults = [("forward-1", UNJUDGED.format(error="KeyError: 'x'")), ("forward-2", "it raised KeyError: 'x'")]
    results = [ClauseResult(tag, tag, "error", message) for tag, message in faults]
    summary = Summary({})
    for name in ("ada", "bob"):
        summary.add(name, verdict({"forward": results}, "1.1", name, 0.0, {}, "article"))
    text = "\n".join(closing(summary, tmp_path, tmp_path))
    assert "no fault of the submission: forward-1 (2); see the verdicts" in text


def test_a_page_of_the_class_leads_to_pages_or_verdicts(tmp_path: Path) -> None:
    course, output = put(tmp_path / "course", {"alice.py": RIGHT, "Zoë Ü.py": PRINTED}), tmp_path / "out"
    done = graded(course, output, *QUICK)
    assert f"To look at: {output}/index.html" in done.stdout
    assert 'href="verdicts/alice.json"' in (output / "index.html").read_text(encoding="utf-8")
    assert not (output / "pages").exists()
    assert graded(course, output, *QUICK, "--pages").returncode == 0
    assert 'href="pages/Zo%C3%AB%20%C3%9C.html"' in (output / "index.html").read_text(encoding="utf-8")
    assert "scalar-gradient" in (output / "pages" / "Zoë Ü.html").read_text(encoding="utf-8")
    assert (output / "pages" / "alice.html").is_file()
