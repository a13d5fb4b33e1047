"""The line at which a submission was when its time was up, and the advice about it."""

import json
import pickle
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from nnkata.runner.results import timeouts
from nnkata.subject import Isolated, Subject, TimedOut, locate
from nnkata.subject.stack import FRAMES
from nnkata.traces.place import Place
from tests.conftest import PLAIN, Run

TEXT = """
import threading
import time

import helper


class DeepNeuralNetwork:
    def __init__(self, sizes):
        self.params = {}

    def forward(self, x):
        return [sum(range(1000)) for _ in range(10)]

    def endless(self, x):
        epoch = 0
        while epoch < 10:
            for _ in range(10):
                self.forward(x)

    def spins(self, x):
        while True:
            pass

    def prints(self, x):
        n = 0
        while n >= 0:
            print(x)

    def sleeps(self, x):
        time.sleep(60)  # here

    def helped(self, x):
        return helper.spin(x)

    def deaf(self, x):
        import signal
        signal.signal(signal.SIGURG, signal.SIG_IGN)
        time.sleep(60)

    def floods(self, x):
        import os
        import signal

        def answer(*_):
            for number in range(3, 20):
                try:
                    os.set_blocking(number, False)
                    os.write(number, b'  File "network.py", line 1 in x\\n' * 1000)
                except OSError:
                    pass

        signal.signal(signal.SIGURG, answer)
        time.sleep(60)
"""
HELPER = "def spin(x):\n    return max(0 for _ in range(10**10))\n"
SOURCES = {"network.py": TEXT, "helper.py": HELPER}


@pytest.fixture
def subject(tmp_path: Path) -> Iterator[Subject]:
    (tmp_path / "network.py").write_text(TEXT)
    (tmp_path / "helper.py").write_text(HELPER)
    transport = Isolated.open(locate(str(tmp_path / "network.py")))
    yield Subject(transport)
    transport.close()


def timeout(subject: Subject, method: str) -> TimedOut:
    """The end of a call of a method."""
    with pytest.raises(TimedOut) as caught:
        subject.network([2, 2]).call(method, np.ones(2), seconds=0.5)
    copied = pickle.loads(pickle.dumps(caught.value))  # as a second process hands it over
    assert isinstance(copied, TimedOut)
    return copied


def place_of(file: str, part: str) -> Place:
    text = SOURCES[file]
    assert text.count(part) == 1
    return Place(file, text[: text.index(part)].count("\n") + 1)


@pytest.mark.parametrize(
    ("method", "file", "part", "advice"),
    [
        ("endless", "network.py", "while epoch < 10", "does its condition ever become false?"),
        ("spins", "network.py", "while True", "does its condition ever become false?"),
        ("sleeps", "network.py", "time.sleep(60)  # here", "it waits there: leave that out"),
        ("helped", "helper.py", "return max", ""),
    ],
)
def test_the_line_is_told(subject: Subject, method: str, file: str, part: str, advice: str) -> None:
    error = timeout(subject, method)
    found = place_of(file, part)
    assert timeouts.place(error, SOURCES) == found
    told = timeouts.told(error, SOURCES)
    assert f"{found.file}, line {found.line}" in told
    assert told.endswith(advice or f"line {found.line}")


def test_prints_are_named_though_a_loop_runs_around_them(subject: Subject) -> None:
    line = place_of("network.py", "print(x)").line
    assert timeouts.told(timeout(subject, "prints"), SOURCES).startswith(
        f"then it was at network.py, line {line}; it prints"
    )


def test_a_worker_that_does_not_tell_is_left_alone(subject: Subject) -> None:
    error = timeout(subject, "deaf")
    assert error.stack == ()
    assert timeouts.place(error, SOURCES) is None
    assert timeouts.told(error, SOURCES) == ""
    assert subject.network([2, 2]).call("forward", np.ones(2)).value is not None


def test_what_a_hostile_worker_tells_is_a_line_of_its_own_or_nothing(subject: Subject) -> None:
    error = timeout(subject, "floods")
    assert 0 < len(error.stack) <= FRAMES
    for frame in error.stack:
        assert timeouts.place(TimedOut("", (frame,)), SOURCES) in (None, Place("network.py", frame.line))
    frames = (Place("/etc/passwd", 1), Place("network.py", 10**6), Place("../network.py\x1b[31m", 1))
    assert timeouts.place(TimedOut("", frames), SOURCES) is None


def test_the_line_stands_in_the_verdict(tmp_path: Path, nnkata: Run) -> None:
    """A `train` whose loop never ends: the loop is the place, in the text and in the fields."""
    text = PLAIN.read_text("utf-8")
    loop = "for iteration in range(self.epochs):"
    assert text.count(loop) == 1
    path = tmp_path / "network.py"
    path.write_text(text.replace(loop, "iteration = 0\n        while iteration < self.epochs:"))
    line = path.read_text("utf-8").splitlines().index("        while iteration < self.epochs:") + 1
    (tmp_path / "pyproject.toml").write_text("[tool.nnkata.limits]\ncall_seconds = 2\n")
    done = nnkata("check", path, "--clause", "training-2", "--format", "json", cwd=tmp_path)
    clauses = [one for stage in json.loads(done.stdout)["stages"] for one in stage["clauses"]]
    result = next(one for one in clauses if one["clause"] == "training-2")
    assert (result["status"], result["file"], result["line"]) == ("timeout", "network.py", line)
    assert f"then it was in the loop of network.py, line {line}" in result["message"]
