"""Gradients compared with central differences of a loss along random directions; no steps."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from nnkata.katas.mlp.functions import LOSSES, Array
from nnkata.katas.mlp.misconceptions.catalogue import Named
from nnkata.katas.mlp.reading import usual_factors
from nnkata.katas.mlp.world import World, not_applicable
from nnkata.language import _
from nnkata.steps.compare import holds

#: Central differences by dtype: the half step, near the cube root of epsilon, and the largest difference of the two
#: slopes, relative to the larger one: kinks of a ReLU within the step change a slope by up to 1e-3 at some hundred
#: units.
HALF_STEP = {"float16": 5e-2, "float32": 5e-3, "float64": 1e-5}
SLOPE_TOLERANCE = {"float16": 2e-1, "float32": 2e-2, "float64": 2e-3}
DIRECTIONS = 3


def _directions(world: World) -> list[list[Array]]:
    """Random directions over all parameters; each array's part has length 1."""
    found = []
    for _number in range(DIRECTIONS):
        draws = [np.asarray(world.rng.normal(size=held.shape)) for held in world.written]
        found.append([np.asarray(draw / np.linalg.norm(draw)) for draw in draws])
    return found


def _along(gradients: Sequence[Any], direction: Sequence[Array]) -> float:
    parts = [np.sum(np.asarray(g, np.float64) * d) for g, d in zip(gradients, direction, strict=True)]
    return float(np.sum(parts))


def _either_side(world: World, direction: Sequence[Array], of: Any) -> Any:
    """The central difference of `of()` along a direction of the parameters, which are restored afterwards."""
    base, step = world.written, HALF_STEP[world.reading.precision]
    found = []
    for sign in (1.0, -1.0):
        world.write([value + sign * step * part for value, part in zip(base, direction, strict=True)])
        found.append(np.asarray(of(), np.float64))
    world.write(base)
    return (found[0] - found[1]) / (2 * step)


def own(world: World) -> None:
    """Compare the gradient with central differences of the module's own loss."""
    for direction in _directions(world):
        slope = float(_either_side(world, direction, lambda: world.loss(world.x, world.y)))
        came = _along(world.grads, direction)
        _compare(world, _("the slope along a random direction, by the gradients"), came, slope)


def _compare(world: World, quantity: str, came: float, measured: float) -> None:
    limit = SLOPE_TOLERANCE[world.reading.precision] * max(abs(came), abs(measured), 1e-3)
    holds(quantity, abs(came - measured) <= limit, came, measured, Named())


def measured(world: World) -> None:
    """Compare the gradient with central differences of every usual loss of the output; one of them has to fit."""
    world.need("output")
    directions = _directions(world)
    base = np.asarray(world.output(world.x), np.float64)
    moved = [_either_side(world, direction, lambda: world.output(world.x)) for direction in directions]
    came = np.array([_along(world.grads, direction) for direction in directions])
    n, k = base.shape
    for name, loss in LOSSES.items():
        with np.errstate(all="ignore"):
            error = loss.error(base, world.y)
        if not np.isfinite(error).all():
            continue
        slopes = np.array([float(np.sum(error * change)) for change in moved])
        for factor in usual_factors(k):
            for scale in (factor, factor / n):
                limit = SLOPE_TOLERANCE[world.reading.precision] * np.max(np.abs(scale * slopes), initial=0.0)
                if np.all(np.abs(came - scale * slopes) <= limit):
                    world.notes["loss"] = name
                    return
    not_applicable(
        _("neither the formula of the output nor a usual loss fits; give loss(net, x, y), whose slope will be measured")
    )
