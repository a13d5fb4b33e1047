"""Steps of laws that hold for every right network, with any loss, biases and size of batches."""

from typing import Any

import numpy as np

from nnkata.katas.article.protocol import WEIGHTS
from nnkata.katas.article.steps.backward import HALF_STEP, outputs_at
from nnkata.katas.article.steps.common import then, when
from nnkata.katas.article.steps.training import own_pixels
from nnkata.katas.article.steps.world import World
from nnkata.language import _
from nnkata.steps.compare import Mismatch, array, holds

#: The number of directions: four times the unknowns, the slopes of the loss by the outputs, of which a softmax over
#: four classes has three independent ones.
DIRECTIONS = 12
#: The largest unexplained change under one loss, relative to the gradient's norm: in 8,000 random networks of either
#: dtype and of two losses 2.4e-5 and 3.2e-10 were the largest (benchmarks/one_loss.py, docs/statistics.md).
UNEXPLAINED = {"float32": 2e-3, "float64": 1e-6}
#: Smallest cosine between a sample's step and its own gradient: a fifth of the step may be drift, as for the clauses
#: that count the steps (`training.DRIFT`): 1 / sqrt(1 + 0.2²) is 0.981.
COSINE = 0.98


@then("the gradients are the slopes of one loss, whichever it is")
def slopes_of_one_loss(world: World) -> None:
    """A loss L(output) changes along a direction D of all weights by v · J D, with v its slopes by the outputs.

    J D is measured on forward_pass by central differences, G · D computed from the gradients; v is the only unknown,
    fitted by least squares, and has to explain all directions.
    """
    came = {key: world.change(key) for key in WEIGHTS}
    gradients = {
        key: array(_("the gradient of {key}").format(key=key), came[key], world.shape(key)).astype(np.float64)
        for key in reversed(WEIGHTS)
    }
    array(_("the output"), world.output, (world.sizes[3],))
    precision = world.precision()
    half, scale = HALF_STEP[precision], np.sqrt(sum(float(np.sum(g**2)) for g in gradients.values())) or 1.0
    directions = [
        unit({key: world.rng.normal(size=world.shape(key)) for key in WEIGHTS}) for _direction in range(DIRECTIONS)
    ]
    sums = [sum(float(np.sum(gradients[key] * direction[key])) for key in WEIGHTS) for direction in directions]
    near = outputs_at(world, [_moved(world, direction, sign * half) for direction in directions for sign in (1, -1)])
    outputs = [(plus - minus) / (2 * half) for plus, minus in zip(near[::2], near[1::2], strict=True)]
    explained = by_one_loss(outputs, sums)
    if not np.allclose(sums, explained, rtol=0, atol=UNEXPLAINED[precision] * scale):  # nan is not close
        quantity = _("the change of the loss along {count} directions, from the three gradients")
        raise Mismatch(quantity.format(count=DIRECTIONS), np.array(sums), explained, list(gradients.values()))


def by_one_loss(outputs: list[Any], sums: list[float]) -> Any:
    """The change of the loss by k changes of the output (k, 10), by the slopes that fit best: (k,)."""
    slopes = np.linalg.lstsq(np.array(outputs), np.array(sums), rcond=1e-6)[0]
    return np.array(outputs) @ slopes


def unit(direction: dict[str, Any]) -> dict[str, Any]:
    """The direction with length 1, over all weights together."""
    length = np.sqrt(sum(float(np.sum(part**2)) for part in direction.values()))
    return {key: part / length for key, part in direction.items()}


def _moved(world: World, direction: dict[str, Any], distance: float) -> dict[str, Any]:
    return {key: world.params[key] + distance * direction[key] for key in WEIGHTS}


@when("it is trained on {n:d} samples that have a pixel each, after backward_pass was asked about each")
def train_after_asking(world: World, n: int) -> None:
    """Keep each sample's gradient of its own column of W1."""
    xs, ys = own_pixels(world, n)
    own = []
    for i, (x, y) in enumerate(zip(xs, ys, strict=True)):
        world.x, world.y = x, y
        world.forward()
        world.backward()
        own.append(array(_("the gradient of {key}").format(key="W1"), world.change("W1"), world.shape("W1"))[:, i])
    world.notes["own"] = np.array(own, dtype=np.float64)
    world.hold(world.params)
    world.x, world.y = xs, ys
    world.train(xs, ys)


@then("every sample's column of W1 has moved against its own gradient")
def against_own_gradient(world: World) -> None:
    """The cosine between the two; another clause is about weights that do not move at all."""
    own = world.notes["own"]
    moved = (world.held()["W1"].astype(np.float64) - world.params["W1"])[:, : len(own)].T
    lengths = np.linalg.norm(moved, axis=1)
    some = lengths > 0
    holds(_("the samples with a pixel that have moved W1"), bool(some.any()), 0, len(own), "none")
    products = np.sum(moved[some] * own[some], axis=1)
    with np.errstate(invalid="ignore", divide="ignore"):
        cosines = -products / (lengths[some] * np.linalg.norm(own[some], axis=1))
    if not np.all(cosines >= COSINE):
        quantity = _("the cosine between each sample's step and its own downhill direction")
        raise Mismatch(quantity, np.round(cosines, 2), np.ones(len(cosines)), "another direction")
