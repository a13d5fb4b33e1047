"""Starts the workers and the mypy servers of the tests as forks of a process that has made their imports.

A start takes 0.15 s of processor time, a fork of tests/support/zygote.py 5 ms, and the tests start more than a
thousand. As after a real start, the process leads a session, has the environment, folder and streams that it is given,
no other descriptor, and no module of the judging process; it ends when the process that asked for it does; and its
number stays its own until that process has heard of its end. A start that differs from the usual one (behind a wall, as
another user, with other settings of BLAS) is a real one; so are all starts of the test files in `REAL`.
tests/repository/test_starts.py compares the two.
"""

import contextlib
import json
import os
import select
import signal
import socket
import struct
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import IO, Any

from nnkata.worker.system import LIBRARIES, ONE_THREAD

#: The modules that are started as `python -I -m MODULE`, with the imports that each makes before it serves, and mypy's
#: first answer. A worker imports the search for edits later: a submission must not see more of the kit than elsewhere.
LOADED = {
    "nnkata.worker": ("nnkata.worker.host", "nnkata.worker.wire", "nnkata.worker.system", "numpy.random"),
    "nnkata.runner.typecheck.server": (
        *("mypy.main", "nnkata.runner.typecheck.cache", "nnkata.worker.system", "sqlite3.dbapi2"),
    ),
}
#: Jupyter's kernel, `python -m MODULE`, with its imports, also those that it makes as it begins (its debugger's take
#: 0.1 s): a start takes 0.4 s more than a fork.
KERNEL = {
    "ipykernel_launcher": (
        *("ipykernel.ipkernel", "ipykernel.zmqshell", "ipykernel.kernelapp", "ipykernel.debugger"),
        *("IPython.extensions.storemagic", "IPython.core.completerlib", "tornado.platform.asyncio", "tornado.queues"),
    )
}
#: Else the debugger warns as the zygote imports it: "frozen modules are being used".
UNSAID = {"PYDEVD_DISABLE_FILE_VALIDATION": "1"}
#: The name of the same one in which a check has been made already: tests/support/warm_kernel.py.
WARM = "a kernel after a check"
#: The test files whose subject is a worker's process, its wall, its streams or its end.
REAL = tuple(
    f"test_{name}"
    for name in (
        *("worker", "sandbox", "sandbox_limits", "landlock"),
        *("hostile", "siege", "wasm", "no_worker", "streams"),
    )
)
#: Variables that Python or a library of its reads as a process starts, by the beginnings of their names.
LIBRARIES_READ = ("LC_", "LANG", "LD_", "TZ", "MALLOC", "OPENBLAS", "OMP_")
#: gettext's list of languages begins with these letters too, and is read later.
LATER = ("LANGUAGE",)
NUMBER = struct.Struct("i")
#: Whether forks are possible: `pidfd_open` and sockets of packets are Linux's.
POSSIBLE = sys.platform == "linux"


class Fork:
    """A forked process, with those parts of `subprocess.Popen`'s interface that a worker's process needs."""

    stderr = None

    def __init__(
        self, pid: int, control: socket.socket, stdin: IO[bytes] | None = None, stdout: IO[bytes] | None = None
    ) -> None:
        self.pid, self.stdin, self.stdout, self._control = pid, stdin, stdout, control
        self.returncode: int | None = None

    def wait(self, timeout: float | None = None) -> int:
        """Its exit status, negative for a signal; 0 if it is unknown, as the keeper has been killed.

        Raises:
            subprocess.TimeoutExpired: it has not ended in time.
        """
        if self.returncode is None:
            if not select.select([self._control], [], [], timeout)[0]:
                raise subprocess.TimeoutExpired("a fork", timeout or 0.0)
            status = self._control.recv(NUMBER.size, socket.MSG_PEEK)  # a fork of this process may wait for it too
            self.returncode = NUMBER.unpack(status)[0] if status else 0
            self._control.close()
        return self.returncode

    def poll(self) -> int | None:
        """Its exit status, None as long as it runs."""
        with contextlib.suppress(subprocess.TimeoutExpired):
            self.wait(0.0)
        return self.returncode

    def kill(self) -> None:
        """End it."""
        self.send_signal(signal.SIGKILL)

    def send_signal(self, number: int) -> None:
        """Send it a signal."""
        if self.returncode is None:
            with contextlib.suppress(ProcessLookupError):
                os.kill(self.pid, number)


