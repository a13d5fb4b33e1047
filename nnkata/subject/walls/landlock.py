"""Starts a worker behind Landlock: without privileges, namespaces or other programs, from Linux 5.13 on.

Landlock protects files, TCP, signals and abstract sockets; a filter of system calls refuses the others (`calls.py`);
the kernel's limits cover memory, time and threads. The judging process watches the size of the writable folder
(`disk.py`), as an ordinary user cannot limit it.
"""

import errno
import functools
import json
import os
import subprocess
import sys
import sysconfig
import tempfile
import time
from pathlib import Path

import numpy as np

from nnkata.early_worker import LOADER
from nnkata.language import _
from nnkata.subject.locate import Implementation
from nnkata.subject.walls import seccomp
from nnkata.subject.walls.calls import beyond_landlock
from nnkata.subject.walls.launch import Launch, kernel_limits
from nnkata.subject.walls.limits import Limits
from nnkata.subject.walls.sandbox import FIRST_USER, KIT, NoSandbox, copied, libraries
from nnkata.worker import landlock
from nnkata.worker.system import LIBRARIES

#: The newest version of Landlock whose rights this module knows.
NEWEST = 7
#: Seconds for which a count of the user's threads is valid.
COUNTED_SECONDS = 10.0
DEVICES = ("/dev/null", "/dev/zero", "/dev/random", "/dev/urandom")
START = """\
import gc, sys
gc.disable()
python = [*sys.path]
sys.path += {folders!r}
from nnkata.worker.landlock_worker import main
main(python)
"""


def version() -> int:
    """The ABI of this kernel's Landlock, from 1.

    Raises:
        NoSandbox: it has none; the text is the reason.
    """
    try:
        return min(landlock.abi(), NEWEST)
    except OSError as error:
        if error.errno == errno.EOPNOTSUPP:
            text = _("Landlock is switched off in this kernel; its command line has to name it: lsm=landlock,…")
        else:
            text = _("this kernel has no Landlock, which Linux has from 5.13 on ({strerror})")
        raise NoSandbox(text.format(strerror=error.strerror)) from None
    except (AttributeError, TypeError):
        raise NoSandbox(_("Landlock is of Linux")) from None


def landlocked(
    implementation: Implementation, folder: Path, limits: Limits, sources: tuple[str, ...], most: int = NEWEST
) -> Launch:
    """A worker that can read Python, NumPy and copies of the `sources`, and write to a folder of its own.

    `most` is the newest ABI to use; for an older one, the filter covers the rest.

    Raises:
        NoSandbox: Landlock does not work here.
    """
    probe()
    submission = copied(implementation, folder / "submission", sources)
    main = implementation.path.relative_to(implementation.root)
    request = [str(submission / main), str(submission), implementation.module, implementation.class_name]
    return _launch(folder, limits, min(most, version()), request)


@functools.cache
def probe() -> None:
    """Start a worker behind Landlock, once, which ends without a request.

    Raises:
        NoSandbox: that does not work here.
    """
    found = version()
    with tempfile.TemporaryDirectory(prefix="nnkata-") as name:
        try:
            launch = _launch(Path(name), Limits(), found, [])
            command, descriptors = launch.command, launch.descriptors
            done = subprocess.run(
                command, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=60, check=False,
                env=launch.environment, cwd=launch.folder, pass_fds=descriptors,
            )  # fmt: skip
        except (OSError, subprocess.TimeoutExpired) as error:
            raise NoSandbox(_("the sandbox does not start here: {error}").format(error=error)) from None
    if done.returncode != 0:
        said = done.stderr.strip().splitlines()[-1:] or [_("exit status {status}").format(status=done.returncode)]
        raise NoSandbox(_("Landlock does not work here: {said}").format(said=said[0][:300]))


