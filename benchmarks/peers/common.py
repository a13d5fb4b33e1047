"""Common parts of the plain tests: the submission as a module, networks with known weights, a comparison."""

import importlib.util
import sys
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]
WEIGHTS = ("W1", "W2", "W3")
SMALL, SQUARE = [7, 6, 5, 4], [5, 5, 5, 5]
#: The contract's own tolerances (nnkata/steps/compare.py).
TOLERANCE = {"float32": 2e-5, "float64": 1e-8}


def load(path: Path) -> Any:
    """Import a submission from its file."""
    spec = importlib.util.spec_from_file_location("submission", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["submission"] = module
    spec.loader.exec_module(module)
    return module


def close(came: Any, wanted: Any, dtype: str | None = None) -> None:
    """Check equality up to rounding in the dtype of `came`, relative to the largest element."""
    came, wanted = np.asarray(came), np.asarray(wanted, np.float64)
    assert came.shape == wanted.shape
    assert came.dtype.name in TOLERANCE
    tolerance = max(TOLERANCE[came.dtype.name], TOLERANCE[dtype or "float64"])
    np.testing.assert_allclose(came, wanted, rtol=0, atol=tolerance * (float(np.abs(wanted).max(initial=0)) or 1))


def known(m: Any, rng: np.random.Generator, sizes: list[int] | None = None, **options: Any) -> tuple[Any, Any]:
    """A network with known random weights, and these weights in float64."""
    net = m.DeepNeuralNetwork(list(sizes or SMALL), **options)
    return net, give(net, {key: rng.normal(0, 0.7, net.params[key].shape).astype(np.float32) for key in WEIGHTS})


def give(net: Any, weights: dict[str, Any]) -> dict[str, Array]:
    """Write weights into the existing matrices; return the network's weights in float64."""
    for key, value in weights.items():
        net.params[key][...] = value
    return held(net)


def held(net: Any) -> dict[str, Array]:
    """A float64 copy of the weights."""
    return {key: np.array(net.params[key], np.float64) for key in WEIGHTS}


def coarse(net: Any) -> str:
    """The dtype of the weights."""
    return str(net.params["W1"].dtype.name)


def sample(rng: np.random.Generator, sizes: list[int] | None = None) -> tuple[Array, Array]:
    """Random pixels and a one-hot label."""
    sizes = sizes or SMALL
    return rng.random(sizes[0]).astype(np.float32).astype(np.float64), np.eye(sizes[3])[rng.integers(sizes[3])]


def unchanged(call: Any, *arguments: Any) -> Any:
    """Make a call, check that it leaves its arguments unchanged, and return its result."""
    before = [np.copy(argument) for argument in arguments]
    value = call(*arguments)
    for argument, copy in zip(arguments, before, strict=True):
        np.testing.assert_array_equal(argument, copy)
    return value
