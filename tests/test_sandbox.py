"""What a submission sees and may do in the sandbox, asked from inside: started by root, and by an ordinary user."""

import ctypes
import errno
import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from nnkata.subject.limits import Limits, limits_of
from nnkata.subject.sandbox import NoSandbox, probe
from nnkata.subject.seccomp import REFUSED

ROOT = Path(__file__).parents[1]
pytestmark = pytest.mark.skipif(shutil.which("bwrap") is None, reason="needs bubblewrap: apt-get install bubblewrap")

BODY = """
import ctypes, json, os, resource, socket, sys, threading, time
import numpy as np

def preprocess(images, labels):
    return images, labels

class DeepNeuralNetwork:
    def __init__(self, sizes, epochs=10, l_rate=0.001):
        self.params = {}
    def act(self):
"""

#: Opens the submission named on the command line, lets it act, prints what came as JSON.
DRIVER = """
import json, sys
from functools import partial
from nnkata.subject import Isolated, Subject, locate
from nnkata.subject.limits import Limits
from nnkata.subject.sandbox import sandboxed
path, sources, limits = sys.argv[1], json.loads(sys.argv[2]), Limits(**json.loads(sys.argv[3]))
transport = Isolated.open(locate(path), limits, partial(sandboxed, sources=tuple(sources)))
try:
    value = Subject(transport).network([2, 2, 2, 2]).call("act").value
    print(json.dumps({"value": value}))
except Exception as error:
    print(json.dumps({"error": f"{type(error).__name__}: {error}"}))
finally:
    transport.close()
"""

Act = Callable[..., dict[str, Any]]


def as_user() -> list[str]:
    """A command that becomes nobody, who may reach this interpreter and this repository, whoever's home they lie in."""
    if os.geteuid() != 0:
        return []
    closed: list[str] = []
    for wanted in (Path(sys.base_prefix).resolve(), Path(sys.prefix).resolve(), ROOT):
        for folder in reversed(wanted.parents):
            if not folder.stat().st_mode & 1:
                closed += ["--tmpfs", str(folder)] if str(folder) not in closed else []
                between = reversed(wanted.relative_to(folder).parents)
                closed += [part for path in between for part in ("--dir", str(folder / path)) if str(path) != "."]
                closed += ["--ro-bind", str(wanted), str(wanted)]
                break
    drop = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"]
    return ["bwrap", "--dev-bind", "/", "/", *closed, "--", *drop]


@pytest.fixture(params=["as it is started", "as an ordinary user"])
def act(request: pytest.FixtureRequest) -> Iterator[Act]:
    prefix = as_user() if request.param == "as an ordinary user" else []
    folder = Path(tempfile.mkdtemp())  # not pytest's, which is closed to other users
    folder.chmod(0o755)

    def run(lines: str, beside: dict[str, str] | None = None, **limits: Any) -> dict[str, Any]:
        (folder / "network.py").write_text(BODY + "\n".join(f"        {line}" for line in lines.split("\n")) + "\n")
        for name, text in (beside or {}).items():
            (folder / name).write_text(text)
        arguments = [str(folder / "network.py"), json.dumps(["network.py"]), json.dumps(limits)]
        environment = {"PATH": os.environ["PATH"], "NNKATA_SECRET": "a secret"}
        done = subprocess.run(
            [*prefix, sys.executable, "-c", DRIVER, *arguments],
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
            env=environment,
            cwd=folder,
        )
        assert done.stdout, done.stderr
        answer: dict[str, Any] = json.loads(done.stdout)
        return answer

    yield run
    shutil.rmtree(folder)


def test_only_python_numpy_the_worker_and_the_submission_are_there(act: Act) -> None:
    seen = act(
        "found = []\n"
        "for top, folders, files in os.walk('/'):\n"
        "    folders[:] = [f for f in folders if (top, f) not in {('/', 'proc'), ('/', 'dev'), ('/', 'usr')}]\n"
        "    found += [os.path.join(top, f) for f in files]\n"
        "return [os.listdir('/kit'), os.listdir('/kit/nnkata'), found]",
        beside={"neighbour.py": "SECRET = 1"},
    )["value"]
    assert set(seen[0]) <= {"numpy", "numpy.libs", "nnkata", "bin"}
    assert set(seen[1]) == {"__init__.py", "worker"}
    assert [path for path in seen[2] if path.startswith("/submission")] == ["/submission/network.py"]
    outside = [path for path in seen[2] if not path.startswith(("/kit/", "/python/", "/submission/", "/tmp/"))]
    assert outside == []
    names = {Path(path).stem for path in seen[2] if not path.startswith("/kit/numpy")}
    assert not names & {"oracle", "misconceptions", "msgspec", "pytest", "network.feature", "passwd", "shadow"}


def test_no_package_but_numpy_can_be_imported(act: Act) -> None:
    tried = "found = []\nfor name in ('pytest', 'msgspec', 'pip', 'nnkata.katas.article.oracle', 'numpy', 'json'):\n"
    tried += (
        "    try:\n        __import__(name)\n        found.append(name)\n    except ImportError: pass\nreturn found"
    )
    assert act(tried)["value"] == ["numpy", "json"]