class Starts:
    """The zygotes of this process, or those that it has from the one that forked it."""

    def __init__(self) -> None:
        self.real = False
        self._processes: list[subprocess.Popen[bytes]] = []
        self._connections: dict[str, socket.socket] = {}
        self._begun = {**os.environ}

    def install(self) -> None:
        """From here on, workers and mypy servers of this process and its forks are forks."""
        if not POSSIBLE or any(key.startswith("COV") for key in os.environ):
            return
        from nnkata import early_worker
        from nnkata.runner.typecheck import servers
        from nnkata.subject.walls import launch

        for user in (early_worker, launch, servers):
            self._replace(user)

    def _replace(self, user: ModuleType) -> None:
        vars(user)["subprocess"] = SimpleNamespace(**{**vars(subprocess), "Popen": self.popen})

    def descriptors(self) -> list[int]:
        """The connections to the zygotes, which are started if need be; for `adopt` in another process."""
        return [self._connection(module).fileno() for module in LOADED] if POSSIBLE else []

    def adopt(self, descriptors: list[int]) -> None:
        """Use the zygotes of another process."""
        for module, descriptor in zip(LOADED, descriptors, strict=bool(descriptors)):
            self._connections[module] = socket.socket(fileno=descriptor)

    def end(self) -> None:
        """End the zygotes, which end their processes."""
        for connection in self._connections.values():
            connection.close()
        for process in self._processes:
            process.wait()
        self._connections, self._processes = {}, []

    def _connection(self, name: str) -> socket.socket:
        if name not in self._connections:
            passed = self.descriptors() if name == WARM else []
            ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
            alone = ["-I"] if name in LOADED else []
            module, imports = next(iter(KERNEL.items())) if name == WARM else (name, {**LOADED, **KERNEL}[name])
            own = [str(Path(__file__).with_name("warm_kernel.py"))] if name == WARM else []
            command = [sys.executable, *alone, str(Path(__file__).with_name("zygote.py")), str(theirs.fileno()), module]
            process = subprocess.Popen(
                [*command, *imports, *own],
                env=self._environment(module) | {"ZYGOTES": " ".join(map(str, passed)), **UNSAID},
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                pass_fds=[theirs.fileno(), *passed],
            )
            theirs.close()
            self._processes.append(process)
            self._connections[name] = ours
        return self._connections[name]

    def popen(self, command: list[str], **options: Any) -> Any:
        """What `subprocess.Popen` gives, or a fork in its place."""
        if self.real or not self._usual(command, **options):
            return subprocess.Popen(command, **options)
        return self._forked(command[3], command[4:], options["env"], options.get("cwd"))

    def kernel(self, command: list[str], warm: bool = False, **options: Any) -> Fork | None:
        """A fork in place of Jupyter's kernel, which says nothing outside of its messages; None if it would differ.

        A `warm` one has the modules that a first check imports, and its workers and mypy servers are forks too.
        """
        module = command[2]
        if not POSSIBLE or command[1] != "-m" or at_start(options["env"]) != at_start(self._environment(module)):
            return None
        return self._forked(WARM if warm else module, command[3:], options["env"], options.get("cwd"))

    def _forked(self, name: str, arguments: list[str], environment: Mapping[str, str], folder: Any) -> Fork:
        connection = self._connection(name)
        control, theirs = socket.socketpair()
        asked, asks = os.pipe()
        reads, answers = os.pipe()
        null = os.open(os.devnull, os.O_RDWR)
        request = json.dumps([arguments, folder and os.fspath(folder), {**environment}]).encode()
        socket.send_fds(connection, [request], [asked, answers, null, theirs.fileno()])
        for descriptor in (asked, answers, null):
            os.close(descriptor)
        theirs.close()
        (pid,) = NUMBER.unpack(control.recv(NUMBER.size, socket.MSG_WAITALL))
        return Fork(pid, control, os.fdopen(asks, "wb", buffering=0), os.fdopen(reads, "rb", buffering=0))

    def _usual(self, command: list[str], pass_fds: tuple[int, ...] = (), **options: Any) -> bool:
        usual = [*command[:3]] == [sys.executable, "-I", "-m"] and command[3] in LOADED and not pass_fds
        return usual and at_start(options["env"]) == at_start(self._environment(command[3]))

    def _environment(self, module: str) -> dict[str, str]:
        """The environment of its usual start: BLAS has one thread, as threads do not survive a fork."""
        from nnkata.early_worker import ENVIRONMENT

        worker = module == "nnkata.worker"
        kept = ENVIRONMENT if worker else self._begun
        return {key: self._begun[key] for key in kept if key in self._begun} | (LIBRARIES if worker else ONE_THREAD)


def at_start(environment: Mapping[str, str], names: tuple[str, ...] = LIBRARIES_READ) -> dict[str, str]:
    """The variables that a process reads as it starts, by the beginnings of their names."""
    return {key: value for key, value in environment.items() if key.startswith(names) and key not in LATER}


for key, number in ONE_THREAD.items():  # as the Makefile does: pytest is run by hand, too
    os.environ.setdefault(key, number)
starts = Starts()
