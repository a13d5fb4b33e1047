"""The versions that a verdict states: of Python, NumPy, mypy, nnkata and the system."""

import platform
import re
import sys
from functools import cache
from importlib.util import find_spec
from pathlib import Path

import numpy as np

from nnkata import __version__


@cache
def versions() -> dict[str, str]:
    """The versions by name; a process states them with each of its verdicts."""
    return {
        "python": platform.python_version(),
        "numpy": np.__version__,
        "mypy": _mypy(),
        "nnkata": __version__,
        "platform": _system(),
    }


def _mypy() -> str:
    """From the name of its `mypy-VERSION.dist-info`: an import of mypy takes 30 ms, of importlib.metadata 8 ms."""
    found = find_spec("mypy")
    beside = Path(found.origin).parents[1].glob("mypy-*.dist-info") if found and found.origin else ()
    named = [match[1] for path in beside if (match := re.fullmatch(r"mypy-([^-]+)\.dist-info", path.name))]
    if len(named) == 1:
        return named[0]
    from importlib.metadata import version

    return version("mypy")


def _system() -> str:
    """As `platform.platform`, which on Linux starts `uname -p`, and then leaves its answer out."""
    if sys.platform != "linux":
        return platform.platform(terse=True)
    system, libc = platform.uname(), "".join(platform.libc_ver())
    return "-".join([system.system, system.release, system.machine, *(["with", libc] if libc else [])])