def test_system_calls_that_numpy_never_needs_are_refused(act: Act) -> None:
    numbers = {name: number for name in REFUSED if (number := system_call(name)) >= 0}
    assert len(numbers) > 40  # on any processor; the others are not known to this one
    lines = f"call, found = ctypes.CDLL(None, use_errno=True).syscall, dict()\nfor name, number in {numbers}.items():\n"
    lines += "    found[name] = [call(number, -1, -1, -1, -1, -1, -1), ctypes.get_errno()]\nreturn found"
    assert act(lines)["value"] == {name: [-1, errno.EPERM] for name in numbers}


def test_without_the_filter_such_a_call_fails_for_another_reason() -> None:
    call = ctypes.CDLL(None, use_errno=True).syscall
    assert call(system_call("ptrace"), -1, -1, -1, -1) == -1
    assert ctypes.get_errno() != errno.EPERM


def system_call(name: str) -> int:
    return int(ctypes.CDLL("libseccomp.so.2").seccomp_syscall_resolve_name(name.encode()))


def test_the_environment_is_empty_and_so_is_the_working_folder(act: Act) -> None:
    environment, here, files = act("return [dict(os.environ), os.getcwd(), os.listdir('.')]")["value"]
    assert set(environment) <= {"LD_LIBRARY_PATH", "OPENBLAS_NUM_THREADS", "HOME", "PWD", "LC_CTYPE"}
    assert (here, files) == ("/tmp", [])


def test_nothing_but_the_small_working_folders_can_be_written(act: Act) -> None:
    places = ["/tmp/x", "/dev/shm/x", "/x", "/dev/x", "/kit/x", "/submission/x", "/submission/network.py", "/usr/lib/x"]
    lines = f"found = []\nfor place in {places}:\n    try:\n        open(place, 'a').close()\n"
    lines += "        found.append(place)\n    except OSError: pass\nreturn found"
    assert act(lines)["value"] == ["/tmp/x", "/dev/shm/x"]


def test_it_is_nobody_without_capabilities_and_cannot_become_more(act: Act) -> None:
    lines = (
        "status = dict(line.split(':', 1) for line in open('/proc/self/status'))\n"
        "found = []\n"
        "for flag in (0x10000000, 0x00020000, 0x40000000):\n"  # user, mount, network namespaces
        "    found.append(ctypes.CDLL(None).unshare(flag))\n"
        "return [os.getuid(), [status[k].strip() for k in ('CapEff', 'CapPrm', 'CapBnd', 'NoNewPrivs')], found]"
    )
    user, status, unshared = act(lines)["value"]
    assert user != 0
    assert status == ["0" * 16, "0" * 16, "0" * 16, "1"]
    assert unshared == [-1, -1, -1]


def test_no_other_process_can_be_seen_or_signalled(act: Act) -> None:
    lines = (
        "pids = [int(p) for p in os.listdir('/proc') if p.isdigit()]\n"
        "names = [open(f'/proc/{p}/comm').read().strip() for p in pids]\n"
        "try:\n    os.kill(1, 9); one = 'killed'\nexcept OSError as error: one = error.strerror\n"
        "return [sorted(set(names)), os.getsid(0) == os.getpid() or os.getsid(0)]"
    )
    names, session = act(lines)["value"]
    assert set(names) <= {"bwrap", "python"}
    assert session is True or session < 10  # a session of its own, made in the sandbox's own numbering


def test_there_is_no_network(act: Act) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        lines = (
            f"try:\n    socket.create_connection(('127.0.0.1', {listening.getsockname()[1]}), 2)\n"
            "    return 'connected'\nexcept OSError as error:\n    return error.strerror"
        )
        assert act(lines)["value"] == "Connection refused"
        listening.settimeout(0.2)
        with pytest.raises(TimeoutError):
            listening.accept()


def test_an_abstract_socket_of_the_machine_is_out_of_reach(act: Act) -> None:
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as listening:
        listening.bind("\0nnkata-test")
        listening.listen()
        lines = "s = socket.socket(socket.AF_UNIX)\ntry:\n    s.connect('\\0nnkata-test')\n    return 'connected'\n"
        assert act(lines + "except OSError as error:\n    return error.strerror")["value"] == "Connection refused"


def test_processes_are_limited(act: Act) -> None:
    lines = (
        "born = 0\n"
        "for _ in range(60):\n"
        "    try:\n        child = os.fork()\n    except OSError: break\n"
        "    if child == 0:\n        time.sleep(30)\n        os._exit(0)\n"
        "    born += 1\n"
        "return born"
    )
    assert act(lines, processes=12)["value"] in range(5, 12)


def test_threads_are_limited(act: Act) -> None:
    lines = (
        "born = 0\n"
        "for _ in range(60):\n"
        "    try:\n        threading.Thread(target=time.sleep, args=(30,), daemon=True).start()\n"
        "    except RuntimeError: break\n"
        "    born += 1\n"
        "return born"
    )
    assert act(lines, processes=12)["value"] in range(5, 12)


