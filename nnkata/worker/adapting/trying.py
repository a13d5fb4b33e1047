"""Trying: a text becomes a function, is called within seconds, and says nothing and reads no file meanwhile."""

import contextlib
import io
import time
import warnings
from collections.abc import Callable, Iterator, Sequence
from types import ModuleType
from typing import Any

import numpy as np

from nnkata.worker import foreign

#: Seconds that one try may take: a pass of a batch through an MNIST network takes a millisecond, in Python loops 1 s.
SECONDS = 4.0
#: A function made of a text.
Function = Callable[..., Any]


#: When trying ends, on the monotonic clock: after that every try fails at once.
_ends = [float("inf")]


def until(moment: float) -> None:
    """Try until then, and no longer."""
    _ends[0] = moment


def ends() -> float:
    """When trying ends."""
    return _ends[0]


def over() -> bool:
    """Whether the time for trying is used up."""
    return time.monotonic() > _ends[0]


class Fails(Exception):
    """A try that failed, and how."""


@contextlib.contextmanager
def quietly(seconds: float = SECONDS) -> Iterator[None]:
    """Without output, warnings and floating-point errors, for so many seconds.

    Raises:
        Fails: for any exception.
    """
    if over():
        raise Fails("no time is left")
    try:
        with (
            contextlib.redirect_stdout(io.StringIO()),
            contextlib.redirect_stderr(io.StringIO()),
            warnings.catch_warnings(),
            np.errstate(all="ignore"),
            foreign.limited(min(seconds, max(_ends[0] - time.monotonic(), 1e-3))),
        ):
            warnings.simplefilter("ignore")
            yield
    except (Exception, SystemExit) as error:
        raise Fails(f"{type(error).__name__}: {error}"[:200]) from None


def made_of(arguments: str, lines: Sequence[str], theirs: ModuleType) -> Function:
    """A function of these arguments and lines, in the namespace that an adapter has."""
    namespace: dict[str, Any] = {
        "theirs": theirs,
        "np": np,
        "made": foreign.made,
        "block": foreign.block,
        "moved": foreign.moved,
        "mean_of": foreign.mean_of,
        "through": foreign.through,
        "back": foreign.back,
    }
    body = "\n".join(f"    {line}" for line in lines)
    exec(f"def tried({arguments}):\n{body}\n", namespace)
    tried: Function = namespace["tried"]
    return tried
