"""The effects of rounding and chance on a million networks at once: how often a correct one breaks a bound.

Part of `python benchmarks/tolerances.py`. The networks are plain array formulas (`Batch`), in other forms and orders
than the oracle's: sigmoid as 1 / (1 + e^-z), its derivative as a (1 - a). Weights and samples are drawn as the steps
draw them.
"""

import math
from collections.abc import Callable
from typing import Any

import numpy as np

from nnkata.katas.article import oracle
from nnkata.katas.article.protocol import WEIGHTS
from nnkata.katas.article.steps.backward import DIRECTIONS, HALF_STEP, SLOPE_TOLERANCE
from nnkata.katas.article.steps.training import DRIFT
from nnkata.katas.mnist import load
from nnkata.steps.compare import TOLERANCE

SMALL, SQUARE, WIDE = [7, 6, 5, 4], [5, 5, 5, 5], [12, 6, 5, 4]
#: Networks in each measurement of rounding: float64 is compared with longdouble, which is slow.
NETWORKS = {"float32": 1_000_000, "float64": 100_000}


class Batch:
    """Many networks at once, in one dtype; x (n, sizes[0]), y (n, sizes[3])."""

    def __init__(self, params: dict[str, Any], dtype: str) -> None:
        self.params, self.dtype = {key: value.astype(dtype) for key, value in params.items()}, dtype

    def forward(self, x: Any) -> tuple[Any, ...]:
        """The activations of all layers."""
        layers = [x.astype(self.dtype)]
        for key in ("W1", "W2"):
            layers.append(1 / (1 + np.exp(-self._through(key, layers[-1]))))
        z = self._through("W3", layers[-1])
        exps = np.exp(z - z.max(axis=1, keepdims=True))
        return (*layers, exps / exps.sum(axis=1, keepdims=True))

    def _through(self, key: str, a: Any) -> Any:
        return (self.params[key] @ a[:, :, None])[:, :, 0]

    def gradients(self, x: Any, y: Any) -> dict[str, Any]:
        """The gradients of the cross-entropy, by weight matrix."""
        a0, a1, a2, output = self.forward(x)
        d3 = output - y.astype(self.dtype)
        d2 = (d3[:, None, :] @ self.params["W3"])[:, 0] * (a2 * (1 - a2))
        d1 = (d2[:, None, :] @ self.params["W2"])[:, 0] * (a1 * (1 - a1))
        return {key: d[:, :, None] * a[:, None, :] for key, d, a in (("W1", d1, a0), ("W2", d2, a1), ("W3", d3, a2))}

    def step(self, x: Any, y: Any, rate: float) -> None:
        """One step of every network, on its own sample."""
        for key, change in self.gradients(x, y).items():
            self.params[key] -= np.asarray(rate, self.dtype) * change

    def loss(self, x: Any, y: Any) -> Any:
        """The loss as the steps compute it: the logarithm in float64."""
        return -np.log((self.forward(x)[-1].astype(np.float64) * y).sum(axis=1))


def batch_inputs(rng: Any, n: int, sizes: list[int]) -> tuple[dict[str, Any], Any, Any]:
    """Weights, samples and labels of n clauses, drawn as the steps draw them."""
    draws = {f"W{i}": rng.normal(0.0, 0.7, (n, sizes[i], sizes[i - 1])) for i in (1, 2, 3)}
    params = {key: draw.astype(np.float32).astype(np.float64) for key, draw in draws.items()}
    x = rng.random((n, sizes[0])).astype(np.float32).astype(np.float64)
    return params, x, np.eye(sizes[3])[rng.integers(0, sizes[3], n)]


def largest(array: Any) -> Any:
    """Per network, the largest size of an element."""
    return np.abs(array).reshape(len(array), -1).max(axis=1)


class Tail:
    """The largest error of very many networks, and the number of those that break the bound."""

    def __init__(self, bound: float) -> None:
        self.bound, self.n, self.over, self.worst = bound, 0, 0, 0.0

    def add(self, errors: Any) -> None:
        """Add one figure per clause: errors (n,)."""
        self.n, self.over = self.n + len(errors), self.over + int(np.sum(errors > self.bound))
        self.worst = max(self.worst, float(np.max(errors)))

    def told(self) -> dict[str, float]:
        """The figures for the report."""
        return {
            "n": self.n,
            "bound": self.bound,
            "over": self.over,
            "worst": self.worst,
            "margin": self.bound / self.worst,
        }


