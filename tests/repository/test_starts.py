"""A forked worker has all that a process of its own has: tests/support/starts.py starts those of most tests."""

import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from nnkata.runner.run import judge
from nnkata.runner.settings import Settings
from nnkata.subject import Isolated, NotFound, locate
from nnkata.subject.walls.limits import Limits
from tests.conftest import PLAIN
from tests.support.cells import run, said
from tests.support.starts import Fork, starts

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="forks of a zygote are Linux's")

#: A submission that tells what it sees of its process.
PROBE = """
import json, os, resource, signal, sys
NAMES = [name for name in dir(resource) if name.startswith("RLIMIT_")]
seen = {
    "arguments": sys.argv, "path": sys.path, "environment": dict(os.environ), "flags": list(sys.flags),
    "main": sys.modules["__main__"].__spec__.name, "files": sorted(os.listdir("/proc/self/fd")),
    "streams": [[s.encoding, s.errors, s.fileno(), s.isatty()] for s in (sys.stdin, sys.stdout, sys.stderr)],
    "leads": [os.getsid(0) == os.getpid(), os.getpgid(0) == os.getpid()],
    "limits": [resource.getrlimit(getattr(resource, name)) for name in NAMES],
    "signals": [str(signal.getsignal(number)) for number in (signal.SIGINT, signal.SIGTERM, signal.SIGCHLD)],
    "bytecode": [sys.dont_write_bytecode, sys.pycache_prefix is None],
    "modules": sorted(sys.modules), "folder": os.listdir("."),
}
open(SEEN, "w").write(json.dumps(seen))
class DeepNeuralNetwork: pass
def preprocess(): pass
"""


@pytest.fixture
def really() -> Iterator[None]:
    """Whatever a test chooses, the next one has forks again."""
    yield
    starts.real = False


def seen(folder: Path, real: bool) -> dict[str, Any]:
    starts.real = real
    target = folder / "seen.json"
    (folder / "probe.py").write_text(f"SEEN = {str(target)!r}\n{PROBE}")
    transport = Isolated.open(locate(str(folder / "probe.py")))
    assert isinstance(transport._process, Fork) is not real
    transport.close()
    found: dict[str, Any] = json.loads(target.read_text())
    target.unlink()
    assert Path(found["environment"].pop("HOME")).name.startswith("nnkata-")  # a folder of its own
    return found


def test_a_forked_worker_sees_the_same_as_one_that_is_really_started(tmp_path: Path, really: None) -> None:
    fork, alone = seen(tmp_path, real=False), seen(tmp_path, real=True)
    modules = {*fork.pop("modules")} ^ {*alone.pop("modules")}
    assert modules <= sys.stdlib_module_names  # those that tests/support/zygote.py works with
    assert fork == alone
    assert fork["leads"] == [True, True]


def test_both_give_the_same_verdict_with_types_and_imports(tmp_path: Path, really: None) -> None:
    path = tmp_path / "network.py"
    path.write_text(f"import msgspec\n{PLAIN.read_text()}\ndef untyped(x):\n    return x\n")
    found = []
    for real in (False, True):
        starts.real = real
        verdict = judge(Settings(str(path), seed=1, only=frozenset({"typing-1", "from-scratch-1", "backward-2"})))
        found.append([(each.clause, each.status, each.message) for each in verdict.clauses])
    assert found[0] == found[1]
    assert {clause for clause, status, _message in found[0] if status == "failed"} == {"typing-1", "from-scratch-1"}


#: A cell that tells what it sees of its kernel.
CELL = """
import json, os, sys, threading
kept = {key: value for key, value in os.environ.items() if key != "JPY_PARENT_PID"}  # it ends with its keeper instead
seen = [sys.path, list(sys.flags), sys.argv[:2], os.listdir(), os.getsid(0) == os.getpid(), kept, sorted(sys.modules)]
print(json.dumps(seen))
"""


@pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::DeprecationWarning")  # Jupyter's own
def test_a_forked_kernel_sees_the_same_as_one_that_is_really_started(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "here").touch()
    fork = json.loads(said(run(CELL, folder=tmp_path, warm=False)[0]))
    assert "ipykernel_launcher" in starts._connections
    monkeypatch.setattr(starts, "kernel", lambda *_arguments, **_options: None)
    alone = json.loads(said(run(CELL, folder=tmp_path)[0]))
    assert {*fork.pop()} ^ {*alone.pop()} <= sys.stdlib_module_names
    assert fork == alone


@pytest.mark.parametrize(("act", "told"), [("os._exit(3)", "status 3"), ("os.kill(os.getpid(), 15)", "SIGTERM")])
def test_the_way_in_which_it_ends_is_known(tmp_path: Path, act: str, told: str) -> None:
    (tmp_path / "ends.py").write_text(f"import os\n{act}\nclass DeepNeuralNetwork: pass\n")
    with pytest.raises(NotFound, match=told):
        Isolated.open(locate(str(tmp_path / "ends.py")))


def ended(pid: int) -> bool:
    """Within ten seconds."""
    deadline = time.monotonic() + 60
    while Path(f"/proc/{pid}").exists() and time.monotonic() < deadline:
        time.sleep(0.01)
    return not Path(f"/proc/{pid}").exists()


def test_it_keeps_its_number_until_its_end_is_known_and_then_is_gone(tmp_path: Path) -> None:
    (tmp_path / "idle.py").write_text("class DeepNeuralNetwork: pass\ndef preprocess(): pass\n")
    transport = Isolated.open(locate(str(tmp_path / "idle.py")), Limits())
    process: Any = transport._process
    assert isinstance(process, Fork)
    with pytest.raises(subprocess.TimeoutExpired):
        process.wait(timeout=0.01)
    os.kill(process.pid, signal.SIGKILL)
    time.sleep(0.05)
    assert Path(f"/proc/{process.pid}").exists()
    assert process.wait() == -signal.SIGKILL
    assert ended(process.pid)
    transport.close()


def test_it_ends_with_the_process_that_asked_for_it_whatever_it_does(tmp_path: Path) -> None:
    (tmp_path / "hangs.py").write_text(f"open({str(tmp_path / 'begun')!r}, 'w').close()\nwhile True: pass\n")
    starts.descriptors()  # the fork below uses the zygotes of this process
    reads, writes = os.pipe()
    if (asks := os.fork()) == 0:
        tempfile.tempdir = str(tmp_path)  # it is killed, and removes nothing
        transport = Isolated(locate(str(tmp_path / "hangs.py")))
        transport.launch()
        process: Any = transport._process
        os.write(writes, str(process.pid).encode())
        transport.ready()
    deadline = time.monotonic() + 60
    while not (tmp_path / "begun").exists() and time.monotonic() < deadline:
        time.sleep(0.01)
    os.kill(asks, signal.SIGKILL)
    os.waitpid(asks, 0)
    assert (tmp_path / "begun").exists()
    assert ended(int(os.read(reads, 20)))
    os.close(reads)
    os.close(writes)
