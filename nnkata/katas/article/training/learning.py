"""A network of an implementation that learns MNIST, one epoch per call of `train`, and its measurements.

One epoch per call, because by the contract training continues from the current weights: so progress can be shown, and
weights can be kept, for any implementation, whatever its `train` prints or returns.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nnkata.katas.article import oracle
from nnkata.katas.article.protocol import WEIGHTS
from nnkata.katas.article.sets import Sets
from nnkata.katas.article.steps.mnist import SIZES
from nnkata.language import _
from nnkata.steps.compare import array
from nnkata.subject import NetworkFace, Subject

Array = NDArray[np.float64]
Weights = dict[str, NDArray[Any]]
Say = Callable[[str], None]

#: Seconds for a sample in a call, beside the 10 s of every call: 300 times what article-style code needs. The user can
#: interrupt at any time, so this only ends an unwatched hanging call.
SAMPLE_SECONDS = 0.1
#: Samples sent forward in one call.
BATCH = 500
#: The number of training images measured: measuring more would take longer than training on them.
MOST_MEASURED = 5_000
#: Samples whose gradients are measured.
GRADIENTS = 50
#: The least probability in a logarithm: a sure and wrong answer costs 27.6, not infinity.
LEAST = 1e-12


class Diverged(Exception):
    """The network's results are no longer numbers; the text has the remedy."""


@dataclass(frozen=True)
class Score:
    """The result on one set: the mean cross-entropy, and the fraction of correct images."""

    loss: float
    accuracy: float


@dataclass(frozen=True)
class Epoch:
    """The measurements after an epoch (0: before the first), and the seconds of its training.

    `gradients`: for W1, W2 and W3, the root of the mean square of a gradient's elements; empty where not asked for.
    """

    train: Score
    validation: Score
    gradients: dict[str, float]
    seconds: float


class Learner:
    """One network. `history` and `weights` cover complete epochs, also after an interrupt.

    `first` are its initial weights.
    """

    def __init__(self, subject: Subject, sets: Sets, rate: float, gradients: bool, **options: Any) -> None:
        """`gradients`: whether they are measured; `options` are further arguments of the class."""
        self._subject, self._sets, self._gradients = subject, sets, gradients
        self._options = {"epochs": 1, "l_rate": rate, **options}
        self.history: list[Epoch] = []
        self.first: Weights = {}
        self.weights: Weights = {}

    def begin(self, say: Say) -> None:
        """Make the network, and measure it before training; `say` gets each step.

        Raises:
            Raised, TimedOut, Died: from the implementation.
            Mismatch: a result is not of the interface.
            Diverged: a result is no number.
        """
        self._net = self._subject.network(SIZES, **self._options)
        self._complete(0.0, say)
        self.first = self.weights

    def learn(self, say: Say) -> None:
        """One epoch, then the measurements; raises as `begin` does."""
        say(_("learning"))
        xs, ys = self._sets[0]
        start = time.perf_counter()
        self._net.call("train", xs, ys, *self._sets[1], seconds=10 + SAMPLE_SECONDS * len(xs))
        self._complete(time.perf_counter() - start, say)

    def reads(self, xs: Any, ys: Any) -> Array:
        """The outputs (n, 10) of a new network with the weights of the latest complete epoch; raises as `begin` does.

        A new one, because an interrupt may have ended the process that held the other, or left it in mid-epoch.
        """
        net = self._subject.network(SIZES, **self._options)
        net.assign(self.weights)
        return outputs(net, xs, ys)

    def _complete(self, seconds: float, say: Say) -> None:
        say(_("measuring"))
        now = weights(self._net)
        (xs, ys), validation = self._sets[0], self._sets[1]
        some = np.linspace(0, len(xs) - 1, min(len(xs), MOST_MEASURED)).astype(np.int64)
        scores = [score(outputs(self._net, *pair), pair[1]) for pair in ((xs[some], ys[some]), validation)]
        sizes = gradients(self._net, xs[:GRADIENTS], ys[:GRADIENTS]) if self._gradients else {}
        self.history, self.weights = [*self.history, Epoch(scores[0], scores[1], sizes, seconds)], now


def weights(net: NetworkFace) -> Weights:
    """The network's W1, W2 and W3, in their own dtypes.

    Raises:
        Mismatch: one is missing or is no float array of its shape.
        Diverged: one has an element that is no finite number.
    """
    held = net.weights()
    found = {}
    for layer, key in enumerate(WEIGHTS, 1):
        found[key] = array(f"params[{key!r}]", held.get(key), (SIZES[layer], SIZES[layer - 1]))
        _finite(found[key])
    return found


def outputs(net: NetworkFace, xs: Any, ys: Any) -> Array:
    """The probabilities (n, 10) that the network's forward passes give for xs (n, 784).

    Raises:
        Mismatch: a pass gives anything but (10,) floats.
        Diverged: one of them is no finite number.
    """
    rows: list[Any] = []
    for start in range(0, len(xs), BATCH):
        part = xs[start : start + BATCH]
        values = net.call("forward_pass", part, rows=True, seconds=10 + SAMPLE_SECONDS * len(part)).value
        rows += [array(_("the output"), value, (SIZES[-1],)) for value in values]
    came = array(_("the outputs"), np.array(rows, np.float64), ys.shape)
    _finite(came)
    return came


def _finite(values: NDArray[Any]) -> None:
    if not np.all(np.isfinite(values)):
        raise Diverged(_("it has come to numbers that are not finite; try a smaller --rate"))


def score(came: Array, ys: Any) -> Score:
    """The score of outputs (n, 10) for one-hot ys (n, 10)."""
    of_class = np.sum(came * ys, axis=1)
    return Score(float(-np.mean(np.log(np.maximum(of_class, LEAST)))), oracle.hits(came, ys))


def gradients(net: NetworkFace, xs: Any, ys: Any) -> dict[str, float]:
    """For W1, W2 and W3 the root mean square of the elements of backward_pass's gradients, over some samples."""
    squares: dict[str, list[float]] = {key: [] for key in WEIGHTS}
    for x, y in zip(xs, ys, strict=True):
        changes = net.call("backward_pass", y, net.call("forward_pass", x).value).value
        for layer, key in enumerate(WEIGHTS, 1):
            change = changes.get(key) if isinstance(changes, dict) else None
            shape = (SIZES[layer], SIZES[layer - 1])
            found = array(_("the gradient of {key}").format(key=key), change, shape)
            squares[key].append(float(np.mean(np.square(found, dtype=np.float64))))
    return {key: float(np.sqrt(np.mean(values))) for key, values in squares.items()}
