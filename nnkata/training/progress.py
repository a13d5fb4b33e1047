"""A bar of epochs in the terminal, which shows that something happens while a network learns."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from typing import NamedTuple

from nnkata.language import _


class Told(NamedTuple):
    """Who is told what is being done, and how many epochs are."""

    say: Callable[[str], None]
    done: Callable[[int], None]


def can_be_shown() -> bool:
    """Whether the extra `train` is installed."""
    return find_spec("rich") is not None


@contextmanager
def bar(epochs: int, shown: bool) -> Iterator[Told]:
    """A bar on the standard error stream while the block runs, gone afterwards; what is printed goes above it."""
    if not shown:
        yield Told(lambda text: None, lambda done: None)
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
    both = sys.stdout.isatty()  # else it is read elsewhere, and stays where it is
    with Progress(*columns, console=console, transient=True, redirect_stdout=both) as progress:
        task = progress.add_task("", total=epochs)
        yield Told(
            lambda text: progress.update(task, description=text), lambda done: progress.update(task, completed=done)
        )
