"""The behaviour of a network, piece by piece, on inputs that no clause uses; equal behaviour means equal mistakes."""

import warnings
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, redirect_stdout
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


def behaviour(module: Any, seed: int) -> Behaviour:
    """The result of each piece, in the order of computation; ("raised", kind) if it raises."""
    rng = np.random.default_rng([seed, 7])
    found: Behaviour = {}
    weights = {f"W{i}": rng.normal(0, 0.7, (SIZES[i], SIZES[i - 1])) for i in (1, 2, 3)}
    xs, ys = rng.random((9, 7)), np.eye(4)[rng.integers(0, 4, 9)]
    images, labels = rng.integers(0, 256, (5, 28, 28)).astype(np.uint8), np.array([3, 0, 9, 1, 7])
    fake = oracle.softmax(rng.normal(size=4))
    z = rng.normal(0, 2, 6)
    large = {k: 100 * rng.normal(size=w.shape) for k, w in weights.items()}
    small = {k: rng.normal(size=w.shape) for k, w in weights.items()}

    def net(rate: float = 0.5, epochs: int = 3, square: bool = False) -> Any:
        made = module.DeepNeuralNetwork([5] * 4 if square else list(SIZES), epochs=epochs, l_rate=rate)
        for key, value in weights.items():
            made.params[key] = np.resize(value, (5, 5)) if square else value.copy()
        return made

    def copy(changes: Mapping[str, Any]) -> dict[str, Any]:
        return {k: np.array(v, copy=True) for k, v in changes.items()}

    def note(key: str, act: Callable[[], Any]) -> None:
        try:
            with quiet():
                found[key] = act()
        except Exception as error:
            found[key] = ("raised", type(error).__name__)

    def held(made: Any) -> dict[str, Any]:
        return {k: np.array(made.params[k], copy=True) for k in weights}

    def started() -> Any:
        made = module.DeepNeuralNetwork([784, 128, 64, 10])
        kept = {k: np.asarray(made.params[k]) for k in ("W1", "W2")}
        # the mean of a constant has no deviation to compare with
        return [
            (w.shape, *((w.std(), 1 + w.mean() / w.std()) if np.ptp(w) else (0.0, w.flat[0]))) for w in kept.values()
        ]

    def back(y: Any, output: Any = None, again: bool = False) -> Any:
        made = net()
        if again:
            made.backward_pass(ys[1], made.forward_pass(xs[1]))
        own = made.forward_pass(xs[0].copy())
        return copy(made.backward_pass(y.copy(), own if output is None else output.copy()))

    def squares() -> Any:
        made = net(square=True)
        output = made.forward_pass(xs[0][:5].copy())
        return [np.array(output, copy=True), copy(made.backward_pass(np.eye(5)[2], output))]

    def step(changes: Mapping[str, Any], times: int) -> Any:
        made = net()
        for _ in range(times):
            made.update_network_parameters(copy(changes))
        return held(made)

    def train(x: Any, y: Any, rate: float, epochs: int) -> Any:
        made = net(rate, epochs)
        made.train(x.copy(), y.copy(), xs[5:].copy(), ys[5:].copy())
        return {k: (v - weights[k]) / rate for k, v in held(made).items()}

    def accuracy() -> list[float]:
        made = net()
        return [float(made.compute_accuracy(xs[:n].copy(), ys[:n].copy())) for n in (9, 4, 1)]

    note("preprocess", lambda: [np.asarray(module.preprocess(i, labels)[0]) for i in (images, images // 2)])
    note("labels", lambda: [np.asarray(module.preprocess(images, n)[1]) for n in (labels, labels.astype(str))])
    note("sigmoid", lambda: np.asarray(net().sigmoid(z.copy())))
    note("slope", lambda: np.asarray(net().sigmoid(z.copy(), derivative=True)))
    note("softmax", lambda: np.asarray(net().softmax(z.copy())))
    note("initialization", started)
    note("output", lambda: [np.asarray(net().forward_pass(x.copy())) for x in xs[:3]])

    def gradient(key: str) -> Callable[[], Any]:
        return lambda: [back(ys[0])[key], back(ys[0], fake)[key], back(ys[0], again=True)[key]]

    for layer in "321":
        note(f"G{layer}", gradient(f"W{layer}"))
    note("square", squares)
    note(
        "update",
        lambda: [step(small, 1), step(small, 2), step(large, 1), step({k: 0 * w for k, w in small.items()}, 1)],
    )
    note("accuracy", accuracy)
    note(
        "train",
        lambda: [train(np.repeat(xs[:1], 5, 0), np.repeat(ys[:1], 5, 0), 0.5, 3), train(xs[:5], ys[:5], 1e-6, 3)],
    )
    return found


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
