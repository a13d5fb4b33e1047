"""A program of calls of a module's functions on a new network, which can be run again and again: for edited code."""

from collections.abc import Generator, Sequence
from typing import Any

import numpy as np

from nnkata.worker.copies import copied
from nnkata.worker.kept import fill, leaves
from nnkata.worker.mending.program import begin

#: The least change across a row of weights, as a share of its length: rounding is below.
CHANGED = 1e-9


def run(module: Any, program: Sequence[Sequence[Any]]) -> Generator[object]:
    """Runs a program of these steps, and gives its values.

    - `["made"]` makes the network of the steps after it, with `new` if the module has it.
    - `["fill", values]` writes values into its live parameters.
    - `["asked", name, args]` calls a function on it: a list of the arrays in its result and of the arguments as they
      are afterwards.
    - `["held"]`: its parameters, as a list.
    - `["changed", number, axis]`: for each row, or column, of that parameter, whether it has changed since then by
      more than a multiple of itself, as decay changes it.
    - `["turned"]`: the direction of their change since they were written, as arrays of length 1 together.

    Each run finds the generators of random numbers in the same state.
    """
    begin(module)
    network: Any = None
    written: Sequence[Any] = ()
    for op, *args in program:
        if op == "made":
            network = module.new() if hasattr(module, "new") else None
        elif op == "fill":
            written = args[0]
            fill(module.parameters(network), copied(written))
        elif op == "held":
            yield _arrays(module.parameters(network))
        elif op == "changed":
            old = np.moveaxis(np.asarray(written[args[0]], np.float64), args[1], 1)
            now = np.moveaxis(_arrays(module.parameters(network))[args[0]], args[1], 1)
            along = (now * old).sum(axis=1, keepdims=True) / (old * old).sum(axis=1, keepdims=True)
            yield np.linalg.norm(now - along * old, axis=1) > CHANGED * np.linalg.norm(old, axis=1)
        elif op == "turned":
            moves = [now - before for now, before in zip(_arrays(module.parameters(network)), written, strict=True)]
            length = np.sqrt(sum(float((move**2).sum()) for move in moves))
            yield [move / length for move in moves]
        else:
            given = copied(args[1])
            value = getattr(module, args[0])(network, *given)
            yield [_arrays(value), given]


def _arrays(value: object) -> list[Any]:
    return [np.array(one, dtype=np.float64) for _name, one in leaves(value)]
