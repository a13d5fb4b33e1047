"""The worker process: reads requests from its standard input, answers on its standard output, one at a time.

Both are moved out of the way before the submission is imported, so that what it prints goes nowhere.
"""

import contextlib
import os
import resource
import sys
from typing import IO, Any

from nnkata.worker import wire
from nnkata.worker.host import Host, Raised


def limit_memory(megabytes: int) -> None:
    """Cap the address space; what the submission asks for beyond it is a MemoryError there."""
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_AS, (megabytes << 20, megabytes << 20))
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def private_streams() -> tuple[IO[bytes], IO[bytes]]:
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


def main() -> None:
    """Serve until the input ends."""
    limit_memory(int(sys.argv[1]))
    requests, replies = private_streams()
    host = Host()
    while head := requests.read(wire.HEAD.size):
        header_size, body_size = wire.HEAD.unpack(head)
        reply = answer(host, wire.unpack(requests.read(header_size), requests.read(body_size)))
        try:
            frame = wire.pack(reply)
        except wire.WireError as error:
            frame = wire.pack({"id": reply["id"], "ok": False, "error": ["WireError", str(error), ""]})
        replies.write(frame)
        replies.flush()
    os._exit(0)  # no atexit of the submission's, no thread to wait for


if __name__ == "__main__":
    main()
