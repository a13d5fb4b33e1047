"""Failures of a command: printed on standard error, made fit for a terminal, one exit status for all commands."""

import sys
from collections.abc import Sequence
from typing import NoReturn

import click

from nnkata.reports.clean import told
from nnkata.reports.width import WIDTH, columns, wrap

#: The exit status if nothing could be judged, written, watched or learnt.
UNDONE = 2


def say(text: str) -> None:
    """Print a message after `nnkata:`; on a terminal wrapped at words, with a final command on a line of its own."""
    lines = told(f"nnkata: {text}")
    click.echo("\n".join(fitted(lines) if sys.stderr.isatty() else lines), err=True)


def fitted(lines: Sequence[str]) -> list[str]:
    """The lines wrapped to the terminal's width; a command that would be broken starts a new line and stays whole."""
    found: list[str] = []
    for line in lines:
        before, colon, command = line.rpartition(": nnkata ")
        if columns(line) > WIDTH and colon:
            found += [*wrap(f"{before}:", WIDTH, "", "  "), f"  nnkata {command}"]
        else:
            found += wrap(line, WIDTH, "", "  ")
    return found


def fail(ctx: click.Context, text: str) -> NoReturn:
    """Print the message and exit."""
    say(text)
    ctx.exit(UNDONE)
