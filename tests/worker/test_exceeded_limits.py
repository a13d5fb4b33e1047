"""A limit that a submission meets is named, and memory counts when it is used."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from nnkata.subject import Died, Isolated, Raised, Subject, locate
from nnkata.subject.walls import wasm
from nnkata.subject.walls.exceeded import ended, met
from nnkata.subject.walls.limits import Limits
from nnkata.subject.walls.memory import Memory, can_be_told, peak, reserved, tree

LINUX = pytest.mark.skipif(not can_be_told(), reason="this system does not report a process's memory: Linux does")
Write = Callable[..., Path]


@pytest.mark.parametrize(
    ("kind", "message", "name"),
    [
        ("MemoryError", "Unable to allocate 7 TiB", "memory_mb = 4096"),
        ("OSError", "[Errno 24] Too many open files: 'x'", "open_files = 256"),
        ("OSError", "[Errno 27] File too large", "disk_mb = 64"),
        ("RuntimeError", "can't start new thread", "processes = 16"),
        ("BlockingIOError", "[Errno 11] Resource temporarily unavailable", "processes = 16"),
    ],
)
def test_an_exception_from_a_limit_names_it(kind: str, message: str, name: str) -> None:
    assert met(kind, message, Limits()).startswith(f"over a limit: {name}")


def test_where_a_wall_has_no_threads_no_number_of_them_is_named() -> None:
    assert met("RuntimeError", "can't start new thread", wasm.longer(Limits())) == "behind this wall there are none"


def test_other_exceptions_and_signals_name_no_limit() -> None:
    assert met("ValueError", "Too many open files", Limits()) == ""
    assert met("OSError", "no such file", Limits()) == ""
    assert ended(-signal.SIGSEGV, Limits()) == "the process ended (signal SIGSEGV)"
    assert ended(3, Limits()) == "the process ended (exit status 3), as by os._exit()"
    for status in (-signal.SIGXCPU, 128 + signal.SIGXCPU):  # the latter from bubblewrap
        assert ended(status, Limits()) == "the process ended: over a limit: cpu_seconds = 300"


def test_more_memory_may_be_reserved_than_used_if_the_use_can_be_measured() -> None:
    assert reserved(1024) == (16 * 1024 if can_be_told() else 1024)


@LINUX
def test_the_peak_memory_of_a_process_and_its_children_is_measured() -> None:
    child = "import time; kept = b'x' * (120 << 20); time.sleep(60)"
    lines = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {child!r}])"
    started = subprocess.Popen([sys.executable, "-c", lines], start_new_session=True)
    try:
        deadline = time.monotonic() + 30
        while (most := max(map(peak, tree(started.pid)))) < 120 << 10 and time.monotonic() < deadline:
            time.sleep(0.02)
        assert 120 << 10 <= most < 300 << 10
        assert peak(started.pid) < 100 << 10
        watch = Memory(started.pid, most=110)
        assert started.wait(timeout=10) == -signal.SIGKILL
        watch.close()
        assert watch.over
    finally:
        if started.poll() is None:
            os.killpg(started.pid, signal.SIGKILL)
            started.wait()
    assert peak(started.pid) == 0


@LINUX
def test_the_limit_of_processor_time_is_named(write: Write) -> None:
    end = "def busy(self, x):\n    while True:\n        pass\n\nDeepNeuralNetwork.softmax = busy\n"
    transport = Isolated.open(locate(str(write(end=end))), Limits(cpu_seconds=2, call_seconds=100.0))
    try:
        with pytest.raises(Died, match=r"the process ended: over a limit: cpu_seconds = 2"):
            Subject(transport).network([3, 3, 3, 3]).call("softmax", 1.0)
    finally:
        transport.close()


@LINUX
def test_memory_counts_when_it_is_used_and_the_limit_is_named(write: Write) -> None:
    end = "def _reserve(self, x):\n    kept = np.empty(300 << 20, np.uint8)\n    return x\n\n"
    end += "def _use(self, x):\n    kept = np.ones(300 << 20, np.uint8)\n    time.sleep(5)\n    return x\n\n"
    end += "def _ask(self, x):\n    return np.empty(1 << 45, np.uint8)\n\n"
    end += (
        "DeepNeuralNetwork.sigmoid, DeepNeuralNetwork.softmax = _reserve, _use\nDeepNeuralNetwork.forward_pass = _ask\n"
    )
    transport = Isolated.open(locate(str(write(end=end))), Limits(memory_mb=200))
    try:
        net = Subject(transport).network([3, 3, 3, 3])
        assert net.call("sigmoid", 1.0).value == 1.0
        with pytest.raises(Raised, match=r"over a limit: memory_mb = 200; up to 3200 MiB may be reserved"):
            net.call("forward_pass", 1.0)
        with pytest.raises(Died, match=r"it used more than the 200 MiB of memory that it may \(memory_mb\)"):
            net.call("softmax", 1.0)
        assert Subject(transport).network([3, 3, 3, 3]).call("sigmoid", 1.0).value == 1.0
    finally:
        transport.close()
