"""The values on a right network's way: through sigmoid and softmax, forward, and back."""

from collections.abc import Iterable, Iterator, Mapping

import numpy as np

from nnkata.katas.article import oracle
from nnkata.traces.known import Known
from nnkata.traces.trace import Array


def of_sigmoid(z: Array, slope: bool) -> Known:
    """The values on the way to σ(z); with `slope`, to its derivative."""
    small, s = np.exp(-np.abs(z)), oracle.sigmoid(z)
    exps = [np.exp(z), np.exp(-z), small]
    known = Known().add(z, -z, np.abs(z), -np.abs(z), z / 2, np.tanh(z / 2), 1 + np.tanh(z / 2))
    known.add(s, *exps, *(1 + e for e in exps))
    known.add(z >= 0, z < 0, z <= 0, z > 0, np.where(z < 0, small, 1.0), np.logaddexp(0, z), np.logaddexp(0, -z))
    known.add(np.maximum(z, 0), np.minimum(z, 0), -np.maximum(z, 0), z >= -700)
    halves = np.exp(np.minimum(z, 0)), np.exp(-np.maximum(z, 0))  # σ is the first over their sum
    known.add(*halves, halves[0] + halves[1])
    if slope:
        known.add(1 - s, s * (1 - s), s**2, oracle.sigmoid(np.abs(z)), oracle.sigmoid(-np.abs(z)))
        known.add(*((1 + e) ** 2 for e in exps), np.tanh(z / 2) ** 2, 1 - np.tanh(z / 2) ** 2)
    return known


def of_softmax(z: Array) -> Known:
    """The values on the way to softmax(z)."""
    shifted, s = z - z.max(), oracle.softmax(z)
    return Known().add(z, -z, np.abs(z), -np.abs(z), shifted, np.exp(z), np.exp(shifted), s, np.log(s))


def forward(weights: Mapping[str, Array], x: Array) -> Known:
    """The values of a right forward pass."""
    return Known().add(*oracle.forward(weights, x), *weights.values(), *_sides(weights.values()))


def _sides(matrices: Iterable[Array]) -> Iterator[Array]:
    """The rows and the columns of matrices, over which a network of lists goes."""
    for matrix in matrices:
        yield from (*matrix, *matrix.T)


def backward(weights: Mapping[str, Array], x: Array, y: Array, output: Array) -> Known:
    """The values of a right backward pass, and of the forward pass before it."""
    known, trace = forward(weights, x), oracle.forward(weights, x)
    delta1, delta2, delta3 = oracle.deltas(weights, trace, y, output)
    gradients = oracle.gradients(weights, x, y, output).values()
    known.add(y, output, delta3, -delta3, delta2, delta1, *gradients, *_sides(gradients))
    known.add(*(weights[key].T @ d for key, d in (("W3", delta3), ("W2", delta2), ("W1", delta1))))
    known.add(*(term for a in (trace.a1, trace.a2, output, trace.output) for term in (a * (1 - a), 1 - a)))
    for p in (output, trace.output):  # the Jacobian of softmax
        known.add(np.diag(p), np.outer(p, p), np.diag(p) - np.outer(p, p))
    known.add(np.ones_like(output))  # the slope of a last layer without an activation
    known.join(of_sigmoid(trace.z1, True)).join(of_sigmoid(trace.z2, True))
    known.add(trace.z3 - trace.z3.max(), np.exp(trace.z3 - trace.z3.max()), np.exp(trace.z3))  # softmax once more
    return known.add(delta3[:, None] * weights["W3"], delta2[:, None] * weights["W2"])
