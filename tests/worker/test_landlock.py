"""Protection beyond Landlock, and beyond an older one: the filter of calls, the watch, the removal."""

import contextlib
import errno
import os
import stat
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest

from nnkata.files import remove
from nnkata.subject import Isolated
from nnkata.subject.face import CALL_SECONDS
from nnkata.subject.locate import locate
from nnkata.subject.walls.calls import BEYOND_FILES, beyond_landlock
from nnkata.subject.walls.disk import MAX_ENTRIES, is_over
from nnkata.subject.walls.landlock import landlocked, version
from nnkata.subject.walls.limits import Limits
from nnkata.subject.walls.sandbox import NoSandbox
from nnkata.worker import landlock
from tests.conftest import PLAIN
from tests.support.walled import Actor, actor


@pytest.fixture(scope="module", params=["landlock", "landlock 1"])
def act(request: pytest.FixtureRequest) -> Iterator[Actor]:
    """Act behind this kernel's Landlock and behind its first version, as an ordinary user, who owns more files."""
    with actor(request.param, ordinary=True) as made:
        yield made


def test_the_interpreters_library_is_looked_for_where_this_one_found_its_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LD_LIBRARY_PATH", "/opt/python/lib")
    monkeypatch.setenv("PYTHONPATH", "/opt/python")
    (tmp_path / "made").mkdir()
    launch = landlocked(locate(str(PLAIN)), tmp_path / "made", Limits(), (PLAIN.name,))
    for descriptor in launch.descriptors:
        os.close(descriptor)
    assert launch.environment["LD_LIBRARY_PATH"] == "/opt/python/lib"
    assert "PYTHONPATH" not in launch.environment


def test_a_file_that_may_be_read_is_not_emptied(act: Actor) -> None:
    lines = (
        "found = []\n"
        "for change in (lambda: os.open(__file__, os.O_TRUNC), lambda: os.truncate(__file__, 0)):\n"
        "    try: change(); found.append(os.stat(__file__).st_size)\n"
        "    except OSError as error: found.append(error.errno)\n"
        "return found"
    )
    assert act(lines)["value"] == [errno.EACCES, errno.EACCES]


def test_signals_reach_nobody_but_the_worker_itself(act: Actor) -> None:
    with subprocess.Popen([sys.executable, "-c", f"import os, time; os.setuid({as_user()}); time.sleep(60)"]) as other:
        lines = (
            "import signal\n"
            "heard, found = [], []\n"
            "signal.signal(signal.SIGUSR1, lambda *_: heard.append(1))\n"
            "os.kill(os.getpid(), signal.SIGUSR1)\n"
            "signal.raise_signal(signal.SIGUSR1)\n"
            "libc, me = ctypes.CDLL(None, use_errno=True), os.getpid()\n"
            f"for target in (os.getppid(), {other.pid}, -{other.pid}):\n"
            "    found += [libc.kill(target, 0), libc.syscall(234, target, target, 0), libc.syscall(200, target, 0)]\n"
            "return [len(heard), found]"
        )
        heard, found = act(lines)["value"]
        other.kill()
    assert heard == 2
    assert found == [-1] * 9


def as_user() -> int:
    return 65534 if os.geteuid() == 0 else os.geteuid()


def test_no_limit_or_priority_of_another_process_is_changed(act: Actor) -> None:
    lines = (
        "libc, parent, found = ctypes.CDLL(None, use_errno=True), os.getppid(), []\n"
        "read, write = os.pipe()\n"
        "import fcntl\n"
        "for change in (lambda: resource.prlimit(parent, resource.RLIMIT_CPU, (9, 9)),\n"
        "               lambda: os.setpriority(os.PRIO_PROCESS, parent, 19),\n"
        "               lambda: os.setpriority(os.PRIO_USER, 0, 19),\n"
        "               lambda: os.sched_setaffinity(parent, {0}),\n"
        "               lambda: fcntl.fcntl(read, fcntl.F_SETOWN, parent),\n"
        "               lambda: os.pidfd_open(parent)):\n"
        "    try: change(); found.append('changed')\n"
        "    except OSError as error: found.append(error.errno)\n"
        "return found"
    )
    assert act(lines)["value"] == [errno.EPERM] * 6


