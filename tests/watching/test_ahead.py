"""A check that waits for a save has done what needs no submission; its verdict is that of a check begun then."""

import contextlib
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from nnkata.runner.judging_process.separate_process import Check, Finished, GivenUp
from nnkata.runner.judging_process.standby import started
from nnkata.runner.run import judge
from nnkata.runner.settings import Settings
from nnkata.subject import Subject, TimedOut, locate
from nnkata.subject.walls.limits import Limits
from nnkata.verdict import Verdict

ROOT = Path(__file__).parents[2]
RIGHT = (ROOT / "solutions" / "correct" / "plain.py").read_text(encoding="utf-8")
WRONG = RIGHT.replace('np.outer(error, params["A1"])', 'np.dot(error, params["A2"])')
ONLY = frozenset(["forward-1", "backward-1", "training-1"])
#: The time limit of a wait in seconds; a worker starts in a fifth of one.
GIVE_UP = 60


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "mine.py"


def settings(path: Path) -> Settings:
    return Settings(str(path), seed=1, only=ONLY)


@contextlib.contextmanager
def waiting(path: Path, workers: int) -> Iterator[Check]:
    """A check that has started so many workers for the file, and waits; they have ended with it."""
    check = Check(settings(path), ahead=True)
    own = check._process.pid
    try:
        begun = time.monotonic()
        while len(found := children(own)) < workers:
            assert time.monotonic() < begun + GIVE_UP
            time.sleep(0.02)
        yield check
    finally:
        check.end()
    begun = time.monotonic()
    while [pid for pid in found if Path("/proc", str(pid)).exists()]:  # the system's first process buries them
        assert time.monotonic() < begun + GIVE_UP
        time.sleep(0.02)


def children(parent: int) -> list[int]:
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            if int((process / "stat").read_text().rpartition(")")[2].split()[1]) == parent:
                found.append(int(process.name))
    return found


def came(check: Check) -> Verdict:
    while not isinstance(news := check.news(), Finished):
        assert not isinstance(news, GivenUp), news
    return news.verdict


@pytest.mark.parametrize("text", [WRONG, RIGHT], ids=["wrong", "right"])
def test_the_verdict_is_that_of_the_file_as_it_is_then(path: Path, text: str) -> None:
    path.write_text("class NeuralNetwork: ...\n")
    with waiting(path, workers=2) as check:
        saved = path.with_name("saved")  # as editors save
        saved.write_text(text)
        saved.replace(path)
        check.go(settings(path))
        found = came(check)
    assert [c.status for c in found.clauses] == [c.status for c in judge(settings(path)).clauses]
    assert bool(found.failures) == (text == WRONG)


def test_a_file_that_did_not_exist_yet_is_judged(path: Path) -> None:
    with waiting(path, workers=0) as check:
        path.write_text(RIGHT)
        check.go(settings(path))
        assert not came(check).failures


def test_another_file_gets_workers_of_its_own(path: Path) -> None:
    path.write_text(WRONG)
    with waiting(path, workers=2) as check:
        other = path.with_name("other.py")
        other.write_text(RIGHT)
        check.go(settings(other))
        assert not came(check).failures


def test_a_check_that_nobody_begins_ends_its_workers(path: Path) -> None:
    path.write_text(RIGHT)
    with waiting(path, workers=2):
        pass


def test_the_time_of_a_submission_begins_when_its_check_does(path: Path) -> None:
    path.write_text(RIGHT)
    limits = Limits(submission_seconds=3.0)  # the import has the same limit, even on a busy machine
    with started(replace(settings(path), limits=limits)) as workers:
        time.sleep(limits.submission_seconds)
        taken = workers.take(locate(str(path)))
        assert taken is not None
        with contextlib.closing(taken):
            assert Subject(taken).network([784, 128, 64, 10]).weights().keys() == {"W1", "W2", "W3"}
        with pytest.raises(TimedOut, match="are used up"):
            Subject(workers.waiting[0]).network([784, 128, 64, 10])


def test_a_check_starts_beside_a_long_folder_for_temporary_files(path: Path, tmp_path: Path) -> None:
    path.write_text(RIGHT, encoding="utf-8")
    long = tmp_path / ("x" * 100)  # no socket can have a name in it
    long.mkdir()
    judged = tmp_path / "judged.py"
    judged.write_text(JUDGED.format(path=str(path)), encoding="utf-8")
    done = subprocess.run(
        [sys.executable, str(judged)],
        env={**os.environ, "TMPDIR": str(long)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.stdout, done.stderr) == ("True\n", "")


JUDGED = """\
from nnkata.runner.judging_process.separate_process import Check, ClauseEnded
from nnkata.runner.settings import Settings

if __name__ == "__main__":
    check = Check(Settings({path!r}, seed=1, only=frozenset(["forward-1"])))
    while isinstance(news := check.news(), ClauseEnded):
        pass
    check.end()
    print(news.verdict.passed)
"""


TOLD_EARLY = """
import os, signal
from nnkata.runner.judging_process import separate_process
from nnkata.runner.settings import Settings
separate_process.use = lambda language: os.kill(os.getpid(), signal.SIGTERM)
separate_process._judge(Settings("mine.py"), None, False, None, False, ".")
"""


def test_a_check_that_is_told_to_end_before_it_begins_says_nothing(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", TOLD_EARLY], cwd=tmp_path, capture_output=True, text=True, timeout=60, check=False
    )
    assert (done.returncode, done.stdout, done.stderr) == (1, "", "")
