"""The network, to be written: 784 inputs, two sigmoid layers, ten softmax outputs, per-sample gradient descent.

Fill the holes from top to bottom; each stage can be checked before the next one is begun. NumPy and the standard
library are all that is needed. Vectors are 1-D, a layer is `W @ a`, and there are no biases.
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.floating[Any]]  # any floating dtype: float32 and float64 are both fine


def preprocess(images: Any, labels: Any) -> tuple[Array, Array]:
    """Images and labels as the network takes them (stage preprocessing).

    images: n grey images, (n, 28, 28) or (n, 784), 0 to 255. labels: n digits, ints or strings '0' to '9'.
    Returns x (n, 784) float32 in [0, 1] and y (n, 10) float32, one-hot. Leaves its arguments as they are.
    """
    raise NotImplementedError("flatten and scale the images, and turn the labels into one-hot rows of ten")


class DeepNeuralNetwork:
    """Four layers of `sizes` units, for example [784, 128, 64, 10]."""

    def __init__(self, sizes: list[int], epochs: int = 10, l_rate: float = 0.001) -> None:
        """Nothing to write here, unless you want attributes of your own."""
        self.sizes = sizes
        self.epochs = epochs
        self.l_rate = l_rate
        self.params: dict[str, Array] = self.initialization()

    def sigmoid(self, x: Any, derivative: bool = False) -> Array:
        """1 / (1 + e^-x) for each element of x, or its derivative at x (stage activations).

        Keeps the shape of x. Takes x = -1000 and x = 1000 without a warning.
        """
        raise NotImplementedError("the sigmoid, and its derivative if `derivative`; mind overflow")

    def softmax(self, x: Any) -> Array:
        """e^x / sum(e^x) over a vector x (n,): positive, sums to 1 (stage activations)."""
        raise NotImplementedError("the softmax; a shift of x changes nothing but overflow")

    def initialization(self) -> dict[str, Array]:
        """Fresh random weights (stage initialization).

        W1 (sizes[1], sizes[0]), W2 (sizes[2], sizes[1]), W3 (sizes[3], sizes[2]): normal, mean 0, standard deviation
        sqrt(1 / rows).
        """
        return {}  # three matrices under the keys W1, W2, W3; until then a network can be made, but has no weights

    def forward_pass(self, x_train: Any) -> Array:
        """The class probabilities (sizes[3],) of one sample x_train (sizes[0],) (stage forward).

        Reads the weights from `params`, and keeps what backward_pass will need.
        """
        raise NotImplementedError("three layers: sigmoid, sigmoid, softmax")

    def backward_pass(self, y_train: Any, output: Any) -> dict[str, Array]:
        """The gradient of the cross-entropy by W1, W2 and W3, each of its matrix's shape (stage backward).

        For the latest forward pass, whose result is `output` (sizes[3],); y_train (sizes[3],) is one-hot.
        """
        raise NotImplementedError("from the last layer to the first: the error at Z, then the gradient of W")

    def update_network_parameters(self, changes_to_w: dict[str, Array]) -> None:
        """One step of gradient descent for each weight matrix (stage update)."""
        raise NotImplementedError("W - l_rate * change, for W1, W2 and W3")

    def compute_accuracy(self, x_val: Any, y_val: Any) -> float:
        """The fraction of samples x_val (n, sizes[0]) that are given the class of y_val (n, sizes[3]) (stage training).

        From 0.0 to 1.0.
        """
        raise NotImplementedError("how often the likeliest class is the label's")

    def train(self, x_train: Any, y_train: Any, x_val: Any, y_val: Any) -> None:
        """`epochs` passes over x_train (n, sizes[0]), y_train (n, sizes[3]) (stage training).

        A forward pass, a backward pass and an update for every sample. x_val, y_val are only for printing the accuracy
        after each epoch.
        """
        raise NotImplementedError("for each epoch, for each sample: forward, backward, update")