def test_memory_is_limited(act: Act) -> None:
    lines = "try:\n    return len(bytearray(900 << 20))\nexcept MemoryError:\n    return 'MemoryError'"
    assert act(lines, memory_mb=512)["value"] == "MemoryError"
    assert act(lines, memory_mb=2048)["value"] == 900 << 20


def test_processor_time_is_limited(act: Act) -> None:
    assert "signal SIG" in act("while True: pass", cpu_seconds=1, call_seconds=60.0)["error"]


def test_the_size_of_a_file_is_limited_and_that_of_all_files(act: Act) -> None:
    why = "except OSError as error:\n    return error.strerror"
    one = "try:\n    open('x', 'wb').write(bytes(8 << 20))\n    return 'written'\n" + why
    assert act(one, disk_mb=4)["value"] == "File too large"
    assert act(one, disk_mb=16)["value"] == "written"
    many = "try:\n    for i in range(8):\n        open(f'{i}', 'wb').write(bytes(3 << 20))\n    return 'written'\n"
    assert act(many + why, disk_mb=4)["value"] == "No space left on device"


def test_open_files_are_limited(act: Act) -> None:
    lines = "kept = []\ntry:\n    while True: kept.append(os.open('/dev/null', 0))\nexcept OSError: return len(kept)"
    assert act(lines, open_files=40)["value"] in range(20, 40)


def test_there_are_no_core_dumps(act: Act) -> None:
    assert act("return list(resource.getrlimit(resource.RLIMIT_CORE))")["value"] == [0, 0]


def test_a_limit_cannot_be_raised_again(act: Act) -> None:
    lines = "try:\n    resource.setrlimit(resource.RLIMIT_NPROC, (1000, 1000))\n    return 'raised'\n"
    assert act(lines + "except ValueError:\n    return 'refused'")["value"] == "refused"


def test_a_call_that_takes_too_long_is_ended(act: Act) -> None:
    # the import has to fit into the same limit, also on a machine that is busy with something else
    assert act("time.sleep(60)", call_seconds=4.0)["error"] == "TimedOut: no answer within 4 s"
    assert "of this clause" not in act("return 1", call_seconds=4.0).get("error", "")
    assert "of this submission" in act("time.sleep(60)", submission_seconds=5.0)["error"]


def test_a_daemon_is_gone_when_the_worker_is(act: Act) -> None:
    name = f"nnkata-daemon-{os.getpid()}"
    lines = (
        "if os.fork() == 0:\n    os.setsid()\n    if os.fork() == 0:\n"
        f"        ctypes.CDLL(None).prctl(15, b'{name[-15:]}')\n        time.sleep(60)\n    os._exit(0)\n"
        "time.sleep(0.3)\n"
        "return [open(f'/proc/{p}/comm').read().strip() for p in os.listdir('/proc') if p.isdigit()]"
    )
    assert name[-15:] in act(lines)["value"]
    alive = []
    for process in Path("/proc").glob("[0-9]*/comm"):
        try:
            alive.append(process.read_text().strip())
        except OSError:
            continue
    assert name[-15:] not in alive


def test_links_that_lead_out_lead_nowhere(act: Act) -> None:
    lines = "try:\n    return open('/submission/network.py').readline() and open('/etc/passwd').read()\n"
    assert act(lines + "except OSError as error:\n    return error.strerror")["value"] == "No such file or directory"


def test_without_bubblewrap_the_refusal_says_how_to_install_it(monkeypatch: pytest.MonkeyPatch) -> None:
    probe.cache_clear()
    monkeypatch.setattr(shutil, "which", lambda name: None)
    with pytest.raises(NoSandbox, match="apt-get install bubblewrap"):
        probe()
    probe.cache_clear()


def test_a_bubblewrap_that_does_not_work_is_told_from_one_that_does(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    probe.cache_clear()
    probe()
    probe.cache_clear()
    broken = tmp_path / "bwrap"
    broken.write_text("#!/bin/sh\necho 'bwrap: setting up uid map: Permission denied' >&2\nexit 1\n")
    broken.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    with pytest.raises(NoSandbox, match="uid map: Permission denied"):
        probe()
    probe.cache_clear()


@pytest.mark.parametrize("table", [{"cpu_seconds": 0}, {"call_seconds": "10"}, {"calls": 1}, [1]])
def test_limits_that_make_no_sense_are_refused_with_the_known_ones(table: Any) -> None:
    with pytest.raises(ValueError, match="known are memory_mb"):
        limits_of(table)
    assert limits_of({"cpu_seconds": 5}) == Limits(cpu_seconds=5)


def test_the_verdict_says_that_it_was_judged_in_the_sandbox(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "nnkata", "check", str(ROOT / "reference" / "network.py")]
    command += ["--isolation", "sandbox", "--format", "json", "--upto", "update"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, timeout=120, check=False)
    verdict = json.loads(done.stdout)
    assert (done.returncode, verdict["passed"], verdict["environment"]["isolation"]) == (0, True, "sandbox")
