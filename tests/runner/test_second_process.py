"""The long stages in a second process: the verdict equals that of one process, whatever happens to the second."""

import os
import signal
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import msgspec
import pytest

from nnkata.runner.direct_run import second_process
from nnkata.runner.direct_run.direct import Direct
from nnkata.runner.results.collector import Collector
from nnkata.runner.run import judge
from nnkata.runner.settings import Settings
from nnkata.subject.isolated import Isolated
from nnkata.verdict import Verdict

ROOT = Path(__file__).parents[2]
RIGHT = ROOT / "reference" / "network.py"
ONLY = frozenset(["forward-1", "forward-2", "backward-2", "training-1", "training-3", "training-4", "training-5"])


@pytest.fixture
def forked(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[int]]:
    """The forked processes; the machine seems to have two cores."""
    made: list[int] = []
    fork = os.fork

    def note() -> int:
        made.append(fork())
        return made[-1]

    monkeypatch.setattr(os, "fork", note)
    monkeypatch.setattr(os, "sched_getaffinity", lambda pid: {0, 1})
    yield made
    for pid in made:
        with pytest.raises(ChildProcessError):  # its parent has waited for it
            os.waitpid(pid, 0)


def untimed(verdict: Verdict) -> list[dict[str, Any]]:
    """The results of a verdict's clauses without their seconds."""
    rows: list[dict[str, Any]] = [msgspec.to_builtins(result) for result in verdict.clauses]
    for row in rows:
        row.pop("seconds", None)
        for example in row.get("examples", ()):
            example.pop("seconds", None)
    return rows


def settings(path: Path) -> Settings:
    return Settings(str(path), seed=3, only=ONLY)


@pytest.mark.parametrize("wrong", [False, True])
def test_the_verdict_is_that_of_one_process(wrong: bool, forked: list[int], tmp_path: Path) -> None:
    text = (ROOT / "solutions" / "correct" / "plain.py").read_text()
    path = tmp_path / "network.py"
    path.write_text(text.replace("self.l_rate * ", "-self.l_rate * ") if wrong else text)
    assert (path.read_text() != text) is wrong
    alone = judge(replace(settings(path), beside=False))
    assert forked == []
    both = judge(settings(path))
    assert len(forked) == 1
    assert untimed(both) == untimed(alone)
    assert both.passed is not wrong


