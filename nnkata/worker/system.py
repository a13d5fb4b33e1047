"""Features of some systems only, in one place: a missing module is None, and its uses are left out.

`resource`, `fcntl`, `termios` and `tty` exist on Unix, as do forks and process groups; the other features are Linux's.
WebAssembly has none of them. Standard library only, as it runs beside submissions.
"""

import contextlib
import importlib
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO, Any, Protocol


def _module(name: str) -> Any:
    try:
        return importlib.import_module(name)
    except ImportError:
        return None


ctypes: Any = _module("ctypes")
fcntl: Any = _module("fcntl")
resource: Any = _module("resource")
termios: Any = _module("termios")
tty: Any = _module("tty")

#: The environment that gives OpenBLAS one thread: a matrix times a vector is too little for two, which wait for each
#: other in a loop. That takes a tenth of a check's processor time, and more if several processes judge.
ONE_THREAD = {"OPENBLAS_NUM_THREADS": "1"}
#: A worker's settings of libraries. glibc gives large blocks back to the system as they are freed; a network with a
#: temporary array of W1's size in each step then spends two thirds of its time on page faults. These are the highest
#: thresholds that glibc takes up by itself, once a block of 32 MB has been freed (mallopt(3), glibc 2.36).
LIBRARIES = {**ONE_THREAD, "MALLOC_MMAP_THRESHOLD_": str(32 << 20), "MALLOC_TRIM_THRESHOLD_": str(64 << 20)}
#: The only argument of a worker that is started before its limits are known: it reads them, a line, from its input.
AHEAD = "ahead"
#: Whether processes can be forked.
CAN_FORK = hasattr(os, "fork")
#: The signal that surely ends a process: Windows has no SIGKILL.
KILL = getattr(signal, "SIGKILL", getattr(signal, "SIGTERM", 15))
#: The signals that reach every process of a terminal: Ctrl-C, and the end of the terminal, which Windows lacks.
INTERRUPTS = frozenset(getattr(signal, name) for name in ("SIGINT", "SIGHUP") if hasattr(signal, name))
PARENT_DEATH_SIGNAL, SECCOMP, FILTERED = 1, 22, 2
#: Seconds until an ignored interrupt is raised again: long enough to leave a hook of a fork.
MOMENT = 0.01


class Process(Protocol):
    """The interface of a worker's process, as in `subprocess.Popen`."""

    pid: int
    stdin: IO[bytes] | None
    stdout: IO[bytes] | None

    def wait(self, timeout: float | None = None) -> int:
        """Its exit status, negative for a signal; `subprocess.TimeoutExpired` if it has none in time."""

    def kill(self) -> None:
        """End it."""


def limit(memory_mb: int, cpu_seconds: int, processes: int, open_files: int, disk_mb: int) -> None:
    """Let the kernel enforce the limits from here on; 0 for `memory_mb` and `processes` means no limit.

    Short of memory, the kernel ends this process first. Without `resource`, nothing is limited.
    """
    if resource is None:
        return
    limits = {
        "RLIMIT_CPU": cpu_seconds,
        "RLIMIT_NOFILE": open_files,
        "RLIMIT_FSIZE": disk_mb << 20,
        "RLIMIT_CORE": 0,
        "RLIMIT_AS": memory_mb << 20,
        "RLIMIT_NPROC": processes,
    }
    for name, number in limits.items():
        if number or name == "RLIMIT_CORE":
            with contextlib.suppress(ValueError, OSError, AttributeError):  # above the user's own limit, which stays
                hard = number + 1 if name == "RLIMIT_CPU" else number  # SIGXCPU, which shows the cause, before SIGKILL
                resource.setrlimit(getattr(resource, name), (number, hard))
    with contextlib.suppress(OSError):
        Path("/proc/self/oom_score_adj").write_text("1000")


def end_with_parent(with_signal: int = KILL) -> None:
    """Let Linux end this process when its parent ends, in any way, whatever runs here."""
    control(PARENT_DEATH_SIGNAL, with_signal)


def control(option: int, *arguments: object) -> int:
    """Linux's `prctl`; its result, -1 on other systems."""
    with contextlib.suppress(OSError, AttributeError, TypeError):  # TypeError: Windows has no library without a name
        return int(ctypes.CDLL(None, use_errno=True).prctl(option, *arguments))
    return -1


def refuse_calls(program: bytes) -> None:
    """Let the kernel filter the system calls of this process and its children from here on.

    Raises:
        OSError: it does not; then nothing may run here.
    """

    class Filter(ctypes.Structure):  # type: ignore[misc]  # ctypes may be missing
        """The kernel's `struct sock_fprog`: the number of 8-byte instructions, and their address."""

        _fields_ = (("length", ctypes.c_ushort), ("instructions", ctypes.c_char_p))

    if control(SECCOMP, FILTERED, ctypes.byref(Filter(len(program) // 8, program))):
        raise OSError(ctypes.get_errno(), "the kernel takes no filter of system calls")


def only_one(file: IO[str]) -> None:
    """Wait for the exclusive lock of this file; do not wait on a system without such locks."""
    if fcntl is not None:
        fcntl.flock(file, fcntl.LOCK_EX)


@contextlib.contextmanager
def no_interrupt() -> Iterator[None]:
    """Holds interrupts back for this thread and its children, on systems where signals can be blocked."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, INTERRUPTS)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def ignore_interrupts() -> None:
    """Leave interrupts to the process that started this one; an inherited mask ends, so that children have none."""
    for number in INTERRUPTS:
        signal.signal(number, signal.SIG_IGN)
    if hasattr(signal, "pthread_sigmask"):
        signal.pthread_sigmask(signal.SIG_UNBLOCK, INTERRUPTS)


def end_session(pid: int) -> bool:
    """End a process and everything in its session; whether that was possible, which needs process groups."""
    try:
        os.killpg(pid, KILL)
    except (ProcessLookupError, AttributeError):
        return False
    return True


def end(process: Process) -> None:
    """End a process and everything in its session, without waiting for it."""
    if not end_session(process.pid):
        process.kill()


def end_whole(process: Process) -> None:
    """End a process with its session, and close its pipes."""
    end(process)
    process.wait()
    close(process)


def close(process: Process) -> None:
    """Close our ends of a process's pipes."""
    for stream in (process.stdin, process.stdout):
        if stream is not None:
            stream.close()


def raised_again(number: int) -> Callable[[Any], None]:
    """A `sys.unraisablehook` that sends a signal again, a moment later, if Python ignored its KeyboardInterrupt.

    Python does so in a finalizer, in a hook of a fork, and in the importer's callback after each import (CPython 3.11
    to 3.13). The interrupt would be lost, and a traceback printed.
    """

    def again(ignored: Any) -> None:
        if isinstance(ignored.exc_value, KeyboardInterrupt):
            timer = threading.Timer(MOMENT, os.kill, (os.getpid(), number))
            timer.daemon = True  # a process that ends by itself does not wait for it
            timer.start()
        else:
            sys.__unraisablehook__(ignored)

    return again
