"""The behaviour of a network, piece by piece, on inputs that no clause uses; equal behaviour means equal mistakes."""

import warnings
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, redirect_stdout
from functools import partial
from io import StringIO
from types import ModuleType, SimpleNamespace
from typing import Any

import numpy as np

from nnkata.katas.article import oracle

SIZES = (7, 6, 5, 4)
#: The largest difference of equal values, relative to the largest element: rounding in float32 through two layers and
#: guards added to a denominator stay below it; the smallest mistake of the sets differs by 1e-3.
TOLERANCE = 1e-4
#: Numbers that are rounding: the mean of output - y is 0 in exact numbers.
NOTHING = 1e-12
#: The same for standard deviations: six times 0.8 %, the standard error of one of 8,192 draws.
SPREAD = 0.05

Behaviour = dict[str, Any]


def module_of(text: str) -> Any:
    """A file's text as a module."""
    module = ModuleType("submission")
    with quiet():
        exec(compile(text, "submission.py", "exec"), vars(module))
    return module


@contextmanager
def quiet() -> Iterator[None]:
    """Suppress output and warnings."""
    with warnings.catch_warnings(), redirect_stdout(StringIO()), np.errstate(all="ignore"):
        warnings.simplefilter("ignore")
        yield


class Probe:
    """Questions to a module, each about one piece, at inputs of a seed."""

    def __init__(self, module: Any, seed: int) -> None:
        rng = np.random.default_rng([seed, 7])
        self.module = module
        self.weights = {f"W{i}": rng.normal(0, 0.7, (SIZES[i], SIZES[i - 1])) for i in (1, 2, 3)}
        self.xs, self.ys = rng.random((9, 7)), np.eye(4)[rng.integers(0, 4, 9)]
        self.images, self.labels = rng.integers(0, 256, (5, 28, 28)).astype(np.uint8), np.array([3, 0, 9, 1, 7])
        self.fake = oracle.softmax(rng.normal(size=4))
        self.z = rng.normal(0, 2, 6)
        self.large = {k: 100 * rng.normal(size=w.shape) for k, w in self.weights.items()}
        self.small = {k: rng.normal(size=w.shape) for k, w in self.weights.items()}

    def net(self, rate: float = 0.5, epochs: int = 3, square: bool = False) -> Any:
        """A network with our weights."""
        made = self.module.DeepNeuralNetwork([5] * 4 if square else list(SIZES), epochs=epochs, l_rate=rate)
        for key, value in self.weights.items():
            made.params[key] = np.resize(value, (5, 5)) if square else value.copy()
        return made

    def held(self, made: Any) -> dict[str, Any]:
        """A copy of a network's weights."""
        return {k: np.array(made.params[k], copy=True) for k in self.weights}

    def preprocess(self) -> Any:
        """The pixels of two sets of images."""
        return [np.asarray(self.module.preprocess(i, self.labels)[0]) for i in (self.images, self.images // 2)]

    def one_hot(self) -> Any:
        """The labels from numbers and from texts."""
        return [np.asarray(self.module.preprocess(self.images, n)[1]) for n in (self.labels, self.labels.astype(str))]

    def initialization(self) -> Any:
        """The shape, standard deviation and mean of W1 and W2."""
        made = self.module.DeepNeuralNetwork([784, 128, 64, 10])
        kept = {k: np.asarray(made.params[k]) for k in ("W1", "W2")}
        # the mean of a constant has no deviation to compare with
        return [
            (w.shape, *((w.std(), 1 + w.mean() / w.std()) if np.ptp(w) else (0.0, w.flat[0]))) for w in kept.values()
        ]

    def back(self, y: Any, output: Any = None, again: bool = False) -> Any:
        """The gradients of a sample; of another output than the network's; of a second pass."""
        made = self.net()
        if again:
            made.backward_pass(self.ys[1], made.forward_pass(self.xs[1]))
        own = made.forward_pass(self.xs[0].copy())
        return _copied(made.backward_pass(y.copy(), own if output is None else output.copy()))

    def gradient(self, key: str) -> Any:
        """One gradient in these three cases."""
        y = self.ys[0]
        return [self.back(y)[key], self.back(y, self.fake)[key], self.back(y, again=True)[key]]

    def square(self) -> Any:
        """The output and the gradients of a network of equal widths."""
        made = self.net(square=True)
        output = made.forward_pass(self.xs[0][:5].copy())
        return [np.array(output, copy=True), _copied(made.backward_pass(np.eye(5)[2], output))]

    def step(self, changes: Mapping[str, Any], times: int) -> Any:
        """The weights after several updates."""
        made = self.net()
        for _ in range(times):
            made.update_network_parameters(_copied(changes))
        return self.held(made)

    def update(self) -> Any:
        """The weights after a small, two small, a large, and a zero change."""
        zero = {k: 0 * w for k, w in self.small.items()}
        return [self.step(self.small, 1), self.step(self.small, 2), self.step(self.large, 1), self.step(zero, 1)]

    def accuracy(self) -> list[float]:
        """The accuracy on sets of several sizes."""
        made = self.net()
        return [float(made.compute_accuracy(self.xs[:n].copy(), self.ys[:n].copy())) for n in (9, 4, 1)]

    def trained(self, x: Any, y: Any, rate: float, epochs: int) -> Any:
        """The change of the weights in a training, per rate."""
        made = self.net(rate, epochs)
        made.train(x.copy(), y.copy(), self.xs[5:].copy(), self.ys[5:].copy())
        return {k: (v - self.weights[k]) / rate for k, v in self.held(made).items()}

    def train(self) -> Any:
        """The changes in a training on one repeated sample, and on five samples."""
        one = np.repeat(self.xs[:1], 5, 0), np.repeat(self.ys[:1], 5, 0)
        return [self.trained(*one, 0.5, 3), self.trained(self.xs[:5], self.ys[:5], 1e-6, 3)]


def _copied(changes: Mapping[str, Any]) -> dict[str, Any]:
    return {k: np.array(v, copy=True) for k, v in changes.items()}


def behaviour(module: Any, seed: int) -> Behaviour:
    """The result of each piece, in the order of computation; ("raised", kind) if it raises."""
    probe = Probe(module, seed)
    pieces: dict[str, Callable[[], Any]] = {
        "preprocess": probe.preprocess,
        "labels": probe.one_hot,
        "sigmoid": lambda: np.asarray(probe.net().sigmoid(probe.z.copy())),
        "slope": lambda: np.asarray(probe.net().sigmoid(probe.z.copy(), derivative=True)),
        "softmax": lambda: np.asarray(probe.net().softmax(probe.z.copy())),
        "initialization": probe.initialization,
        "output": lambda: [np.asarray(probe.net().forward_pass(x.copy())) for x in probe.xs[:3]],
        **{f"G{layer}": partial(probe.gradient, f"W{layer}") for layer in (3, 2, 1)},
        "square": probe.square,
        "update": probe.update,
        "accuracy": probe.accuracy,
        "train": probe.train,
    }
    return {key: _result(act) for key, act in pieces.items()}


def _result(act: Callable[[], Any]) -> Any:
    try:
        with quiet():
            return act()
    except Exception as error:
        return "raised", type(error).__name__


def alike(a: Any, b: Any, tolerance: float = TOLERANCE) -> bool:
    """Whether two results are equal up to rounding."""
    if isinstance(a, dict) and isinstance(b, dict):
        return a.keys() == b.keys() and all(alike(a[key], b[key], tolerance) for key in a)
    if isinstance(a, str) or isinstance(b, str):
        return isinstance(a, str) and isinstance(b, str) and a == b
    if isinstance(a, list | tuple) and isinstance(b, list | tuple):
        return len(a) == len(b) and all(alike(x, y, tolerance) for x, y in zip(a, b, strict=True))
    try:
        x, y = np.asarray(a, dtype=np.float64), np.asarray(b, dtype=np.float64)
    except (TypeError, ValueError):
        return type(a) is type(b) and not isinstance(a, np.ndarray) and bool(a == b)
    if x.shape != y.shape:
        return False
    scale = float(np.max(np.abs(y[np.isfinite(y)]), initial=0.0))
    if max(scale, float(np.max(np.abs(x), initial=0.0))) < NOTHING:
        return True  # np.max is nan where x is, and no nan is less
    return bool(np.allclose(x, y, rtol=tolerance, atol=tolerance * scale, equal_nan=True))


def departed(found: Behaviour, right: Behaviour, without: frozenset[str] = frozenset()) -> list[str]:
    """The pieces that differ, in order."""
    return [
        key
        for key in right
        if key not in without and not alike(found[key], right[key], SPREAD if key == "initialization" else TOLERANCE)
    ]


def raises(found: Behaviour) -> bool:
    """Whether a piece raises."""
    return any(isinstance(value, tuple) and value[:1] == ("raised",) for value in found.values())


def right_module() -> Any:
    """The right network, from the oracle's formulas."""
    from nnkata.katas.article.misconceptions.catalogue import right_preprocess
    from nnkata.katas.article.misconceptions.right import Right

    return SimpleNamespace(DeepNeuralNetwork=Right, preprocess=right_preprocess)
