"""The processes in which mypy runs, from the side that asks. It imports little, as a check begins with it."""

import atexit
import contextlib
import json
import os
import select
import subprocess
import sys

from nnkata.files import cache_folder
from nnkata.language import _
from nnkata.worker.system import CAN_FORK, end_whole

#: Over a hundred times the 1.6 s in which mypy fills an empty cache here: it only ends a hanging process.
MYPY_SECONDS = 180.0


class Server:
    """`nnkata.runner.typecheck.server` in a separate process: one question, one answer, and so on."""

    def __init__(self) -> None:
        command = [sys.executable, "-I", "-m", "nnkata.runner.typecheck.server", str(cache_folder() / "mypy")]
        environment = {key: value for key, value in os.environ.items() if not key.startswith(("MYPY", "PYTHON"))}
        self._process = subprocess.Popen(
            command,
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
            bufsize=0,
        )

    def ask(self, request: list[str | int]) -> None:
        """Ask for a check of a submission."""
        assert self._process.stdin is not None
        with contextlib.suppress(BrokenPipeError):  # `answer` will report that
            self._process.stdin.write(json.dumps(request).encode() + b"\n")

    def answer(self) -> int:
        """mypy's exit status.

        Raises:
            OSError: it did not come in time, or the process has ended.
        """
        assert self._process.stdout is not None
        if not select.select([self._process.stdout], [], [], MYPY_SECONDS)[0]:
            raise TimeoutError(_("mypy gave no answer within {seconds:g} s").format(seconds=MYPY_SECONDS))
        if not (line := self._process.stdout.readline()):
            raise ConnectionError(_("mypy's process has ended"))
        return int(line)

    def end(self) -> None:
        """End it with its children."""
        end_whole(self._process)


#: Servers that are free: started ahead, or after their answer.
idle: list[Server] = []
if CAN_FORK:
    os.register_at_fork(after_in_child=idle.clear)  # a server answers only the process that started it


def start() -> None:
    """Start a server ahead: mypy's imports take 100 ms, which pass beside those of the calling process."""
    idle.append(Server())


@atexit.register
def _end_idle() -> None:
    """End the unused servers, without waiting for the end of their stdin."""
    while idle:
        idle.pop().end()
