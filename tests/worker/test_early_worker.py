"""The worker that a check starts before its own imports is the one that answers, and is as any other."""

from collections.abc import Callable, Iterator

import pytest
from click.testing import CliRunner

from nnkata import early_worker
from nnkata.cli import main
from nnkata.runner.typecheck import servers
from nnkata.subject import NotFound, Subject
from tests.support.attacked import attack, subject

__all__ = ["subject"]

TOLD = """
import resource
names = ("RLIMIT_AS", "RLIMIT_CPU", "RLIMIT_NOFILE", "RLIMIT_FSIZE", "RLIMIT_CORE")
limits = [resource.getrlimit(getattr(resource, name)) for name in names]
here = {**os.environ, "HOME": os.environ["HOME"] == os.getcwd() and os.listdir(".") == []}
return [os.getpid(), here, limits, sys.argv[1:], sys.stdin.read(), os.umask(0), os.getsid(0) == os.getpid()]
"""


@pytest.fixture(autouse=True)
def ended() -> Iterator[None]:
    yield
    early_worker.end()


def test_it_is_as_any_worker(subject: Callable[[str], Subject]) -> None:
    pid, *usual = attack(subject(TOLD))
    early_worker.start()
    waiting = [process.pid for process in early_worker.waiting]
    ahead, *same = attack(subject(TOLD))
    assert same == usual
    assert usual[0]["HOME"] is True
    assert (waiting, early_worker.waiting) == ([ahead], [])
    assert pid != ahead


def test_one_that_has_ended_is_told_as_any_other(subject: Callable[[str], Subject]) -> None:
    early_worker.start()
    early_worker.waiting[0].kill()
    early_worker.waiting[0].wait()
    with pytest.raises(NotFound, match=r"importing network\.py: the process ended"):
        attack(subject("return 1"))
    assert attack(subject("return 1")) == 1


def test_one_that_nobody_needs_ends() -> None:
    early_worker.start()
    (process,) = early_worker.waiting
    early_worker.end()
    assert process.poll() is not None
    assert early_worker.waiting == []


@pytest.mark.parametrize(
    ("words", "mypy", "worker"),
    [
        (["check", "nowhere.py"], 1, 0),
        (["check", "nowhere.py", "--upto", "forward"], 0, 1),
        (["check", "nowhere.py", "--stage=forward"], 0, 1),
        (["check", "nowhere.py", "--kata", "mlp"], 0, 1),
        (["check", "nowhere.py", "--upto", "forward", "--isolation", "sandbox"], 0, 0),
        (["check", "--help"], 0, 0),
        (["doctor", "--help"], 0, 0),
    ],
)
def test_a_check_starts_one_process_before_its_imports(
    words: list[str], mypy: int, worker: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    started: list[str] = []
    monkeypatch.setattr(servers, "start", lambda: started.append("mypy"))
    monkeypatch.setattr(early_worker, "start", lambda: started.append("worker"))
    CliRunner().invoke(main, words)
    assert started == ["mypy"] * mypy + ["worker"] * worker
