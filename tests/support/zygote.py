"""Forks a module's process for each request: the other side of tests/support/starts.py.

    python -I tests/support/zygote.py DESCRIPTOR MODULE IMPORT…

An IMPORT is a module, or a file to run.

A fork that runs MODULE has the modules here, so nothing is imported that its real start does not import, but for a few
of the standard library's. A keeper waits for it, since only a parent can: it ends it when the connection of the process
that asked for it ends, and keeps its number until then.
"""

import gc
import importlib
import json
import os
import runpy
import select
import signal
import socket
import struct
import sys
from typing import NoReturn

NUMBER = struct.Struct("i")
#: The most bytes of a request: it has an environment.
MOST = 1 << 17
#: The variables that the imports have set.
SET: dict[str, str] = {}


def serve(connection: socket.socket) -> list[str]:
    """Fork for each request; return in a fork, with its arguments. Ends when nobody has the other end."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches all of a terminal; who asked decides
    while True:
        request, descriptors, _flags, _address = socket.recv_fds(connection, MOST, 4)
        reap()
        if not request:
            os._exit(0)
        if os.fork() == 0:
            connection.close()
            return _kept(json.loads(request), descriptors)
        for descriptor in descriptors:
            os.close(descriptor)


def reap() -> None:
    """Forget the keepers that have ended; their processor time counts as that of the tests."""
    try:
        while os.waitpid(-1, os.WNOHANG)[0]:
            pass
    except ChildProcessError:
        pass


def _kept(request: list[object], descriptors: list[int]) -> list[str]:
    """Fork once more, and keep that process to its end; return in it."""
    *streams, asker = descriptors
    control = socket.socket(fileno=asker)
    pid = os.fork()
    if pid == 0:
        return _become(request, streams, control)
    for descriptor in streams:
        os.close(descriptor)
    return keep(pid, control)


def keep(pid: int, control: socket.socket) -> NoReturn:
    """Wait for a process, and tell its exit status to the one that asked for it; end it if that one ends."""
    process = os.pidfd_open(pid)
    if process in select.select([process, control.fileno()], [], [])[0]:
        ended = os.waitid(os.P_PID, pid, os.WEXITED | os.WNOWAIT)
        assert ended is not None
        status = ended.si_status if ended.si_code == os.CLD_EXITED else -ended.si_status
        try:
            control.sendall(NUMBER.pack(status))
            control.recv(1)  # nothing comes but its end
        except OSError:
            pass
    else:
        try:
            os.killpg(pid, signal.SIGKILL)
        except ProcessLookupError:
            os.kill(pid, signal.SIGKILL)
    os.waitpid(pid, 0)
    os._exit(0)


def _become(request: list[object], streams: list[int], control: socket.socket) -> list[str]:
    """Be what a process of its own would be by now."""
    arguments, folder, environment = request
    assert isinstance(arguments, list)
    assert isinstance(environment, dict)
    signal.signal(signal.SIGINT, signal.default_int_handler)
    os.setsid()
    for stream, descriptor in enumerate(streams):
        os.dup2(descriptor, stream)
        os.close(descriptor)
    os.environ.clear()
    os.environ.update({**environment, **SET})
    if folder is not None:
        os.chdir(str(folder))
    control.sendall(NUMBER.pack(os.getpid()))
    control.close()
    return arguments


def main() -> None:
    """Import, serve; in a fork, be `python -I -m MODULE`."""
    connection = socket.socket(fileno=int(sys.argv[1]))
    module, *imports = sys.argv[2:]
    if not sys.flags.isolated:
        del sys.path[0]
    before = dict(os.environ)
    for name in imports:
        if name.endswith(".py"):
            runpy.run_path(name)
        else:
            importlib.import_module(name)
    SET.update({key: value for key, value in os.environ.items() if before.get(key) != value})
    gc.collect()
    gc.freeze()  # or each fork would copy the pages of all of these objects as it looks for cycles
    sys.argv = ["", *serve(connection)]
    if not sys.flags.isolated:
        sys.path.insert(0, "")
    runpy.run_module(module, run_name="__main__", alter_sys=True)


if __name__ == "__main__":
    main()