def test_a_user_s_files_keep_their_modes_times_owners_and_attributes(act: Actor) -> None:
    before = act.folder.stat()
    lines = (
        f"found, mine = [], {str(act.folder)!r}\n"
        "open('own', 'w').close()\n"
        "for path in (mine, 'own'):\n"
        "    for change in (lambda: os.chmod(path, 0o700), lambda: os.utime(path, (0, 0)),\n"
        "                   lambda: os.chown(path, os.getuid(), -1), lambda: os.setxattr(path, 'user.x', b'1')):\n"
        "        try: change(); found.append(path)\n"
        "        except PermissionError: pass\n"
        "return found"
    )
    assert act(lines)["value"] == []
    assert (act.folder.stat().st_mode, act.folder.stat().st_mtime_ns // 10**9 > 0) == (before.st_mode, True)


def test_resources_of_the_whole_user_are_out_of_reach(act: Actor) -> None:
    lines = (
        "libc = ctypes.CDLL(None, use_errno=True)\n"
        "found = [libc.shmget(7, 4096, 0o1600), libc.semget(7, 1, 0o1600), libc.msgget(7, 0o1600)]\n"
        "found += [libc.inotify_init(), libc.memfd_create(b'x', 0), libc.fork(), libc.prctl(1, 0, 0, 0, 0)]\n"
        "try: os.open('.', os.O_TMPFILE | os.O_RDWR); found.append(0)\n"
        "except OSError: found.append(-1)\n"
        "return found"
    )
    assert act(lines)["value"] == [-1] * 8


def test_setsid_only_pretends_to_make_a_session(act: Actor) -> None:
    assert act(
        "import os\nbefore = os.getsid(0)\nos.setsid()\nreturn [os.getsid(0) == before, os.getpgid(0) == before]"
    )["value"] == [True, True]


def test_ordinary_code_works_unchanged(act: Actor) -> None:
    lines = (
        "import asyncio, subprocess, concurrent.futures, time\n"
        "async def later(): await asyncio.sleep(0.01); return 4\n"
        "with concurrent.futures.ThreadPoolExecutor(2) as pool: found = list(pool.map(abs, [-1, -2]))\n"
        "found.append(os.system('clear') != 0)\n"  # there is no shell, as behind bubblewrap
        "return found + [asyncio.run(later()), len(os.urandom(3)), os.cpu_count() > 0]"
    )
    assert act(lines)["value"] == [1, 2, True, 4, 3, True]


def test_edits_that_mend_a_submission_are_tried_behind_it() -> None:
    transport = Isolated(locate(str(PLAIN)), Limits(), partial(landlocked, sources=(PLAIN.name,)))
    with contextlib.closing(transport):
        assert transport.ask("mended", [[], [], [], ["", 0], 1.0], CALL_SECONDS) is None  # nothing is to be mended


def test_an_older_landlock_gets_a_longer_filter_and_this_one_no_more_than_it_needs() -> None:
    first, third, sixth = (beyond_landlock(abi) for abi in (1, 3, 6))
    assert set(first) > set(third) > set(sixth) == set(BEYOND_FILES)


def test_rights_follow_the_version() -> None:
    assert [landlock.handled(abi).bit_length() for abi in (1, 2, 3, 4, 5, 6, 7, 9)] == [13, 14, 15, 15, 16, 16, 16, 16]
    assert version() >= 1


@pytest.mark.parametrize(
    ("error", "why"), [(errno.ENOSYS, "from 5.13 on"), (errno.EOPNOTSUPP, "lsm=landlock"), (None, "of Linux")]
)
def test_the_reason_without_landlock_is_stated(error: int | None, why: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse() -> int:
        raise OSError(error, os.strerror(error)) if error else AttributeError("syscall")

    monkeypatch.setattr(landlock, "abi", refuse)
    with pytest.raises(NoSandbox, match=why):
        version()


@pytest.fixture
def folder() -> Iterator[Path]:
    made = Path(tempfile.mkdtemp())
    yield made
    remove(made)
    assert not made.exists()


def test_a_folder_is_over_its_size_by_bytes_by_files_and_by_depth(folder: Path) -> None:
    (folder / "a").write_bytes(bytes(3 << 20))
    assert not is_over(folder, os.getpid(), 4 << 20)
    assert is_over(folder, os.getpid(), 2 << 20)
    with (folder / "sparse").open("wb") as sparse:
        sparse.truncate(1 << 40)
    assert not is_over(folder, os.getpid(), 4 << 20)
    for number in range(MAX_ENTRIES + 1):
        (folder / str(number)).touch()
    assert is_over(folder, os.getpid(), 4 << 20)


def test_files_without_a_name_count_while_they_are_open_or_mapped(folder: Path) -> None:
    script = (
        "import mmap, os, sys, time\n"
        "file = open('x', 'w+b'); file.write(bytes(3 << 20)); file.flush(); os.unlink('x')\n"
        "if sys.argv[1] == 'mapped': kept = mmap.mmap(file.fileno(), 0); file.close()\n"
        "print('there', flush=True); time.sleep(60)"
    )
    for how in ("open", "mapped"):
        command = [sys.executable, "-c", script, how]
        with subprocess.Popen(command, cwd=folder, stdout=subprocess.PIPE) as other:
            assert other.stdout is not None
            assert other.stdout.readline() == b"there\n"
            assert is_over(folder, other.pid, 2 << 20)
            assert not is_over(folder, os.getpid(), 2 << 20)
            other.kill()


def test_folders_too_deep_to_be_named_and_without_rights_are_removed(folder: Path) -> None:
    here = os.open(folder, os.O_RDONLY)
    for _ in range(60):  # 60 × 100 characters: more than the 4096 of a path
        os.mkdir("d" * 100, dir_fd=here)
        (below, here) = (here, os.open("d" * 100, os.O_RDONLY, dir_fd=here))
        os.close(below)
    os.mkdir("closed", 0, dir_fd=here)
    os.close(here)
    (folder / "link").symlink_to("/etc")
    os.mkfifo(folder / "fifo")
    assert is_over(folder, os.getpid(), 1 << 30)
    assert stat.S_ISDIR(folder.stat().st_mode)


def test_a_worker_is_in_force_within_two_milliseconds_of_being_up() -> None:
    """Measure the entry into both rulesets, as in each worker; the shared one is made once per judging process."""
    script = (
        "import time, sys\n"
        "from nnkata.worker import landlock as l\n"
        "v = l.abi(); shared = l.ruleset(v); l.allow(shared, v, l.READ, ['/usr'])\n"
        "began = time.process_time()\n"
        "own = l.ruleset(v); l.allow(own, v, l.READ, ['/usr'] * 12); l.enter(shared); l.enter(own)\n"
        "print(time.process_time() - began)"
    )
    took = [float(subprocess.check_output([sys.executable, "-c", script])) for _ in range(3)]
    assert min(took) < 0.002  # of processor time, so that a busy machine does not count; 0.3 ms were measured
