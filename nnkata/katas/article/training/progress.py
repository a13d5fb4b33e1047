"""A progress bar of epochs in the terminal while a network learns."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from typing import NamedTuple

import click

from nnkata.language import _


class Listener(NamedTuple):
    """Gets the present work, the number of finished epochs, and each line of text that stays on the screen."""

    say: Callable[[str], None]
    done: Callable[[int], None]
    line: Callable[[str], None]


def can_be_shown() -> bool:
    """Whether the extra `train` is installed."""
    return find_spec("rich") is not None


@contextmanager
def bar(epochs: int, shown: bool) -> Iterator[Listener]:
    """A bar on the standard error stream while the block runs, gone afterwards; lines go above it."""
    if not shown:
        yield Listener(lambda text: None, lambda done: None, click.echo)
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn(_("epochs")),
        TimeElapsedColumn(),
    )
    console = Console(stderr=True, highlight=False)
    both = sys.stdout.isatty()  # otherwise the output is read elsewhere, without a bar
    with Progress(*columns, console=console, transient=True, redirect_stdout=both) as progress:
        task = progress.add_task("", total=epochs)
        yield Listener(
            lambda text: progress.update(task, description=text),
            lambda done: progress.update(task, completed=done),
            (lambda text: console.print(text, markup=False, soft_wrap=True)) if both else click.echo,
        )
