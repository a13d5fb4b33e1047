"""mypy's cache, which no submission has written to.

With an empty cache mypy takes 1.6 s for NumPy's stubs, with a full one 0.2 s. A cache that several runs write to is no
way out: two at the same time gave a submission the module of another one, and what one leaves there, the next would
read. So the cache is filled once, from a text of our own, in a folder named for everything that it depends on, and each
run works on a copy.
"""

import fcntl
import hashlib
import os
import subprocess
import sys
import tempfile
from importlib.util import find_spec
from pathlib import Path

#: The same for the filling and for each run, or mypy does not take what is there.
OPTIONS = ["--strict", "--no-error-summary", "--no-color-output", "--hide-error-context", "--no-pretty"]
#: What submissions are likely to import; anything else is checked in each run.
PRIMER = """\
import abc, argparse, collections, collections.abc, contextlib, copy, csv, dataclasses, datetime, enum, functools, gzip
import inspect, io, itertools, json, logging, math, operator, os, pathlib, pickle, random, re, statistics, struct
import sys, time, types, typing, warnings

import numpy, numpy.random, numpy.testing, numpy.typing
"""


def cache_folder() -> Path:
    """Where mypy keeps what it knows of NumPy: NNKATA_CACHE, else the user's cache folder."""
    base = os.environ.get("NNKATA_CACHE") or os.environ.get("XDG_CACHE_HOME") or str(Path.home() / ".cache")
    return Path(base) / "nnkata" / "mypy"


def filled(folder: Path) -> Path:
    """The cache in `folder` for this Python, mypy and NumPy; filled first where it is not there, by one at a time."""
    from mypy.version import __version__  # all of mypy, compiled: 20 ms, which `cache_folder` alone does without

    numpy = find_spec("numpy")  # not imported, which takes 70 ms
    assert numpy is not None
    assert numpy.origin is not None
    number = Path(numpy.origin).with_name("version.py").read_text(encoding="utf-8")
    parts = [sys.version, __version__, numpy.origin, number, PRIMER]
    name = hashlib.sha256("\0".join([*map(str, parts), *OPTIONS]).encode()).hexdigest()[:16]
    target = folder / name
    if target.is_dir():
        return target
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not target.is_dir():
            with tempfile.TemporaryDirectory(dir=folder, prefix=".filling-") as work:
                _fill(Path(work))
                Path(work, "cache").rename(target)
    return target


def _fill(work: Path) -> None:
    (work / "primer.py").write_text(PRIMER, encoding="utf-8")
    (work / "mypy.ini").write_text("[mypy]\n", encoding="utf-8")
    command = [sys.executable, "-I", "-m", "mypy", "--config-file", "mypy.ini", "--cache-dir", "cache", *OPTIONS]
    subprocess.run([*command, "primer.py"], cwd=work, check=True, stdout=subprocess.DEVNULL)
