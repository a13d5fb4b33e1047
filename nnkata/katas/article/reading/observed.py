"""The questions to a submission after it failed: a fixed number of passes through small networks, at random inputs.

Widths differ in most networks and are alike in two, where a product of the wrong shape still gives numbers. The run
seeds all of it. Values are forgeable, like everything from a worker: this module checks kind, shape and finiteness, and
replaces invalid ones by None.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np

from nnkata.katas.article import oracle
from nnkata.katas.article.oracle import Array
from nnkata.katas.article.protocol import WEIGHTS
from nnkata.steps.compare import TOLERANCE
from nnkata.subject import NetworkFace, Outcome, Raised, Subject

#: Widths and learning rates: all different twice (other numbers of classes, so that 1/4 and one in n are two things),
#: growing (its hidden layers follow from its output), and alike twice.
RECTANGULAR = (((7, 6, 5, 4), 0.5), ((8, 5, 6, 3), 0.125), ((3, 4, 5, 7), 0.03125))
SQUARE = (((5, 5, 5, 5), 0.5), ((4, 4, 4, 4), 0.125))
#: The tolerance of a formula, relative to the largest number: a hundred times a clause's in float64, five times in
#: float32, since formulas multiply terms that a clause compares one at a time.
CLOSE = {"float32": 1e-4, "float64": 1e-6}


def finite(value: Any, shape: tuple[int, ...] | None = None) -> Array | None:
    """A float array of that shape as float64; None if it is anything else, or not finite."""
    if isinstance(value, float | int) and not isinstance(value, bool):
        value = np.asarray(value, np.float64)
    if not isinstance(value, np.ndarray) or value.dtype.name not in (*TOLERANCE, "float16"):
        return None
    if (shape is not None and value.shape != shape) or not np.isfinite(value).all():
        return None
    return value.astype(np.float64)


def shape_of(value: Any) -> tuple[int, ...] | None:
    """The shape of an array, or of lists that make one; None if they do not."""
    try:
        return tuple(np.shape(value))
    except ValueError:
        return None


@dataclass
class Pass:
    """One sample forward and its error back. `weights` are those that the network held before."""

    sizes: tuple[int, ...]
    rate: float
    weights: dict[str, Array]
    x: Array
    y: Array
    dtype: str
    forward: Outcome | None = None
    backward: Outcome | None = None
    raised: dict[str, Raised] = field(default_factory=dict)
    #: The weights after the forward and after the backward pass.
    held: dict[str, dict[str, Array] | None] = field(default_factory=dict)
    #: The argument of backward_pass for the output, if not the submission's own.
    given: Array | None = None

    @property
    def output(self) -> Array | None:
        """The result of forward_pass, if it is a vector of the right length."""
        return finite(self.forward.value, (self.sizes[3],)) if self.forward else None

    @property
    def p(self) -> Array | None:
        """The output that backward_pass was given."""
        return self.output if self.given is None else self.given

    @property
    def changes(self) -> Mapping[str, Any]:
        """The result of backward_pass, if it is a dict."""
        value = self.backward.value if self.backward else None
        return value if isinstance(value, dict) else {}

    @property
    def close(self) -> float:
        """The tolerance of a formula for these numbers."""
        return CLOSE[self.dtype]

    @property
    def square(self) -> bool:
        """Whether all widths are alike."""
        return len(set(self.sizes)) == 1


def drawn(rng: np.random.Generator, sizes: Sequence[int], spread: float = 0.7) -> dict[str, Array]:
    """Random weights that are exact in float32, neither saturated nor linear."""
    shapes = {f"W{i}": (sizes[i], sizes[i - 1]) for i in (1, 2, 3)}
    return {key: rng.normal(0.0, spread, shape).astype(np.float32).astype(np.float64) for key, shape in shapes.items()}


def sample(rng: np.random.Generator, sizes: Sequence[int]) -> tuple[Array, Array]:
    """Random pixels, exact in float32, and a one-hot label."""
    x = rng.random(sizes[0]).astype(np.float32).astype(np.float64)
    return x, oracle.one_hot([int(rng.integers(sizes[3]))], sizes[3])[0].astype(np.float64)


def held(net: NetworkFace, sizes: Sequence[int]) -> dict[str, Array] | None:
    """The network's three matrices as float64; None unless all are finite arrays of their shapes."""
    return matrices(net.weights(), sizes)


