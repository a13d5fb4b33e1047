"""`nnkata watch` in a real terminal: it answers a save, keys work, and no change of the file ends it."""

import contextlib
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import termios
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pexpect
import pytest

from nnkata.features.tags import TYPES
from nnkata.verdict import ClauseResult, Status, Verdict, verdict
from nnkata.watching.watch import merged
from tests.support import forks
from tests.support.counts import CLAUSES, JUDGED, QUICK, upto
from tests.support.starts import starts
from tests.support.terminals import killed, nnkata, output_to_the_end

ROOT = Path(__file__).parents[2]
RIGHT = (ROOT / "solutions" / "correct" / "plain.py").read_text(encoding="utf-8")
WRONG = RIGHT.replace('np.outer(error, params["A1"])', 'np.dot(error, params["A2"])')
#: The time limit of a test in seconds; an answer takes one.
GIVE_UP = 60
#: The stages up to forward, without training.
OPTIONS = ("--upto", "backward", "--seed", "1")
#: The line of a network that passes these stages.
PASS = f"{upto('backward')} of {upto('backward')} clauses pass"


@pytest.fixture(scope="module", autouse=True)
def temporary_files() -> Iterator[None]:
    """A folder for those of this file: a killed `watch` removes none."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder, pytest.MonkeyPatch.context() as patched:
        patched.setenv("TMPDIR", folder)
        yield


@pytest.fixture
def watching(tmp_path: Path) -> Iterator[pexpect.spawn]:
    (tmp_path / "mine.py").write_text(RIGHT)
    child = begun(tmp_path, "mine.py", *OPTIONS)
    yield child
    killed(child)


def environment() -> dict[str, str]:
    return {**os.environ, "NO_COLOR": "1", "LANG": "C.UTF-8", "TERM": "xterm"}


def begun(folder: Path, *arguments: str) -> pexpect.spawn:
    return nnkata(["watch", *arguments], folder, environment(), timeout=GIVE_UP)


def really_begun(folder: Path, *arguments: str, program: Sequence[str] = ("-m", "nnkata")) -> pexpect.spawn:
    return pexpect.spawn(
        sys.executable,
        [*program, "watch", *arguments],
        cwd=str(folder),
        env=environment(),
        timeout=GIVE_UP,
        encoding="utf-8",
        dimensions=(40, 80),
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # else ignored in the background
    )


def assert_ends_quietly(child: pexpect.spawn) -> None:
    rest = output_to_the_end(child)
    assert child.exitstatus == 0
    assert "Traceback" not in rest


def test_a_save_shows_a_broken_clause_with_its_mistake_and_a_later_one_its_repair(
    watching: pexpect.spawn, tmp_path: Path
) -> None:
    watching.expect(PASS)
    (tmp_path / "mine.py").write_text(WRONG)
    watching.expect("✗ backward")
    watching.expect("backward-1: There is a gradient for each weight matrix")
    watching.expect("scalar-gradient-w2")
    (tmp_path / "mine.py").write_text(RIGHT)
    watching.expect("✓ backward")
    watching.expect(PASS)


def test_the_failed_clause_is_shown_in_the_given_language(tmp_path: Path) -> None:
    (tmp_path / "mine.py").write_text(WRONG)
    child = begun(tmp_path, "mine.py", *OPTIONS, "--language", "zh-CN")
    try:
        child.expect("backward-1: 每个权重矩阵都有一个梯度")
        child.expect("✗ 那么 得到的是 W1、W2 和 W3 的梯度")
    finally:
        killed(child)


def test_a_save_by_renaming_a_new_file_over_the_old_one_is_a_save(watching: pexpect.spawn, tmp_path: Path) -> None:
    watching.expect(PASS)
    (tmp_path / "mine.py.swp").write_text(WRONG)
    (tmp_path / "mine.py.swp").replace(tmp_path / "mine.py")
    watching.expect("backward-1: There is")


def test_a_folder_that_goes_away_and_comes_back_is_watched_on(tmp_path: Path) -> None:
    folder, away = tmp_path / "homework", tmp_path / "away"
    folder.mkdir()
    (folder / "mine.py").write_text(RIGHT)
    child = begun(tmp_path, "homework/mine.py", *OPTIONS)
    try:
        child.expect(PASS)
        for _times in range(2):
            folder.rename(away)  # as the checkout of a branch without it
            child.expect("there is no file homework/mine.py")
            shutil.copytree(away, folder)
            shutil.rmtree(away)
            child.expect(PASS)
            (folder / "mine.py").write_text(WRONG)
            child.expect("backward-1: There is")
            (folder / "mine.py").write_text(RIGHT)
            child.expect(PASS)
    finally:
        killed(child)


def test_keys_give_hints_and_the_next_failure_and_another_check_and_the_end(
    watching: pexpect.spawn, tmp_path: Path
) -> None:
    watching.expect(PASS)
    (tmp_path / "mine.py").write_text(WRONG)
    watching.expect("Failure 1 of 8")
    watching.send("h")
    watching.expect(r"Hint: +Row i, column j")
    watching.send("n")
    watching.expect("backward-4: .*Failure 2 of 8")
    watching.send("r")
    watching.expect("Looking for the mistake")
    watching.expect("Failure 1 of 8")
    watching.send("q")
    assert_ends_quietly(watching)


def test_a_half_written_or_missing_file_is_reported_and_waited_for(watching: pexpect.spawn, tmp_path: Path) -> None:
    watching.expect(PASS)
    (tmp_path / "mine.py").write_text(RIGHT[:500] + "def (")
    watching.expect("mine.py is not Python")
    (tmp_path / "mine.py").unlink()
    watching.expect("there is no file mine.py")
    (tmp_path / "mine.py").write_text(RIGHT)
    watching.expect(PASS)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_an_interrupt_ends_it_quietly_and_leaves_the_terminal_as_it_was(
    watching: pexpect.spawn, number: signal.Signals
) -> None:
    def waits_for_return() -> bool:
        return bool(termios.tcgetattr(watching.child_fd)[3] & termios.ICANON)

    watching.expect(PASS)
    assert not waits_for_return()
    watching.kill(number)
    assert_ends_quietly(watching)
    assert waits_for_return()


@pytest.fixture
def scratch() -> Iterator[Path]:
    """A folder with a short path: a socket's path, of which multiprocessing makes one in it, has at most 107 bytes."""
    with tempfile.TemporaryDirectory() as folder:
        yield Path(folder)


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
@pytest.mark.parametrize(("seconds", "really"), [(0.5, True), (0.9, True), (0.1, False), (0.3, False)])
def test_a_signal_to_all_its_processes_leaves_no_file_and_no_process(
    how: signal.Signals, seconds: float, really: bool, tmp_path: Path, scratch: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """During its start; and a fork, which has started at once, while its other processes start and judge."""
    (tmp_path / "mine.py").write_text(WRONG)
    said = tmp_path / "said"
    words = ["watch", "mine.py", *OPTIONS]
    variables = {**os.environ, "TMPDIR": str(scratch)}
    monkeypatch.setattr(starts, "real", True)  # its worker is a process of this session, too
    with said.open("wb") as file, open(os.devnull, "r+b") as null:  # noqa: PTH123 - a device
        streams = [null.fileno(), null.fileno(), file.fileno()]
        fork = None if really else forks.begin(words, tmp_path, variables, streams)
        process: Any = fork or subprocess.Popen(
            [sys.executable, "-m", "nnkata", *words],
            cwd=tmp_path,
            stdin=null,
            stdout=null,
            stderr=file,
            env=variables,
            start_new_session=True,
        )
    time.sleep(seconds)
    os.killpg(process.pid, how)
    process.wait(timeout=30)
    deadline = time.monotonic() + 60
    while left := of_session(process.pid):
        assert time.monotonic() < deadline, left
        time.sleep(0.05)
    assert "Traceback" not in said.read_text()
    assert not [path.name for path in scratch.iterdir()]


def of_session(session: int) -> list[int]:
    """The processes of a session that have not ended."""
    found = []
    for path in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            state, _parent, _group, its = path.read_text().rpartition(")")[2].split()[:4]
            if int(its) == session and state != "Z":
                found.append(int(path.parent.name))
    return found


def test_ctrl_c_during_the_start_is_quiet_too(tmp_path: Path) -> None:
    (tmp_path / "mine.py").write_text(RIGHT)
    child = really_begun(tmp_path, "mine.py", *OPTIONS)
    child.expect("Checking mine.py")
    time.sleep(0.1)  # the judging process is importing
    child.sendintr()
    assert_ends_quietly(child)
    assert child.before.replace("^C", "").split() == ["…"]


#: Python ignores an exception in a finalizer, and multiprocessing has one per process.
INTERRUPTED_IN_A_FINALIZER = """
import os, signal
from multiprocessing import util
close = util.close_fds
def close_fds(*descriptors):
    os.kill(os.getpid(), signal.SIGINT)
    close(*descriptors)
util.close_fds = close_fds
from nnkata.cli import main
main()
"""


def test_an_interrupt_in_the_middle_of_a_finalizer_is_not_lost(tmp_path: Path) -> None:
    (tmp_path / "mine.py").write_text(RIGHT)
    child = really_begun(tmp_path, "mine.py", *OPTIONS, program=("-c", INTERRUPTED_IN_A_FINALIZER))
    child.expect(PASS)
    assert_ends_quietly(child)


def test_an_interrupt_that_python_ignores_in_a_fork_is_raised_again() -> None:
    program = """
import os, signal, sys, time
from nnkata.worker.system import raised_again
signal.signal(signal.SIGTERM, signal.default_int_handler)
sys.unraisablehook = raised_again(signal.SIGTERM)
os.register_at_fork(after_in_parent=lambda: signal.raise_signal(signal.SIGTERM))
try:
    if os.fork() == 0:
        os._exit(0)
    time.sleep(20)
except KeyboardInterrupt:
    print("interrupted")
class Noisy:
    def __del__(self): raise ValueError("told")
Noisy()
"""
    ran = subprocess.run([sys.executable, "-P", "-c", program], capture_output=True, text=True, timeout=GIVE_UP)
    assert ran.stdout == "interrupted\n"
    assert "KeyboardInterrupt" not in ran.stderr
    assert "ValueError: told" in ran.stderr


def test_nothing_is_computed_between_saves(watching: pexpect.spawn) -> None:
    watching.expect(PASS)
    watching.expect("Waiting for the next save")
    used = processor_ticks(watching.pid)
    with pytest.raises(pexpect.TIMEOUT):
        watching.expect("clauses pass", timeout=2)
    assert processor_ticks(watching.pid) - used <= 10  # a loop without a wait would take 200


def processor_ticks(pid: int) -> int:
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return int(fields[11]) + int(fields[12])


def test_the_stage_mnist_follows_the_answer(tmp_path: Path) -> None:
    (tmp_path / "mine.py").write_text(RIGHT)
    child = begun(tmp_path, "mine.py", "--seed", "1")
    child.expect(f"{QUICK} of {QUICK} clauses pass. Judging the slow clauses")
    child.expect("✓ mnist")
    child.expect(f"{JUDGED} of {JUDGED} clauses pass")
    child.expect("You have built a network")
    killed(child)


def test_types_follow_the_answer_and_are_part_of_it_after_a_failure(tmp_path: Path) -> None:
    (tmp_path / "mine.py").write_text(RIGHT)
    without_mnist = [word for tag in ("mnist-1", "mnist-2", "mnist-3", "mnist-4") for word in ("--skip", tag)]
    child = begun(tmp_path, "mine.py", "--seed", "1", *without_mnist)
    child.expect(f"{QUICK} of {QUICK} clauses pass. Judging the slow clauses")
    typed = sum(TYPES in clause.tags for clause in CLAUSES)
    child.expect(f"{QUICK + typed} of {QUICK + typed} clauses pass")
    (tmp_path / "mine.py").write_text(RIGHT.replace("-> None:", "-> int:"))
    child.expect("✗ typing")
    child.expect("Failure 1 of")
    (tmp_path / "mine.py").write_text(RIGHT)
    child.expect(r"(\d+) of \d+ clauses pass")
    assert int(child.match[1]) == QUICK + typed
    killed(child)


def test_a_missing_file_is_an_error_at_the_start(tmp_path: Path) -> None:
    child = begun(tmp_path, "other.py")
    child.expect("nnkata: there is no file other.py")
    output_to_the_end(child)
    assert child.exitstatus == 2


def test_without_a_terminal_each_answer_is_written_below_the_last(tmp_path: Path) -> None:
    (tmp_path / "mine.py").write_text(RIGHT)
    child = pexpect.spawn(
        "/bin/sh",
        ["-c", f"{sys.executable} -m nnkata watch mine.py --upto activations </dev/null 2>&1 | cat"],
        cwd=str(tmp_path),
        timeout=GIVE_UP,
        encoding="utf-8",
    )
    child.expect(f"{upto('activations')} of {upto('activations')} clauses pass")
    child.expect("nnkata watch mine.py --upto initialization")
    (tmp_path / "mine.py").write_text(RIGHT.replace("/ 255", "/ 256"))
    child.expect("preprocessing-4")
    assert "\x1b" not in child.before
    killed(child)


def test_two_verdicts_about_different_clauses_make_one() -> None:
    def of(first: Status, second: Status) -> Verdict:
        stages = {"update": [ClauseResult("update-1", "one", first)], "mnist": [ClauseResult("mnist-1", "two", second)]}
        return verdict(stages, "1.0", "mine.py", 1.0, {})

    whole = merged(of("passed", "skipped"), of("skipped", "failed"))
    assert [clause.status for clause in whole.clauses] == ["passed", "failed"]
    assert not whole.passed
    assert whole.seconds == 2.0


@pytest.mark.skipif(shutil.which("node") is None, reason="needs Node: apt-get install nodejs")
def test_a_save_of_a_commands_own_file_is_answered_and_of_another_file_is_not(tmp_path: Path) -> None:
    for name in ("network.js", "worker.js"):
        shutil.copy(ROOT / "solutions" / "javascript" / name, tmp_path)
    right = (tmp_path / "network.js").read_text(encoding="utf-8")
    child = begun(tmp_path, "cmd:node network.js", "--upto", "forward", "--seed", "1")
    try:
        child.expect(f"{upto('forward')} of {upto('forward')} clauses pass")
        child.expect("Waiting for the next save")
        (tmp_path / "notes.txt").write_text("nothing")
        with pytest.raises(pexpect.TIMEOUT):
            child.expect("clauses pass", timeout=2)
        (tmp_path / "network.js").write_text(right.replace("this.softmax(times(W3", "this.sigmoid(times(W3"))
        child.expect("sigmoid-at-output")
    finally:
        killed(child)
