"""Let a submission act behind a wall and report the outcome: the common part of the tests of walls."""

import errno
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from nnkata.subject.walls import seccomp
from nnkata.subject.walls.calls import CLONE_NAMESPACES
from nnkata.subject.walls.seccomp import MASKED, Rule, refused

ROOT = Path(__file__).parents[2]
#: The ordinary user for commands if root runs the tests.
NOBODY = 65534

BODY = """
import json, os, resource, socket, sys, threading, time
import ctypes
import numpy as np

HERE = os.path.dirname(__file__)

def preprocess(images, labels):
    return images, labels

class DeepNeuralNetwork:
    def __init__(self, sizes, epochs=10, l_rate=0.001):
        self.params = {}
    def act(self):
"""

#: For each line: opens the submission of that name, lets it act, and answers with a line.
DRIVER = """
import json, sys
from functools import partial
from nnkata.subject import Isolated, Subject, locate
from nnkata.subject.walls.landlock import landlocked
from nnkata.subject.walls.limits import Limits
from nnkata.subject.walls.choice import WALLS
starts = {wall.name: wall.start for wall in WALLS} | {"landlock 1": partial(landlocked, most=1)}
for line in sys.stdin:
    wall, path, sources, limits = json.loads(line)
    transport = Isolated(locate(path), Limits(**limits), partial(starts[wall], sources=tuple(sources)))
    try:
        transport.launch()
        transport.ready()
        answer = {"value": Subject(transport).network([2, 2, 2, 2]).call("act").value}
    except Exception as error:
        answer = {"error": f"{type(error).__name__}: {error}", "stack": getattr(error, "stack", ())}
    finally:
        transport.close()
    print(json.dumps(answer), flush=True)
"""


#: Installs a filter of system calls and runs the rest of its arguments, as a container's runtime does.
CONTAINED = """
import os, sys
from nnkata.worker.landlock import NO_NEW_PRIVS
from nnkata.worker.system import control, refuse_calls
assert control(NO_NEW_PRIVS, 1, 0, 0, 0) == 0
refuse_calls(bytes.fromhex(sys.argv[1]))
os.execv(sys.argv[2], sys.argv[2:])
"""


def without_namespaces() -> list[str]:
    """A command that runs another one as Docker does by default: no unshare, no mount, no clone into a namespace."""
    into_namespaces = tuple(Rule("clone", errno.EPERM, (0, MASKED, flag, flag)) for flag in CLONE_NAMESPACES)
    program = seccomp.program((*into_namespaces, *refused("clone3", error=errno.ENOSYS)))
    return [sys.executable, "-c", CONTAINED, program.hex()]


def as_user(*more: Path) -> list[str]:
    """A command that becomes nobody, who can reach this interpreter and this repository even in a closed home.

    `more`: further folders that it can reach.
    """
    if os.geteuid() != 0:
        return []
    closed: list[str] = []
    for wanted in (Path(sys.base_prefix).resolve(), Path(sys.prefix).resolve(), ROOT, *more):
        for folder in reversed(wanted.parents):
            if not folder.stat().st_mode & 1:
                closed += ["--tmpfs", str(folder)] if str(folder) not in closed else []
                between = reversed(wanted.relative_to(folder).parents)
                closed += [part for path in between for part in ("--dir", str(folder / path)) if str(path) != "."]
                closed += ["--ro-bind", str(wanted), str(wanted)]
                break
    drop = ["setpriv", f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups"]
    return ["bwrap", "--dev-bind", "/", "/", *closed, "--", *drop]


class Actor:
    """Lets submissions act behind a wall, in one judging process."""

    def __init__(self, wall: str, ordinary: bool, folder: Path) -> None:
        self.wall, self.ordinary, self.folder = wall, ordinary or os.geteuid() != 0, folder
        self._process = subprocess.Popen(
            [*(as_user() if ordinary else []), sys.executable, "-c", DRIVER],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env={"PATH": os.environ["PATH"], "NNKATA_SECRET": "a secret"},
            cwd=folder,
        )

    @property
    def pid(self) -> int:
        """The judging process, or the command that became it."""
        return self._process.pid

    def __call__(self, lines: str, beside: dict[str, str] | None = None, **limits: Any) -> dict[str, Any]:
        """The answer of a submission with these lines: {"value": …}, or {"error": …}."""
        (self.folder / "network.py").write_text(
            BODY + "\n".join(f"        {line}" for line in lines.split("\n")) + "\n"
        )
        for name, text in (beside or {}).items():
            (self.folder / name).write_text(text)
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        request = [self.wall, str(self.folder / "network.py"), ["network.py"], limits]
        print(json.dumps(request), file=self._process.stdin, flush=True)
        answer: dict[str, Any] = json.loads(self._process.stdout.readline())
        return answer

    def close(self) -> None:
        """End the judging process."""
        self._process.communicate(timeout=30)


@contextmanager
def actor(wall: str, ordinary: bool) -> Iterator[Actor]:
    """An actor behind a wall, for the user who runs the tests or for an ordinary one."""
    folder = Path(tempfile.mkdtemp())  # pytest's folder is closed to other users
    folder.chmod(0o755)
    made = Actor(wall, ordinary, folder)
    try:
        yield made
    finally:
        made.close()
        shutil.rmtree(folder)
