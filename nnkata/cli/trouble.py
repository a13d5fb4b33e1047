"""Failures of a command: told on standard error, fit for a terminal, with one exit status for all commands."""

from typing import NoReturn

import click

from nnkata.reports.clean import told

#: It could not be judged, written, watched or learnt.
UNDONE = 2


def say(text: str) -> None:
    """Say it, in nnkata's name."""
    click.echo("\n".join(told(f"nnkata: {text}")), err=True)


def fail(ctx: click.Context, text: str) -> NoReturn:
    """Say it, and end."""
    say(text)
    ctx.exit(UNDONE)
