"""The world of one clause: the subject, the clause's own random numbers, and values that its steps pass on."""

import zlib
from collections.abc import Mapping, Sequence
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from nnkata.errors import UsageError
from nnkata.katas.article import oracle
from nnkata.katas.article.protocol import WEIGHTS
from nnkata.katas.mnist import Dataset
from nnkata.language import _, later
from nnkata.steps.compare import TOLERANCE, Mismatch, array, coarser, dimensions, told
from nnkata.steps.needed import MISSING, Needed, fits
from nnkata.subject import NetworkFace, Outcome, Raised, Subject

#: A rate whose steps change no weight: twenty powers of ten below the last digit of a float64 of usual size.
NO_STEP = 1e-30


class TypeFinding(Protocol):
    """A finding of mypy; as a text, mypy's line."""

    @property
    def file(self) -> str:
        """A source file of the submission."""

    @property
    def line(self) -> int:
        """From 1."""


class TypeDifference(Protocol):
    """A member that differs from its protocol; as a text, the expected and the actual type."""

    @property
    def member(self) -> str:
        """The method, attribute, function or class."""

    @property
    def unseen(self) -> bool:
        """Whether mypy does not find it."""

    @property
    def evidence(self) -> str:
        """The member and its difference, the same in every language."""


class Facts(Protocol):
    """The run's facts about the implementation beside its behaviour, computed when a step asks."""

    @property
    def dataset(self) -> Dataset:
        """MNIST."""

    @property
    def type_trouble(self) -> Sequence[str]:
        """The reason why mypy gave no answer; empty if it did."""

    @property
    def type_findings(self) -> Sequence[TypeFinding]:
        """mypy's findings about the submission's own types."""

    @property
    def type_differences(self) -> Sequence[TypeDifference]:
        """The members that differ from `nnkata.katas.article.protocol`."""

    @property
    def sources(self) -> Mapping[str, str]:
        """The submission's own source files: name to text."""


