"""The typed interface of an implementation: the members of the article's module.

An implementation is a module with a function `preprocess` and a class, by default named `DeepNeuralNetwork`. `Network`
is that class seen from outside, `Preprocess` the function. mypy checks submissions against both (the stage `typing`),
and the kit calls a submission through these names only.

Arguments are positional here, so that a submission may name them as it likes. Widths are those of `sizes`, four of
them; the article's are 784, 128, 64 and 10. Vectors are 1-D.

This file imports only NumPy and the standard library, since mypy reads a copy of it beside the submission.
"""

from collections.abc import ItemsView, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Literal, Protocol, TypedDict, overload

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:  # in `typing` from Python 3.13 on
    from typing_extensions import ReadOnly

#: The weight matrices, from the input to the output: W1 (sizes[1], sizes[0]) and so on.
WEIGHTS = ("W1", "W2", "W3")

#: An array of any floating dtype; a submission chooses float32 or float64.
Floats = NDArray[np.floating[Any]]


class ArraysByName(Protocol):
    """A mapping whose keys are texts of some narrower type: Literal["W1", "W2", "W3"], an enumeration of texts."""

    def items(self) -> ItemsView[str, Floats]:
        """Names and arrays."""


class ThreeArrays(TypedDict):
    """A TypedDict of the three matrices; one with more keys fits it too, and one whose keys are not read-only."""

    W1: "ReadOnly[Floats]"
    W2: "ReadOnly[Floats]"
    W3: "ReadOnly[Floats]"


class SomeArrays(TypedDict, total=False):
    """The same without required keys, as in a TypedDict that is filled layer by layer."""

    W1: "ReadOnly[Floats]"
    W2: "ReadOnly[Floats]"
    W3: "ReadOnly[Floats]"


#: Weights or gradients by the names W1, W2 and W3, in every usual type of such a dict.
Arrays = Mapping[str, Floats] | ArraysByName | ThreeArrays | SomeArrays


class Network(Protocol):
    """A 4-layer network: two sigmoid layers, a softmax output, cross-entropy loss, per-sample SGD."""

    @property
    def sizes(self) -> Sequence[int] | NDArray[np.integer[Any]]:
        """The four layer widths as passed in."""

    @property
    def epochs(self) -> int:
        """Passes over the training set that `train` makes; 10 unless passed."""

    @property
    def l_rate(self) -> float:
        """The learning rate; 0.001 unless passed."""

    @property
    def params(self) -> Arrays:
        """W1 (sizes[1], sizes[0]), W2 (sizes[2], sizes[1]), W3 (sizes[3], sizes[2]); more keys are allowed."""

    def initialization(self) -> Arrays:
        """Fresh random weights under the keys W1, W2, W3."""

    def sigmoid(self, x: Any, derivative: bool = False, /) -> Floats:
        """1 / (1 + e^-x) for each element, or its derivative with respect to x; the shape of x."""

    def softmax(self, x: Any, /) -> Floats:
        """e^x / sum(e^x) over a vector (n,); (n,) that sums to 1."""

    def forward_pass(self, x_train: Any, /) -> Floats:
        """One sample (sizes[0],) to class probabilities (sizes[3],)."""

    def backward_pass(self, y_train: Any, output: Any, /) -> Arrays:
        """The gradient of the loss for each weight matrix, for the latest forward pass; shapes of the weights."""

    def update_network_parameters(self, changes_to_w: Any, /) -> None:
        """One gradient step: W - l_rate * change for each weight matrix."""

    def compute_accuracy(self, x_val: Any, y_val: Any, /) -> float:
        """The fraction in [0, 1] of rows of x_val (n, sizes[0]) whose class is that of the one-hot y_val."""

    def train(self, x_train: Any, y_train: Any, x_val: Any, y_val: Any, /) -> None:
        """`epochs` passes of per-sample gradient steps over x_train (n, sizes[0]), y_train (n, sizes[3])."""


class SigmoidByKeyword(Protocol):
    """The same with a keyword-only flag, as the article passes it."""

    def sigmoid(self, x: Any, /, *, derivative: bool = False) -> Floats:
        """As above."""


class SigmoidOfTwo(Protocol):
    """The same as two overloads, one for each value of the flag."""

    @overload
    def sigmoid(self, x: Any, derivative: Literal[False] = False, /) -> Floats: ...
    @overload
    def sigmoid(self, x: Any, derivative: Literal[True], /) -> Floats: ...


class SigmoidOfTwoByKeyword(Protocol):
    """Both."""

    @overload
    def sigmoid(self, x: Any, /, *, derivative: Literal[False] = False) -> Floats: ...
    @overload
    def sigmoid(self, x: Any, /, *, derivative: Literal[True]) -> Floats: ...


class SigmoidWithAndWithout(Protocol):
    """The same as two overloads, one without the flag and one with it."""

    @overload
    def sigmoid(self, x: Any, /) -> Floats: ...
    @overload
    def sigmoid(self, x: Any, derivative: bool, /) -> Floats: ...


class SigmoidWithAndWithoutByKeyword(Protocol):
    """Both."""

    @overload
    def sigmoid(self, x: Any, /) -> Floats: ...
    @overload
    def sigmoid(self, x: Any, /, *, derivative: bool) -> Floats: ...


class TrainByKeyword(Protocol):
    """The same with a keyword-only validation set."""

    def train(self, x_train: Any, y_train: Any, /, *, x_val: Any, y_val: Any) -> None:
        """As above."""


class NetworkClass(Protocol):
    """The class itself; further optional arguments of a submission's own are allowed."""

    def __call__(self, sizes: list[int], epochs: int = 10, l_rate: float = 0.001) -> Network:
        """Make a network with fresh random weights."""


class NetworkClassOfTuple(Protocol):
    """The same for a class annotated with a tuple: it gets a list at run time, which is allowed."""

    def __call__(self, sizes: tuple[int, int, int, int], epochs: int = 10, l_rate: float = 0.001) -> Network:
        """Make a network with fresh random weights."""


class NetworkClassByKeyword(Protocol):
    """The same with keyword-only settings."""

    def __call__(self, sizes: list[int], *, epochs: int = 10, l_rate: float = 0.001) -> Network:
        """As above."""


class NetworkClassOfTupleByKeyword(Protocol):
    """Both."""

    def __call__(self, sizes: tuple[int, int, int, int], *, epochs: int = 10, l_rate: float = 0.001) -> Network:
        """As above."""


class Preprocess(Protocol):
    """The module-level function beside the class."""

    def __call__(self, images: Any, labels: Any, /) -> tuple[Floats, Floats]:
        """N images to float32 (N, 784) in [0, 1], and N labels to one-hot (N, 10)."""