def _launch(folder: Path, limits: Limits, version: int, request: list[str]) -> Launch:
    work = folder / "work"
    work.mkdir()
    root = os.geteuid() == 0
    user = FIRST_USER + os.getpid() if root else -1
    if root:
        folder.chmod(0o755)
        os.chown(work, user, user)
    ruleset = _for_all(version, folder.parent)
    confinement = {
        "version": version,
        "ruleset": ruleset,
        "read": [*map(str, (*_shared(), *_standard(), folder / "submission"))],
        "write": [str(work), *DEVICES[:1]],
        "user": user,
        "capability": _capability(folder.parent) if root else -1,
    }
    threads = limits.processes + (0 if root else _threads_of_user())
    program = seccomp.program(beyond_landlock(version)).hex()
    folders = [str(KIT.parent), str(Path(np.__file__).parents[1])]
    command = [_python(), "-I", "-S", "-c", START.format(folders=folders)]
    command += [*kernel_limits(limits, threads), program, json.dumps(confinement)]
    environment = {**LIBRARIES, "HOME": str(work), "TMPDIR": str(work)}
    environment |= {LOADER: os.environ[LOADER]} if LOADER in os.environ else {}
    return Launch(command, environment, request, work, (ruleset,), work)


@functools.cache
def _for_all(version: int, folder: Path) -> int:
    """The common ruleset of this process's workers, which takes 3 ms to make.

    It has a rule per file of the standard library: other packages lie in a subfolder, and Landlock cannot exclude a
    part of an allowed folder. A worker's own ruleset limits its part of `folder`, which holds all workers' folders.
    """
    found = landlock.ruleset(version)
    for path in _shared():
        landlock.allow(found, version, landlock.READ, [path] if _standard()[0].parent != path else _but_python(path))
    for library in _standard():
        landlock.allow(found, version, landlock.READ_DIR, [library])  # names alone: imports search by them
        entries = [entry.path for entry in os.scandir(library) if entry.name not in ("site-packages", "dist-packages")]
        landlock.allow(found, version, landlock.READ, entries)
    landlock.allow(found, version, landlock.WRITE, [folder, *DEVICES[:1]])
    return found


def _but_python(libraries: Path) -> list[str]:
    """The entries of a system library folder without Python's own, which is in it on Fedora."""
    return [entry.path for entry in os.scandir(libraries) if not entry.name.startswith("python")]


@functools.cache
def _shared() -> tuple[Path, ...]:
    """System libraries, NumPy and the harmless devices."""
    numpy = Path(np.__file__).resolve().parent
    python = sorted((Path(sys.base_prefix).resolve() / "lib").glob("libpython3*.so*"))
    files = (*map(Path, DEVICES), Path("/etc/ld.so.cache"))
    return (*libraries(), *python, numpy, numpy.with_name("numpy.libs"), *files)


@functools.cache
def _standard() -> tuple[Path, ...]:
    """The folders of the standard library, with a second one if compiled modules have their own."""
    base, library = Path(sys.base_prefix).resolve(), Path(sysconfig.get_path("stdlib")).resolve()
    dynamic = Path(sysconfig.get_path("platstdlib", vars={"platbase": str(base)})).resolve()
    return (library,) if dynamic == library or not dynamic.is_dir() else (library, dynamic)


def _python() -> str:
    return str(Path(getattr(sys, "_base_executable", sys.executable)).resolve())


@functools.cache
def _capability(folder: Path) -> int:
    """The capability with which root's worker, another user, can read files in a closed home; -1 if none is needed.

    Landlock limits it to what the worker may read anyway.
    """
    closed = any(_is_closed(path) for path in (*_shared(), *_standard(), folder) if path.exists())
    if not closed:
        return -1
    status = dict(line.split(":", 1) for line in Path("/proc/self/status").read_text().splitlines())
    has = int(status["CapEff"], 16)
    return landlock.READ_SEARCH if has >> landlock.READ_SEARCH & 1 else landlock.OVERRIDE


def _is_closed(path: Path) -> bool:
    """Whether another user cannot reach or read it."""
    way = any(not parent.stat().st_mode & 0o1 for parent in path.resolve().parents)
    return way or not path.stat().st_mode & 0o4


def _threads_of_user() -> int:
    """The number of this user's threads: the kernel counts those of all processes."""
    counted, at = _count.get("threads", (0, -COUNTED_SECONDS))
    if time.monotonic() - at < COUNTED_SECONDS:
        return counted
    counted, user = 0, os.getuid()
    for process in os.scandir("/proc"):
        try:
            if process.name.isdigit() and process.stat().st_uid == user:
                counted += len([*os.scandir(f"/proc/{process.name}/task")])
        except OSError:
            continue  # it has ended
    _count["threads"] = counted, time.monotonic()
    return counted


_count: dict[str, tuple[int, float]] = {}
