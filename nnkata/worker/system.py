"""Features of some systems only, in one place: a module that is missing here is None, and its uses are left out.

`resource`, `fcntl`, `termios` and `tty` are of Unix; forks and groups of processes too; the rest of what is asked of a
kernel here is of Linux. WebAssembly has none of it. Standard library only, as it runs beside submissions.
"""

import contextlib
import importlib
import os
import signal
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any


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

#: Whether processes can be made that know all that this one knows.
CAN_FORK = hasattr(os, "fork")
#: How this system ends a process for good: Windows has no SIGKILL.
KILL = getattr(signal, "SIGKILL", getattr(signal, "SIGTERM", 15))
#: How processes are made that judge beside this one: forks of a server, or each anew.
START = "forkserver" if CAN_FORK else "spawn"
PARENT_DEATH_SIGNAL, SECCOMP, FILTERED, SUBREAPER = 1, 22, 2, 36


def limit(memory_mb: int, cpu_seconds: int, processes: int, open_files: int, disk_mb: int) -> None:
    """Have the kernel keep the limits from here on; `memory_mb` and `processes` of 0 are none.

    Short of memory, it ends this process first. Where there is no `resource`, nothing is limited.
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
            with contextlib.suppress(ValueError, OSError, AttributeError):  # over the user's own limit: that stays
                hard = number + 1 if name == "RLIMIT_CPU" else number  # SIGXCPU before SIGKILL, which says nothing
                resource.setrlimit(getattr(resource, name), (number, hard))
    with contextlib.suppress(OSError):
        Path("/proc/self/oom_score_adj").write_text("1000")


def end_with_parent(with_signal: int = KILL) -> None:
    """Have Linux end this process when the one that started it ends, however that happens and whatever runs here."""
    control(PARENT_DEATH_SIGNAL, with_signal)


def control(option: int, *arguments: object) -> int:
    """Linux's `prctl`; its result, -1 where there is none."""
    with contextlib.suppress(OSError, AttributeError, TypeError):  # TypeError: Windows has no library without a name
        return int(ctypes.CDLL(None, use_errno=True).prctl(option, *arguments))
    return -1


def refuse_calls(program: bytes) -> None:
    """Have the kernel filter the system calls of this process, and of all that it starts, from here on.

    Raises:
        OSError: it does not; then nothing may run here.
    """

    class Filter(ctypes.Structure):  # type: ignore[misc]  # ctypes may be missing
        """The kernel's `struct sock_fprog`: how many instructions of 8 bytes, and where they are."""

        _fields_ = (("length", ctypes.c_ushort), ("instructions", ctypes.c_char_p))

    if control(SECCOMP, FILTERED, ctypes.byref(Filter(len(program) // 8, program))):
        raise OSError(ctypes.get_errno(), "the kernel takes no filter of system calls")


def only_one(file: IO[str]) -> None:
    """Wait until no other process has this file for its own; where there are no such locks, do not wait."""
    if fcntl is not None:
        fcntl.flock(file, fcntl.LOCK_EX)


@contextlib.contextmanager
def no_interrupt() -> Iterator[None]:
    """Ctrl-C waits meanwhile, for this thread and its children; if signals cannot wait, it comes as ever."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def hear_interrupts() -> None:
    """Let Ctrl-C in, with any inherited mask."""
    if hasattr(signal, "pthread_sigmask"):
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})


def end_session(pid: int) -> bool:
    """End a process and everything in its session; whether that could be done, which takes a group of processes."""
    try:
        os.killpg(pid, KILL)
    except (ProcessLookupError, AttributeError):
        return False
    return True
