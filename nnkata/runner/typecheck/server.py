"""Runs mypy on request, each time in a fork that takes its knowledge with it.

    python -I -m nnkata.runner.typecheck.server CACHE_FOLDER

A request is a line on stdin, JSON `[source, work, memory_mb, argument…]`: mypy runs in the folder `source`, on a copy
of the cache, which it puts into `work` with its output; if there is no room for the copy, mypy uses no cache. The
answer is a line on stdout with mypy's exit status, or that of a killed process. Importing mypy takes 100 ms, once per
process that judges many submissions; nothing of one submission reaches the next, since the fork that saw it has ended.
"""

import contextlib
import gc
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

from mypy.main import main as mypy

from nnkata.runner.typecheck.cache import configuration, filled, options
from nnkata.worker.system import CAN_FORK, resource

#: The most bytes of a file that mypy writes: its cache takes 12 MB.
MAX_FILE = 64 << 20


def serve(folder: Path) -> None:
    """Answer until stdin ends; without a cache if none can be stored, as on a full disk or a read-only one."""
    cache: Path | None = None
    with contextlib.suppress(OSError, subprocess.CalledProcessError):
        cache = filled(folder)
    gc.collect()
    gc.freeze()  # the forks need not examine these objects again
    for line in sys.stdin:
        if not CAN_FORK:
            command = [sys.executable, "-I", "-m", "nnkata.runner.typecheck.server", str(cache or ""), line]
            print(subprocess.run(command, stdin=subprocess.DEVNULL, check=False).returncode, flush=True)
            continue
        source, work, memory_mb, *arguments = json.loads(line)
        if not (child := os.fork()):
            status = 2
            try:
                status = _check(cache, Path(source), Path(work), int(memory_mb), arguments)
            finally:
                os._exit(status)
        print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)


def _check(cache: Path | None, source: Path, work: Path, memory_mb: int, arguments: list[str]) -> int:
    if resource is not None:
        limits = {resource.RLIMIT_AS: memory_mb << 20, resource.RLIMIT_FSIZE: MAX_FILE, resource.RLIMIT_CORE: 0}
        for limit, most in limits.items():
            with contextlib.suppress(ValueError):  # above the user's own limit, which stays
                resource.setrlimit(limit, (most, most))
    copy = work / "cache"
    if cache is not None:
        try:
            shutil.copytree(cache, copy)
        except OSError:  # a full disk
            shutil.rmtree(copy, ignore_errors=True)
    settings = work / "mypy.ini"
    settings.write_text(configuration(), encoding="utf-8")
    os.chdir(source)
    with (work / "output").open("w", encoding="utf-8") as output:
        caching = ["--cache-dir", str(copy) if copy.exists() else os.devnull]
        every = ["--config-file", str(settings), *caching, *options(), *arguments]
        try:
            mypy(args=every, stdout=output, stderr=output, clean_exit=True)
        except SystemExit as ended:
            return ended.code if isinstance(ended.code, int) else 2
    return 0


if __name__ == "__main__":
    if sys.argv[2:]:  # one request, on a system without forks
        source, work, memory_mb, *arguments = json.loads(sys.argv[2])
        cache = Path(sys.argv[1]) if sys.argv[1] else None
        sys.exit(_check(cache, Path(source), Path(work), int(memory_mb), arguments))
    serve(Path(sys.argv[1]))
