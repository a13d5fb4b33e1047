"""The worker process: reads requests from its standard input, answers on its standard output, one at a time.

Both are moved out of the way before the submission is imported, so that what it prints goes nowhere.
"""

import contextlib
import ctypes
import importlib
import os
import resource
import sys
from io import BufferedReader, BufferedWriter
from pathlib import Path
from typing import Any, NoReturn

from nnkata.worker import wire
from nnkata.worker.host import Host, Raised, no_compiled_code
from nnkata.worker.parent import end_with_parent


def limit(memory_mb: int, cpu_seconds: int, processes: int, open_files: int, disk_mb: int) -> None:
    """Have the kernel keep the limits from here on; `memory_mb` and `processes` of 0 are none.

    Short of memory, it ends this process first.
    """
    limits = {
        resource.RLIMIT_CPU: cpu_seconds,
        resource.RLIMIT_NOFILE: open_files,
        resource.RLIMIT_FSIZE: disk_mb << 20,
        resource.RLIMIT_CORE: 0,
    }
    if memory_mb:
        limits[resource.RLIMIT_AS] = memory_mb << 20
    if processes:
        limits[resource.RLIMIT_NPROC] = processes
    for kind, number in limits.items():
        with contextlib.suppress(ValueError, OSError):  # over what the user is allowed: that stays
            resource.setrlimit(kind, (number, number))
    with contextlib.suppress(OSError):
        Path("/proc/self/oom_score_adj").write_text("1000")


class Filter(ctypes.Structure):
    """The kernel's `struct sock_fprog`: how many instructions of 8 bytes, and where they are."""

    _fields_ = (("length", ctypes.c_ushort), ("instructions", ctypes.c_char_p))


def refuse_calls(program: bytes) -> None:
    """Have the kernel filter the system calls of this process, and of all that it starts, from here on.

    Raises:
        OSError: it does not; then nothing may run here.
    """
    filtered = Filter(len(program) // 8, program)
    if ctypes.CDLL(None, use_errno=True).prctl(22, 2, ctypes.byref(filtered)):  # PR_SET_SECCOMP, SECCOMP_MODE_FILTER
        raise OSError(ctypes.get_errno(), "the kernel takes no filter of system calls")


def private_streams() -> tuple[BufferedReader, BufferedWriter]:
    """The two pipes under new descriptors; 0, 1 and 2 lead to the null device from here on."""
    requests, replies = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    null = os.open(os.devnull, os.O_RDWR)
    for descriptor in (0, 1, 2):
        os.dup2(null, descriptor)
    os.close(null)
    return requests, replies


def answer(host: Host, request: dict[str, Any]) -> dict[str, Any]:
    """Carry out one request: {"id", "op", "args"} to {"id", "ok", "value"} or {"id", "ok", "error"}."""
    number = request["id"]
    try:
        return {"id": number, "ok": True, "value": getattr(host, request["op"])(*request["args"])}
    except Raised as error:
        return {"id": number, "ok": False, "error": [error.kind, error.message, error.where]}
    except KeyboardInterrupt:  # the submission's own: no terminal reaches this process
        return {"id": number, "ok": False, "error": ["KeyboardInterrupt", "", ""]}


def serve(host: Host, requests: BufferedReader, replies: BufferedWriter) -> NoReturn:
    """Answer until the input ends, then end this process."""
    while head := requests.read(wire.HEAD.size):
        header_size, body_size = wire.HEAD.unpack(head)
        header, body = requests.read(header_size), bytearray(body_size)
        requests.readinto(body)
        reply = answer(host, wire.unpack(header, memoryview(body)))
        try:
            frame = wire.pack(reply)
        except Exception as error:  # too large, or of a class of the submission's that cannot be read
            text = str(error) if isinstance(error, wire.WireError) else "its value cannot be read"
            frame = wire.pack({"id": reply["id"], "ok": False, "error": [type(error).__name__[:100], text, ""]})
        replies.writelines(frame)
        replies.flush()
    os._exit(0)  # no atexit of the submission's, no thread to wait for


def main() -> None:
    """Serve until the input ends."""
    end_with_parent()
    limit(*map(int, sys.argv[1:6]))
    if sys.argv[6:]:
        refuse_calls(bytes.fromhex(sys.argv[6]))
    sys.dont_write_bytecode = True  # a check leaves nothing beside the submission
    importlib.import_module("numpy.random")  # which NumPy loads late: while there still is compiled code for it
    sys.pycache_prefix = no_compiled_code()
    serve(Host(), *private_streams())


if __name__ == "__main__":
    main()
