"""Failures of a command: told on standard error, fit for a terminal, with one exit status for all commands."""

import sys
from collections.abc import Sequence
from typing import NoReturn

import click

from nnkata.reports.clean import told
from nnkata.reports.width import WIDTH, columns, wrap

#: It could not be judged, written, watched or learnt.
UNDONE = 2


def say(text: str) -> None:
    """Say it, in nnkata's name; on a terminal wrapped at words, and a command at the end in a line of its own."""
    lines = told(f"nnkata: {text}")
    click.echo("\n".join(fitted(lines) if sys.stderr.isatty() else lines), err=True)


def fitted(lines: Sequence[str]) -> list[str]:
    """The lines in as many columns as a terminal has; a command that would be broken begins a line and stays whole."""
    found: list[str] = []
    for line in lines:
        before, colon, command = line.rpartition(": nnkata ")
        if columns(line) > WIDTH and colon:
            found += [*wrap(f"{before}:", WIDTH, "", "  "), f"  nnkata {command}"]
        else:
            found += wrap(line, WIDTH, "", "  ")
    return found


def fail(ctx: click.Context, text: str) -> NoReturn:
    """Say it, and end."""
    say(text)
    ctx.exit(UNDONE)
