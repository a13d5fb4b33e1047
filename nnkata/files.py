"""Writes files whole or not at all, and removes folders whatever they hold."""

import contextlib
import errno
import os
import select
import shutil
import tempfile
from pathlib import Path

#: Seconds without a byte from a pipe: the command that writes into it may ask a server.
PATIENCE = 20.0


def write(path: Path, content: bytes) -> None:
    """Write a file under another name in the same folder, then rename it; its permissions follow the user's mask.

    A link stays a link. A device or a pipe is written to directly.

    Raises:
        OSError: it cannot be written; the old content remains. It has the file's own name.
    """
    try:
        _write(path, content)
    except OSError as error:
        raise OSError(error.errno, error.strerror, str(path)) from None


def _write(path: Path, content: bytes) -> None:
    if path.exists() and not path.is_file():  # a device or a pipe: /dev/stdout, /dev/null
        path.write_bytes(content)
        return
    path = Path(os.path.realpath(path))
    descriptor, temporary = tempfile.mkstemp(dir=path.parent, prefix=".part-")
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
        mask = os.umask(0)  # the only way to read the mask; a temporary file is readable by its owner alone
        os.umask(mask)
        Path(temporary).chmod(0o666 & ~mask)
        Path(temporary).replace(path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise


def from_pipe(path: Path) -> bytes:
    """The content of a pipe, such as the shell's `<(command)`, which can be read once.

    Raises:
        TimeoutError: nothing writes into it.
        OSError: it cannot be read.
    """
    found = b""
    with os.fdopen(os.open(path, os.O_RDONLY | os.O_NONBLOCK), "rb", buffering=0) as pipe:
        while select.select([pipe], [], [], PATIENCE)[0]:
            part = pipe.read(1 << 16)
            if not part:
                return found
            found += part
    raise TimeoutError


def write_new(path: Path, content: bytes) -> None:
    """Write a file that does not exist yet, whole or not at all.

    Raises:
        OSError: it exists, or cannot be written.
    """
    with path.open("xb") as file:
        try:
            file.write(content)
            file.flush()
        except BaseException:
            path.unlink(missing_ok=True)
            raise


def disk_is_full(error: OSError) -> bool:
    """Whether an error is one of this machine's disk, and not of the file that was read."""
    return error.errno in (errno.ENOSPC, errno.EDQUOT)


def remove(folder: Path) -> None:
    """Remove a folder and its content: also paths too long to name, folders without permissions, very many files.

    It moves each inner folder up first, so that no path gets long. A file that cannot be removed stays: nothing that a
    submission leaves behind may cost it its verdict.
    """
    with contextlib.suppress(OSError, RecursionError):
        shutil.rmtree(folder)
        return
    waiting, moved = [folder], 0
    while waiting:
        here = waiting.pop()
        with contextlib.suppress(OSError):
            here.chmod(0o700)
            for path in [*here.iterdir()]:
                if path.is_symlink() or not path.is_dir():
                    path.unlink()
                    continue
                if here != folder:
                    path = path.rename(folder / f".moved-{moved}")
                    moved += 1
                waiting.append(path)
    with contextlib.suppress(OSError):
        for path in [*folder.iterdir()]:
            path.rmdir()
        folder.rmdir()


def cache_folder() -> Path:
    """The folder of everything kept between runs, for all commands: NNKATA_CACHE, else the user's cache folder."""
    base = os.environ.get("NNKATA_CACHE") or os.environ.get("XDG_CACHE_HOME") or str(Path.home() / ".cache")
    return Path(base) / "nnkata"
