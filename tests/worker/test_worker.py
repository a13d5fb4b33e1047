"""The isolated subject survives any action of a submission, and names it."""

import importlib.util
import os
import py_compile
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from nnkata import early_worker
from nnkata.subject import (
    Died,
    InProcess,
    Isolated,
    NotFound,
    Raised,
    RoundCall,
    Subject,
    TimedOut,
    locate,
)
from nnkata.subject.walls.limits import Limits
from nnkata.worker.system import LIBRARIES
from tests.support import forks
from tests.support.attacked import BODY, attack, subject

__all__ = ["subject"]


def still_works(subject: Subject) -> bool:
    value = subject.network([2, 2, 2, 2]).call("works", np.ones(2)).value
    return bool(np.array_equal(value, [2, 2]))


@pytest.mark.parametrize("how", ["while True: pass", "time.sleep(60)", "signal.alarm(0)\ntime.sleep(60)"])
def test_a_call_that_hangs_is_ended_and_the_next_one_works(subject: Callable[[str], Subject], how: str) -> None:
    hanging = subject(how)
    with pytest.raises(TimedOut, match=r"no answer within 0\.5 s"):
        attack(hanging, seconds=0.5)
    assert still_works(hanging)


@pytest.mark.parametrize(
    "how", ["os._exit(0)", "os._exit(3)", "os.kill(os.getpid(), signal.SIGKILL)", "os.close(3); os.close(4)"]
)
def test_a_dead_worker_is_reported_and_the_next_call_works(subject: Callable[[str], Subject], how: str) -> None:
    dying = subject(how)
    with pytest.raises(Died):
        attack(dying)
    assert still_works(dying)


RAISES = {
    "sys.exit(0)": "SystemExit",
    "raise KeyboardInterrupt('x')": "KeyboardInterrupt",
    "raise KeyboardInterrupt": "KeyboardInterrupt",
    "raise BaseException('x')": "BaseException",
    "keep = []\nwhile True: keep.append(np.zeros(10 ** 7))": "MemoryError",
    "return type('Odd', (dict,), {'items': lambda self: 1 / 0})()": "ZeroDivisionError",
    "return type('Odd', (list,), {'__iter__': lambda self: 1 / 0})()": "ZeroDivisionError",
    "def f(): f()\nf()": "RecursionError",
    "np.zeros(10 ** 12) + 1": "MemoryError",
    "raise type('Odd', (Exception,), {'__str__': lambda self: 1 / 0})()": "Odd",
    "self.nothing": "AttributeError",
}


@pytest.mark.parametrize("how", RAISES)
def test_an_exception_of_a_call_is_reported_by_its_type(subject: Callable[[str], Subject], how: str) -> None:
    raising = subject(how)
    with pytest.raises(Raised) as caught:
        attack(raising)
    assert RAISES[how] in caught.value.kind
    assert still_works(raising)


def test_the_line_that_raised_is_reported(subject: Callable[[str], Subject]) -> None:
    with pytest.raises(Raised, match=r"network\.py, line \d+"):
        attack(subject("1 / 0"))


@pytest.mark.parametrize("how", ["print('x' * 10 ** 7)", "os.write(1, b'x' * 100)", "sys.stderr.write('x' * 10 ** 7)"])
def test_printed_output_disturbs_nothing(subject: Callable[[str], Subject], how: str) -> None:
    printing = subject(how)
    assert attack(printing) is None
    assert still_works(printing)


def test_a_forgotten_breakpoint_does_nothing(subject: Callable[[str], Subject]) -> None:
    stopping = subject("breakpoint()")
    assert attack(stopping) is None
    assert still_works(stopping)


def test_rubbish_on_the_workers_own_pipe_ends_it(subject: Callable[[str], Subject]) -> None:
    forging = subject("for fd in range(3, 20):\n    try: os.write(fd, b'\\xff' * 64)\n    except OSError: pass")
    with pytest.raises(Died):
        attack(forging)
    assert still_works(forging)


def test_no_process_outlives_its_worker(subject: Callable[[str], Subject]) -> None:
    forking = subject("pid = os.fork()\nif pid == 0: time.sleep(100)\nreturn pid")
    child = attack(forking)
    os.kill(child, 0)  # it exists
    forking.transport.close()
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        status = Path(f"/proc/{child}/stat")
        if not status.exists() or status.read_text().split()[2] == "Z":
            return
        time.sleep(0.05)
    pytest.fail("the grandchild is alive")