def tails_of_rounding(dtype: str, n: int) -> dict[str, Any]:
    """Output, gradients, weights after six steps, and slopes, compared with the next wider dtype."""
    rng, exact = np.random.default_rng(5), {"float32": "float64", "float64": "longdouble"}[dtype]
    names = ("output", "gradients", "weights after 6 steps")
    tails = {name: Tail(TOLERANCE[dtype]) for name in names} | {"slopes": Tail(SLOPE_TOLERANCE[dtype])}
    for number, size in enumerate(chunks(n)):
        params, x, y = batch_inputs(rng, size, (SMALL, SQUARE)[number % 2])
        came, right = Batch(params, dtype), Batch(params, exact)
        outputs = [net.forward(x)[-1] for net in (came, right)]
        tails["output"].add(largest(outputs[0] - outputs[1]) / largest(outputs[1]))
        gradients = [net.gradients(x, y) for net in (came, right)]
        relative = [largest(gradients[0][key] - gradients[1][key]) / largest(gradients[1][key]) for key in WEIGHTS]
        tails["gradients"].add(np.max(relative, axis=0))
        tails["slopes"].add(slopes_off(rng, params, x, y, dtype))
        for net in (came, right):
            for _ in range(6):
                net.step(x, y, 0.5)
        relative = [largest(came.params[key] - right.params[key]) / largest(right.params[key]) for key in WEIGHTS]
        tails["weights after 6 steps"].add(np.max(relative, axis=0))
    return {name: tail.told() for name, tail in tails.items()}


def slopes_off(rng: Any, params: dict[str, Any], x: Any, y: Any, dtype: str) -> Any:
    """The largest difference of slope and gradient over all matrices and directions, as backward-7 compares them."""
    gradients, half, worst = Batch(params, dtype).gradients(x, y), HALF_STEP[dtype], np.zeros(len(x))
    for key in WEIGHTS:
        gradient = gradients[key].astype(np.float64)
        norm = np.linalg.norm(gradient, axis=(1, 2))
        for _ in range(DIRECTIONS):
            direction = rng.normal(size=gradient.shape)
            direction /= np.linalg.norm(direction, axis=(1, 2), keepdims=True)
            up, down = (Batch({**params, key: params[key] + s * half * direction}, dtype).loss(x, y) for s in (1, -1))
            difference = (up - down) / (2 * half) - (gradient * direction).sum(axis=(1, 2))
            worst = np.maximum(worst, np.abs(difference) / norm)
    return worst


def chunks(n: int, size: int = 20_000) -> list[int]:
    """Split n into parts."""
    return [min(size, n - done) for done in range(0, n, size)]


def tails_of_visits(dtype: str, n: int, rate: float = 0.0005, bound: float = DRIFT) -> dict[str, Any]:
    """training-4 and training-5: a right network in random order, and the share of wrong ones that pass training-5.

    The wrong one shuffles the images without their labels.
    """
    rng, own, length, blind, counted = np.random.default_rng(6), Tail(bound), Tail(bound), 0, 0
    for size in chunks(n):
        params, _, _ = batch_inputs(rng, size, WIDE)
        labels, every = rng.integers(0, 4, (size, 12)), np.arange(size)
        before = Batch(params, "float64")
        right, wrong = Batch(params, dtype), Batch(params, dtype)
        order = rng.permuted(np.tile(np.arange(12), (size, 1)), axis=1)
        for turn in range(12):
            pixel = order[:, turn]
            right.step(np.eye(12)[pixel], np.eye(4)[labels[every, pixel]], rate)
            wrong.step(np.eye(12)[pixel], np.eye(4)[labels[:, turn]], rate)
        off, wrong_off, long_off = np.zeros(size), np.zeros(size), np.zeros(size)
        for i in range(12):
            x = np.tile(np.eye(12)[i], (size, 1))
            steps = np.array(
                [-rate * before.gradients(x, np.tile(np.eye(4)[k], (size, 1)))["W1"][:, :, i] for k in range(4)]
            )
            step = steps[labels[:, i], every]
            moved, misled = (
                net.params["W1"].astype(np.float64)[:, :, i] - params["W1"][:, :, i] for net in (right, wrong)
            )
            square = (step * step).sum(axis=1)
            off = np.maximum(off, np.abs((step * moved).sum(axis=1) / square - 1))
            wrong_off = np.maximum(wrong_off, np.abs((step * misled).sum(axis=1) / square - 1))
            lengths, went = np.linalg.norm(steps, axis=2), np.linalg.norm(moved, axis=1)
            short, far = 1 - went / lengths.min(axis=0), went / lengths.max(axis=0) - 1
            long_off = np.maximum(long_off, np.maximum(short, far))
        own.add(off)
        length.add(long_off)
        blind, counted = blind + int(np.sum(wrong_off <= bound)), counted + size
    return {"own label": own.told(), "length": length.told(), "labels left behind, yet passes": [blind, counted]}


