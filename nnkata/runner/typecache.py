"""mypy's cache, which no submission has written to, and its settings.

With an empty cache mypy takes 0.9 s for the standard library's stubs, with a full one 0.15 s. A cache that several runs
write to is no way out: two at the same time gave a submission the module of another one, and what one leaves there, the
next would read. So the cache is filled once, from a text of our own, in a folder named for everything that it depends
on, and each run works on a copy.

What mypy knows of NumPy are the stubs in this folder, not NumPy's own, and no other package is looked for: what is
installed on a machine would else be part of the verdict (docs/typing.md).
"""

import hashlib
import subprocess
import sys
import tempfile
from pathlib import Path

from nnkata.worker.system import only_one

#: The stubs of NumPy that mypy reads.
STUBS = Path(__file__).with_name("stubs")
#: Each by its name and not `--strict`, which comes to mean more with mypy's versions: what annotations lack, and bodies
#: also where they lack them. Nothing of what libraries do not say (docs/typing.md).
OPTIONS = [
    "--disallow-untyped-defs",
    "--disallow-incomplete-defs",
    "--check-untyped-defs",
    "--disallow-any-generics",
    "--no-implicit-optional",
    "--no-site-packages",
    "--output=json",
    "--no-error-summary",
    "--no-color-output",
    "--hide-error-context",
    "--no-pretty",
]
#: Modules that submissions are likely to import; any other is checked in each run.
PRIMER = """\
import abc, argparse, collections, collections.abc, contextlib, copy, csv, dataclasses, datetime, enum, functools, gzip
import inspect, io, itertools, json, logging, math, operator, os, pathlib, pickle, random, re, statistics, struct
import sys, time, types, typing, warnings

import numpy, numpy.linalg, numpy.random, numpy.typing
"""


def configuration() -> str:
    """mypy's configuration file."""
    return f"[mypy]\nmypy_path = {STUBS}\nignore_missing_imports = True\n[mypy-numpy.*]\nignore_errors = True\n"


def filled(folder: Path) -> Path:
    """The cache in `folder` for this Python, mypy and stubs; filled first where it is not there, by one at a time."""
    from mypy.version import __version__  # all of mypy, compiled: 20 ms

    stubs = [path.read_text(encoding="utf-8") for path in sorted(STUBS.rglob("*.pyi"))]
    parts = [sys.version, __version__, PRIMER, configuration(), *stubs]
    name = hashlib.sha256("\0".join([*parts, *OPTIONS]).encode()).hexdigest()[:16]
    target = folder / name
    if target.is_dir():
        return target
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / f"{name}.lock").open("w") as lock:
        only_one(lock)
        if not target.is_dir():
            with tempfile.TemporaryDirectory(dir=folder, prefix=".filling-") as work:
                _fill(Path(work))
                Path(work, "cache").rename(target)
    return target


def _fill(work: Path) -> None:
    (work / "primer.py").write_text(PRIMER, encoding="utf-8")
    (work / "mypy.ini").write_text(configuration(), encoding="utf-8")
    command = [sys.executable, "-I", "-m", "mypy", "--config-file", "mypy.ini", "--cache-dir", "cache", *OPTIONS]
    subprocess.run([*command, "primer.py"], cwd=work, check=True, stdout=subprocess.DEVNULL)
