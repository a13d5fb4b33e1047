"""What a network keeps in its attributes beside the parameters: samples and labels, numbers of rounds, functions."""

from collections.abc import Mapping

import numpy as np

from nnkata.worker.adapting.graph import Array
from nnkata.worker.adapting.networks.makers import Maker
from nnkata.worker.adapting.source.string_options import plain
from nnkata.worker.adapting.source.usual_names import role


def data_of(maker: Maker, parameters: Mapping[str, Array]) -> dict[str, object]:
    """The attributes of a network that may hold its samples and labels, and their values."""
    held = {} if maker.passed else getattr(maker.net, "__dict__", {})
    return {
        name: value
        for name, value in held.items()
        if role(plain(name)) in ("input", "label")
        and f"net.{name}" not in parameters
        and (value is None or (isinstance(value, np.ndarray) and value.ndim))
    }


def rounds_of(net: object) -> dict[str, object]:
    """The numbers of a network that count the rounds of its training: a step takes one."""
    held = getattr(net, "__dict__", {})
    return {n: value for n, value in held.items() if role(plain(n)) == "epochs" and type(value) is int and value > 1}


def functions_held(maker: Maker) -> dict[str, object]:
    """The attributes of a network that are functions or objects: a setter that is tried may replace one."""
    held = {} if maker.passed else getattr(maker.net, "__dict__", {})
    return {name: value for name, value in held.items() if callable(value) or hasattr(value, "__dict__")}
