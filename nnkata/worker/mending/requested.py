"""The search for edits as it is requested: a program of calls on a module or on its class."""

from collections.abc import Callable, Generator, Sequence
from functools import partial
from typing import Any

from nnkata.worker.mending import functional
from nnkata.worker.mending.program import run
from nnkata.worker.mending.search import mended
from nnkata.worker.mending.units import Named


def edits(
    module: object,
    class_name: str,
    program: Sequence[Sequence[Any]],
    right: Sequence[Sequence[Any]],
    fine: Sequence[Sequence[Any]],
    suspect: tuple[str, int],
    seconds: float,
    place: Named,
) -> list[list[object]] | None:
    """The edits with which the program gives the right values; None if it gives them as it is.

    A program that begins with `made` is one of a module's functions, any other one of its class.
    """
    cls = getattr(module, class_name, None)
    one: Callable[[Sequence[Sequence[Any]]], Generator[object]]
    if program and program[0][0] == "made":
        one = partial(functional.run, module)
    elif isinstance(cls, type):
        one = partial(run, module, cls)
    else:
        return []
    act, begun, known = (partial(one, steps) for steps in (program, fine[:1], fine))
    meant = [(value, close) for value, close in right]
    return mended(act, meant, place, (suspect[0], suspect[1]), (begun, known), seconds)
