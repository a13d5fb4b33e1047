"""Your network, whatever it looks like: any depth, biases or none, your activation and your loss.

nnkata reads off what it is, and judges it by the laws of its own architecture. A batch x has a sample a row, (n, 784);
labels y are one-hot, (n, 10). Three functions are asked for; each of the others switches on the clauses that need it.
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.floating[Any]]


def new() -> Any:
    """Make a fresh network: an object of any kind, which is handed to the other functions."""
    raise NotImplementedError("new")


def parameters(net: Any) -> Any:
    """The live arrays, so that writing into them changes the network: a dict or a list, nested as you like."""
    raise NotImplementedError("parameters")


def output(net: Any, x: Floats) -> Floats:
    """What the network says of each sample, (n, 10)."""
    raise NotImplementedError("output")


def gradients(net: Any, x: Floats, y: Floats) -> Any:
    """The derivative of the loss by each parameter: arrays in the order and the shapes of `parameters`."""
    raise NotImplementedError("gradients")


# Further ones, when you have them:
#
# def step(net, x, y):                one step of learning on a batch
# def train(net, x, y, epochs):       so many passes over a training set
# def predict(net, x):                the class of each sample, (n,)
# def accuracy(net, x, y):            the fraction of the samples that are right
