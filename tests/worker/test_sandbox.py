"""The view and the permissions of a submission behind each wall, tested from inside: started by root, and by a user."""

import ctypes
import errno
import json
import os
import shutil
import socket
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from nnkata.subject.walls.sandbox import FIRST_USER, NoSandbox, probe
from nnkata.subject.walls.seccomp import REFUSED
from nnkata.worker.system import LIBRARIES
from tests.support import forks
from tests.support.walled import ROOT, Actor

pytestmark = pytest.mark.skipif(shutil.which("bwrap") is None, reason="needs bubblewrap: apt-get install bubblewrap")


def looks(act: Actor) -> dict[str, str]:
    """What one submission sees and tries, in this order: the first ones before any file is written."""
    numbers = {name: number for name in REFUSED if (number := system_call(name)) >= 0}
    return {
        "visible": (
            "found = []\n"
            "for start in ('/', HERE, os.path.dirname(HERE), os.environ['HOME']):\n"
            "    for top, folders, files in os.walk(start):\n"
            "        folders[:] = [f for f in folders if (top, f) not in {('/', 'proc'), ('/', 'dev'), ('/', 'usr')}]\n"
            "        found += [os.path.join(top, f) for f in files]\n"
            "return [HERE, found]"
        ),
        "environment": "return [dict(os.environ), os.getcwd(), os.listdir('.')]",
        "files of others": (
            f"found = []\nfor path in {[*map(str, of_others(act))]}:\n"
            "    for look in (os.listdir, lambda p: open(p).read(1)):\n"
            "        try: look(path); found.append(path)\n        except OSError: pass\nreturn found"
        ),
        "imports": (
            "found = []\n"
            "for name in ('pytest', 'msgspec', 'pip', 'nnkata.katas.article.oracle', 'numpy', 'colorsys'):\n"
            "    try: __import__(name); found.append(name)\n    except ModuleNotFoundError: pass\nreturn found"
        ),
        "late imports": (
            "import numpy.fft, numpy.polynomial, numpy.ma, statistics, sqlite3, email.mime.text, wave, turtle_not_there"
        ),
        "exit": "return str(exit)",
        "writes": (
            f"found = []\nfor place in {PLACES} + [HERE + '/x', HERE + '/network.py', HERE + '/../x']:\n"
            "    try: open(place, 'a').close(); found.append(place)\n    except OSError: pass\nreturn found"
        ),
        "own files": (
            "import tempfile\n"
            "np.save('weights.npy', np.ones(3))\n"
            "os.makedirs('runs/1')\n"
            "os.replace('weights.npy', 'runs/1/w.npy')\n"
            "with tempfile.TemporaryFile() as file, tempfile.TemporaryDirectory() as folder:\n"
            "    file.write(b'more')\n"
            "    open(os.path.join(folder, 'a'), 'w').close()\n"
            "total = float(np.load('runs/1/w.npy').sum())\n"
            "os.remove('runs/1/w.npy')\n"
            "return [total, os.listdir('runs/1')]"
        ),
        "capabilities": (
            "call, found = ctypes.CDLL(None, use_errno=True), []\n"
            "for flag in (0x10000000, 0x00020000, 0x40000000):\n"  # user, mount, network namespaces
            "    found += [call.unshare(flag), call.syscall(56, flag | 17, 0, 0, 0, 0)]\n"
            "data = (ctypes.c_uint32 * 6)()\n"
            "assert call.capget((ctypes.c_uint32 * 2)(0x20080522, 0), data) == 0\n"
            "found += [call.setuid(0), call.prctl(39, 0, 0, 0, 0)]\n"
            "return [os.getuid(), os.getgroups(), list(data), found]"
        ),
        "core dumps": "return list(resource.getrlimit(resource.RLIMIT_CORE))",
        "a higher limit": (
            "try:\n    resource.setrlimit(resource.RLIMIT_NPROC, (1000, 1000))\n    return 'raised'\n"
            "except ValueError:\n    return 'refused'"
        ),
        "system calls": (
            "call, found = ctypes.CDLL(None, use_errno=True).syscall, dict()\n"
            f"for name, number in {numbers}.items():\n"
            "    found[name] = [call(number, -1, -1, -1, -1, -1, -1), ctypes.get_errno()]\nreturn found"
        ),
    }


