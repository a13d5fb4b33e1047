"""The module that the kata asks for: few functions, for any network.

A network is whatever `new` makes; None where there is no `new`, for networks that are global variables. `x` is a batch
as rows (n, d) of floats, `y` the one-hot labels (n, k); the module turns them as its network wants them.
"""

from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.floating[Any]]


class Adapted(Protocol):
    """The three functions that are asked for."""

    def parameters(self, net: Any, /) -> Any:
        """The live arrays, writing into which changes the network: a dict, list or tuple, nested; None for no bias."""

    def output(self, net: Any, x: Floats, /) -> Floats:
        """The network's output for each sample, (n, k)."""

    def gradients(self, net: Any, x: Floats, y: Floats, /) -> Any:
        """The derivative of the loss by each parameter, arrays in the order and shapes of `parameters`."""


class Learning(Adapted, Protocol):
    """The optional ones; each switches on the clauses that need it."""

    def loss(self, net: Any, x: Floats, y: Floats, /) -> float:
        """The loss whose slope the gradients are."""

    def new(self) -> Any:
        """A fresh network."""

    def step(self, net: Any, x: Floats, y: Floats, /) -> None:
        """One step of learning on a batch."""

    def train(self, net: Any, x: Floats, y: Floats, epochs: int, /) -> None:
        """So many passes over a training set."""

    def predict(self, net: Any, x: Floats, /) -> NDArray[np.integer[Any]]:
        """The class of each sample, (n,)."""

    def accuracy(self, net: Any, x: Floats, y: Floats, /) -> float:
        """The fraction of the samples that are right."""