def matrices(params: Any, sizes: Sequence[int]) -> dict[str, Array] | None:
    """The three matrices of a network's `params`; None as in `held`."""
    weights = params if isinstance(params, dict) else {}
    found = {key: finite(weights.get(key), (sizes[int(key[1])], sizes[int(key[1]) - 1])) for key in WEIGHTS}
    known = {key: value for key, value in found.items() if value is not None}
    return known if len(known) == len(WEIGHTS) else None


def precision(params: Any) -> str:
    """float32 if a weight of a network's `params` is, else float64."""
    kinds = {value.dtype.name for value in params.values() if isinstance(value, np.ndarray)}
    return "float32" if "float32" in kinds else "float64"


class Observed:
    """The passes of one submission, made on demand.

    Raises in all: TimedOut, Died.
    """

    def __init__(self, subject: Subject, seed: int, facts: Any = None) -> None:
        self.subject, self.seed, self.facts = subject, seed, facts

    def images(self, count: int = 100) -> tuple[Any, Any]:
        """Some images of MNIST and their labels; None if the run has none."""
        if self.facts is None:
            return None, None
        images, labels = self.facts.dataset.images, self.facts.dataset.labels
        chosen = self.rng(700).choice(len(images), min(count, len(images)), replace=False)
        return images[chosen], labels[chosen]

    def rng(self, number: int) -> np.random.Generator:
        """The generator of an observation; each has its own, so that one does not depend on another."""
        return np.random.default_rng([self.seed, 0x7EAD, number])

    def network(self, sizes: Sequence[int], rate: float, number: int, **options: Any) -> "Probe | None":
        """A network with weights that both sides know; None if it cannot be made or does not hold them."""
        rng = self.rng(number)
        try:
            net, params = self.subject.started(sizes, drawn(rng, sizes), l_rate=rate, **options)
            weights = matrices(params, sizes)
            epochs = int(options.get("epochs", EPOCHS))
            return None if weights is None else Probe(net, tuple(sizes), rate, weights, precision(params), rng, epochs)
        except Raised:
            return None

    @property
    def made(self) -> list[Pass]:
        """The passes, if they have been asked for."""
        return self.passes if "passes" in vars(self) else []

    @cached_property
    def passes(self) -> list[Pass]:
        """A first pass through a fresh network of each kind."""
        made = [self.network(sizes, rate, number) for number, (sizes, rate) in enumerate((*RECTANGULAR, *SQUARE))]
        return [probe.there_and_back() for probe in made if probe is not None]

    @cached_property
    def handed(self) -> list[Pass]:
        """A pass whose backward_pass gets an output of its own, with one number above 1/2."""
        sizes, rate = RECTANGULAR[0]
        probe = self.network(sizes, rate, 20)
        if probe is None:
            return []
        x, y = sample(probe.rng, sizes)
        logits = probe.rng.normal(0.0, 1.0, sizes[3])
        logits[np.argmax(logits)] += CLEAR
        return [probe.there_and_back(x, y, oracle.softmax(logits))]


#: What makes the largest of four logits a clear answer: e² / (e² + 3) is above 2/3.
CLEAR = 2.0
#: The epochs of a network that is given none, as the contract has it.
EPOCHS = 10


@dataclass
class Probe:
    """A network of the submission whose weights are known."""

    net: NetworkFace
    sizes: tuple[int, ...]
    rate: float
    weights: dict[str, Array]
    dtype: str
    rng: np.random.Generator
    epochs: int

    def there_and_back(self, x: Array | None = None, y: Array | None = None, given: Array | None = None) -> Pass:
        """A sample, a random one if none is given, forward and back; the weights are set before."""
        if x is None or y is None:
            x, y = sample(self.rng, self.sizes)
        done = Pass(self.sizes, self.rate, self.weights, x, y, self.dtype, given=given)
        try:
            done.forward, params = self.net.called("forward_pass", x, weights=self.weights)
            done.held["forward"] = matrices(params, self.sizes)
        except Raised as error:
            done.raised["forward"] = error
            return done
        if done.p is None:
            return done
        came = done.forward.value
        done.dtype = "float32" if came.dtype.name != "float64" else done.dtype
        try:
            done.backward, params = self.net.called(
                "backward_pass", y, came if given is None else given.astype(came.dtype)
            )
            done.held["backward"] = matrices(params, self.sizes)
        except Raised as error:
            done.raised["backward"] = error
        return done
