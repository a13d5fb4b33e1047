"""mypy's settings, and its cache, to which no submission writes.

With an empty cache mypy takes 0.9 s for the standard library's stubs, with a full one 0.15 s. Runs cannot share a
writable cache: two at the same time gave a submission the module of another one, and each run would read the files
of an earlier one. So the cache is filled once, from a text of our own, in a folder whose name contains everything that
it depends on, and each run works on a copy.

mypy uses the stubs of NumPy in this folder, not NumPy's own, and looks for no other package: otherwise the verdict
would depend on the machine's packages (docs/typing.md).
"""

import hashlib
import subprocess
import sys
import tempfile
from pathlib import Path

from nnkata.worker.system import only_one

#: The stubs of NumPy that mypy reads.
STUBS = Path(__file__).with_name("stubs")
#: Each by its name and not `--strict`, which includes more in later versions: missing annotations, and bodies without
#: annotations. Nothing about missing types of libraries (docs/typing.md).
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
#: Modules that submissions are likely to import; mypy checks any other in each run.
PRIMER = """\
import abc, argparse, collections, collections.abc, contextlib, copy, csv, dataclasses, datetime, enum, functools, gzip
import inspect, io, itertools, json, logging, math, operator, os, pathlib, pickle, random, re, statistics, struct
import sys, time, types, typing, warnings

import numpy, numpy.linalg, numpy.random, numpy.typing
"""


def options() -> list[str]:
    """mypy's options. A newer mypy keeps its cache in 16 databases; with one to copy, a run takes 10 % less."""
    from mypy.options import Options  # imports all of mypy, compiled: 20 ms

    return [*OPTIONS, *(["--sqlite-num-shards=1"] if hasattr(Options(), "sqlite_num_shards") else [])]


def configuration() -> str:
    """mypy's configuration file."""
    return f"[mypy]\nmypy_path = {STUBS}\nignore_missing_imports = True\n[mypy-numpy.*]\nignore_errors = True\n"


def filled(folder: Path) -> Path:
    """The cache in `folder` for this Python, mypy and stubs; if absent, one process at a time fills it."""
    from mypy.version import __version__

    stubs = [path.read_text(encoding="utf-8") for path in sorted(STUBS.rglob("*.pyi"))]
    parts = [sys.version, __version__, PRIMER, configuration(), *stubs]
    name = hashlib.sha256("\0".join([*parts, *options()]).encode()).hexdigest()[:16]
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
    command = [sys.executable, "-I", "-m", "mypy", "--config-file", "mypy.ini", "--cache-dir", "cache", *options()]
    subprocess.run([*command, "primer.py"], cwd=work, check=True, stdout=subprocess.DEVNULL)