class World:
    """One clause's world. Steps read and write its attributes; a fresh one with the same seed repeats the inputs."""

    #: The weights of the latest network in float64, as last read; and those before the latest change.
    params: Needed[dict[str, NDArray[np.float64]]] = Needed(later("known weights"))
    x: Needed[Any] = Needed(later("a sample"))
    y: Needed[Any] = Needed(later("a label"))
    output: Needed[Any] = Needed(later("an output"))
    changes: Needed[dict[str, Any]] = Needed(later("gradients"))
    outcome: Needed[Outcome] = Needed(later("a result"))

    def __init__(self, subject: Subject, judged: Facts, seed: int, clause: str) -> None:
        self.subject: Subject = subject
        self.judged: Facts = judged
        self.clause: str = clause
        self.seed: int = seed
        self.rng: np.random.Generator = np.random.default_rng([seed, zlib.crc32(clause.encode())])
        self.nets: list[NetworkFace] = []
        self.sizes: list[int] = []
        self.rate: float = 0.001
        self.epochs: int = 10
        #: The dtypes of weights so far: float32 ones turn into float64 at a step towards labels of float64.
        self.dtypes: set[str] = set()
        #: Values that steps of single stages pass on.
        self.notes: dict[str, Any] = {}
        #: Figures for the verdict, whether the clause passes or not.
        self.measured: dict[str, float] = {}

    @property
    def net(self) -> NetworkFace:
        """The latest network.

        Raises:
            UsageError: no step has made one.
        """
        if not self.nets:
            raise UsageError(_(MISSING).format(what=_("a network")))
        return self.nets[-1]

    def make(self, sizes: Sequence[int], **options: Any) -> NetworkFace:
        """Make a network, which becomes the latest; one that refuses a rate of 0 gets a rate that moves no weight."""
        self.sizes = list(sizes)
        self.rate, self.epochs = options.get("l_rate", 0.001), options.get("epochs", 10)
        try:
            self.nets.append(self.subject.network(sizes, **options))
        except Raised:
            if self.rate != 0:
                raise
            self.nets.append(self.subject.network(sizes, **{**options, "l_rate": NO_STEP}))
        return self.net

    def shape(self, key: str) -> tuple[int, int]:
        """The required shape of a weight matrix."""
        layer = int(key[1])
        return self.sizes[layer], self.sizes[layer - 1]

    def read(self) -> dict[str, NDArray[np.float64]]:
        """The latest network's W1, W2 and W3 as float64.

        Raises:
            Mismatch: one is missing, or is no float array of its shape.
        """
        return _double(self.held())

    def held(self) -> dict[str, Any]:
        """The latest network's W1, W2 and W3 in its own dtype.

        Raises:
            Mismatch: one is missing, or is no float array of its shape.
        """
        return self._checked(self.net.weights())

    def _checked(self, weights: Mapping[str, Any]) -> dict[str, Any]:
        missing = [key for key in WEIGHTS if key not in weights]
        if missing:
            raise Mismatch(_("the keys of params"), sorted(weights), list(WEIGHTS))
        held = {key: array(f"params[{key!r}]", weights[key], self.shape(key)) for key in WEIGHTS}
        self.dtypes |= {value.dtype.name for value in held.values()}
        return held

    def precision(self) -> str:
        """The least precise visible dtype: of the latest network's weights or output, or of weights in this clause."""
        weights = self.net.weights()
        values = (*(weights.get(key) for key in WEIGHTS), vars(self).get("output"))
        dtypes = [*self.dtypes, *(value.dtype.name for value in values if isinstance(value, np.ndarray))]
        return coarser("float64", *(dtype for dtype in dtypes if dtype in TOLERANCE))

    def hold(self, weights: Mapping[str, NDArray[np.float64]], replace: bool = False) -> None:
        """Set the latest network's weights and read back its own (float32 networks round).

        Raises:
            UsageError: a matrix does not have the shape that the widths of the network give.
        """
        net = self.net
        for key, matrix in weights.items():
            fits(matrix.shape == self.shape(key), key, dimensions(matrix.shape), dimensions(self.shape(key)))
        self.params = _double(self._checked(net.assigned(weights, replace)))

    def known_weights(self, spread: float = 0.7) -> dict[str, NDArray[np.float64]]:
        """Random weights, normal with that standard deviation and exact in float32: neither saturated nor linear."""
        draws = {key: self.rng.normal(0.0, spread, self.shape(key)) for key in WEIGHTS}
        return {key: draw.astype(np.float32).astype(np.float64) for key, draw in draws.items()}

    def sample(self, n: int | None = None) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Random pixels in [0, 1], exact in float32, and one-hot labels: one sample, or n as rows."""
        count = 1 if n is None else n
        x = self.rng.random((count, self.sizes[0])).astype(np.float32).astype(np.float64)
        labels = self.rng.integers(0, self.sizes[3], count)
        y = oracle.one_hot(labels, self.sizes[3]).astype(np.float64)
        return (x[0], y[0]) if n is None else (x, y)

    def forward(self) -> Any:
        """Send the sample forward; the output."""
        self.outcome = self.net.call("forward_pass", self.x)
        self.output = self.outcome.value
        return self.output

    def backward(self) -> dict[str, Any]:
        """Send the error of the sample back; the changes, keys W1, W2, W3.

        Raises:
            Mismatch: the result is no dict with these keys.
        """
        output = array(_("the output of forward_pass"), self.output, (self.sizes[3],))
        self.outcome = self.net.call("backward_pass", self.y, output)
        changes = self.outcome.value
        if not isinstance(changes, dict):
            expected = _("a dict with the keys {keys}").format(keys=", ".join(WEIGHTS))
            raise Mismatch(_("the result of backward_pass"), told(changes), expected, "no dict")
        self.changes = changes
        return changes

    def change(self, key: str) -> Any:
        """One entry of the changes.

        Raises:
            Mismatch: it is missing.
        """
        if key not in self.changes:
            raise Mismatch(_("the keys of the result of backward_pass"), sorted(self.changes), list(WEIGHTS))
        return self.changes[key]

    def train(self, xs: Any, ys: Any, x_val: Any = None, y_val: Any = None) -> None:
        """Train the latest network on xs, with the same data for validation unless others are given.

        The time limit is 10 s and 10 ms per sample and epoch, over 30 times the need of article-style code.
        """
        seconds = 10 + 0.01 * len(xs) * max(1, self.epochs)
        validation = (xs, ys) if x_val is None else (x_val, y_val)
        self.outcome = self.net.call("train", xs, ys, *validation, seconds=seconds)


def _double(weights: Mapping[str, Any]) -> dict[str, NDArray[np.float64]]:
    return {key: weight.astype(np.float64) for key, weight in weights.items()}