@pytest.mark.parametrize("after", [0, 2])
def test_unreported_clauses_of_an_ended_process_are_judged_by_the_first(
    after: int, forked: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    taken = second_process._Run._taken
    left = [after]

    def told(run: second_process._Run) -> object:
        if not left[0]:
            os._exit(9)
        left[0] -= 1
        return taken(run)

    monkeypatch.setattr(second_process._Run, "_taken", told)
    found = judge(settings(RIGHT))
    assert len(forked) == 1
    assert {result.clause for result in found.clauses if result.status == "passed"} == ONLY


def test_progress_covers_both_processes(forked: list[int]) -> None:
    seen: list[str] = []
    judge(settings(RIGHT), lambda clause, status: seen.append(clause))
    assert len(forked) == 1
    assert {*seen} == ONLY


def test_an_interrupt_ends_both(forked: list[int]) -> None:
    def interrupted(clause: str, status: str) -> None:
        raise KeyboardInterrupt

    begun = time.monotonic()
    with pytest.raises(KeyboardInterrupt):
        judge(settings(RIGHT), interrupted)
    assert len(forked) == 1
    assert time.monotonic() - begun < 60


@pytest.mark.parametrize("only", [{"training-1", "training-3"}, {"forward-1"}])
def test_a_run_with_only_long_or_only_short_stages_has_one_process(only: set[str], forked: list[int]) -> None:
    assert judge(replace(settings(RIGHT), only=frozenset(only))).passed
    assert forked == []


@pytest.mark.parametrize(
    ("stage", "old", "new"),
    [
        ("backward", 'outer(error, params["A2"])', 'outer(-error, params["A2"])'),
        ("training", "zip(x_train, y_train,", "zip(x_train[1:], y_train[1:],"),
    ],
)
def test_a_run_to_the_first_failure_ends_there_whoever_finds_it(
    stage: str, old: str, new: str, forked: list[int], tmp_path: Path
) -> None:
    text = (ROOT / "solutions" / "correct" / "plain.py").read_text()
    assert old in text
    path = tmp_path / "network.py"
    path.write_text(text.replace(old, new))
    found = judge(replace(settings(path), first_failure=True))
    assert len(forked) == 1
    assert [failure.clause.partition("-")[0] for failure in found.failures] == [stage]


def test_with_one_core_there_is_one_process(forked: list[int], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "sched_getaffinity", lambda pid: {0})
    assert judge(settings(RIGHT)).passed
    assert forked == []


def test_an_error_that_cannot_travel_goes_in_its_words() -> None:
    class Odd(Exception):
        def __init__(self, one: str, two: str) -> None:
            super().__init__(one)

    prepared: Any = SimpleNamespace(
        settings=settings(RIGHT), errors={"training-1": Odd("gone", "x"), "training-2": ValueError("kept")}
    )
    direct = Direct([], prepared, Collector(lambda clause, status: None))
    nothing: Any = None
    run = second_process._Run(direct, [], nothing)
    _results, errors = run._taken()
    assert [repr(error) for error in errors.values()] == ["RuntimeError('Odd: gone')", "ValueError('kept')"]


WAITS = frozenset(["forward-1", "training-4", "training-5", "mnist-1"])


@pytest.mark.parametrize("wrong", [False, True])
def test_a_waiting_stage_begins_at_once_and_is_dropped_if_its_condition_fails(
    wrong: bool, forked: list[int], tmp_path: Path
) -> None:
    text = (ROOT / "solutions" / "correct" / "plain.py").read_text()
    path = tmp_path / "network.py"
    path.write_text(text.replace("zip(x_train, y_train,", "zip(x_train[1:], y_train[1:],") if wrong else text)
    assert (path.read_text() != text) is wrong
    asked = replace(settings(path), only=WAITS, waiting=True)
    alone = judge(replace(asked, beside=False))
    both = judge(asked)
    assert len(forked) == 1
    same = {"clause", "status", "message", "reading"}  # the accuracy of a new network differs each time
    assert [{key: row[key] for key in same} for row in untimed(both)] == [
        {key: row[key] for key in same} for row in untimed(alone)
    ]
    statuses = {result.clause: result.status for result in both.clauses}
    assert statuses["mnist-1"] == ("skipped" if wrong else "passed")


def test_a_lost_worker_of_the_second_process_is_reported_like_that_of_a_single_one(
    forked: list[int], tmp_path: Path
) -> None:
    text = (ROOT / "solutions" / "correct" / "plain.py").read_text()
    path = tmp_path / "network.py"
    ends = "    def train(self, x_train, y_train, x_val, y_val):\n        import os, signal\n"
    path.write_text(
        text + "\n\nclass Ends(DeepNeuralNetwork):\n" + ends + "        os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    asked = replace(settings(path), implementation=f"{path}:Ends")
    both = judge(asked)
    assert len(forked) == 1
    assert untimed(both) == untimed(judge(replace(asked, beside=False)))
    assert all("SIGKILL" in result.message for result in both.failures)


def test_no_worker_is_left(forked: list[int]) -> None:
    def children() -> set[str]:
        return {*Path(f"/proc/{os.getpid()}/task/{os.getpid()}/children").read_text().split()}

    before = children()
    judge(settings(RIGHT))
    assert len(forked) == 1
    assert children() <= before


def test_a_process_terminated_during_its_exit_ends(forked: list[int], monkeypatch: pytest.MonkeyPatch) -> None:
    """While it closes its worker it holds locks, for which the signal handler must not wait."""
    close = Isolated.close

    def told_meanwhile(isolated: Isolated) -> None:
        memory: Any = isolated._memory
        if forked and not forked[-1] and memory is not None:  # only in the second process
            with memory._closed._cond:
                os.kill(os.getpid(), signal.SIGTERM)
        close(isolated)

    monkeypatch.setattr(Isolated, "close", told_meanwhile)
    begun = time.monotonic()
    assert judge(settings(RIGHT)).passed
    assert len(forked) == 1
    assert time.monotonic() - begun < second_process.LAST_SECONDS


def test_a_process_that_does_not_end_is_ended(forked: list[int], monkeypatch: pytest.MonkeyPatch) -> None:
    def deaf(run: second_process._Run) -> None:
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        time.sleep(600)

    monkeypatch.setattr(second_process, "LAST_SECONDS", 0.2)
    monkeypatch.setattr(second_process._Run, "_taken", deaf)
    begun = time.monotonic()
    with pytest.raises(KeyboardInterrupt):
        judge(settings(RIGHT), _interrupted)
    assert len(forked) == 1
    assert time.monotonic() - begun < 60


def _interrupted(clause: str, status: str) -> None:
    raise KeyboardInterrupt
