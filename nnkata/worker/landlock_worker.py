"""The worker process behind Landlock: loads its modules, gives up access to the rest of the machine, then serves.

    ... MEMORY CPU PROCESSES FILES DISK FILTER CONFINEMENT

The filter of system calls is in hexadecimal digits; the confinement is a JSON object:

    version     the ABI of Landlock to use
    ruleset     a descriptor: the files that any worker of the judging process may see
    read        the folders and files of this worker
    write       its writable folders
    user        the user that root becomes, else -1
    capability  the capability that root keeps, else -1
"""

import importlib
import json
import os
import site
import sys
import tempfile
from pathlib import Path

from nnkata.worker import landlock
from nnkata.worker.__main__ import private_streams, ready, serve
from nnkata.worker.host import Host
from nnkata.worker.system import end_with_parent, limit, refuse_calls

#: The modules that the host imports when it needs them: behind Landlock it cannot read them (4 ms).
LATE = ("nnkata.worker.mending.requested",)


def confine(program: bytes, text: str) -> None:
    """Let the kernel enforce the confinement from here on.

    Raises:
        OSError: it does not; then nothing may run here.
    """
    given = json.loads(text)
    version = given["version"]
    own = landlock.ruleset(version)
    landlock.allow(own, version, landlock.READ, given["read"])
    landlock.allow(own, version, landlock.WRITE, given["write"])
    if given["user"] >= 0:
        landlock.become(given["user"], given["capability"])
    end_with_parent()  # not earlier: becoming another user would undo it
    landlock.enter(given["ruleset"])
    landlock.enter(own)
    refuse_calls(landlock.with_own_number(program))


def only(folders: list[str]) -> None:
    """Search modules in these folders alone, without old caches; loaded modules stay."""
    sys.path[:] = folders
    sys.path_importer_cache.clear()
    for name in ("setquit", "setcopyright", "sethelper"):  # the names that `site` defines, without its folders
        getattr(site, name)()


def main(folders: list[str]) -> None:
    """Serve until the input ends; `folders` are those of the standard library."""
    limit(*map(int, sys.argv[1:6]))
    ready()
    for name in LATE:
        importlib.import_module(name)
    only(folders)
    tempfile.tempdir = os.environ.get("TMPDIR")  # else Python searches for it on first use, by writing
    confine(bytes.fromhex(sys.argv[6]), sys.argv[7])
    serve(Host(works_in=str(Path.cwd()), walled=True), *private_streams())
