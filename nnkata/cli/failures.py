"""Failures of a command: printed on standard error, made fit for a terminal, one exit status for all commands."""

import contextlib
import errno
import shutil
import sys
import tempfile
from collections.abc import Iterator, Sequence
from typing import NoReturn

import click

from nnkata.language import _, reason
from nnkata.reports.clean import told
from nnkata.reports.width import WIDTH, columns, wrap
from nnkata.terminal import silenced

#: The errors of a standard output on a full disk, on a lost terminal, or whose reader has gone.
UNHEARD = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO, errno.EPIPE)
#: The errors of a file on a full disk, over a quota, or on a disk that is only to be read.
UNWRITTEN = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EROFS)
#: The exit status if nothing could be judged, written, watched or learnt.
UNDONE = 2


def say(text: str) -> None:
    """Print a message after `nnkata:`; on a terminal wrapped at words, with a final command on a line of its own."""
    screen = sys.stderr.isatty()
    lines = told(f"nnkata: {text}", whole=screen)
    with contextlib.suppress(OSError):  # its disk may be full, or its reader gone
        click.echo("\n".join(fitted(lines) if screen else lines), err=True)


def _width() -> int:
    """The columns of the terminal, but no more than those of a new one."""
    return min(WIDTH, shutil.get_terminal_size().columns)


def fitted(lines: Sequence[str]) -> list[str]:
    """The lines wrapped to the terminal's width; a command that would be broken starts a new line and stays whole."""
    found: list[str] = []
    width = _width()
    for line in lines:
        before, colon, command = line.rpartition(": nnkata ")
        if columns(line) > width and colon:
            found += [*wrap(f"{before}:", width, "", "  "), f"  nnkata {command}"]
        else:
            found += wrap(line, width, "", "  ")
    return found


def on_terminal(lines: Sequence[str]) -> list[str]:
    """The lines of a result, on a terminal wrapped at words; an indented one, such as a command, stays whole."""
    if not sys.stdout.isatty():
        return [*lines]
    return [part for line in lines for part in _whole_or_fitted(line)]


def _whole_or_fitted(line: str) -> list[str]:
    return [line] if line.startswith(" ") or columns(line) <= _width() else fitted([line])


def fail(ctx: click.Context, text: str) -> NoReturn:
    """Print the message and exit."""
    say(text)
    ctx.exit(UNDONE)


def heard(error: OSError) -> bool:
    """Whether standard output failed because its reader has read enough, as `head` does; else it prints the reason."""
    silenced()
    if error.errno != errno.EPIPE:
        say(_("the output cannot be written: {why}").format(why=reason(error)))
    return error.errno == errno.EPIPE


def of_disk(error: Exception) -> str:
    """The message for an error of this machine's disk; empty for any other error."""
    if not isinstance(error, OSError):
        return ""
    if error.filename is None and error.errno == errno.ENOENT and not _has_temporary():
        return _("no folder for temporary files can be written; set TMPDIR to one")
    if error.errno not in UNWRITTEN:
        return ""
    path = error.filename2 or error.filename or _("a temporary file")  # of a copy, the second is the one written
    return _("{path} cannot be written: {strerror}").format(path=path, strerror=reason(error))


def _has_temporary() -> bool:
    try:
        tempfile.gettempdir()
    except FileNotFoundError:
        return False
    return True


@contextlib.contextmanager
def to_output() -> Iterator[None]:
    """Exit, without a traceback, if standard output or a file on a full disk cannot be written."""
    try:
        yield
    except OSError as error:
        if error.filename is None and error.errno in UNHEARD:
            heard(error)
        elif text := of_disk(error):
            say(text)
        else:
            raise
        raise SystemExit(UNDONE) from None