def test_the_environment_holds_no_secrets(subject: Callable[[str], Subject], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MY_SECRET", "x")
    assert "MY_SECRET" not in attack(subject("return list(os.environ)"))


@pytest.mark.parametrize(
    "how", ["return object()", "return np.array([object()])", "return [[1], [1, 2]]", "return 10 ** 100"]
)
def test_odd_values_come_as_values_and_not_as_objects(subject: Callable[[str], Subject], how: str) -> None:
    value = attack(subject(how))
    assert type(value).__name__ in ("Opaque", "list")


def test_a_value_over_the_limit_is_an_error_of_the_call(subject: Callable[[str], Subject], monkeypatch: Any) -> None:
    with pytest.raises((Raised, Died)):
        attack(subject("return np.zeros(10 ** 8)"), seconds=20)


def test_an_import_that_raises_is_not_found(tmp_path: Path) -> None:
    path = tmp_path / "network.py"
    path.write_text("raise RuntimeError('no')")
    with pytest.raises(NotFound, match=r"importing network\.py raised RuntimeError: no"):
        Isolated.open(locate(str(path)))


def test_an_import_that_hangs_is_not_found(tmp_path: Path) -> None:
    path = tmp_path / "network.py"
    path.write_text("import time\ntime.sleep(60)")
    with pytest.raises(NotFound, match="no answer within"):
        Isolated.open(locate(str(path)), Limits(call_seconds=0.5))


def test_a_missing_class_is_an_error_that_names_the_existing_ones(tmp_path: Path) -> None:
    path = tmp_path / "network.py"
    path.write_text("from typing import Any\nfrom numpy import ndarray\nclass Net: pass")
    with pytest.raises(NotFound, match=r"no class DeepNeuralNetwork \(classes there: Net\)"):
        Isolated.open(locate(str(path)))


@pytest.mark.parametrize("transport", [InProcess, Isolated])
def test_both_transports_give_copies(tmp_path: Path, transport: Any) -> None:
    path = tmp_path / "copies.py"
    path.write_text(BODY + "        pass\n    def change(self, x):\n        x *= 2\n        return self.params['W1']\n")
    opened = transport.open(locate(str(path)))
    try:
        network = Subject(opened).network([2, 2, 2, 2])
        mine = np.ones(3)
        outcome = network.call("change", mine)
        assert mine.tolist() == [1, 1, 1]
        assert outcome.given[0].tolist() == [1, 1, 1]
        assert outcome.after[0].tolist() == [2, 2, 2]
        outcome.value[...] = 5
        assert network.weights()["W1"].tolist() == [[0, 0], [0, 0]]
    finally:
        opened.close()


def test_weights_are_written_in_place_or_replaced(subject: Callable[[str], Subject]) -> None:
    network = subject("return id(self.params['W1'])").network([2, 2, 2, 2])
    first = network.call("attack").value
    network.assign({"W1": np.eye(2, dtype=np.float32)})
    assert network.weights()["W1"].dtype == np.float64
    assert network.call("attack").value == first
    network.assign({"W1": 2 * np.eye(2, dtype=np.float32)}, replace=True)
    assert network.call("attack").value != first
    assert network.weights()["W1"].dtype == np.float64  # a network keeps working in its own precision
    assert network.weights()["W1"].tolist() == [[2, 0], [0, 2]]


def running(pid: int) -> bool:
    status = Path(f"/proc/{pid}/stat")
    try:
        return status.read_text().rpartition(")")[2].split()[0] not in "ZX"
    except FileNotFoundError:
        return False


def gone(pid: int, seconds: float = 30.0) -> bool:
    deadline = time.monotonic() + seconds
    while running(pid) and time.monotonic() < deadline:
        time.sleep(0.05)
    return not running(pid)


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGKILL, signal.SIGINT])
@pytest.mark.parametrize("where", ["import", "call"])
def test_a_worker_that_hangs_ends_with_the_check_however_that_ends(
    tmp_path: Path, how: signal.Signals, where: str
) -> None:
    marker = tmp_path / "pid"
    hang = f"open({str(marker)!r}, 'w').write(f'{{os.getpid()}}.')\nwhile True: pass"
    path = tmp_path / "network.py"
    body = BODY + "\n".join(f"        {line}" for line in hang.split("\n")) + "\n"
    path.write_text(body + ("DeepNeuralNetwork.attack(0)\n" if where == "import" else "    softmax = attack\n"))
    path.write_text(path.read_text().replace("def attack(self):", "def attack(self, *given):"))
    words = ["check", str(path), "--clause", "activations-8"]
    (tmp_path / "tmp").mkdir()
    environment = {**os.environ, "TMPDIR": str(tmp_path / "tmp")}
    with open(os.devnull, "r+b") as null:  # noqa: PTH123 - a device
        fork = forks.begin(words, tmp_path, environment, [null.fileno()] * 3)  # its worker is started really
        check: Any = fork or subprocess.Popen(
            [sys.executable, "-m", "nnkata", *words], env=environment, stdin=null, stdout=null, stderr=null
        )
    deadline = time.monotonic() + 30
    while not (marker.exists() and marker.read_text().endswith(".")) and time.monotonic() < deadline:
        time.sleep(0.02)
    worker = int(marker.read_text()[:-1])
    assert running(worker)
    check.send_signal(how)
    check.wait(timeout=30)
    assert gone(worker)
    assert how != signal.SIGINT or list((tmp_path / "tmp").iterdir()) == []


