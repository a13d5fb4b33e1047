"""The interface that the kata requires: a few functions, for any network.

A network is any object that `new` makes; without `new`, it is None, for networks that are global variables. `x` is a
batch as rows (n, d) of floats, `y` the one-hot labels (n, k); the module converts them to the form of its network.
"""

from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.floating[Any]]


class Adapted(Protocol):
    """The three required functions."""

    def parameters(self, net: Any, /) -> Any:
        """The live arrays (a write into them changes the network): a nested dict, list or tuple; None for no bias."""

    def output(self, net: Any, x: Floats, /) -> Floats:
        """The network's output for each sample, (n, k)."""

    def gradients(self, net: Any, x: Floats, y: Floats, /) -> Any:
        """The derivative of the loss by each parameter, in the order and shapes of `parameters`."""


class Learning(Adapted, Protocol):
    """The optional functions; each switches on the clauses that need it."""

    def loss(self, net: Any, x: Floats, y: Floats, /) -> float:
        """The loss whose slope the gradients are."""

    def new(self) -> Any:
        """Make a new network."""

    def step(self, net: Any, x: Floats, y: Floats, /) -> None:
        """Make one step of learning on a batch."""

    def train(self, net: Any, x: Floats, y: Floats, epochs: int, /) -> None:
        """Train for `epochs` passes over a training set."""

    def predict(self, net: Any, x: Floats, /) -> NDArray[np.integer[Any]]:
        """The class of each sample, (n,)."""

    def accuracy(self, net: Any, x: Floats, y: Floats, /) -> float:
        """The fraction of right answers, from 0 to 1."""
