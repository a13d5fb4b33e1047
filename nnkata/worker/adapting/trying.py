"""Makes functions from texts, and runs trials within seconds, without output and without reading files."""

import contextlib
import warnings
from collections.abc import Callable, Iterator, Sequence
from types import ModuleType
from typing import Any

import numpy as np

from nnkata.worker import foreign
from nnkata.worker.adapting.graph import Live
from nnkata.worker.deadline import limited, over
from nnkata.worker.foreign_code.statements import silence

#: Seconds of one trial: a pass of a batch through an MNIST network takes a millisecond, in Python loops 1 s.
SECONDS = 4.0
#: A function made from a text.
Function = Callable[..., Any]


class Fails(Exception):
    """A failed trial; the text is the error."""


@contextlib.contextmanager
def quietly(seconds: float = SECONDS) -> Iterator[None]:
    """Runs the body without output, files, warnings and floating-point errors, for at most that many seconds.

    Raises:
        Fails: the body raised any exception.
    """
    if over():
        raise Fails("no time is left")
    try:
        with (
            silence(),
            warnings.catch_warnings(),
            limited(seconds),
        ):
            warnings.simplefilter("ignore")
            yield
    except (Exception, SystemExit) as error:
        raise Fails(f"{type(error).__name__}: {error}"[:200]) from None


def made_of(arguments: str, lines: Sequence[str], theirs: ModuleType) -> Function:
    """A function of these arguments and lines, in an adapter's namespace."""
    namespace: dict[str, Any] = {
        "theirs": theirs,
        "np": np,
        "Live": Live,
        "made": foreign.made,
        "block": foreign.block,
        "gathered": foreign.gathered,
        "inside": foreign.inside,
        "moved": foreign.moved,
        "deepcopy": foreign.deepcopy,
        "still": foreign.still,
        "mean_of": foreign.mean_of,
        "through": foreign.through,
        "back": foreign.back,
        "slopes": foreign.slopes,
        "zeroed": foreign.zeroed,
    }
    body = "\n".join(f"    {line}" for line in lines)
    exec(f"def tried({arguments}):\n{body}\n", namespace)
    tried: Function = namespace["tried"]
    return tried


def value_of(lines: Sequence[str], theirs: ModuleType) -> Any:
    """The value that an adapter's lines return, such as a network.

    Raises:
        Fails: they raise or take too long, or no time is left.
    """
    with quietly():
        return made_of("", lines, theirs)()
