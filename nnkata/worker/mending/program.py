"""A program of calls on a new network, which can be run again and again: for edited code."""

import random
from collections.abc import Generator, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

import numpy as np

from nnkata.worker.caches import forget
from nnkata.worker.copies import copied


def run(module: object, cls: type, program: Sequence[Sequence[Any]]) -> Generator[object]:
    """Runs a program of these steps, and gives its values.

    - `["new", sizes, options]` makes the network of the steps after it.
    - `["assign", weights]` sets its weights.
    - `["call", name, args]` calls its method, `["module", name, args]` a function of the module: a list of the result
      and of the arguments as they are afterwards.
    - `["weights"]`: the weights. `["moved", factor]`: their change since they were set, times the factor.

    Each run finds the generators of random numbers in the same state.
    """
    begin(module)
    network: Any = None
    weights: Mapping[str, Any] = {}
    for op, *args in program:
        if op == "new":
            network = cls(list(args[0]), **args[1])
        elif op == "assign":
            weights = args[0]
            for key, value in weights.items():
                network.params[key] = value.copy()
        elif op == "weights":
            yield {key: copied(network.params[key]) for key in weights}
        elif op == "moved":
            yield {key: (copied(network.params[key]) - value) * args[0] for key, value in weights.items()}
        else:
            given = copied(args[1])
            value = getattr(network if op == "call" else module, args[0])(*given)
            yield [copied(value), given]


def begin(module: object) -> None:
    """Before a run: the generators of random numbers in their first state, and no values that a module's code keeps."""
    np.random.seed(0)
    random.seed(0)
    forget(module)


@contextmanager
def generators_kept() -> Iterator[None]:
    """Leave the global generators of random numbers (NumPy's, Python's) as they were.

    For a whole search: to read and set the states takes a third of the time of a run (NumPy 2.4).
    """
    state, python = np.random.get_state(), random.getstate()
    try:
        yield
    finally:
        np.random.set_state(state)
        random.setstate(python)
