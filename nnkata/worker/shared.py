"""A deep copy in which arrays that share memory still do, such as matrices that are views of one vector."""

import copy
from typing import Any

import numpy as np

from nnkata.worker.adapting.graph import Array, arrays


def deepcopy(value: Any) -> Any:
    """A copy of the value and of all that it holds; `copy.deepcopy` gives each view memory of its own (NumPy 2.4)."""
    memo: dict[int, Any] = {}
    memories: dict[int, list[Array]] = {}
    for array in arrays(value, "net").values():
        if type(array) is np.ndarray:
            memories.setdefault(id(_owner(array)), []).append(array)
    for views in memories.values():
        owner = _owner(views[0])
        if len(views) > 1 and owner.flags.forc:
            memory = bytearray(owner.tobytes("A"))
            for view in views:
                start = view.ctypes.data - owner.ctypes.data
                memo[id(view)] = np.ndarray(view.shape, view.dtype, memory, start, view.strides)
    return copy.deepcopy(value, memo)


def _owner(array: Array) -> Array:
    """The array whose memory it is."""
    while isinstance(array.base, np.ndarray):
        array = array.base
    return array