def test_the_environment_is_ours_alone(subject: Callable[[str], Subject], monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("PYTHONPATH", "LD_PRELOAD_NO", "NNKATA_IMPLEMENTATION", "HTTP_PROXY"):
        monkeypatch.setenv(name, "/x")
    environment = attack(subject("return dict(os.environ)"))
    assert set(environment) <= {*early_worker.ENVIRONMENT, *LIBRARIES, "HOME", "LC_CTYPE"}
    assert environment.items() >= LIBRARIES.items()


def test_a_worker_finds_the_library_of_its_interpreter_where_this_one_did(
    subject: Callable[[str], Subject], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LD_LIBRARY_PATH", "/opt/python/lib")
    assert attack(subject("return os.environ['LD_LIBRARY_PATH']")) == "/opt/python/lib"
    monkeypatch.delenv("LD_LIBRARY_PATH")
    assert attack(subject("return os.environ.get('LD_LIBRARY_PATH')")) is None


def test_the_working_folder_is_an_empty_one_that_goes_away(subject: Callable[[str], Subject]) -> None:
    looking = subject("here = os.getcwd()\nopen('left', 'w').close()\nreturn [here, os.environ['HOME']]")
    here, home = attack(looking)
    assert (here, Path(here).exists()) == (home, True)
    looking.transport.close()
    assert not Path(here).exists()


def test_a_check_leaves_nothing_beside_the_submission(subject: Callable[[str], Subject], tmp_path: Path) -> None:
    (tmp_path / "helper.py").write_text("VALUE = 7")
    assert attack(subject("import helper\nreturn helper.VALUE")) == 7
    assert sorted(path.name for path in tmp_path.iterdir()) == ["helper.py", "network.py"]


def test_a_forked_child_that_answers_too_does_not_pass_for_the_worker(subject: Callable[[str], Subject]) -> None:
    doubling = subject("os.fork()\nreturn 1")
    network = doubling.network([2, 2, 2, 2])
    assert network.call("attack").value == 1
    time.sleep(0.2)  # the second answer arrives
    with pytest.raises(Died, match="was not asked"):
        network.call("attack")
    assert still_works(doubling)


ANSWERS = ["x + 1", "x.astype(np.float32)", "x.astype(np.float16)", "x.tolist()", "float(x[0])", "bool(x[0])", "None"]
ANSWERS += [
    "(x, x)",
    "{'W1': x}",
    "np.asfortranarray(np.outer(x, x))",
    "x[::-1]",
    "x.astype('>f8')",
    "np.full(3, np.nan)",
]


@pytest.mark.parametrize("answer", ANSWERS)
def test_both_transports_give_the_same_answers(tmp_path: Path, answer: str) -> None:
    path = tmp_path / "network.py"
    path.write_text(BODY + f"        pass\n    def give(self, x):\n        return {answer}\n")
    values = []
    for transport in (InProcess, Isolated):
        opened: Any = transport
        opened = opened.open(locate(str(path)))
        try:
            values.append(Subject(opened).network([2, 2, 2, 2]).call("give", np.arange(1.0, 4.0)).value)
        finally:
            opened.close()
    assert repr(values[0]) == repr(values[1])
    assert type(values[0]) is type(values[1])


ROUNDS = """
    def grow(self, by):
        if self.params["W1"].max() >= 3:
            raise ValueError("too large")
        return by + self.params["W1"][0, 0]
    def add(self, more, times):
        self.params["W1"] += more * times
"""


@pytest.mark.parametrize("transport", [InProcess, Isolated])
def test_rounds_of_calls_are_one_question_and_end_at_an_exception(tmp_path: Path, transport: Any) -> None:
    path = tmp_path / "network.py"
    path.write_text(BODY + "        pass\n" + ROUNDS)
    opened = transport.open(locate(str(path)))
    try:
        calls: list[RoundCall] = [("grow", [np.ones(1)], []), ("add", [None, 2.0], [(0, 0)])]
        net = Subject(opened).network([2, 2, 2, 2])
        assert [float(one["W1"][0, 0]) for one in net.rounds(calls, "params", 1)] == [2.0]
        assert [float(one["W1"][0, 0]) for one in net.rounds(calls, "params", 5)] == [8.0]  # then too large
        assert float(net.weights()["W1"][0, 0]) == 8.0
    finally:
        opened.close()


@pytest.mark.parametrize("transport", [InProcess, Isolated])
def test_several_requests_are_one_question_with_the_same_answers(tmp_path: Path, transport: Any) -> None:
    path = tmp_path / "network.py"
    path.write_text(BODY + "        pass\n" + ROUNDS)
    opened = transport.open(locate(str(path)))
    asked: list[str] = []
    ask = opened.ask

    def noted(op: str, args: Any, seconds: float) -> Any:
        asked.append(op)
        return ask(op, args, seconds)

    opened.ask = noted
    try:
        net = Subject(opened).network([2, 2, 2, 2])
        weights = [{"W1": np.full((2, 2), value)} for value in (1.0, 2.0)]
        held = net.assigned(weights[1])
        assert float(held["W1"][0, 0]) == 2.0
        assert [float(value[0]) for value in net.values_at(weights, held, "grow", np.zeros(1))] == [1.0, 2.0]
        assert asked == ["new", "several", "several"]
        assert float(net.weights()["W1"][0, 0]) == 2.0
        with pytest.raises(Raised, match="ValueError: too large"):
            net.values_at([*weights, {"W1": np.full((2, 2), 3.0)}, weights[0]], held, "grow", np.zeros(1))
        assert float(net.weights()["W1"][0, 0]) == 3.0  # the requests end at the exception
    finally:
        opened.close()


@pytest.mark.parametrize("transport", [Isolated, InProcess])
@pytest.mark.parametrize("module", ["network", "helper"])
def test_the_source_runs_and_not_compiled_code_beside_it(
    tmp_path: Path, transport: Any, module: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("network", "helper"):
        monkeypatch.delitem(sys.modules, name, raising=False)
    (tmp_path / "helper.py").write_text("ADDED = 1\n")
    body = BODY.replace("import numpy as np", "import numpy as np\nfrom helper import ADDED").replace(
        "x + 1", "x + ADDED"
    )
    (tmp_path / "network.py").write_text(body + "        pass\n")
    other = tmp_path / "other.py"
    other.write_text(
        (tmp_path / f"{module}.py").read_text().replace("ADDED = 1", "ADDED = 5").replace("+ ADDED", "+ 5")
    )
    cached = importlib.util.cache_from_source(str(tmp_path / f"{module}.py"))
    py_compile.compile(
        str(other), cached, doraise=True, invalidation_mode=py_compile.PycInvalidationMode.UNCHECKED_HASH
    )
    opened = transport.open(locate("network:DeepNeuralNetwork", tmp_path))
    try:
        assert still_works(Subject(opened))
    finally:
        opened.close()