@pytest.fixture(scope="module")
def seen(act: Actor) -> dict[str, dict[str, Any]]:
    """The outcomes of all looks, each {"value": …} or {"error": …}: one worker has them all."""
    lines = ["kept = []"]
    for text in looks(act).values():
        lines += ["def look():", *(f"    {line}" for line in text.split("\n")), "kept.append(look)"]
    lines += ["found = []", "for look in kept:", "    try: found.append({'value': look()})"]
    lines += [
        "    except Exception as error: found.append({'error': f'{type(error).__name__}: {error}'})",
        "return found",
    ]
    answer = act("\n".join(lines), beside={"neighbour.py": "SECRET = 1"})
    return dict(zip(looks(act), answer["value"], strict=True))


Seen = dict[str, dict[str, Any]]


def test_only_python_numpy_the_worker_and_the_submission_are_visible(seen: Seen) -> None:
    here, found = seen["visible"]["value"]
    files = set(found)
    assert {path for path in files if path.startswith(here)} == {f"{here}/network.py"}
    parts = ("/kit/numpy/", "/kit/numpy.libs/", "/kit/nnkata/worker/", "/kit/bin/", "/python/", f"{here}/")
    outside = [path for path in files if not path.startswith(parts)]
    assert set(outside) <= {"/kit/nnkata/__init__.py"}


def of_others(act: Actor) -> list[Path]:
    others = [ROOT / "nnkata" / "katas" / "article" / "oracle.py", ROOT / "features" / "backward.feature", ROOT]
    others += [Path("/etc/passwd"), Path("/etc"), Path("/tmp"), Path.home(), Path(f"/proc/{act.pid}/environ")]
    return [*others, Path(pytest.__file__), act.folder / "network.py", act.folder, Path(__file__)]


def test_files_of_others_cannot_be_read(act: Actor, seen: Seen) -> None:
    assert [path for path in of_others(act) if not path.exists()] == []
    allowed = {"bubblewrap": ["/tmp"], "landlock": []}[act.wall]  # its own, empty one
    assert seen["files of others"]["value"] == allowed


def test_no_package_but_numpy_can_be_imported(seen: Seen) -> None:
    assert seen["imports"]["value"] == ["numpy", "colorsys"]


def test_modules_that_load_late_are_available(seen: Seen) -> None:
    assert "No module named 'turtle_not_there'" in seen["late imports"]["error"]
    assert seen["exit"]["value"].startswith("Use exit()")


def test_system_calls_that_numpy_never_needs_are_refused(seen: Seen) -> None:
    tried = seen["system calls"]["value"]
    assert len(tried) > 40  # on any processor; some calls do not exist on this one
    assert tried == {name: [-1, errno.EPERM] for name in tried}


def test_without_the_filter_such_a_call_fails_for_another_reason() -> None:
    call = ctypes.CDLL(None, use_errno=True).syscall
    assert call(system_call("ptrace"), -1, -1, -1, -1) == -1
    assert ctypes.get_errno() != errno.EPERM


def system_call(name: str) -> int:
    return int(ctypes.CDLL("libseccomp.so.2").seccomp_syscall_resolve_name(name.encode()))


def test_the_environment_is_empty_and_so_is_the_working_folder(seen: Seen) -> None:
    environment, here, files = seen["environment"]["value"]
    assert set(environment) <= {"LD_LIBRARY_PATH", *LIBRARIES, "HOME", "PWD", "LC_CTYPE", "TMPDIR"}
    assert environment.items() >= LIBRARIES.items()
    assert (here, files) == (environment["HOME"], [])


#: Where a submission tries to write, beside its own folder.
PLACES = [
    "x",
    "/tmp/x",
    "/dev/shm/x",
    "/x",
    "/dev/x",
    "/kit/x",
    "/usr/lib/x",
    str(ROOT / "x"),
    str(Path.home() / "x"),
]


def test_nothing_but_the_small_working_folders_can_be_written(act: Actor, seen: Seen) -> None:
    allowed = {"bubblewrap": ["x", "/tmp/x", "/dev/shm/x"], "landlock": ["x"]}[act.wall]
    assert seen["writes"]["value"] == allowed


def test_files_of_its_own_can_be_made_read_renamed_and_removed(seen: Seen) -> None:
    assert seen["own files"]["value"] == [3.0, []]


def test_the_worker_is_nobody_without_capabilities_and_cannot_gain_any(act: Actor, seen: Seen) -> None:
    user, groups, capabilities, tried = seen["capabilities"]["value"]
    assert user != 0
    assert 0 not in groups
    assert tried == [-1] * 7 + [1]  # the last one: it gains no privileges
    closed = any(not folder.stat().st_mode & 1 for folder in Path(sys.base_prefix).resolve().parents)
    if act.wall != "landlock" or user < FIRST_USER or not closed:
        assert capabilities == [0] * 6
    else:  # root's worker reads an interpreter in root's home by this one, as far as Landlock lets it
        assert capabilities == [1 << 2, 1 << 2, 0, 0, 0, 0]


