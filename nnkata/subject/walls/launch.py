"""Starts a worker process without a sandbox: in a new session, with an environment of its own."""

import functools
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from nnkata.early_worker import command, environment
from nnkata.errors import NotJudged
from nnkata.language import _, reason
from nnkata.subject.locate import Implementation
from nnkata.subject.walls.limits import Limits
from nnkata.subject.walls.memory import reserved


class NoWorker(NotJudged):
    """No worker can be started on this machine, whatever the submission; the text has the reason and the remedy."""


@dataclass(frozen=True)
class Launch:
    """A command, its environment, its folder (else an empty one), and the arguments of `Host.open`.

    It inherits `descriptors`; the folder `watched` may not exceed the disk limit.
    """

    command: list[str]
    environment: Mapping[str, str]
    request: list[str]
    folder: Path | None = None
    descriptors: tuple[int, ...] = ()
    watched: Path | None = None
    #: The process, if it was started ahead.
    process: "subprocess.Popen[bytes] | None" = None


def started(launch: Launch, folder: Path) -> "subprocess.Popen[bytes]":
    """The process of a launch, in a session of its own; in `folder` unless the launch names another.

    Raises:
        NoWorker: its program cannot be run.
    """
    if launch.process is not None:
        return launch.process
    try:
        return subprocess.Popen(
            launch.command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=launch.folder or folder,
            env=launch.environment,
            start_new_session=True,
            pass_fds=launch.descriptors,
            bufsize=0,
        )
    except OSError as error:
        raise NoWorker(unreachable(launch.command[0], reason(error))) from None


def unreachable(program: str, why: str) -> str:
    """The message about a program that cannot be run, with the remedy."""
    text = _(
        "{program} cannot be run: {why}; install Python and nnkata where the user who judges may read them, "
        "for example in a virtual environment outside of another user's home"
    )
    return text.format(program=program, why=why)


def plain(implementation: Implementation, folder: Path, limits: Limits) -> Launch:
    """A worker with its user's full view; `folder` is its home and working directory."""
    return Launch([*command(), *kernel_limits(limits, processes=0)], environment(folder), implementation.request)


def as_user(implementation: Implementation, folder: Path, limits: Limits, user: int) -> Launch:
    """For root: a worker of another user, who owns `folder` alone and can never become another.

    Raises:
        NoWorker: that user cannot reach the interpreter, NumPy or `nnkata/worker`.
    """
    launch = plain(implementation, folder, limits)
    os.chown(folder, user, user)
    drop = [shutil.which("setpriv") or "setpriv", f"--reuid={user}", f"--regid={user}", "--clear-groups"]
    command = [*drop, "--no-new-privs", "--"]
    reachable(tuple(command))
    return replace(launch, command=[*command, *launch.command])


@functools.cache
def reachable(drop: tuple[str, ...]) -> None:
    """Try the interpreter as another user; without this, its end would look like the submission's.

    Raises:
        NoWorker: it does not run, or does not find NumPy and the worker.
    """
    command = [*drop, sys.executable, "-I", "-c", "import numpy, nnkata.worker"]
    try:
        done = subprocess.run(command, capture_output=True, text=True, errors="replace", cwd="/", check=False)
    except OSError as error:
        raise NoWorker(unreachable(command[0], reason(error))) from None
    if done.returncode:
        why = (done.stderr.strip().splitlines() or [_("exit status {status}").format(status=done.returncode)])[-1]
        raise NoWorker(unreachable(sys.executable, why))


def kernel_limits(limits: Limits, processes: int) -> list[str]:
    """The arguments of `nnkata.worker`; 0 means no limit of processes."""
    numbers = (reserved(limits.memory_mb), limits.cpu_seconds, processes, limits.open_files, limits.disk_mb)
    return [str(number) for number in numbers]
