"""The output folder of a batch: outside the submissions, nobody else's, and of one run at a time."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from nnkata.errors import UsageError
from nnkata.grading.verdict_store import FILE
from nnkata.language import _
from nnkata.worker.system import fcntl

#: The files that a batch overwrites or, among its verdicts, removes.
WRITTEN = (
    "gradebook.csv",
    "gradebook-excel.csv",
    "summary.json",
    "submissions.json",
    "index.html",
    "verdicts/*.json",
    "pages/*.html",
)


def apart(source: Path, output: Path) -> None:
    """Check that the output does not lie among the submissions, where the next run would take it for one.

    Raises:
        UsageError: it does.
    """
    folder, target = source.resolve(), output.resolve()
    if folder.is_dir() and (target == folder or folder in target.parents):
        text = _("--output {output} lies in {source}, where it would be a submission; name a folder outside: {other}")
        raise UsageError(text.format(output=output, source=source, other=folder.parent / f"{folder.name}-marks"))


def unclaimed(output: Path) -> None:
    """Check that the folder has no file of another origin under a name that a batch writes.

    Every batch begins with its file of verdicts. Where file names have no case, Canvas' own `Gradebook.csv` is such a
    file.

    Raises:
        UsageError: it has one.
    """
    if (output / FILE).exists():
        return
    for pattern in WRITTEN:
        for path in sorted(output.glob(pattern)):
            text = _("{path} is not from `nnkata grade`, which would overwrite it; name another --output")
            raise UsageError(text.format(path=path))


@contextmanager
def alone(output: Path) -> Iterator[None]:
    """Hold the folder until the end, where the system has locks. The lock ends with its process, in any way.

    Raises:
        UsageError: another run holds it.
    """
    if fcntl is None:
        yield
        return
    held = os.open(output, os.O_RDONLY)
    try:
        try:
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            text = _("another nnkata grade is writing to {output}: wait for its end, or name another --output")
            raise UsageError(text.format(output=output)) from None
        except OSError:
            pass  # a file system without locks
        yield
    finally:
        os.close(held)