def test_no_other_process_can_be_seen_or_signalled(act: Actor) -> None:
    kill = (
        "killed = []\n"
        "for pid in ({pids}):\n"
        "    try:\n        os.kill(pid, 9); killed.append(pid)\n    except OSError: pass\n"
    )
    with subprocess.Popen(["sleep", "60"]) as other:
        try:
            lines = (
                "try:\n    pids = [int(p) for p in os.listdir('/proc') if p.isdigit()]\nexcept OSError: pids = []\n"
                "names = []\n"
                "for p in pids:\n"
                "    try: names.append(open(f'/proc/{p}/comm').read().strip())\n"
                "    except OSError: pass\n"  # the starter of the sandbox may be ending
                + kill.format(pids=f"{other.pid}, {act.pid}")
                + "return [sorted(set(names)), killed, os.getsid(0) == os.getpid() or os.getsid(0)]"
            )
            names, killed, session = act(lines)["value"]
            everything = act(kill.format(pids="-1,") + "return killed")
            assert other.poll() is None
        finally:
            other.kill()
    assert set(names) <= {"bwrap", "python"}
    assert killed == []
    # At most it reaches the processes of its own sandbox, and ends with them if they still run.
    assert everything.get("value") in ([], [-1]) or "the process ended (signal SIGKILL)" in everything["error"]
    assert session is True or session < 10  # a session of its own, in the sandbox's own numbering


def test_there_is_no_network(act: Actor) -> None:
    with socket.create_server(("127.0.0.1", 0)) as tcp, socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as udp:
        udp.bind(("127.0.0.1", 0))
        lines = (
            f"found, tcp, udp = [], {tcp.getsockname()}, {udp.getsockname()}\n"
            "try: socket.create_connection(tuple(tcp), 2)\nexcept OSError as error: found.append(error.errno)\n"
            "try:\n    socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(b'x', tuple(udp))\n"
            "except OSError as error:\n    found.append(error.errno)\n"
            "return found"
        )
        answers = {"bubblewrap": [errno.ECONNREFUSED], "landlock": [errno.ENETUNREACH] * 2}  # the first has its own
        assert act(lines)["value"] == answers[act.wall]
        for listening in (tcp, udp):
            listening.settimeout(0.1)
        with pytest.raises(TimeoutError):
            tcp.accept()
        with pytest.raises(TimeoutError):
            udp.recv(1)


def test_sockets_of_the_machine_are_out_of_reach(act: Actor) -> None:
    path = str(act.folder / "socket")
    act.folder.chmod(0o777)
    with socket.socket(socket.AF_UNIX) as named, socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as abstract:
        named.bind(path)
        named.listen()
        Path(path).chmod(0o777)
        abstract.bind("\0nnkata-test")
        lines = (
            "found = []\n"
            f"for kind, name in ((1, {path!r}), (2, '\\0nnkata-test')):\n"
            "    try:\n        socket.socket(socket.AF_UNIX, kind).connect(name); found.append(name)\n"
            "    except OSError: pass\n"
            "    try:\n        socket.socketpair(socket.AF_UNIX, kind)[0].sendto(b'x', name); found.append(name)\n"
            "    except OSError: pass\n"
            "return found"
        )
        assert act(lines)["value"] == []
        abstract.settimeout(0.1)
        with pytest.raises(TimeoutError):
            abstract.recv(1)


def test_there_are_no_core_dumps(seen: Seen) -> None:
    assert seen["core dumps"]["value"] == [0, 0]


def test_a_limit_cannot_be_raised_again(seen: Seen) -> None:
    assert seen["a higher limit"]["value"] == "refused"


def test_without_bubblewrap_the_refusal_says_how_to_install_it(monkeypatch: pytest.MonkeyPatch) -> None:
    probe.cache_clear()
    monkeypatch.setattr(shutil, "which", lambda name: None)
    with pytest.raises(NoSandbox, match="apt-get install bubblewrap"):
        probe()
    probe.cache_clear()


def test_a_broken_bubblewrap_is_distinguished_from_a_working_one(
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


def test_the_verdict_names_the_sandbox(tmp_path: Path) -> None:
    command = ["check", str(ROOT / "reference" / "network.py"), "--isolation", "sandbox", "--stage", "update"]
    done = forks.run([*command, "--format", "json"], tmp_path)
    verdict = json.loads(done.stdout)
    assert (done.returncode, verdict["passed"], verdict["environment"]["isolation"]) == (0, True, "sandbox, bubblewrap")
