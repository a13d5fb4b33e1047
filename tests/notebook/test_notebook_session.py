"""A check in a notebook leaves the session alone: its state, its class, its threads, its kernel."""

import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from jupyter_client.manager import start_new_kernel

from tests.support.cells import CLASS, HEAD, run, said, softmax_that

pytestmark = pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::DeprecationWarning")  # Jupyter's own
STATE = """
def state():
    own = {key: value for key, value in os.environ.items() if not key.startswith("PYTEST")}  # of the test around this
    hooks = [f for f in sys.meta_path if "pytest" in type(f).__module__]
    bound = [name for name in sys.modules if "test_contract" in name]
    files = os.listdir("/proc/self/fd")
    handler = signal.getsignal(signal.SIGINT)
    streams = sys.stdin, sys.stdout, sys.stderr
    return own, list(warnings.filters), streams, hooks, bound, len(files), handler, numpy.geterr(), os.getcwd()
"""


@pytest.mark.parametrize("isolation", ["process", "none"])
def test_a_check_leaves_the_session_unchanged(isolation: str) -> None:
    first = f"nnkata.check(DeepNeuralNetwork, isolation='{isolation}', stages=['update'])"
    after = (
        "numpy.random.seed(5); expected = numpy.random.random(); numpy.random.seed(5); before = state()\n"
        f"nnkata.check(DeepNeuralNetwork, isolation='{isolation}', upto='backward')\n"
        "numpy.random.random() == expected, state() == before"
    )
    cells = run("import nnkata, numpy, os, signal, sys, warnings", HEAD, CLASS, STATE, first, after, "print('said')")
    assert said(cells[5]) == "(True, True)"
    assert said(cells[6]) == "said\n"


def test_changes_to_the_class_stay_in_the_fork() -> None:
    counting = CLASS.replace(
        "self.sizes = sizes", "print('made')\n        type(self).made += 1\n        self.sizes = sizes"
    )
    cells = run(
        "import nnkata",
        HEAD,
        f"{counting}\n    made = 0\n",
        "nnkata.check(DeepNeuralNetwork)",
        "DeepNeuralNetwork.made",
    )
    assert "Conforms: " in said(cells[3]) or "typing" in said(cells[3])
    assert not said(cells[3]).startswith("made")
    assert said(cells[4]) == "0"


def test_a_threads_output_during_a_check_is_not_lost() -> None:
    talk = (
        "import threading, time\n"
        "done = threading.Event()\n"
        "def talk():\n    while not done.wait(0.005): print('heard')\n"
        "thread = threading.Thread(target=talk); thread.start()\n"
        "found = nnkata.check(DeepNeuralNetwork, upto='forward')\n"
        "done.set(); thread.join(); print(found.passed)"
    )
    cells = run("import nnkata", HEAD, CLASS, talk)
    assert said(cells[3]).count("heard") > 2
    assert said(cells[3]).endswith("True\n")


@pytest.fixture
def kernel() -> Iterator[Any]:
    manager, client = start_new_kernel(startup_timeout=60)
    yield manager, client
    client.stop_channels()
    manager.shutdown_kernel(now=True)


def descendants(pid: int) -> list[int]:
    """The child processes of this one, and all their descendants."""
    found = []
    for thread in Path(f"/proc/{pid}/task").iterdir():
        for child in map(int, (thread / "children").read_text().split()):
            found += [child, *descendants(child)]
    return found


@pytest.mark.parametrize("hang", ["sleep(600)", "while True: pass"])
def test_an_interrupt_of_the_kernel_ends_a_check_that_hangs_and_all_that_it_started(kernel: Any, hang: str) -> None:
    manager, client = kernel
    hangs = f"from time import sleep\n{softmax_that(hang)}"

    def do(code: str) -> Any:
        return client.execute_interactive(code, timeout=60, output_hook=lambda message: None)

    for cell in ("import nnkata", HEAD, hangs):
        do(cell)
    before = descendants(manager.provisioner.pid)
    asked = client.execute("nnkata.check(DeepNeuralNetwork, stages=['activations', 'typing'])", stop_on_error=False)
    wait_for(lambda: len(descendants(manager.provisioner.pid)) >= len(before) + 2)
    time.sleep(1)  # it hangs by now; otherwise the interrupt comes later with the same effect
    manager.interrupt_kernel()
    while (reply := client.get_shell_msg(timeout=60))["parent_header"]["msg_id"] != asked:
        pass
    assert reply["content"]["ename"] == "KeyboardInterrupt"
    wait_for(lambda: descendants(manager.provisioner.pid) == before)
    assert do("1 + 1")["content"]["status"] == "ok"


def wait_for(happens: Callable[[], bool]) -> None:
    """Wait up to a minute, much longer than necessary."""
    end = time.monotonic() + 60
    while not happens():
        assert time.monotonic() < end
        time.sleep(0.05)


def test_a_class_of_a_reloaded_module_is_judged_with_its_file(tmp_path: Path) -> None:
    path = tmp_path / "reloaded.py"
    path.write_text(f"{HEAD}\n{CLASS}", encoding="utf-8")
    edit = (
        f"path = pathlib.Path({str(path)!r}); text = path.read_text()\n"
        "path.write_text(text.replace('np.exp(', '2 * np.exp(')); os.utime(path, (2e9, 2e9))"
    )
    look = "found = nnkata.check(DeepNeuralNetwork, stages=['activations', 'typing'], seed=1)\n"
    look += "print({stage.name: (stage.passed, stage.clauses[0].status) for stage in found.stages if stage.judged})"
    begin = "import nnkata, os, pathlib, sys\nsys.dont_write_bytecode = True\n"
    begin += f"sys.path.insert(0, {str(tmp_path)!r})\n%load_ext autoreload\n%autoreload 2\n"
    cells = run(begin + "from reloaded import DeepNeuralNetwork", look, edit, look)
    print(said(cells[1]), said(cells[3]))
    assert "'typing': (True, 'passed')" in said(cells[1])
    assert "'activations': (False, 'failed')" in said(cells[3])
    assert "'typing': (True, 'passed')" in said(cells[3])
