"""A foreign file's definitions for an adapter, which begins with `theirs = load("network.py")`.

An adapter may need: `load`, `made`, `block`, `deepcopy`, `gathered`, `inside`, `moved`, `still`, `mean_of`, `through`,
`back`, `slopes`, `zeroed`.
"""

import sys
import types
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

from nnkata.worker.foreign_code.definitions import loaded
from nnkata.worker.foreign_code.gathered import gathered
from nnkata.worker.foreign_code.layer_chains import back, slopes, through
from nnkata.worker.foreign_code.local_variables import inside
from nnkata.worker.foreign_code.rerun import block, made
from nnkata.worker.foreign_code.statements import NotLoaded, code_of
from nnkata.worker.foreign_code.tensors import zeroed
from nnkata.worker.shared import deepcopy

__all__ = [
    "NotLoaded",
    "back",
    "block",
    "code_of",
    "deepcopy",
    "gathered",
    "inside",
    "load",
    "loaded",
    "made",
    "mean_of",
    "moved",
    "slopes",
    "still",
    "through",
    "zeroed",
]


def load(name: str) -> types.ModuleType:
    """The definitions of a file beside the caller's, or in a folder below it: a module.

    Raises:
        FileNotFoundError: there is no such file.
        SyntaxError: it is not Python.
    """
    base = Path(sys._getframe(1).f_globals["__file__"]).resolve().parent
    path = (base / name).resolve()
    if not path.is_file():
        raise FileNotFoundError(f"{name} is not beside the adapter")
    return loaded(path, base)


def moved(parameters: Callable[[Any], Any], net: Any, act: Callable[[], Any], rate: float) -> list[Any]:
    """The gradients as the parameters' step during `act`, divided by the rate; the parameters are restored."""
    before = [np.array(array) for array in parameters(net)]
    act()
    found = []
    for array, old in zip(parameters(net), before, strict=True):
        found.append((old - array) / rate)
        array[...] = old
    return found


def still(parameters: Callable[[Any], Any], net: Any, act: Callable[[], Any]) -> list[Any]:
    """The arrays that `act` gives, such as gradients that the network keeps; the parameters are restored."""
    before = [np.array(array) for array in parameters(net)]
    found = [np.array(array) for array in act()]
    for array, old in zip(parameters(net), before, strict=True):
        array[...] = old
    return found


def mean_of(one: Callable[[Any, Any], Any], x: Any, y: Any) -> list[Any]:
    """The mean of the results of a function of one sample, array by array."""
    each = [[np.array(array, float) for array in one(a, b)] for a, b in zip(x, y, strict=True)]
    return [np.mean([arrays[n] for arrays in each], axis=0) for n in range(len(each[0]))]
