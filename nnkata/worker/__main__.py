"""The worker process: reads requests from its standard input, answers on its standard output, one at a time.

Both move to other descriptors before the import of the submission, so that its output goes nowhere.
"""

import faulthandler
import gc
import importlib
import os
import signal
import sys
from io import BufferedReader, BufferedWriter
from pathlib import Path
from typing import Any, NoReturn

from nnkata.worker import wire
from nnkata.worker.host import Host
from nnkata.worker.imports.loading import no_compiled_code
from nnkata.worker.raised import Raised
from nnkata.worker.system import AHEAD, end_with_parent, limit, refuse_calls
from nnkata.worker.wire.packing import pack
from nnkata.worker.wire.unpacking import unpack

#: The arguments of `limit`.
NUMBERS = 5


def private_streams() -> tuple[BufferedReader, BufferedWriter]:
    """The two pipes under new descriptors; 0, 1 and 2 are the null device from here on."""
    requests, replies = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    null = os.open(os.devnull, os.O_RDWR)
    for descriptor in (0, 1, 2):
        os.dup2(null, descriptor)
    os.close(null)
    return requests, replies


def answer(host: Host, request: dict[str, Any]) -> dict[str, object]:
    """Carry out one request: {"id", "op", "args"} to {"id", "ok", "value"} or {"id", "ok", "error"}."""
    number = request["id"]
    try:
        return {"id": number, "ok": True, "value": getattr(host, request["op"])(*request["args"])}
    except Raised as error:
        return {"id": number, "ok": False, "error": [error.kind, error.message, error.where]}
    except KeyboardInterrupt:  # raised by the submission: no terminal reaches this process
        return {"id": number, "ok": False, "error": ["KeyboardInterrupt", "", ""]}


def serve(host: Host, requests: BufferedReader, replies: BufferedWriter) -> NoReturn:
    """Answer until the input ends, then end this process.

    SIGURG, which other programs ignore, writes the stack of the running code after the answers: the other side asks
    for it when it gives up.
    """
    if hasattr(faulthandler, "register"):
        faulthandler.register(signal.SIGURG, replies, all_threads=False)
    while head := requests.read(wire.HEAD.size):
        header_size, body_size = wire.HEAD.unpack(head)
        header, body = requests.read(header_size), bytearray(body_size)
        requests.readinto(body)
        reply = answer(host, unpack(header, memoryview(body)))
        try:
            frame = pack(reply)
        except Exception as error:  # too large, or an object of the submission's that cannot be read
            text = str(error) if isinstance(error, wire.WireError) else "its value cannot be read"
            frame = pack({"id": reply["id"], "ok": False, "error": [type(error).__name__[:100], text, ""]})
        replies.writelines(frame)
        replies.flush()
    os._exit(0)  # without the submission's atexit functions, and without waiting for its threads


def ready() -> None:
    """Load the modules that NumPy loads late, while compiled code is allowed; from here on none is written or read.

    So a check leaves nothing beside the submission and runs no compiled code from there. Garbage collection, which a
    start may have switched off during its imports, passes over their objects from here on. A forgotten `breakpoint()`
    does nothing, as nobody could answer the debugger.
    """
    sys.dont_write_bytecode = True
    sys.breakpointhook = lambda *_args, **_named: None
    importlib.import_module("numpy.random")
    gc.freeze()
    gc.enable()
    sys.pycache_prefix = no_compiled_code()


def begun_ahead() -> bool:
    """Whether a worker that was started before its limits and its folder were known is needed: a line of its input."""
    line = b""
    while not line.endswith(b"\n") and (byte := os.read(0, 1)):
        line += byte
    *limits, folder = line[:-1].split(b" ", NUMBERS)
    sys.argv[1:] = [number.decode() for number in limits]
    if limits:
        os.environ["HOME"] = os.fsdecode(folder)
        os.chdir(folder)
    return bool(limits)


def main() -> None:
    """Serve until the input ends."""
    end_with_parent()
    if ahead := sys.argv[1:] == [AHEAD]:
        ready()
        if not begun_ahead():
            return
    limit(*map(int, sys.argv[1:6]))
    if sys.argv[6:]:
        refuse_calls(bytes.fromhex(sys.argv[6]))
    if not ahead:
        ready()
    serve(Host(works_in=str(Path.cwd()), walled=bool(sys.argv[6:])), *private_streams())


if __name__ == "__main__":
    main()