def tail_of_one_step(n: int) -> dict[str, float]:
    """update-5: the loss after a step / before it, float32; and how often a step *uphill* would lower the loss."""
    rng, ratio, up = np.random.default_rng(7), Tail(1.0), 0
    for size in chunks(n):
        params, x, y = batch_inputs(rng, size, SMALL)
        losses = []
        for rate in (0.0, 0.125, -0.125):
            net = Batch(params, "float32")
            net.step(x, y, rate)
            losses.append(net.loss(x, y))
        ratio.add(losses[1] / losses[0])
        up += int(np.sum(losses[2] < losses[0]))
    return {**ratio.told(), "ascent passes": up}


def epochs_by_heart(dtype: str, n: int, shuffled: bool, epochs: int = 60) -> dict[str, Any]:
    """training-8: the epochs until all twenty images stay right; and the number of runs that do not get there."""
    data, rng, group = load("bundled"), np.random.default_rng(8), 10
    needed: list[int] = []
    sizes = (784, 32, 16, 10)
    for size in chunks(n, group):
        params = {f"W{i}": rng.normal(0, math.sqrt(1 / sizes[i]), (size, sizes[i], sizes[i - 1])) for i in (1, 2, 3)}
        chosen = np.array([rng.choice(len(data.images), 20, replace=False) for _ in range(size)])
        images = oracle.pixels(data.images[chosen.ravel()]).reshape(size, 20, 784).astype(dtype)
        labels, net, last = data.labels[chosen], Batch(params, dtype), np.zeros(size, int)
        for epoch in range(1, epochs + 1):
            order = np.tile(np.arange(20), (size, 1))
            if shuffled:
                order = rng.permuted(order, axis=1)
            for turn in range(20):
                pick = np.arange(size), order[:, turn]
                net.step(images[pick], np.eye(10)[labels[pick]], 0.5)
            a = images.transpose(0, 2, 1)
            for key in ("W1", "W2"):
                a = 1 / (1 + np.exp(-(net.params[key] @ a)))
            right = np.all((net.params["W3"] @ a).argmax(axis=1) == labels, axis=1)
            last[~right] = epoch
        needed.extend((last + 1).tolist())
    late = np.array(needed)
    return {
        "runs": n,
        "not all right": int(np.sum(late > epochs)),
        "epochs until all right for good": {f"{q}": float(np.quantile(late, q)) for q in (0.5, 0.99, 0.999, 1.0)},
    }


def tails(draws: Callable[[int], int]) -> dict[str, Any]:
    """The measurements on many networks at once."""
    found: dict[str, Any] = {"one step": tail_of_one_step(draws(1_000_000))}
    for dtype, networks in NETWORKS.items():
        found[dtype] = {
            "rounding": tails_of_rounding(dtype, draws(networks)),
            "visits": tails_of_visits(dtype, draws(200_000)),
            "by heart, in order": epochs_by_heart(dtype, draws(2_000), shuffled=False),
            "by heart, shuffled": epochs_by_heart(dtype, draws(2_000), shuffled=True),
        }
    return {"tails": found}
